"""The step by which a ledger of the time before gets what it needs in the database.

One operation an app does for all its ledgers what would else be ten operations a table::

    operations = [LedgerColumns("registry")]

It adds division code, key, import, words, version and time; seals resident ID numbers that stood there in
clear; and derives code, key and words for the rows there are. It can't be undone: nothing shall bring the
clear numbers back.

Another moves the rows of a ledger that became part of a ledger of another app::

    operations = [MovedLedger("Training", "office.training", {"course": "topic"}, stated={"line": "财会"})]
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import django.utils.timezone
from django.apps import apps as current_apps
from django.core.management.color import no_style
from django.db import migrations, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ModelState, ProjectState

from shouwang.ledger import identity
from shouwang.ledger.base import snake
from shouwang.ledger.fields import PersonField
from shouwang.ledger.secret import keyring, unseal
from shouwang.ledger.words import words_of

BATCH = 500


def _is_ledger(state: ModelState) -> bool:
    return {"division", "source_file", "source_sheet", "source_row"} <= set(state.fields)


def _columns() -> dict[str, models.Field[Any, Any]]:
    return {
        "division_code": models.CharField(
            blank=True, default="", editable=False, max_length=15, verbose_name="区划代码"
        ),
        "import_no": models.BigIntegerField(
            blank=True, db_index=True, editable=False, null=True, verbose_name="导入批号"
        ),
        "words": models.TextField(blank=True, default="", editable=False),
        "row_version": models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
        "changed_at": models.DateTimeField(
            default=django.utils.timezone.now, editable=False, verbose_name="更新时间"
        ),
    }  # fmt: skip


class LedgerColumns(migrations.operations.base.Operation):
    """Add the columns of :class:`shouwang.ledger.base.Ledger` to every ledger of an app that lacks them."""

    reduces_to_sql = False
    reversible = False

    def __init__(self, app: str) -> None:
        self.app = app

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """What a migration file says."""
        return self.__class__.__qualname__, [self.app], {}

    def describe(self) -> str:
        """One line."""
        return f"Add the columns of the database side to the ledgers of {self.app}"

    def _lacking(self, state: ProjectState) -> Iterator[tuple[str, ModelState]]:
        for (app, name), model in sorted(state.models.items()):
            if app == self.app and _is_ledger(model) and "key_digest" not in model.fields:
                yield name, model

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models as they are afterwards."""
        # Straight into the models, which hold no relation: one by one through the state's own methods, each
        # of which renders models anew, hundreds of ledgers take minutes.
        for name, model in list(self._lacking(state)):
            for field_name, field in list(model.fields.items()):
                if isinstance(field, PersonField):
                    model.fields[field_name] = field.clone()
                    model.fields[field_name].max_length = PersonField().max_length
            key = models.CharField(editable=False, max_length=48, unique=True)
            model.fields |= {**_columns(), "key_digest": key}
            index = models.Index(fields=["division_code", "id"])
            try:
                index.set_name_with_model(current_apps.get_model(app_label, name))
            except LookupError:  # the ledger is gone since; its table goes with it in a later migration
                index.name = f"{app_label[:8]}_{name[:10]}_place_idx"
            model.options.pop("verbose_name", None)
            model.options["indexes"] = [*model.options.get("indexes", []), index]
        state.clear_delayed_apps_cache()
        state.__dict__.pop("apps", None)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """The tables, and what stands in them."""
        for name, _ in list(self._lacking(from_state)):
            before = from_state.apps.get_model(app_label, name)
            after = to_state.apps.get_model(app_label, name)
            if not self.allow_migrate_model(schema_editor.connection.alias, after):
                continue
            table, kept = before._meta.db_table, f"{before._meta.db_table}_before"
            filled = before._default_manager.using(schema_editor.connection.alias).exists()
            if filled:
                schema_editor.execute(f"CREATE TABLE {kept} AS SELECT * FROM {table}")  # noqa: S608
            # A new table instead of nine changes to the old: there are hundreds of ledgers.
            schema_editor.delete_model(before)
            schema_editor.create_model(after)
            if filled:
                self._refill(schema_editor.connection, kept, before, after)
                schema_editor.execute(f"DROP TABLE {kept}")

    def database_backwards(self, *_: Any) -> None:
        """Refused."""
        raise NotImplementedError("sealed numbers are not unsealed")

    def _refill(
        self,
        connection: BaseDatabaseWrapper,
        kept: str,
        before: type[models.Model],
        after: type[models.Model],
    ) -> None:
        """Copy the rows, sealed, placed and keyed."""
        places = _places(connection)
        fields = {f.name: f for f in before._meta.local_concrete_fields}
        try:
            spec = current_apps.get_model(self.app, str(after._meta.model_name)).spec
        except LookupError:  # gone since; where its rows move on to, they are keyed anew
            spec = None
        sealed = {f.name: f for f in after._meta.local_concrete_fields if isinstance(f, PersonField)}
        quoted = [connection.ops.quote_name(str(f.column)) for f in fields.values()]
        added = ("division_code", "key_digest", "words", "row_version", "changed_at")
        into = ", ".join([*quoted, *added])
        marks = ", ".join(["%s"] * (len(quoted) + len(added)))
        now = connection.ops.adapt_datetimefield_value(django.utils.timezone.now())
        seen: dict[str, int] = {}
        with connection.cursor() as cursor:
            for found in _pieces(cursor, kept, ["id", *quoted]):
                done = []
                for _id, *cells in found:
                    raw = dict(zip(fields, cells, strict=True))
                    row = {n: _read(fields[n], value) for n, value in raw.items()}
                    code = places.get((row.get("division") or "").strip(), identity.UNPLACED)
                    if spec is None:
                        natural, words = keyring().index(f"key/{kept}", str(row["id"])), ""
                    else:
                        natural = identity.natural_key(spec, (row.get(n) for n in spec.identity))
                        words = words_of(spec, {n: row.get(n) for n in spec.fields}, code)
                    copy = seen[natural + code] = seen.get(natural + code, 0) + 1
                    raw |= {n: f.sealed(row[n]) for n, f in sealed.items() if row[n]}
                    key = identity.key_digest(natural, code, copy)
                    done.append([*raw.values(), code, key, words, 1, now])
                cursor.executemany(
                    f"INSERT INTO {after._meta.db_table}({into}) VALUES ({marks})",  # noqa: S608
                    done,
                )
            for statement in connection.ops.sequence_reset_sql(no_style(), [after]):
                cursor.execute(statement)


