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
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import pyarrow as pa
from django.db import models
from django.db.models import Q
from django.utils import timezone

from shouwang.ledger import identity
from shouwang.ledger.fields import LedgerField, OrganisationField, PersonField, TextField
from shouwang.ledger.words import words_of
from shouwang.trail.tracking import Trailed, TrailedQuerySet

if TYPE_CHECKING:
    from shouwang.access.scope import Scope

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
class Through:
    """Whose a row is, where another ledger says it: the repayments of a loan are whose the loan is.

    ``column`` holds the number by which the other ledger's rows go (its column ``by``, by default of the same
    name). A number is somebody's where all rows that bear it are: one that two banks have given is neither's.
    With ``shared`` the row of one member is enough, within one community: a household's number is borne by
    everybody in it.
    """

    column: str
    ledger: str
    by: str = ""
    shared: bool = False

    @property
    def there(self) -> str:
        """The column of the other ledger."""
        return self.by or self.column


MOST_NUMBERS = 50
"""So many shared numbers of one person are looked at: nobody belongs to more households."""


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
    named: tuple[str, ...] | None = None
    through: tuple[Through, ...] = ()

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

    @cached_property
    def identity(self) -> tuple[str, ...]:
        """The natural key without ``division``, for which the division's code stands."""
        return tuple(name for name in self.key if name != "division")

    @cached_property
    def persons(self) -> tuple[str, ...]:
        """The columns that name persons by their resident ID number."""
        return tuple(name for name, field in self.fields.items() if isinstance(field, PersonField))

    @cached_property
    def organisations(self) -> tuple[str, ...]:
        """The columns that name organisations."""
        return tuple(
            name
            for name, field in self.fields.items()
            if isinstance(field, OrganisationField) or field.stands_in == "organisation"
        )

    @cached_property
    def bodies(self) -> tuple[str, ...]:
        """The columns that name the body a row belongs to, which sees it: bank, guarantor, hospital, unit."""
        return self.organisations if self.named is None else self.named


