"""From a request's JSON to its types. Strict: what does not fit is refused, since nobody else is to blame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from .flatten import fill
from .secret import Secret
from .value import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from .model import Group
    from .table import Table
    from .value import Json

T = TypeVar("T")
G = TypeVar("G", bound="Group")


class Unfit(ValueError):  # noqa: N818
    """JSON that the types cannot say: where, and what belongs there. It never holds a value."""


def text_or_members(json: Json) -> Json:
    """JSON, parsed if it is a text."""
    if isinstance(json, str):
        from .json_text import JsonError, parse

        try:
            return parse(json)
        except JsonError as error:
            raise Unfit(str(error)) from None
    return json


def text(json: Json) -> str:
    """Text."""
    if isinstance(json, str):
        return json
    raise _unfit(json, "text")


def secret(json: Json) -> Secret:
    """Text that must not be seen."""
    return json if isinstance(json, Secret) else Secret(text(json))


def boolean(json: Json) -> bool:
    """`true` or `false`."""
    if isinstance(json, bool):
        return json
    raise _unfit(json, "`true` or `false`")


def int64(json: Json) -> int:
    """A whole number of 64 bits."""
    if kind_of(json) == "integer":
        return int(json)
    raise _unfit(json, "a whole number of 64 bits")


def int32(json: Json) -> int:
    """A whole number of 32 bits."""
    if kind_of(json) == "integer" and -(1 << 31) <= json < 1 << 31:
        return int(json)
    raise _unfit(json, "a whole number of 32 bits")


def number(json: Json) -> float:
    """A number."""
    if kind_of(json) in {"integer", "number"}:
        return json  # type: ignore[no-any-return]
    raise _unfit(json, "a number")


def anything(json: Json) -> Json:
    """Any JSON."""
    return json


def list_of(item: Callable[[Json], T]) -> Callable[[Json], list[T]]:
    """A list."""

    def read(json: Json) -> list[T]:
        if not isinstance(json, (list, tuple)):
            raise _unfit(json, "a list")
        return [item(one) for one in json]

    return read


def map_of(item: Callable[[Json], T]) -> Callable[[Json], dict[str, T]]:
    """Values by name."""

    def read(json: Json) -> dict[str, T]:
        if not isinstance(json, Mapping):
            raise _unfit(json, "an object")
        return {name: item(one) for name, one in json.items()}

    return read


def content_of(item: Callable[[Json], T]) -> Callable[[Json], T | str]:
    """JSON that travels as text: the text itself, or what it holds."""

    def read(json: Json) -> T | str:
        return json if isinstance(json, str) else item(json)

    return read


def _unfit(json: Json, wanted: str) -> Unfit:
    return Unfit(f"it is {kind_of(json)}: {wanted} belongs here")


class Slots:
    """The parameters of a request, taken one by one."""

    def __init__(self, table: Table, json: Json) -> None:
        self.table = table
        self.values: list[Json] = [None] * len(table.parameters)
        self.found = 0
        wrong = fill(table, json, self.values)
        if wrong:
            raise Unfit(str(wrong[0]))

    def take(self, place: int, read: Callable[[Json], T]) -> T | None:
        """A parameter, if it is given."""
        value = self.values[place]
        if value is None:
            return None
        self.found += 1
        try:
            return read(value)
        except Unfit as error:
            message = f"{self.table.parameters[place].name}: {error}"
            raise Unfit(message) from None

    def need(self, place: int, read: Callable[[Json], T]) -> T:
        """A parameter that cannot be left out."""
        value = self.take(place, read)
        if value is None:
            message = f"{self.table.parameters[place].name}: it is required"
            raise Unfit(message)
        return value

    def group(self, group: type[G]) -> G | None:
        """A group, if one of its parameters is given."""
        found = self.found
        try:
            read = group._read(self)
        except Unfit:
            if self.found == found:
                return None
            raise
        return None if self.found == found else read

    def need_group(self, group: type[G]) -> G:
        """A group that cannot be left out."""
        return group._read(self)


class Members:
    """The members of an object, taken one by one."""

    def __init__(self, json: Json) -> None:
        if not isinstance(json, Mapping):
            raise _unfit(json, "an object")
        self.members = dict(json)

    def take(self, name: str, read: Callable[[Json], T]) -> T | None:
        """A member, if it is given."""
        value = self.members.pop(name, None)
        if value is None:
            return None
        try:
            return read(value)
        except Unfit as error:
            message = f"{name}: {error}"
            raise Unfit(message) from None

    def need(self, name: str, read: Callable[[Json], T]) -> T:
        """A member that cannot be left out."""
        value = self.take(name, read)
        if value is None:
            message = f"{name}: it is required"
            raise Unfit(message)
        return value

    def rest(self) -> dict[str, Json]:
        """What was not taken."""
        return self.members

    def end(self) -> None:
        """Nothing may be left."""
        for name in self.members:
            message = f"{name}: nothing is known of it"
            raise Unfit(message)
