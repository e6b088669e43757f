"""Texts of a service as an error may show them: without secrets, on one line, of bounded length."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from .errors import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Bytes of a text that is shown; enough for an encoded diagnosis of a refused permission.
_LONGEST = 8192
#: Characters of a text that are looked at: what follows is not shown, whatever is hidden before it.
_LOOKED_AT = 8 * _LONGEST
#: Characters from which on a secret is looked for: shorter ones would tear holes into every text.
_SHORTEST = 3

_ESCAPES = {
    '"': ('\\"', "&quot;", "&#34;"),
    "'": ("\\u0027", "\\'", "&apos;", "&#39;"),
    "&": ("\\u0026", "&amp;"),
    "<": ("\\u003c", "&lt;"),
    ">": ("\\u003e", "&gt;"),
    "\\": ("\\\\",),
    "/": ("\\/",),
}


class Redaction:
    """What must not be seen."""

    __slots__ = ("_found",)

    def __init__(self, secrets: Iterable[str]) -> None:
        texts: set[str] = set()
        for secret in secrets:
            if len(secret) < _SHORTEST:
                continue
            data = secret.encode("utf-8", "surrogatepass")
            # Without what fills up the last group: it may be there or not.
            encoded = [base64.b64encode(data), base64.urlsafe_b64encode(data)]
            texts.update(text.decode().rstrip("=") for text in encoded)
            texts.update((secret, data.hex(), data.hex().upper()))
        # Longest first, so that no part of one is left behind by another.
        ordered = sorted(texts, key=lambda text: (-len(text.encode("utf-8", "surrogatepass")), text))
        self._found = re.compile("|".join(_manners(text) for text in ordered)) if ordered else None

    def apply(self, text: str) -> str:
        """The text with `***` for each secret, plain or encoded in whatever way, and a blank for each control character."""
        text = text[:_LOOKED_AT]
        shown: list[str] = []
        size = at = 0
        hidden = [] if self._found is None else [match.span() for match in self._found.finditer(text)]
        for start, end in [*hidden, (len(text), len(text))]:
            for piece in [*one_line(text[at:start]), *(["***"] if end > start else [])]:
                if size >= _LONGEST:
                    return "".join([*shown, "…"])
                shown.append(piece)
                size += len(piece.encode("utf-8", "surrogatepass"))
            at = end
        return "".join(shown)


def _manners(secret: str) -> str:
    """A secret as it is, or as JSON and XML escape it; or percent-encoded, once or twice."""
    escaped = "".join(_any_of([*_ESCAPES.get(letter, ()), letter]) for letter in secret)
    percent = ("".join(_percent(letter, mark) for letter in secret) for mark in ("%", "%25"))
    return "|".join([escaped, *percent])


def _percent(letter: str, mark: str) -> str:
    encoded = "".join(f"{mark}{byte:02X}" for byte in letter.encode("utf-8", "surrogatepass"))
    return _any_of([encoded, "+", letter] if letter == " " else [encoded, letter])


def _any_of(ways: list[str]) -> str:
    found = [f"(?i:{re.escape(way)})" if len(way) > 1 else re.escape(way) for way in ways]
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"
