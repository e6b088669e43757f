"""Text that must not be seen."""

from __future__ import annotations

from typing import NoReturn, final


@final
class Secret:
    """A password, a key, a token. Nothing prints it, formats it, pickles it or writes it as JSON."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    @classmethod
    def of(cls, text: Secret | str) -> Secret:
        """The secret itself, or the text as one."""
        return text if isinstance(text, Secret) else cls(text)

    @classmethod
    def maybe(cls, text: Secret | str | None) -> Secret | None:
        """As `of`; nothing stays nothing."""
        return None if text is None else cls.of(text)

    def expose(self) -> str:
        """The text itself: for sending it, never for showing it."""
        return self._text

    def __repr__(self) -> str:
        return "***"

    def __format__(self, form: str) -> str:
        return format("***", form)

    def __eq__(self, other: object) -> bool:
        return self._text == other._text if isinstance(other, Secret) else NotImplemented

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: object) -> Secret:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        message = "a secret is not pickled: take it from where it is kept"
        raise TypeError(message)
