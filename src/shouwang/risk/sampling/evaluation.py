"""The evaluation of a filled paper as a workbook, in Chinese and English side by side."""

from __future__ import annotations

from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from shouwang.ledger.workbook import Book, write_cell
from shouwang.risk.sampling.conclusion import Conclusion, conclude
from shouwang.risk.sampling.filled import Filled


def in_language(filled: Filled, language: str) -> Conclusion:
    """The conclusion in one language (``"zh-hans"``, ``"en"``)."""
    with translation.override(language):
        return conclude(filled)


def write_evaluation(filled: Filled, path: Path) -> None:
    """Write the figures and the conclusion in both languages."""
    chinese, english = in_language(filled, "zh-hans"), in_language(filled, "en")
    with Book(path) as book:
        sheet = book.sheet(_("抽样评价"))
        fixed = {"border": 1, "border_color": "#BFBFBF", "text_wrap": True, "valign": "top"}
        head = book.style(bold=True, bg_color="#DCE6E4", **fixed)
        plain = book.style(**fixed)
        write_cell(
            sheet, 0, 0, "审计抽样评价 Evaluation of the audit sample", book.style(bold=True, font_size=14)
        )
        at = 2
        for text, other in zip(chinese.sentences, english.sentences, strict=True):
            sheet.merge_range(at, 0, at, 3, "", plain)
            write_cell(sheet, at, 0, f"{text}\n{other}", plain)
            sheet.set_row(at, 64)
            at += 1
        at += 1
        for column, text in enumerate(("项目", "内容", "Item", "Content")):
            write_cell(sheet, at, column, text, head)
        for (label, text), (item, content) in zip(chinese.facts, english.facts, strict=True):
            at += 1
            for column, cell in enumerate((label, text, item, content)):
                write_cell(sheet, at, column, cell, plain)
        for label in ("编制人 Prepared by：", "复核人 Reviewed by：", "日期 Date："):
            at += 1
            write_cell(sheet, at + 1, 0, label, head)
            write_cell(sheet, at + 1, 1, None, plain)
        for column, width in enumerate((32, 26, 40, 30)):
            sheet.set_column(column, column, width)
        sheet.fit_to_pages(1, 0)
        sheet.set_paper(9)
