"""Fills a template, in a sandbox: a template is a file that people hand in, and may be anything."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from shouwang.workbench.bulletin.facts import Facts, sample

LARGEST = 5 << 20
"""Bytes a template may have, and :data:`UNPACKED` bytes its parts."""
UNPACKED = 40 << 20
DEEPEST = 2
"""Loops within loops that a template may have: the facts have lists, no lists of lists."""
FILTERS = (
    *("abs", "count", "d", "default", "e", "escape", "first", "int", "join", "last", "length", "lower"),
    *("round", "trim", "upper"),
)

EXTERNAL = re.compile(rb'<Relationship\b(?=[^>]*TargetMode="External")(?![^>]*/hyperlink")[^>]*>')


class TemplateProblem(ValueError):
    """The template can't be used; says why and what to do."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """Reads facts and writes text, nothing else: no calls, no long computations, no unknown names."""

    intercepted_binops = frozenset({"*", "**", "%", "//", "/"})

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse what can make much of little."""
        raise SecurityError(operator)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all((nodes.Call, nodes.CallBlock, nodes.Macro, nodes.Include, nodes.Import)):
            raise TemplateSyntaxError("call", node.lineno)
        if _depth(tree) > DEEPEST:
            raise TemplateSyntaxError("loops", 1)
        return tree


def _depth(node: nodes.Node) -> int:
    inner = max((_depth(child) for child in node.iter_child_nodes()), default=0)
    return inner + isinstance(node, nodes.For)


def fill(template: bytes, facts: Mapping[str, Any]) -> bytes:
    """The template with the facts in their places, as docx. :class:`TemplateProblem` where it fails."""
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.render(dict(facts), jinja_env=_Sandbox(), autoescape=True)
        out = io.BytesIO()
        document.save(out)
    except UndefinedError as error:
        raise TemplateProblem(_("模板用了没有的字段：{what}").format(what=_name(str(error)))) from error
    except SecurityError as error:
        raise TemplateProblem(_("模板里有不允许的运算：{what}").format(what=error)) from error
    except TemplateSyntaxError as error:
        known = {"call": _("模板里不能调用函数、宏或别的模板"), "loops": _("循环套得太深，最多两层")}
        text = known.get(str(error.message)) or _("模板的标记写错了：{what}").format(what=error.message)
        raise TemplateProblem(text) from error
    except TemplateError as error:
        raise TemplateProblem(_("模板的标记写错了：{what}").format(what=error)) from error
    except Exception as error:  # the libraries raise all sorts for a damaged file
        raise TemplateProblem(_("文件打不开，请用Word或WPS另存为docx再试")) from error
    return out.getvalue()


def _name(message: str) -> str:
    found = re.search(r"'([\w.]+)' is undefined|attribute '(\w+)'", message)
    return next(filter(None, found.groups()), message) if found else message


def check(template: bytes) -> None:
    """Accept a template that is safe and can be filled with sample facts; :class:`TemplateProblem` else."""
    if len(template) > LARGEST:
        raise TemplateProblem(_("文件超过 {size} MB，请去掉图片或压缩图片").format(size=LARGEST >> 20))
    for problem in _problems(template):
        raise TemplateProblem(problem)
    fill(template, sample())
    fill(template, nothing(sample()))


def nothing(facts: Facts) -> Facts:
    """The same names with nothing in the lists: a month in which nothing happened."""
    return {name: [] if isinstance(value, list) else value for name, value in facts.items()}


def _problems(template: bytes) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as parts:
            names = parts.namelist()
            if "word/document.xml" not in names:
                yield _("不是Word文档，请另存为docx再试")
            if sum(info.file_size for info in parts.infolist()) > UNPACKED:
                yield _("文件解压后太大，请去掉图片或压缩图片")
                return
            if any(name.lower().endswith((".bin", "vbadata.xml")) for name in names):
                yield _("文件里有宏或嵌入的对象，请去掉后另存为docx")
            for name in names:
                if name.endswith(".rels") and EXTERNAL.search(parts.read(name)):
                    yield _("文件引用了外部的图片或模板，打开简报会联网，请改为嵌入")
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError):
        yield _("不是Word文档，请另存为docx再试")
