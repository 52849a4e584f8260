"""A template is a file that people hand in: it is filled in a sandbox, and tried before it is accepted."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document

from shouwang.workbench.bulletin import builtin, facts, rendering
from shouwang.workbench.bulletin.rendering import TemplateProblem


def template(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def words(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def with_part(content: bytes, name: str, body: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.namelist():
            new.writestr(item, body if item == name else old.read(item))
        if name not in old.namelist():
            new.writestr(name, body)
    return out.getvalue()


def test_the_built_in_template_tells_every_fact() -> None:
    said = words(rendering.fill(builtin.template(), facts.sample()))
    sample = facts.sample()
    assert "{" not in said
    for name, value in sample.items():
        entries = value if isinstance(value, list) else [{name: value}]
        for entry in entries:
            for key, text in entry.items():
                if key not in ("severity", "saved"):
                    assert str(text) in said, (name, key)


def test_signs_of_a_text_stay_signs() -> None:
    assert "发放930.00元 <&>" in words(rendering.fill(builtin.template(), facts.sample()))


def test_a_quiet_month_makes_a_bulletin_too() -> None:
    said = words(rendering.fill(builtin.template(), rendering.nothing(facts.sample())))
    assert "没有。" in said
    assert "本月没有设目标的指标。" in said


def test_every_name_that_is_offered_exists_and_the_other_way_round() -> None:
    assert set(facts.NAMES) == set(facts.sample())


def test_an_edited_template_is_accepted_and_used() -> None:
    mine = template("{{ office }}：{% for row in packs %}{{ row.name|upper }} {{ loop.index }}{% endfor %}")
    rendering.check(mine)
    assert words(rendering.fill(mine, facts.sample())) == "云溪街道：低保与社会工作 1社会保险 2"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ ofice }}", "没有的字段：ofice"),
        ("{% for row in packs %}{{ row.nme }}{% endfor %}", "没有的字段"),
        ("{{ office", "写错了"),
        ("{% for row in packs %}", "写错了"),
        ("{% for x in range(1000000000) %}x{% endfor %}", "不能调用"),
        ("{{ office.__class__.__mro__ }}", "没有的字段|不允许"),
        ("{{ ''.join(office) }}", "不能调用"),
        ("{{ 'x' * 1000000000 }}", "不允许的运算"),
        ("{{ '%1000000000d' % 1 }}", "不允许的运算"),
        ("{{ 2 ** 100000000 }}", "不允许的运算"),
        ("{{ office|center(1000000000) }}", "写错了"),
        ("{% include '/etc/passwd' %}", "不能调用"),
        ("{% macro a() %}{% endmacro %}", "不能调用"),
        (
            "{% for a in packs %}{% for b in packs %}{% for c in packs %}x"
            "{% endfor %}{% endfor %}{% endfor %}",
            "最多两层",
        ),
    ],
)
def test_what_a_template_must_not_do_is_refused(text: str, said: str) -> None:
    with pytest.raises(TemplateProblem, match=said):
        rendering.check(template(text))


def test_marks_in_a_header_are_held_to_the_same_rules() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{ 'x' * 1000000000 }}"
    out = io.BytesIO()
    document.save(out)
    with pytest.raises(TemplateProblem, match="不允许的运算"):
        rendering.check(out.getvalue())


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04broken"])
def test_what_is_no_document_is_refused(content: bytes) -> None:
    with pytest.raises(TemplateProblem, match="Word"):
        rendering.check(content)


def test_a_workbook_is_no_document() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(TemplateProblem, match="Word"):
        rendering.check(out.getvalue())


def test_macros_links_and_bombs_are_refused() -> None:
    good = template("{{ office }}")
    with pytest.raises(TemplateProblem, match="宏"):
        rendering.check(with_part(good, "word/vbaProject.bin", b"x"))
    link = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        b'Target="http://example.com/t.dotm" TargetMode="External"/></Relationships>'
    )
    with pytest.raises(TemplateProblem, match="外部"):
        rendering.check(with_part(good, "word/_rels/settings.xml.rels", link))
    rendering.check(
        with_part(good, "word/_rels/settings.xml.rels", link.replace(b"attachedTemplate", b"hyperlink"))
    )
    with pytest.raises(TemplateProblem, match="解压后太大"):
        rendering.check(compressed(good))
    with pytest.raises(TemplateProblem, match="MB"):
        rendering.check(b"x" * (rendering.LARGEST + 1))


def compressed(good: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.namelist():
            new.writestr(item, old.read(item))
        new.writestr("word/media/big.png", b"\0" * (rendering.UNPACKED + 1))
    return out.getvalue()
