"""A request that is given as JSON: wire names flat, nested or both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from . import message
from .value import members_of
from .violation import Code, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .check import Slots
    from .message import Message
    from .table import Table
    from .value import Json


def fill(table: Table, request: Json, slots: Slots) -> list[Violation]:
    """Puts every parameter that is given into its slot; returns what is wrong with the names, in the request's order."""
    violations: list[Violation] = []
    if isinstance(request, Mapping):
        for name, value in request.items():
            _give(table, name, value, slots, violations)
    else:
        violations.append(Violation(Code.TYPE, "", "error", message.request_type(request), None))
    return violations


def _give(table: Table, name: str, value: Json, slots: Slots, violations: list[Violation]) -> None:
    if value is None:
        return
    place = table.index.get(name)
    code, text = Code.UNKNOWN_PARAMETER, None
    if place is not None:
        if slots[place] is None:
            slots[place] = value
            return
        text = message.twice(name)
    elif name in table.groups:
        if isinstance(value, Mapping) or hasattr(value, "_members"):
            for member, inner in members_of(value):
                _give(table, f"{name}.{member}", inner, slots, violations)
            return
        violations.append(Violation(Code.TYPE, name, "error", message.group_type(name, value), None))
        return
    violations.append(Violation(code, name, "error", _unknown(table, name) if text is None else text, None))


def _unknown(table: Table, name: str) -> Message:
    return message.unknown_parameter(name, table)


def unknown(table: Table, request: Json, prefix: str = "") -> Iterator[tuple[str, Json]]:
    """What is given under names that the table does not know, in the request's order."""
    if not isinstance(request, Mapping):
        return
    for member, value in request.items():
        name = f"{prefix}{member}"
        if value is None or name in table.index:
            continue
        if isinstance(value, Mapping) and name in table.groups:
            yield from unknown(table, value, f"{name}.")
        else:
            yield name, value
