"""Values as they are looked at, whatever type holds them, and the texts that travel for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol, Union

from .secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: Any JSON: what the standard library's `json` reads and writes.
Json = Any

_BOUND = 1 << 63
_UNSIGNED = 1 << 64


class HasMembers(Protocol):
    """An object of a generated type."""

    def _members(self) -> Iterable[tuple[str, object]]: ...


#: What an object is held by.
Members = Union[Mapping[str, object], HasMembers]

_KINDS: dict[type, str] = {
    str: "text",
    Secret: "text",
    bool: "boolean",
    int: "integer",
    float: "number",
    list: "list",
    tuple: "list",
    dict: "object",
    type(None): "null",
}


def kind_of(value: object) -> str:
    """What a value is: `text`, `boolean`, `integer`, `number`, `list`, `object` or `null`."""
    kind = _KINDS.get(type(value)) or _learn(type(value))
    if kind == "integer" and not -_BOUND <= value < _BOUND:  # type: ignore[operator]
        return "number"
    return kind


def _learn(kind: type) -> str:
    known = next((word for one, word in _KINDS.items() if issubclass(kind, one)), None)
    if known is None and (issubclass(kind, Mapping) or hasattr(kind, "_members")):
        known = "object"
    if known is None:
        message = f"a request holds text, numbers, booleans, lists and objects, and no {kind.__name__}"
        raise TypeError(message)
    _KINDS[kind] = known
    return known


def members_of(value: Members) -> Iterable[tuple[str, object]]:
    """The members of an object that are given, by wire name."""
    return value.items() if isinstance(value, Mapping) else value._members()


def whole_of(value: float) -> int | None:
    """The whole number of 64 bits that a number is, if it is one."""
    if isinstance(value, float) and not value.is_integer():
        return None
    whole = int(value)
    return whole if -_BOUND <= whole < _BOUND else None


def number_text(value: float) -> str:
    """A number as it travels: `30`, `1.5`, and `1` for 1.0; never an exponent. What JSON cannot say is `null`."""
    if isinstance(value, int):
        if -_BOUND <= value < _UNSIGNED:
            return str(int(value))
        value = as_float(value)
    whole = whole_of(value)
    if whole is not None:
        return str(whole)
    text = repr(float(value))
    if "n" in text:  # inf, nan
        return "null"
    if "e" not in text:
        return text.removesuffix(".0")
    from decimal import Decimal

    return format(Decimal(text), "f")


def as_float(value: float) -> float:
    """The nearest float; infinity for what is beyond all of them."""
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def text_of(value: object) -> str:
    """The text that travels, and that values are compared by; lists and objects as compact JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, Secret):
        return value.expose()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number_text(value)
    parts: list[str] = []
    _write(value, parts.append)
    return "".join(parts)


_ESCAPES = {code: f"\\u{code:04x}" for code in range(32)}
_ESCAPES.update({ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t", ord('"'): '\\"', ord("\\"): "\\\\"})


def _write(value: object, put: Callable[[str], object]) -> None:
    kind = kind_of(value)
    if kind == "text":
        put('"' + text_of(value).translate(_ESCAPES) + '"')
    elif kind == "null":
        put("null")
    elif kind == "list":
        separator = "["
        for item in value:  # type: ignore[attr-defined]
            put(separator)
            separator = ","
            _write(item, put)
        put("[]" if separator == "[" else "]")
    elif kind == "object":
        separator = "{"
        for name, member in members_of(value):  # type: ignore[arg-type]
            put(separator + '"' + name.translate(_ESCAPES) + '":')
            separator = ","
            _write(member, put)
        put("{}" if separator == "{" else "}")
    else:
        put(text_of(value))
