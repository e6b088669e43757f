"""From an answer's JSON to a type. Lenient: services change, and their documents disagree with them.

`true` and `"true"`, `3` and `"3"`, one element and a list of one mean the same. What a type does not know, and what does not
fit its field, is kept beside the fields. Each function gives `None` for what makes no sense.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from .secret import Secret
from .value import kind_of, text_of, whole_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from .open_enum import OpenEnum
    from .value import Json

T = TypeVar("T")


def text(json: Json) -> str | None:
    """Text; numbers and booleans as they are written."""
    if isinstance(json, str):
        return json
    if isinstance(json, bool):
        return "true" if json else "false"
    if isinstance(json, float):
        return _written(json)
    return str(json) if isinstance(json, int) else None


def _written(number: float) -> str:
    # As JSON has it: 1.0 stays 1.0 where the service wrote it so.
    return repr(number).replace("e+", "e").replace("e-0", "e-")


def secret(json: Json) -> Secret | None:
    """Whatever it is, a list or an object as its JSON text: what does not fit is kept where everybody sees it."""
    if json is None:
        return None
    known = text(json)
    return Secret(text_of(json) if known is None else known)


def boolean(json: Json) -> bool | None:
    """`true`, `"true"`, `1`, and their opposites."""
    if isinstance(json, str):
        return {"1": True, "0": False, "true": True, "false": False}.get(json.strip().lower())
    if isinstance(json, int) and json in {0, 1}:
        return bool(json)
    return None


def int64(json: Json) -> int | None:
    """A whole number of 64 bits, or the text of one."""
    kind = kind_of(json)
    if kind in {"integer", "number"}:
        return whole_of(json)
    if kind != "text" or not json.isascii() or "_" in json:
        return None
    digits = json.strip()
    try:
        return whole_of(int(digits))
    except ValueError:
        value = number(digits)
        return None if value is None else whole_of(value)


def int32(json: Json) -> int | None:
    """A whole number of 32 bits, or the text of one."""
    whole = int64(json)
    return whole if whole is not None and -(1 << 31) <= whole < 1 << 31 else None


def number(json: Json) -> float | None:
    """A number, or the text of one."""
    if isinstance(json, bool):
        return None
    if isinstance(json, (int, float)):
        return json
    if not isinstance(json, str) or not json.isascii() or "_" in json:
        return None
    try:
        value = float(json)
    except ValueError:
        return None
    return value if value - value == 0 else None


def anything(json: Json) -> Json:
    """Any JSON."""
    return json


def list_of(item: Callable[[Json], T | None]) -> Callable[[Json], list[T] | None]:
    """A list, or one element without a list around it; an empty text is an empty list. One element that does not fit and
    none of the list does: nothing is dropped in silence."""

    def decode(json: Json) -> list[T] | None:
        if isinstance(json, str) and not json.strip():
            return []
        found: list[T] = []
        for one in json if isinstance(json, list) else [json]:
            if one is None:
                continue
            value = item(one)
            if value is None:
                return None
            found.append(value)
        return found

    return decode


def map_of(item: Callable[[Json], T | None]) -> Callable[[Json], dict[str, T] | None]:
    """Members with values of one type; an empty text is an empty object."""

    def decode(json: Json) -> dict[str, T] | None:
        if isinstance(json, str) and not json.strip():
            return {}
        if not isinstance(json, dict):
            return None
        found: dict[str, T] = {}
        for name, one in json.items():
            if one is None:
                continue
            value = item(one)
            if value is None:
                return None
            found[name] = value
        return found

    return decode


def content_of(item: Callable[[Json], T | None]) -> Callable[[Json], T | str | None]:
    """Typed, if it is of the type or a text that holds JSON of the type; else the text."""

    def decode(json: Json) -> T | str | None:
        if not isinstance(json, str):
            return item(json)
        from .json_text import parse

        try:
            inner = parse(json, unique=True)
        except ValueError:
            return json
        value = None if inner is None else item(inner)
        return json if value is None else value

    return decode


def one_of(enum: type[OpenEnum]) -> Callable[[Json], str | None]:
    """The documented value, else the only one that differs in ASCII case alone, else the text itself."""

    def decode(json: Json) -> str | None:
        value = text(json)
        return None if value is None else nearest(value, enum.known())

    return decode


def nearest(value: str, known: tuple[str, ...]) -> str:
    """The value of a list that a text means."""
    if value in known:
        return value
    alike = [one for one in known if len(one) == len(value) and same(one, value)]
    return alike[0] if len(alike) == 1 else value


_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def same(one: str, other: str) -> bool:
    """Whether two texts differ in ASCII case at most."""
    return one.translate(_LOWER) == other.translate(_LOWER)


class Fields:
    """The members of an object, taken one by one."""

    __slots__ = ("_members", "_taken")

    def __init__(self, members: dict[str, Json]) -> None:
        self._members = members
        self._taken: set[str] = set()

    @classmethod
    def of(cls, json: Json) -> Fields | None:
        """Of an object; an empty text, which XML has for an empty element, is an empty object."""
        if isinstance(json, dict):
            return cls(json)
        return cls({}) if isinstance(json, str) and not json.strip() else None

    def take(self, name: str, decode: Callable[[Json], T | None]) -> T | None:
        """A member; `None` if it is absent, `null`, or does not fit."""
        if name not in self._members:
            return None
        json = self._members[name]
        value = None if json is None else decode(json)
        if json is None or value is not None:
            self._taken.add(name)
        return value

    def rest(self) -> dict[str, Json]:
        """What was not taken."""
        return {name: json for name, json in self._members.items() if name not in self._taken}
