"""The template that is there at first: written by program, to be edited in Word or WPS."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

FONT = "宋体"
HEADINGS = "黑体"
NUMBERS = ("found", "closed", "open", "overdue", "amount", "value", "target")
"""Fields that stand to the right of their cells."""


def _font(style: Any, name: str, size: float, *, bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold = name, Pt(size), bold
    style.font.color.rgb = None
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), name)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        if fonts.get(qn(theme)) is not None:
            del fonts.attrib[qn(theme)]


def _table(
    document: Any, heads: Sequence[str], cells: Sequence[str], loop: str, widths: Sequence[float]
) -> None:
    """A table with a head, and one row repeated for each entry of a list."""
    table = document.add_table(rows=4, cols=len(heads))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for place, text in zip(table.rows[0].cells, heads, strict=True):
        place.text = text
        place.paragraphs[0].runs[0].font.bold = True
    table.rows[1].cells[0].merge(table.rows[1].cells[-1]).text = f"{{%tr for row in {loop} %}}"
    for place, text in zip(table.rows[2].cells, cells, strict=True):
        place.text = f"{{{{ row.{text} }}}}"
    table.rows[3].cells[0].merge(table.rows[3].cells[-1]).text = "{%tr endfor %}"
    for row in (table.rows[0], table.rows[2]):
        for place, width in zip(row.cells, widths, strict=True):
            place.width = Cm(width)
    for row in table.rows:
        for place in row.cells:
            for paragraph in place.paragraphs:
                paragraph.paragraph_format.first_line_indent = Pt(0)
                paragraph.paragraph_format.space_after = Pt(0)
                paragraph.paragraph_format.line_spacing = 1.2
                for run in paragraph.runs:
                    run.font.size = Pt(10.5)
                if paragraph.text.removeprefix("{{ row.").removesuffix(" }}") in NUMBERS:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    # The head is repeated where the table runs over the page.
    head = table.rows[0]._tr.get_or_add_trPr()
    mark = head.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"})
    head.append(mark)


def template() -> bytes:
    """The built-in template as a docx file; the same bytes in content, written anew each time."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin = section.bottom_margin = Cm(2.5)
    styles = document.styles
    _font(styles["Normal"], FONT, 12)
    styles["Normal"].paragraph_format.line_spacing = 1.5
    _font(styles["Title"], HEADINGS, 22)
    _font(styles["Heading 1"], HEADINGS, 15)
    title = document.add_paragraph("{{ office }}社区工作风险简报", style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line = document.add_paragraph("{{ month }}　　数据截至{{ day }}　　编制：{{ author }}")
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER

    document.add_heading("一、总体情况", 1)
    _text(
        document,
        "本月新发现问题{{ found }}个（上月{{ found_before }}个），"
        "销号{{ closed }}个（上月{{ closed_before }}个）。"
        "截至{{ day }}，未办结{{ open }}个，其中高风险{{ high }}个，"
        "逾期{{ overdue }}个，涉及金额{{ amount }}元。",
    )
    heads = ("新发现", "销号", "未办结", "逾期", "金额（元）", "未办结")
    fields = ("name", "found", "closed", "open", "overdue", "amount", "bar")
    widths = (3.6, 1.5, 1.3, 1.5, 1.3, 2.9, 3.4)
    document.add_heading("二、各项业务", 1)
    _table(document, ("业务", *heads), fields, "packs", widths)
    document.add_heading("三、各区划", 1)
    _table(document, ("区划", *heads), fields, "divisions", widths)
    document.add_heading("四、严重而未办结的问题", 1)
    _text(document, "{%p if not gravest %}")
    _text(document, "没有。")
    _text(document, "{%p else %}")
    _table(
        document,
        ("编号", "问题", "情况", "区划", "责任岗位", "期限"),
        ("name", "title", "text", "division", "post", "due"),
        "gravest",
        (2.3, 2.3, 4.9, 1.9, 2.2, 2.2),
    )
    _text(document, "{%p endif %}")
    document.add_heading("五、指标完成情况", 1)
    _text(document, "{%p if not indicators %}")
    _text(document, "本月没有设目标的指标。")
    _text(document, "{%p else %}")
    _table(
        document,
        ("指标", "承担者", "期间", "完成", "目标", "情况"),
        ("name", "bearer", "period", "value", "target", "state"),
        "indicators",
        (4.6, 2.8, 1.9, 2.3, 2.3, 1.7),
    )
    _text(document, "{%p endif %}")
    _text(document, "姓名等个人信息已隐去。敏感问题不列入简报。")
    out = io.BytesIO()
    document.core_properties.author = ""
    document.core_properties.title = "简报模板"
    document.save(out)
    return out.getvalue()


def _text(document: Any, text: str) -> None:
    paragraph = document.add_paragraph(text)
    if not text.startswith("{%"):
        paragraph.paragraph_format.first_line_indent = Pt(24)
