"""Requests without types: JSON with wire names, flat, nested or both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .check import check
from .flatten import fill, unknown
from .violation import Violations
from .wire import Wire

if TYPE_CHECKING:
    from .check import Slots
    from .table import Table
    from .value import Json


def check_json(table: Table, request: Json) -> Violations:
    """Checks a request against everything that is known of the action."""
    slots = _slots(table)
    wrong = fill(table, request, slots)
    return check(table, slots, wrong) if isinstance(request, Mapping) else Violations(wrong)


def json_to_wire(table: Table, request: Json, *, whole: bool = False) -> Wire:
    """The request as it travels. `whole`: names that the table does not know travel in the query; else they do not."""
    slots = _slots(table)
    fill(table, request, slots)
    wire = Wire.of(table, slots)
    if whole:
        for name, value in unknown(table, request):
            wire.add_unknown(name, value)
    return wire


def _slots(table: Table) -> Slots:
    return [None] * len(table.parameters)
