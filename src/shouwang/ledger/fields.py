"""The kinds of column a ledger can have.

Each kind is a Django model field that also says how the column is found in a workbook (label,
aliases, context), how its cells are read (``kind``), how it is stored in a snapshot
(``arrow_type``) and how it is masked when shown (``mask``). A missing value is always ``None``:
an empty string never stands for "unknown".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

import pyarrow as pa
from django.core.exceptions import FieldError
from django.db import models
from django.utils import timezone

from shouwang.ledger import identity, sealed, secret
from shouwang.standards import masking

if TYPE_CHECKING:
    _Field = models.Field[Any, Any]
    _Char = models.CharField[Any, Any]
    _Date = models.DateField[Any, Any]
    _DateTime = models.DateTimeField[Any, Any]
    _Decimal = models.DecimalField[Any, Any]
    _BigInteger = models.BigIntegerField[Any, Any]
    _Boolean = models.BooleanField[Any, Any]
else:  # Django's fields are generic for the type checker only
    _Field, _Char, _Date, _DateTime = models.Field, models.CharField, models.DateField, models.DateTimeField
    _Decimal, _BigInteger, _Boolean = models.DecimalField, models.BigIntegerField, models.BooleanField

Mask = Literal["", "name", "id", "phone", "account", "address"]

MASKS: Final[Mapping[str, Callable[[str], str]]] = {
    "name": masking.mask_name,
    "id": masking.mask_id,
    "phone": masking.mask_phone,
    "account": masking.mask_card,
    "address": masking.mask_address,
}
"""How a value is masked, by the ``mask`` of its field."""


class LedgerField(_Field):
    """What every ledger column declares, on top of a Django field.

    ``label`` is the official Chinese term and the header of the template; ``aliases`` are other
    headers seen in the field, written without spaces. ``required`` rows without the value are
    rejected by the reader. ``context`` names where the value may stand when it has no column:
    ``"division"``, ``"organisation"``, ``"month"``, ``"year"``, or a regular expression with one
    group that is looked for in sheet name, title and file name, in this order. ``values`` maps
    each canonical value to the spellings that mean it. ``seeds`` are the requirements that ask
    for the column.
    """

    kind: ClassVar[str] = "text"
    arrow: ClassVar[pa.DataType] = pa.string()
    default_mask: ClassVar[Mask] = ""

    def __init__(
        self,
        label: str = "",
        *,
        aliases: Sequence[str] = (),
        required: bool = False,
        unit: str = "",
        example: str = "",
        note: str = "",
        context: str = "",
        values: Mapping[str, Sequence[str]] | None = None,
        mask: Mask | None = None,
        seeds: Sequence[str] = (),
        **options: Any,
    ) -> None:
        options.setdefault("verbose_name", label)
        options.setdefault("null", not required)
        options.setdefault("blank", not required)
        self.aliases = tuple(aliases)
        self.required = required
        self.unit = unit
        self.example = example
        self.note = note
        self.stands_in = context  # Django's decimal fields have a ``context`` of their own
        self.values = {k: tuple(v) for k, v in (values or {}).items()}
        self.mask: Mask = self.default_mask if mask is None else mask
        self.seeds = tuple(seeds)
        super().__init__(**options)

    def deconstruct(self) -> Any:
        """What a migration has to know: Django's own options, with ``null`` and ``blank`` always named."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "null": self.null, "blank": self.blank}

    @property
    def label(self) -> str:
        """The Chinese term of the column."""
        return str(self.verbose_name)

    @property
    def arrow_type(self) -> pa.DataType:
        """The type of the column in a snapshot."""
        return self.arrow

    def canonical(self, value: Any) -> Any:
        """A value as it comes back from the database: in its type, amounts with all their places."""
        found = self.to_python(value)
        places = getattr(self, "decimal_places", None)
        return found if found is None or places is None else round(found, places)

    def masked(self, value: Any) -> Any:
        """A value as it may be shown to everybody."""
        mask = MASKS.get(self.mask)
        return value if mask is None or not value else mask(str(value))

    def value_for_trail(self, value: Any) -> Any:
        """A value as an event keeps it for good: a personal one masked, with a mark that tells two apart."""
        if value is None or value == "":
            return None
        if self.mask:
            mark = secret.keyring().index(f"trail/{self.kind}", str(value))[:6]
            return f"{self.masked(value)}#{mark}"
        return value if isinstance(value, bool | int) else str(value)


class TextField(LedgerField, _Char):
    """Free text or a value out of ``values``; full-width forms are narrowed when read."""

    kind = "text"

    def __init__(self, label: str = "", **options: Any) -> None:
        options.setdefault("max_length", 1000)
        super().__init__(label, **options)


class CodeField(TextField):
    """A number or code that identifies something (证号、编号): text, never a quantity."""

    kind = "code"

    def __init__(self, label: str = "", **options: Any) -> None:
        options.setdefault("max_length", 100)
        super().__init__(label, **options)


class NameField(TextField):
    """A person's name; inner spaces and bracketed remarks are stripped when read."""

    kind = "name"
    default_mask = "name"

    def __init__(self, label: str = "", **options: Any) -> None:
        options.setdefault("max_length", 100)
        super().__init__(label, **options)