def _pieces(cursor: Any, table: str, columns: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a table by id, some hundred at a time; ``columns`` begin with the id."""
    last = 0
    while True:
        cursor.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE id > %s ORDER BY id LIMIT {BATCH}",  # noqa: S608
            [last],
        )
        found = cursor.fetchall()
        if not found:
            return
        yield found
        last = found[-1][0]


KEPT: Final = (
    "division",
    "source_file",
    "source_sheet",
    "source_row",
    "division_code",
    "import_no",
    "row_version",
    "changed_at",
)
"""What a row takes along besides its columns."""
POINTING: Final = (
    ("evidence_attachment", "target", "target_id"),
    ("risk_evidencerow", "ledger", "record"),
    ("inbox_notice", "target", "target_id"),
)
"""Tables that name a row by its ledger and id, with the columns in which they do."""


class MovedLedger(migrations.operations.base.Operation):
    """Move the rows of a ledger of this app into a ledger of another, and drop its table.

    ``columns`` are those called otherwise there, old name to new; a column that is in neither is refused.
    ``stated`` gives columns there a value that the old ledger meant without saying, ``spelt`` a column's old
    values their new ones. Each row is keyed anew, gets new words, keeps version, import and time of change;
    sealed numbers are sealed for their new place. Attachments, evidence of findings, notices, saved views
    and what is known of imports follow. The trail does not: it tells what was done to which record then.
    """

    reduces_to_sql = False
    reversible = False

    def __init__(
        self,
        model: str,
        into: str,
        columns: Mapping[str, str] | None = None,
        *,
        stated: Mapping[str, str] | None = None,
        spelt: Mapping[str, Mapping[Any, str]] | None = None,
    ) -> None:
        self.model = model
        self.into = into
        self.columns = dict(columns or {})
        self.stated = dict(stated or {})
        self.spelt = {name: dict(values) for name, values in (spelt or {}).items()}

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """What a migration file says."""
        keywords = {"columns": self.columns, "stated": self.stated, "spelt": self.spelt}
        return self.__class__.__qualname__, [self.model, self.into], keywords

    def describe(self) -> str:
        """One line."""
        return f"Move the rows of {self.model} into {self.into}"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The old model is gone."""
        state.remove_model(app_label, self.model.lower())

    def database_backwards(self, *_: Any) -> None:
        """Refused."""
        raise NotImplementedError("rows of two ledgers that became one are not parted again")

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """The rows, what points at them, and the end of the old table."""
        before = from_state.apps.get_model(app_label, self.model)
        if not self.allow_migrate_model(schema_editor.connection.alias, before):
            return
        connection = schema_editor.connection
        old = f"{app_label}.{snake(self.model)}"
        if before._default_manager.using(connection.alias).exists():
            app, _dot, name = self.into.partition(".")
            after = to_state.apps.get_model(app, name.replace("_", ""))
            numbers = self._copy(connection, before, after)
            _point(connection, old, self.into, numbers)
        _rename(connection, old, self.into, self.columns, self.spelt)
        schema_editor.delete_model(before)

    def _copy(
        self, connection: BaseDatabaseWrapper, before: type[models.Model], after: type[models.Model]
    ) -> dict[int, int]:
        """Copy the rows; new ids by old."""
        spec = current_apps.get_model(after._meta.app_label, str(after._meta.model_name)).spec
        there: dict[str, Any] = {f.name: f for f in after._meta.local_concrete_fields}
        aside = {*KEPT, "id", "key_digest", "words"}
        own = [f for f in before._meta.local_concrete_fields if f.name not in aside]
        meant = {f.name: self.columns.get(f.name, f.name) for f in own}
        if lost := sorted(set(meant.values()) - set(there)):
            raise ValueError(f"{self.into} has no {', '.join(lost)}")
        read = [*KEPT, *meant]
        written = [*KEPT, *meant.values(), *self.stated, "id", "key_digest", "words"]
        source, target = before._meta.db_table, after._meta.db_table
        quoted = [connection.ops.quote_name(n) for n in read]
        into = ", ".join(connection.ops.quote_name(n) for n in written)
        marks = ", ".join(["%s"] * len(written))
        fields = {f.name: f for f in before._meta.local_concrete_fields}
        numbers: dict[int, int] = {}
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {target}")  # noqa: S608
            last = int(cursor.fetchone()[0])
            cursor.execute(f"SELECT key_digest FROM {target}")  # noqa: S608
            taken = {digest for (digest,) in cursor.fetchall()}
            for found in _pieces(cursor, source, ["id", *quoted]):
                done = []
                for number, *cells in found:
                    raw = dict(zip(read, cells, strict=True))
                    values = dict(self.stated)
                    kept = {name: raw[name] for name in KEPT}
                    for name, new in meant.items():
                        value = _plain(fields[name], raw[name])
                        if name in self.spelt and value is not None:
                            raw[name] = value = self.spelt[name].get(value, str(value))
                        elif isinstance(fields[name], PersonField) and value:
                            raw[name] = there[new].sealed(value)
                        values[new], kept[new] = value, raw[name]
                    values["division"] = raw["division"]
                    code = raw["division_code"]
                    natural = identity.natural_key(spec, (values.get(n) for n in spec.identity))
                    copy = 1
                    while (key := identity.key_digest(natural, code, copy)) in taken:
                        copy += 1
                    taken.add(key)
                    words = words_of(spec, {n: values.get(n) for n in spec.fields}, code)
                    last += 1
                    numbers[number] = last
                    kept |= self.stated | {"id": last, "key_digest": key, "words": words}
                    done.append([kept[name] for name in written])
                cursor.executemany(f"INSERT INTO {target}({into}) VALUES ({marks})", done)  # noqa: S608
            for statement in connection.ops.sequence_reset_sql(no_style(), [after]):
                cursor.execute(statement)
        return numbers


def _plain(field: Any, value: Any) -> Any:
    """What a row says in a column, sealed numbers opened."""
    if isinstance(field, PersonField):
        return unseal(value, field.place) if value else None
    return _read(field, value)


def _point(connection: BaseDatabaseWrapper, old: str, new: str, numbers: Mapping[int, int]) -> None:
    """Have whatever names a moved row name it where it is now."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table, ledger, record in POINTING:
            if table not in present:
                continue
            cursor.execute(f"SELECT id, {record} FROM {table} WHERE {ledger} = %s", [old])  # noqa: S608
            moved = [
                (new, type(named)(numbers[int(named)]), row)
                for row, named in cursor.fetchall()
                if str(named).isdigit() and int(named) in numbers
            ]
            cursor.executemany(
                f"UPDATE {table} SET {ledger} = %s, {record} = %s WHERE id = %s",  # noqa: S608
                moved,
            )


def _rename(
    connection: BaseDatabaseWrapper,
    old: str,
    new: str,
    columns: Mapping[str, str],
    spelt: Mapping[str, Mapping[Any, str]],
) -> None:
    """Saved views, the columns of imported sheets and the day of the last import go with the ledger."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if "ledger_savedview" in present:
            cursor.execute("SELECT user_id, title FROM ledger_savedview WHERE ledger = %s", [new])
            taken = set(cursor.fetchall())
            cursor.execute("SELECT id, user_id, title, query FROM ledger_savedview WHERE ledger = %s", [old])
            for number, user, title, query in cursor.fetchall():
                free = next(
                    name
                    for name in (title, *(f"{title[:94]}（{n}）" for n in range(2, 1000)))
                    if (user, name) not in taken
                )
                taken.add((user, free))
                cursor.execute(
                    "UPDATE ledger_savedview SET ledger = %s, title = %s, query = %s WHERE id = %s",
                    [new, free, json.dumps(_renamed(_json(query), columns, spelt)), number],
                )
        if "snapshot_sheetcolumns" in present:
            cursor.execute("SELECT id, columns FROM snapshot_sheetcolumns WHERE ledger = %s", [old])
            for number, stated in cursor.fetchall():
                cursor.execute(
                    "UPDATE snapshot_sheetcolumns SET ledger = %s, columns = %s WHERE id = %s",
                    [new, json.dumps([columns.get(name, name) for name in _json(stated)]), number],
                )
        if "ledger_lastimport" in present:
            cursor.execute("SELECT ledger, at FROM ledger_lastimport WHERE ledger IN (%s, %s)", [old, new])
            at = dict(cursor.fetchall())
            if old in at and new in at:
                earlier = min((old, new), key=lambda name: at[name])
                cursor.execute("DELETE FROM ledger_lastimport WHERE ledger = %s", [earlier])
            cursor.execute("UPDATE ledger_lastimport SET ledger = %s WHERE ledger = %s", [new, old])


def _json(value: Any) -> Any:
    """What a JSON column holds: SQLite gives text, PostgreSQL may give the value."""
    return json.loads(value) if isinstance(value, str) else value


def _renamed(query: Any, columns: Mapping[str, str], spelt: Mapping[str, Mapping[Any, str]]) -> Any:
    """What a view says (see ``save_view`` of the pages), with columns and values by their new names."""
    said = {}
    for name, value in query.get("said", {}).items():
        what, dash, column = name.partition("-")
        if name == "order":
            sign, bare = value[: value.startswith("-")], value.lstrip("-")
            value = sign + columns.get(bare, bare)
        elif what == "v" and column in spelt:
            value = spelt[column].get({"1": True, "0": False}.get(value, value), value)
        said[f"{what}{dash}{columns.get(column, column)}"] = value
    return query | {"said": said, "columns": [columns.get(n, n) for n in query.get("columns", [])]}


def _read(field: Any, value: Any) -> Any:
    """A raw value as the key sees it: exactly what the field makes of it, but for sealed ones."""
    if isinstance(field, PersonField) or value is None:
        return value
    if isinstance(field, models.DecimalField):
        return round(Decimal(str(value)), field.decimal_places)
    return field.to_python(value)


def _places(connection: Any) -> dict[str, str]:
    """Division codes by name, where a name means one."""
    if "access_area" not in connection.introspection.table_names():
        return {}
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, name, aliases FROM access_area")
        for code, name, aliases in cursor.fetchall():
            for word in (code, code.rstrip("0"), name, *aliases.splitlines()):
                found.setdefault(word.strip(), set()).add(code)
    return {word: codes.pop() for word, codes in found.items() if len(codes) == 1}