def snake(name: str) -> str:
    """A model's name as a ledger's: ``BenefitPayment`` is ``benefit_payment``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


class LedgerQuerySet(TrailedQuerySet):
    """Writes that keep what is derived from the columns: key, words, version."""

    def update(self, **values: Any) -> int:
        """Update every row as if saved one by one where a column of the ledger changes."""
        spec = self.model.spec
        if not any(name in spec.fields or name == "division_code" for name in values):
            return super().update(**values)
        count = 0
        for row in self.iterator(chunk_size=500):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
            count += 1
        return count

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Any, *args: Any, **options: Any) -> list[Any]:
        """Create many, each with its key and words."""
        rows = list(objs)
        for row in rows:
            row.derive()
        return super().bulk_create(rows, *args, **options)

    bulk_create.alters_data = True  # type: ignore[attr-defined]

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        """Refused: it would leave key and words as they were."""
        raise NotImplementedError("save the rows, or import them")


class Ledger(Trailed):
    """Base of all ledgers. Subclasses declare columns and an inner class ``Sheet``.

    ``Sheet`` holds ``title`` (the official name), ``aliases`` (phrases that name it in titles,
    sheet and file names), ``subject``, ``key`` (the natural key: rows with the same key are the
    same record), ``seeds``, and where needed ``spread``, ``fill_down`` (columns whose value
    stands only in the first row of a group, merged or left blank) and ``about`` (one sentence).
    ``bodies`` are the columns that name the bodies a row belongs to (by default those that name an
    organisation), ``through`` the numbers by which another ledger says whose it is (:class:`Through`): by
    them a bank, a guarantor or a resident sees what is theirs and nothing else.
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
    division_code = models.CharField("区划代码", max_length=15, blank=True, default="", editable=False)
    key_digest = models.CharField(max_length=48, unique=True, editable=False)
    """See :func:`shouwang.ledger.identity.key_digest`."""
    import_no = models.BigIntegerField("导入批号", null=True, blank=True, editable=False, db_index=True)
    """The import (:mod:`shouwang.ledger.models`) that last stated the row; None for a row typed in."""
    words = models.TextField(blank=True, default="", editable=False)
    """See :mod:`shouwang.ledger.words`."""
    row_version = models.PositiveIntegerField("版本", default=1, editable=False)
    """Counts the changes of the row; a form or import that saw an older one is refused."""
    changed_at = models.DateTimeField("更新时间", default=timezone.now, editable=False)

    objects = LedgerQuerySet.as_manager()  # type: ignore[misc]

    trail_derived: ClassVar[frozenset[str]] = frozenset(
        {"key_digest", "words", "row_version", "changed_at", "import_no"}
    )

    class Meta:
        abstract = True
        # A list is in this order by itself: whatever part of the area it shows is one range of the index.
        indexes = [models.Index(fields=["division_code", "id"])]

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        sheet = cls.__dict__.get("Sheet")
        if sheet is None:
            return
        package = re.sub(r"\.models(\..*)?$", "", cls.__module__)
        app = package.rpartition(".")[2]
        cls.spec = SheetSpec(
            name=f"{app}.{snake(cls.__name__)}",
            title=sheet.title,
            aliases=tuple(getattr(sheet, "aliases", ())),
            subject=sheet.subject,
            key=tuple(sheet.key),
            seeds=tuple(getattr(sheet, "seeds", ())),
            spread=getattr(sheet, "spread", None),
            fill_down=tuple(getattr(sheet, "fill_down", ())),
            about=getattr(sheet, "about", ""),
            model=cls,
            named=tuple(sheet.bodies) if hasattr(sheet, "bodies") else None,
            through=tuple(getattr(sheet, "through", ())),
        )

    @classmethod
    def own_rows(cls, scope: Scope) -> Q:
        """The rows that belong to a body or person who sees only what is theirs."""
        own = cls._naming(scope)
        for way in cls.spec.through if scope.organisations or scope.persons else ():
            own |= cls._reached(way, scope)
        return own

    @classmethod
    def _naming(cls, scope: Scope) -> Q:
        """The rows that name them themselves."""
        own = Q(pk__in=[])
        for name in cls.spec.bodies if scope.organisations else ():
            own |= Q(**{f"{name}__in": scope.organisations})
        for name in cls.spec.persons if scope.persons else ():
            own |= Q(**{f"{name}__index_in": scope.persons})
        return own

    @classmethod
    def _reached(cls, way: Through, scope: Scope) -> Q:
        """The rows that are theirs because those of another ledger are which bear the same number."""
        from shouwang.ledger.catalogue import ledgers

        spec = ledgers().get(way.ledger)
        if spec is None:  # the pack that declares it is not installed
            return Q(pk__in=[])
        rows, mine = spec.model._default_manager.order_by(), spec.model._naming(scope)
        if not way.shared:
            theirs = rows.filter(mine).values(way.there)
            others = rows.exclude(mine).exclude(**{f"{way.there}__isnull": True}).values(way.there)
            return Q(**{f"{way.column}__in": theirs}) & ~Q(**{f"{way.column}__in": others})
        own = Q(pk__in=[])
        known = rows.filter(mine).exclude(**{f"{way.there}__isnull": True}).exclude(**{way.there: ""})
        for number, code in known.values_list(way.there, "division_code").distinct()[:MOST_NUMBERS]:
            place = {"division_code__gte": f"{code[:12]}000", "division_code__lte": f"{code[:12]}999"}
            own |= Q(**{way.column: number}, **place)
        return own

    @classmethod
    def trail_target(cls) -> str:
        """Events name a row by its ledger, as roles and rules do."""
        return cls.spec.name

    @property
    def trail_person(self) -> str:
        """The keyed index of the first person the row names."""
        numbers = (getattr(self, name) for name in self.spec.persons)
        return next((identity.person_index(number) for number in numbers if number), "")

    @property
    def natural_key(self) -> str:
        """The keyed hash of what the row says in the columns of its natural key."""
        return identity.natural_key(self.spec, (getattr(self, name) for name in self.spec.identity))

    def derive(self) -> None:
        """Bring key and words up to what the columns say. ValueError for a row without division."""
        if not self.division_code:
            raise ValueError(f"{self.spec.name}: a row needs the code of its division")
        for name, field in self.spec.fields.items():
            setattr(self, name, field.canonical(getattr(self, name)))
        copy = identity.key_parts(self.key_digest)[2] if self.key_digest else 1
        self.key_digest = identity.key_digest(self.natural_key, self.division_code, copy)
        values = {name: getattr(self, name) for name in self.spec.fields}
        self.words = words_of(self.spec, values, self.division_code)

    def save(self, *args: Any, **options: Any) -> None:
        """Save with key, words and version; noted in the trail like every change."""
        self.derive()
        if not self._state.adding:
            self.row_version += 1
        self.changed_at = timezone.now()
        if options.get("update_fields") is not None:
            derived = {"key_digest", "words", "row_version", "changed_at"}
            options["update_fields"] = {*options["update_fields"], *derived}
        super().save(*args, **options)
