"""Regular expressions as specifications write them, in Python's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "ascii": r"\x00-\x7f",
    "blank": r"\t ",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": r"!-/:-@\[-`{-~",
    "space": r"\t\n\x0b\x0c\r ",
    "upper": "A-Z",
    "word": "0-9A-Za-z_",
    "xdigit": "0-9A-Fa-f",
}


class Pattern:
    """A regular expression under a name, compiled when it is first needed."""

    __slots__ = ("_compiled", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._compiled: re.Pattern[str] | bool = False

    def matches(self, text: str) -> bool:
        """Whether the expression matches somewhere in the text. One that cannot be compiled demands nothing."""
        if self._compiled is False:
            import re

            try:
                self._compiled = re.compile(translated(self.text), re.ASCII)
            except (re.error, OverflowError, RecursionError):
                self._compiled = True
        return self._compiled is True or self._compiled.search(text) is not None  # type: ignore[union-attr]


def translated(text: str) -> str:
    """What Python says otherwise: `$` is the very end, `\\z` is `\\Z`, and classes have no names."""
    out: list[str] = []
    at, inside = 0, False
    while at < len(text):
        letter = text[at]
        if letter == "\\":
            pair = text[at : at + 2]
            out.append("\\Z" if pair == "\\z" else pair)
            at += 2
            continue
        if inside and text.startswith("[:", at):
            name, end, _ = text[at + 2 :].partition(":]")
            if end and name in _CLASSES:
                out.append(_CLASSES[name])
                at += len(name) + 4
                continue
        if inside:
            inside = letter != "]"
            # What Python warns of because it may once mean a set within a set.
            out.append("\\[" if letter == "[" else letter)
        elif letter == "[":
            inside = True
            out.append(letter)
            # A bracket that comes first stands for itself.
            for first in ("^", "]"):
                if text.startswith(first, at + 1):
                    out.append(first)
                    at += 1
        else:
            out.append("\\Z" if letter == "$" else letter)
        at += 1
    return "".join(out)
