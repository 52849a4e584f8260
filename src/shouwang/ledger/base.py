"""The base of every ledger: one Django model that declares table, template, reader and page.

A ledger is declared once::

    class Payment(Ledger):
        certificate = CodeField("低保证号", aliases=("低保证编号", "证号"), required=True)
        month = MonthField("发放月份", aliases=("所属月份",), required=True, context="month")
        person = PersonField("身份证号", aliases=("公民身份号码",))
        ...

        class Sheet:
            title = "低保金发放表"
            aliases = ("低保资金发放", "低保金发放花名册")
            subject = "household"
            key = ("certificate", "month", "kind", "paid_on")
            seeds = ("S2-14",)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal

import pyarrow as pa
from django.db import models

from shouwang.ledger.fields import LedgerField, TextField

Subject = Literal["person", "household", "organisation", "place", "division", "record"]


@dataclass(frozen=True)
class Spread:
    """A sheet may spread one field over columns: twelve month columns are twelve records.

    ``over`` is the month field, ``value`` the field whose cells stand under the month headers.
    A cell that is empty yields no record; a written 0 does.
    """

    over: str
    value: str


@dataclass(frozen=True)
class SheetSpec:
    """The declaration of a ledger in one value; see :class:`Ledger`."""

    name: str
    title: str
    aliases: tuple[str, ...]
    subject: Subject
    key: tuple[str, ...]
    seeds: tuple[str, ...]
    spread: Spread | None
    fill_down: tuple[str, ...]
    about: str
    model: type[Ledger]

    @cached_property
    def fields(self) -> dict[str, LedgerField]:
        """The declared columns by name, in order of declaration; ``division`` comes last."""
        own = {f.name: f for f in self.model._meta.get_fields() if isinstance(f, LedgerField)}
        division = own.pop("division")
        return {**own, "division": division}

    @cached_property
    def schema(self) -> pa.Schema:
        """The columns of the ledger in a snapshot, with the reference to the sheet row last."""
        columns = [pa.field(name, field.arrow_type) for name, field in self.fields.items()]
        return pa.schema([*columns, pa.field("_ref", pa.int64())])

    @property
    def pack(self) -> str:
        """The label of the app that declares the ledger."""
        return self.name.partition(".")[0]


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


class Ledger(models.Model):
    """Base of all ledgers. Subclasses declare columns and an inner class ``Sheet``.

    ``Sheet`` holds ``title`` (the official name), ``aliases`` (phrases that name it in titles,
    sheet and file names), ``subject``, ``key`` (the natural key: rows with the same key are the
    same record), ``seeds``, and where needed ``spread``, ``fill_down`` (columns whose value
    stands only in the first row of a group, merged or left blank) and ``about`` (one sentence).
    """

    spec: ClassVar[SheetSpec]

    division = TextField(
        "所属社区",
        aliases=(
            "社区",
            "社区名称",
            "所在社区",
            "村社区",
            "所属村社区",
            "居委会",
            "所属居委会",
            "村居",
            "村居名称",
            "所属村居",
            "所在村居",
            "社区村",
            "所属社区村",
        ),
        context="division",
        max_length=200,
        note="社区、村或区划代码；表中没有此列时取自表名或标题",
    )
    source_file = models.CharField(max_length=500, blank=True, default="")
    source_sheet = models.CharField(max_length=200, blank=True, default="")
    source_row = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        abstract = True

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        sheet = cls.__dict__.get("Sheet")
        if sheet is None:
            return
        package = re.sub(r"\.models(\..*)?$", "", cls.__module__)
        app = package.rpartition(".")[2]
        cls.spec = SheetSpec(
            name=f"{app}.{_snake(cls.__name__)}",
            title=sheet.title,
            aliases=tuple(getattr(sheet, "aliases", ())),
            subject=sheet.subject,
            key=tuple(sheet.key),
            seeds=tuple(getattr(sheet, "seeds", ())),
            spread=getattr(sheet, "spread", None),
            fill_down=tuple(getattr(sheet, "fill_down", ())),
            about=getattr(sheet, "about", ""),
            model=cls,
        )
