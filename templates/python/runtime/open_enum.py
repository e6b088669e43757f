"""Documented values that leave room for those that nobody has documented yet."""

from __future__ import annotations

from functools import cache


class OpenEnum(str):
    """The documented values of a text, as constants. Any other text is as good: fields keep it as it is."""

    __slots__ = ()

    @classmethod
    def known(cls) -> tuple[str, ...]:
        """The documented values, in the specification's order."""
        return _known(cls)


@cache
def _known(enum: type[OpenEnum]) -> tuple[str, ...]:
    return tuple(value for name, value in vars(enum).items() if name.isupper() and isinstance(value, str))
