"""The candidate that a person most likely meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Nobody mistypes a page; and the time to compare grows with the product of the lengths.
_LONGEST = 100
_NEAR = 0.6


def did_you_mean(written: str, candidates: Iterable[str]) -> str | None:
    """The candidate that a person most likely meant, if one is near enough to be worth saying."""
    letters = _lower(written[: _LONGEST + 1])
    if len(letters) > _LONGEST:
        return None
    best: tuple[float, str] | None = None
    for candidate in candidates:
        known = _lower(candidate)
        near = 1.0 - _distance(letters, known) / max(len(letters), len(known), 1)
        if near >= _NEAR and (best is None or near >= best[0]):
            best = near, candidate
    return best and best[1]


def _lower(text: str) -> str:
    # Letter by letter: at the end of a word, a sigma is another letter.
    return text.lower() if text.isascii() else "".join(letter.lower() for letter in text)


def _distance(a: str, b: str) -> int:
    """How many characters must be changed, added, dropped or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a):
        after = [i + 1]
        for j, y in enumerate(b):
            edits = min(row[j] + (x != y), row[j + 1] + 1, after[j] + 1)
            if i and j and a[i - 1] == y and b[j - 1] == x:
                edits = min(edits, before[j - 1] + 1)
            after.append(edits)
        before, row = row, after
    return row[-1]