class PersonField(CodeField):
    """A resident ID number (GB 11643), 18 characters; the key of a person over all ledgers.

    A number that is too short, has a wrong check digit or was rounded by a spreadsheet is
    rejected, never repaired. A 15-digit number of the old form is stored in its 18-digit form.

    At rest it is sealed (:mod:`shouwang.ledger.secret`); in Python it is the number. It can be asked for by
    ``exact``, ``in`` and ``isnull``, and by the keyed index (``person__index=…``, ``person__index_in=[…]``);
    anything else is refused, because no order or part of the number is to be had.
    """

    kind = "id"
    default_mask = "id"
    LOOKUPS: ClassVar = {
        "exact": sealed.Exact,
        "in": sealed.In,
        "isnull": models.lookups.IsNull,
        "index": sealed.Index,
        "index_in": sealed.IndexIn,
    }

    def __init__(self, label: str = "", **options: Any) -> None:
        options.setdefault("max_length", 128)  # of the sealed text
        options.setdefault("db_index", True)
        super().__init__(label, **options)

    @property
    def place(self) -> str:
        """The column for which values are sealed."""
        return f"{self.model._meta.db_table}.{self.column}"

    def sealed(self, number: str) -> str:
        """The number as it is stored in this column."""
        return secret.seal(number, self.place, identity.person_index(number))

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Seal; expressions and what is sealed already pass."""
        if value is None or value == "" or hasattr(value, "resolve_expression"):
            return super().get_db_prep_save(value, connection)
        return self.sealed(str(value))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """Open what was read."""
        return secret.unseal(value, self.place) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """The lookups a sealed column can answer."""
        if lookup_name not in self.LOOKUPS:
            raise FieldError(
                f"{self.name} is sealed at rest: it can be asked for by {', '.join(self.LOOKUPS)}, "
                f"not by {lookup_name!r}"
            )
        return self.LOOKUPS[lookup_name]

    def get_transform(self, lookup_name: str) -> Any:
        """None of a sealed column."""
        raise FieldError(f"{self.name} is sealed at rest: nothing can be computed of it ({lookup_name!r})")


class OrganisationField(TextField):
    """The name of an organisation; its spellings over ledgers are brought together by linking."""


class PhoneField(CodeField):
    """A telephone number as text."""

    kind = "phone"
    default_mask = "phone"


class AccountField(CodeField):
    """A bank card or account number as text."""

    kind = "account"
    default_mask = "account"


class AddressField(TextField):
    """A postal address; shown without the house number unless unmasked."""

    kind = "text"
    default_mask = "address"


class DateField(LedgerField, _Date):
    """A calendar day."""

    kind = "date"
    arrow = pa.date32()


class MonthField(LedgerField, _Date):
    """A month, stored as its first day."""

    kind = "month"
    arrow = pa.date32()


class DateTimeField(LedgerField, _DateTime):
    """A moment of local time, to the minute or second, without a zone: what the clock on the wall said."""

    kind = "datetime"
    arrow = pa.timestamp("us")

    def to_python(self, value: Any) -> Any:
        """The moment without zone."""
        found = models.DateTimeField.to_python(self, value) if not isinstance(value, dt.datetime) else value
        return timezone.make_naive(found) if found is not None and timezone.is_aware(found) else found

    def get_prep_value(self, value: Any) -> Any:
        """The figures of the wall clock, kept as if they were UTC: they come back as they went."""
        found = self.to_python(value)
        return found.replace(tzinfo=dt.UTC) if found is not None else None

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """The figures of the wall clock."""
        return value.astimezone(dt.UTC).replace(tzinfo=None) if value and timezone.is_aware(value) else value


class MoneyField(LedgerField, _Decimal):
    """An amount in yuan with two decimals; a header in 万元 is multiplied when read."""

    kind = "money"
    arrow = pa.decimal128(18, 2)

    def __init__(self, label: str = "", **options: Any) -> None:
        options.setdefault("max_digits", 18)
        options.setdefault("decimal_places", 2)
        options.setdefault("unit", "元")
        super().__init__(label, **options)


class NumberField(LedgerField, _Decimal):
    """A quantity that may have decimals (四位小数)."""

    kind = "number"
    arrow = pa.decimal128(18, 4)

    def __init__(self, label: str = "", **options: Any) -> None:
        options.setdefault("max_digits", 18)
        options.setdefault("decimal_places", 4)
        super().__init__(label, **options)


class PercentField(NumberField):
    """A percentage, stored as the number before the sign: 4.35 % is ``Decimal('4.35')``."""

    kind = "percent"

    def __init__(self, label: str = "", **options: Any) -> None:
        options.setdefault("unit", "%")
        super().__init__(label, **options)


class IntegerField(LedgerField, _BigInteger):
    """A count."""

    kind = "int"
    arrow = pa.int64()


class YesNoField(LedgerField, _Boolean):
    """是/否, √/×, 有/无; anything else is rejected."""

    kind = "bool"
    arrow = pa.bool_()
