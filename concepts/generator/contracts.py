"""The ingest contract of a delivered table, derived from its mapping and the concepts that it feeds."""

from __future__ import annotations

from concepts.contract import Contract, ContractColumn
from concepts.generator.design import TableDesign
from concepts.sources import Deleted, Table


def contract(table: TableDesign) -> Contract:
    """What the gate demands of the table's files."""
    mapping = table.mapping
    return Contract(
        source=table.source,
        table=table.table,
        semantics=mapping.semantics,
        files=mapping.files,
        format=mapping.format,
        timezone=table.timezone,
        key=tuple(dict.fromkeys(mapping.landing_name(header) for header in _told_apart(mapping))),
        deleted=mapping.deleted
        and Deleted(column=mapping.landing_name(mapping.deleted.column), values=mapping.deleted.values),
        control_sums=mapping.control_sums,
        schema_version=mapping.schema_version,
        columns=tuple(_column(table, header) for header in mapping.columns),
        ignored=mapping.ignored,
    )


def _told_apart(mapping: Table) -> tuple[str, ...]:
    """The headers that tell rows apart: that a key is deleted and told anew in one extract is no contradiction."""
    return (*mapping.key, *([mapping.deleted.column] if mapping.deleted else []))


def _column(table: TableDesign, header: str) -> ContractColumn:
    told = table.mapping.columns[header]
    valid_at = told.code_valid_at and table.mapping.landing_name(told.code_valid_at)
    return ContractColumn(
        header=header,
        name=table.mapping.landing_name(header),
        type=table.type_of(header),
        required=told.required,
        codes=next((a.codes for a in table.fed_by(header) if a.codes), None),
        code_valid_at=valid_at,
        unknown_code=told.unknown_code,
        expired_code=told.expired_code,
        map=told.map,
        identity_code=told.identity_code,
        pseudonym=next((a.pseudonym for a in table.fed_by(header) if a.pseudonym), None),
    )
