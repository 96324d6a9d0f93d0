"""The landing layer of a dbt project of its own, which has no gate: deliveries as suppliers write them, read in SQL."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from concepts.generator.design import Design, TableDesign
from concepts.generator.models import Model
from concepts.metamodel import DataType, Privacy
from concepts.quoting import quoted_text
from concepts.sources import FileFormat, Table

LAYER = "landing"
_ALONE = "a project of its own"
REASON = "quarantine_reason"
ENCODINGS = {"utf-8": "utf-8", "utf-8-sig": "utf-8", "iso-8859-1": "latin-1"}  # as DuckDB calls them
FAULTS = {
    DataType.INTEGER: "bad_number",
    DataType.DECIMAL: "bad_number",
    DataType.DATE: "bad_date",
    DataType.DATETIME: "bad_datetime",
    DataType.BOOLEAN: "bad_boolean",
}
# How DuckDB writes a typed Parquet value as text; pandas keeps a day as its midnight.
_WRITTEN = {
    DataType.DATE: ("%Y-%m-%d", "%Y-%m-%d 00:00:00"),
    DataType.DATETIME: ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f"),
}
_UNKNOWN_DIRECTIVE = re.compile(r"%(?!-?[dmHIMSj]|[aAwbByYpfUWcxXgGVu%])")


def landing_models(plan: Design) -> Iterator[Model]:
    """The registry of deliveries and a table of records for each delivered table."""
    forms = [
        _form(
            table,
            folder=f"{table.source}/{table.table}",
            files=table.mapping.files,
            semantics=str(table.mapping.semantics),
            columns=list(table.mapping.columns),
        )
        for table in plan.tables
    ]
    what = "One row per delivered file: what its name and registry.csv say of it."
    yield Model(LAYER, "landing_delivery", "landing_delivery", {"forms": forms}, what, ("delivery_id",))
    yield from (_landing(table) for table in plan.tables)


def landing_faults(plan: Design) -> Iterator[str]:
    """What only the gate can do, with the remedy: a project of its own has none."""
    for table in plan.tables:
        where, form = f"{table.source}.yml: tables.{table.table}", table.mapping.format
        if form.kind == "xlsx":
            yield f"{where}.format: {_ALONE} reads no xlsx; deliver csv or parquet, or use sotevault ingest"
        elif form.kind == "csv" and form.encoding not in ENCODINGS:
            yield f"{where}.format: {_ALONE} reads no {form.encoding}; deliver utf-8, or use sotevault ingest"
        for name, pattern in (("date", form.date), ("datetime", form.datetime)):
            if unknown := _UNKNOWN_DIRECTIVE.search(pattern):
                sign = pattern[unknown.start() :][:2]
                yield f"{where}.format.{name}: DuckDB does not know {sign}; write the pattern without it"
        for header in table.mapping.columns:
            yield from (f"{where}.columns: {fault}" for fault in _column_faults(table, header))


def _column_faults(table: TableDesign, header: str) -> Iterator[str]:
    if table.mapping.landing_name(header) == REASON:
        yield f'"{header}": {REASON} is a column that landing adds; give it another name: here'
    column = table.mapping.columns[header]
    direct = [
        f"{feed.concept.concept}.{name}"
        for feed in table.feeds.values()
        for name in feed.mapping.fed.get(header, ())
        if feed.concept.attributes[name].privacy is Privacy.DIRECT_IDENTIFIER
    ]
    if direct or column.identity_code:
        told = f"feeds {', '.join(direct)}, a direct identifier," if direct else "is an identity code,"
        yield (
            f'"{header}" {told} and {_ALONE} has no gate that makes pseudonyms of such; have pseudonyms delivered and '
            "declare the attribute quasi_identifier, or load through the gate with sotevault ingest"
        )


def _landing(table: TableDesign) -> Model:
    mapping = table.mapping
    maps = {
        mapping.landing_name(header): [(quoted_text(told), quoted_text(meant)) for told, meant in column.map.items()]
        for header, column in mapping.columns.items()
        if column.map
    }
    context = {
        "table": table,
        "form": _form(table),
        "names": [(_literal(h), _literal(f"{mapping.landing_name(h)}__text")) for h in mapping.columns],
        "maps": maps,
        "columns": [{"name": c.name, "value": value} for c, value in zip(table.landed, _values(table), strict=True)],
        "faults": [fault for header in mapping.columns for fault in _row_faults(table, header)],
    }
    what = f"Records of {table.record_source} as they were delivered, typed; a row that cannot be read is_quarantined."
    name = f"landing_{table.source}__{table.table}"
    key, parents = ("delivery_id", "record_number"), (("delivery_id", "landing_delivery", "delivery_id"),)
    return Model(LAYER, name, "landing", context, what, key, parents, table.landed)


def _form(table: TableDesign, **more: object) -> str:
    """What the macros need to know of the table's files, as a literal that Jinja reads."""
    form = table.mapping.format
    told = {"record_source": table.record_source, **more, "kind": form.kind}
    if form.kind == "csv":
        told |= {"delimiter": form.delimiter, "encoding": ENCODINGS[form.encoding]}
    return _literal(told)


def _literal(told: object) -> str:
    """As Jinja reads it."""
    return json.dumps(told, ensure_ascii=False)


def _row_faults(table: TableDesign, header: str) -> Iterator[dict[str, str]]:
    """What sends a row to quarantine for the column's sake: a condition, and how it is told."""
    name, kind = table.mapping.landing_name(header), table.type_of(header)
    told, is_read = f"nullif(trim({name}__text), '')", _is_read(table.mapping, header)
    if table.mapping.columns[header].required or header in table.mapping.key:
        yield {"when": f"{told} is null{is_read}", "told": quoted_text(f"{header}: missing_value")}
    if kind in FAULTS:
        when = f"{told} is not null and {name} is null{is_read}"
        yield {"when": when, "told": quoted_text(f"{header}: {FAULTS[kind]}")}


def _is_read(mapping: Table, header: str) -> str:
    """The condition that the column of a row is read: where something is deleted only the key is."""
    if mapping.deleted is None or header in (*mapping.key, mapping.deleted.column):
        return ""
    return f" and not {mapping.deleted.holds(mapping.landing_name(mapping.deleted.column))}"


def _values(table: TableDesign) -> Iterator[str]:
    for header in table.mapping.columns:
        yield _value(f"{table.mapping.landing_name(header)}__text", table.type_of(header), table.mapping.format)


def _value(text: str, kind: DataType, form: FileFormat) -> str:
    """The macro call or expression that makes a value of the text."""
    typed = form.kind == "parquet"
    if kind is DataType.INTEGER or kind is DataType.BOOLEAN:
        return f"{{{{ read_{kind}('{text}') }}}}"
    if kind is DataType.DECIMAL:
        # A number in Parquet has a point whatever the sign of the supplier's texts.
        return f"{{{{ read_decimal('{text}', '{form.decimal}') }}}}" if not typed else _either_sign(text, form)
    if kind in _WRITTEN:
        formats = [form.date if kind is DataType.DATE else form.datetime, *(_WRITTEN[kind] if typed else ())]
        told = f"regexp_replace({text}, '[+]00$', '')" if typed else text
        return f"{{{{ read_{kind}({json.dumps(told)}, {json.dumps(formats)}) }}}}"
    return f"nfc_normalize({text})"


def _either_sign(text: str, form: FileFormat) -> str:
    told = text if form.decimal == "." else f"replace({text}, '{form.decimal}', '.')"
    return f"{{{{ read_decimal({json.dumps(told)}) }}}}"
