"""``make messages``: every message of code, templates and declarations is found; translations are kept."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from scripts import messages


def test_messages_of_python(tmp_path: Path) -> None:
    source = tmp_path / "a.py"
    source.write_text(
        "_('甲'); gettext_lazy('乙'); N_('丙'); pgettext('时间', '月'); ngettext('一条', '多条', 2)\n"
        "print('丁'); translate('戊')\n",
        encoding="utf-8",
    )
    assert list(messages.of_python(source)) == [
        ("甲", None),
        ("乙", None),
        ("丙", None),
        ("月", "时间"),
        (("一条", "多条"), None),
    ]


def test_messages_of_a_template(tmp_path: Path) -> None:
    source = tmp_path / "a.html"
    source.write_text(
        """<p title="不译">{% load i18n %}{% translate "甲（1）" %} it's {{ x|default:_("无(a)") }}
        {% blocktranslate count n=n %}共{{ n }}条{% plural %}共{{ n }}条。{% endblocktranslate %}
        {% translate "月" context "时间" %}{% comment %}{% translate "注" %}{% endcomment %}</p>""",
        encoding="utf-8",
    )
    assert list(messages.of_template(source)) == [
        ("甲（1）", None),
        ("无(a)", None),
        (("共%(n)s条", "共%(n)s条。"), None),
        ("月", "时间"),
    ]


def test_declared_labels_are_messages() -> None:
    declared = set(messages.of_declarations())
    assert {"个体工商户名单", "经营场所"} <= declared


def test_update_keeps_translations_and_drops_what_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    package = tmp_path / "package"
    package.mkdir()
    english = package / "locale" / "en" / "LC_MESSAGES" / "django.po"
    monkeypatch.setattr(messages, "PACKAGE", package)
    monkeypatch.setattr(messages, "ENGLISH", english)
    monkeypatch.setattr(messages, "of_declarations", lambda: iter(["标签"]))
    monkeypatch.setattr(messages, "of_rules", lambda: iter([]))
    (package / "a.py").write_text("_('甲'); _('乙')\n", encoding="utf-8")
    messages.main(check=False)
    text = english.read_text(encoding="utf-8")
    english.write_text(text.replace('msgid "甲"\nmsgstr ""', 'msgid "甲"\nmsgstr "A"'), encoding="utf-8")
    (package / "a.py").write_text("_('甲'); _('丙')\n", encoding="utf-8")

    messages.main(check=False)

    with english.open("rb") as stream:
        assert {m.id: m.string for m in read_po(stream) if m.id} == {"甲": "A", "丙": "", "标签": ""}
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        messages.main(check=True)
    assert ended.value.code == 1
    assert capsys.readouterr().out.splitlines() == ["no English: '丙'", "no English: '标签'"]


def test_a_complete_catalogue_passes_the_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    monkeypatch.setattr(messages, "ENGLISH", tmp_path / "django.po")
    monkeypatch.setattr(messages, "of_declarations", lambda: iter([]))
    monkeypatch.setattr(messages, "of_rules", lambda: iter([]))
    with pytest.raises(SystemExit) as ended:
        messages.main(check=True)
    assert ended.value.code == 0
