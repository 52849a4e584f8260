"""The reference pages of ledgers, rules and parameters, written from the declarations themselves.

A hook of mkdocs (``hooks:`` in ``mkdocs.yml``): the pages exist only in the built documentation, so they can
never be behind the code.
"""

import html
import inspect
from collections.abc import Callable, Iterable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from shouwang.cli.main import set_up_django

#: What a value of a parameter is, by its kind.
PARAMETER_KINDS = {
    "money": "金额",
    "number": "数量",
    "percent": "百分数",
    "ratio": "比率",
    "integer": "整数",
    "days": "天数",
    "months": "月数",
    "date": "日期",
    "month": "月份",
    "text": "文本",
    "list": "列表",
}


def _cell(text: object) -> str:
    """Text as one cell of a Markdown table, shown as it stands."""
    plain = html.escape(" ".join(str(text).split()), quote=False)
    for sign in "\\`*_{}[]|":
        plain = plain.replace(sign, "\\" + sign)
    return plain


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> list[str]:
    names = list(head)
    body = ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]
    return ["| " + " | ".join(names) + " |", "|" + "---|" * len(names), *body, ""]


def _packs() -> dict[str, str]:
    """Label and Chinese name of every installed app."""
    from django.apps import apps

    return {app.label: str(app.verbose_name) for app in apps.get_app_configs()}


def ledgers_page() -> str:
    """Every ledger with its columns, the headers by which each is known, and the requirements behind it."""
    from shouwang.ledger.catalogue import ledgers
    from shouwang.ledger.template import KINDS

    specs = ledgers()
    lines = ["# 台账 Ledgers", "", f"共 {len(specs)} 本。下载空白模板：`shouwang template 文件夹`。", ""]
    for pack, label in _packs().items():
        ours = [spec for spec in specs.values() if spec.pack == pack]
        lines += [f"## {label} `{pack}`", ""] if ours else []
        for spec in ours:
            lines += [f"### {_cell(spec.title)} `{spec.name}`", ""]
            about = [_cell(spec.about)] if spec.about else []
            if spec.aliases:
                about.append("也叫：" + "、".join(map(_cell, spec.aliases)))
            keys = [spec.fields[name].label if name in spec.fields else name for name in spec.key]
            about.append("同一记录的判定：" + "、".join(map(_cell, keys)))
            if spec.seeds:
                about.append("要求：" + " ".join(spec.seeds))
            lines += ["  \n".join(about), ""]
            lines += _table(
                ["栏目", "名称", "类型", "必填", "也认得的表头", "取值", "说明"],
                (
                    (
                        field.label,
                        name,
                        KINDS[field.kind] + (f"（{field.unit}）" if field.unit else ""),
                        "是" if field.required else "",
                        "、".join(field.aliases),
                        "、".join(field.values),
                        field.note,
                    )
                    for name, field in spec.fields.items()
                ),
            )
    return "\n".join(lines)


def rules_page() -> str:
    """Every rule: what it reads and needs, what looks alike and is lawful, what to do, and its text."""
    from shouwang.ledger.catalogue import ledgers
    from shouwang.risk.catalogue import parameters, rules

    specs, declared = ledgers(), parameters()
    lines = ["# 规则 Rules", "", f"共 {len(rules())} 条。", ""]
    for pack, label in _packs().items():
        ours = [rule for rule in rules().values() if rule.pack == pack]
        lines += [f"## {label} `{pack}`", ""] if ours else []
        for rule in ours:
            reads = [specs[name].title if name in specs else name for name in rule.reads]
            optional = [specs[name].title if name in specs else name for name in rule.optional]
            facts = {
                "严重程度": rule.severity.label,
                "读取台账": "、".join(reads),
                "有则读取": "、".join(optional),
                "标准": "、".join(declared[name].label if name in declared else name for name in rule.uses),
                "看似而正常": rule.looks_alike,
                "怎么办": rule.remedy,
                "依据": rule.basis,
                "要求": " ".join(rule.seeds),
            }
            lines += [f"### {_cell(rule.title)} `{rule.code}`", ""]
            lines += _table(["", ""], ((name, fact) for name, fact in facts.items() if fact))
            text = inspect.getsource(rule.function).rstrip()
            lines += ['??? note "规则原文"', "    ```python"]
            lines += ["    " + line for line in text.splitlines()] + ["    ```", ""]
    return "\n".join(lines)


def parameters_page() -> str:
    """Every parameter with the values that are declared, from which day on and by what source."""
    from shouwang.risk.catalogue import parameters, rules
    from shouwang.risk.parameters import SINCE_EVER

    found, asked = parameters().values(), list(rules().values())
    lines = [
        "# 参数 Parameters",
        "",
        "没有列出值的标准由单位自定：`shouwang parameters 标准.yaml`。",
        "未定的，用到它的规则不运行，报告中写明。",
        "",
    ]
    for pack, label in _packs().items():
        ours = [parameter for parameter in found if parameter.name.partition(".")[0] == pack]
        lines += [f"## {label} `{pack}`", ""] if ours else []
        for parameter in ours:
            kind = PARAMETER_KINDS[parameter.kind]
            unit = f"（{parameter.unit}）" if parameter.unit else ""
            about = [f"{kind}{unit}", _cell(parameter.about), " ".join(parameter.seeds)]
            lines += [f"### {_cell(parameter.label)} `{parameter.name}`", ""]
            lines += ["。".join(part for part in about if part), ""]
            users = [f"{_cell(rule.title)} `{rule.code}`" for rule in asked if parameter.name in rule.uses]
            lines += ["用于：" + "、".join(users), ""] if users else []
            if parameter.values:
                history = (
                    (
                        "" if value.start == SINCE_EVER else value.start,
                        value.value,
                        value.division,
                        value.source,
                    )
                    for value in parameter.values
                )
                lines += _table(["施行日期", "值", "区划", "出处"], history)
    return "\n".join(lines)


#: Address of each generated page and what writes it.
PAGES: dict[str, Callable[[], str]] = {
    "reference/ledgers.md": ledgers_page,
    "reference/rules.md": rules_page,
    "reference/parameters.md": parameters_page,
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Called by mkdocs once it has found the written pages: add the generated ones."""
    set_up_django()
    for address, write in PAGES.items():
        files.append(File.generated(config, address, content=write()))
    return files
