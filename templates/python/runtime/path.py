"""Fields of an answer by dotted path: `PrecheckStatus.Detail`. Of a list on the way, every element is looked into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .value import Json


def all_at(json: Json, path: str | None) -> Iterator[Json]:
    """Everything that a path leads to, in the answer's order, lists opened. What is absent, `null` or, as XML writes an empty
    list, a blank text leads to nothing."""
    if isinstance(json, list):
        for item in json:
            yield from all_at(item, path)
    elif json is None or (isinstance(json, str) and not json.strip()):
        return
    elif path is None:
        yield json
    elif isinstance(json, dict):
        # A name may hold a dot itself.
        if path in json:
            yield from all_at(json[path], None)
        elif "." in path:
            name, _, rest = path.partition(".")
            yield from all_at(json.get(name), rest)


def texts_at(json: Json, path: str) -> Iterator[str]:
    """The texts that a path leads to; numbers and booleans as they are written."""
    for found in all_at(json, path):
        text = decode.text(found)
        if text is not None:
            yield text


def text_at(json: Json, path: str) -> str | None:
    """The first of them."""
    return next(texts_at(json, path), None)
