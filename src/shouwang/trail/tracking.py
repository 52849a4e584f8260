"""Models whose every change leaves an event: :class:`Trailed`, its manager, and what it says of a value."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self

from django.db import models

from shouwang.trail.actor import Actor
from shouwang.trail.change import Change, UntrailedWrite, at_rest, open_change

LISTED = 1000
"""So many records changed by one ``update`` are named one by one; of more, keys and new values."""
HIDDEN = "*"
"""Stands for a value the trail does not keep."""


def _change(model: type[models.Model]) -> Change:
    doing = open_change()
    if doing is None and at_rest.get():
        return Change("migrate", Actor("migration", "migration"), "")  # its notes are never written
    if doing is None:
        raise UntrailedWrite(f"{model._meta.label} is written outside of trail.change(...)")
    return doing


def shown(field: models.Field[Any, Any], value: Any) -> Any:
    """A value as an event may keep it. A field with secrets says itself how (``value_for_trail``)."""
    teller = getattr(field, "value_for_trail", None)
    if teller is not None:
        return teller(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return f"sha256:{hashlib.sha256(value).hexdigest()}"
    if hasattr(value, "resolve_expression"):
        return HIDDEN  # its text would hold the values it is made of
    return value if value is None or isinstance(value, bool | int | float | str | list | dict) else str(value)


def told(model: type[Trailed], field: models.Field[Any, Any], old: Any, new: Any) -> list[Any]:
    """Old and new value as an event may keep them."""
    return [HIDDEN, HIDDEN] if field.name in model.trail_hidden else [shown(field, old), shown(field, new)]


def key_ranges(keys: Iterable[Any]) -> list[Any]:
    """Keys in short: runs of whole numbers as ``[first, last]``, anything else by itself.

    >>> key_ranges([3, 1, 2, 9])
    [[1, 3], [9, 9]]
    """
    known = [key for key in keys if key is not None]
    if not all(isinstance(key, int) for key in known):
        return sorted(str(key) for key in known)
    runs: list[list[int]] = []
    for key in sorted(known):
        if runs and key == runs[-1][1] + 1:
            runs[-1][1] = key
        else:
            runs.append([key, key])
    return runs


def common_division(codes: Sequence[str]) -> str:
    """The smallest division that holds all of ``codes`` (15 digits each); empty where one is unknown."""
    found = set(codes)
    if not found or "" in found:
        return ""
    low, high = min(found), max(found)
    width = next((w for w in (15, 12, 9, 6, 4, 2) if low[:w] == high[:w]), 0)
    return low[:width].ljust(15, "0") if width else ""


class TrailedQuerySet(models.QuerySet[Any]):
    """Bulk writes that leave events too."""

    def update(self, **values: Any) -> int:
        """Update all rows; each is named with old and new, up to :data:`LISTED` of them."""
        doing = _change(self.model)
        fields = {self.model._meta.get_field(name): name for name in values}
        rows = list(self._chain().order_by()[: LISTED + 1])  # type: ignore[attr-defined]
        many = len(rows) > LISTED
        keys = list(self._chain().order_by().values_list("pk", flat=True)) if many else []  # type: ignore[attr-defined]
        count = super().update(**values)
        if many:
            new = {
                f.name: told(self.model, f, None, getattr(values[n], "pk", values[n]))
                for f, n in fields.items()
            }
            doing.note(self.model.trail_target(), "", new, rows=count, keys=key_ranges(keys))
            return count
        self._note_each(doing, rows, list(fields))
        return count

    update.alters_data = True  # type: ignore[attr-defined]

    def _note_each(self, doing: Change, rows: list[Any], fields: list[Any]) -> None:
        """Note what became of the given fields of rows that were read before."""
        columns = [field.attname for field in fields]
        found = self.model._base_manager.using(self.db).filter(pk__in=[row.pk for row in rows])
        after = {key: new for key, *new in found.values_list("pk", *columns)}
        for row in rows:
            before = row.__dict__.get("_read", {})
            changes = {
                field.name: told(self.model, field, before.get(field.attname), new)
                for field, new in zip(fields, after.get(row.pk, ()), strict=False)
                if before.get(field.attname) != new and field.name not in self.model.trail_derived
            }
            row.note_in(doing, changes)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        """Create many; the trail says how many with which keys, and the caller what they come from."""
        doing = _change(self.model)
        made = super().bulk_create(objs, *args, **options)
        if made:
            doing.note(
                self.model.trail_target(),
                "",
                division_code=common_division([one.trail_division for one in made]),
                created=len(made),
                keys=key_ranges(one.pk for one in made),
            )
        return made


class Trailed(models.Model):
    """A model that can only be written inside of ``trail.change`` and notes there what changed."""

    trail_hidden: ClassVar[frozenset[str]] = frozenset()
    """Fields of which the trail says that they changed, not what they are."""
    trail_derived: ClassVar[frozenset[str]] = frozenset()
    """Fields that follow from others and say nothing of their own: left out of the trail."""

    objects = TrailedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, **options: Any) -> Self:
        """Remember what was read, to tell old from new."""
        found = super().from_db(db, field_names, values, **options)
        found.__dict__["_read"] = dict(zip(field_names, values, strict=False))
        return found

    def refresh_from_db(self, *args: Any, **options: Any) -> None:
        """Read again; what is read now is the old value from here on."""
        super().refresh_from_db(*args, **options)
        self._remember()

    @classmethod
    def trail_target(cls) -> str:
        """What events call records of this kind; roles are granted ``trail.view`` on such names."""
        return cls._meta.label_lower

    @property
    def trail_division(self) -> str:
        """The division the record belongs to, for the scope of its events."""
        return str(getattr(self, "division_code", "") or "")

    @property
    def trail_person(self) -> str:
        """The keyed index of the person the record is about, or nothing."""
        return ""

    def note_in(self, doing: Change, changes: dict[str, list[Any]], **facts: Any) -> None:
        """Note in a change what became of this record."""
        doing.note(
            self.trail_target(),
            self.pk,
            changes,
            division_code=self.trail_division,
            person=self.trail_person,
            **facts,
        )

    def save(self, *args: Any, **options: Any) -> None:
        """Save and note the difference to what was read."""
        doing = _change(type(self))
        before = self.__dict__.get("_read", {})
        chosen = options.get("update_fields")
        super().save(*args, **options)
        changes = {}
        for field in self._loaded():
            if chosen is not None and field.name not in chosen and field.attname not in chosen:
                continue
            old, new = before.get(field.attname), getattr(self, field.attname)
            if not (field.primary_key or old == new or (old is None and new == "")):
                changes[field.name] = told(type(self), field, old, new)
        self.note_in(doing, changes)
        self._remember(chosen)

    save.alters_data = True  # type: ignore[attr-defined]

    def _loaded(self) -> list[Any]:
        """The fields that are in memory: a deferred one was not changed, and asking for it would read it."""
        return [
            field
            for field in self._meta.concrete_fields
            if field.attname in self.__dict__ and field.name not in self.trail_derived
        ]

    def _remember(self, only: Iterable[str] | None = None) -> None:
        wanted = None if only is None else set(only)
        kept = self.__dict__.setdefault("_read", {})
        for field in self._loaded():
            if wanted is None or field.name in wanted or field.attname in wanted:
                kept[field.attname] = getattr(self, field.attname)


def note_deletion(sender: type[Trailed], instance: Trailed, **_signal: Any) -> None:
    """Note what a deleted record said; called for every record that goes, also by a cascade."""
    doing = _change(sender)
    changes = {
        field.name: told(sender, field, getattr(instance, field.attname), None)
        for field in instance._loaded()
        if not field.primary_key and getattr(instance, field.attname) not in (None, "")
    }
    instance.note_in(doing, changes, deleted=1)


def note_links(
    sender: type[models.Model],
    instance: models.Model,
    action: str,
    reverse: bool,
    model: type[models.Model],
    pk_set: set[Any] | None,
    **_signal: Any,
) -> None:
    """Note which records were linked to or unlinked from one by a many-to-many field."""
    if action not in ("post_add", "post_remove", "pre_clear") or not isinstance(instance, Trailed):
        return
    doing = _change(type(instance))
    name = next(
        str(field.remote_field.get_accessor_name() if reverse else field.name)
        for field in (model if reverse else type(instance))._meta.many_to_many
        if field.remote_field.through is sender
    )
    if pk_set is None:
        pk_set = set(getattr(instance, name).values_list("pk", flat=True))
    if pk_set:
        keys = key_ranges(pk_set)
        change: list[Any] = [None, keys] if action == "post_add" else [keys, None]
        instance.note_in(doing, {name: change})


def trailed_models() -> list[type[Trailed]]:
    """All models that derive from :class:`Trailed`."""
    from django.apps import apps

    return [m for m in apps.get_models(include_auto_created=True) if issubclass(m, Trailed)]


def link_models() -> list[type[models.Model]]:
    """The tables between trailed models and what they are linked to many-to-many, as Django makes them."""
    found: list[type[models.Model]] = []
    for model in trailed_models():
        fields: list[Any] = [rel.field for rel in model._meta.related_objects if rel.many_to_many]
        for field in [*model._meta.many_to_many, *fields]:
            through = field.remote_field.through
            if through._meta.auto_created and through not in found:
                found.append(through)
    return found


def watch() -> None:
    """Have deletions and many-to-many links noted; called once, when all models are there."""
    for model in trailed_models():
        models.signals.post_delete.connect(
            note_deletion, sender=model, dispatch_uid=f"trail.{model._meta.label}"
        )
    for through in link_models():
        models.signals.m2m_changed.connect(
            note_links, sender=through, dispatch_uid=f"trail.{through._meta.label}"
        )
