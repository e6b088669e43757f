"""What requests, their parts and answers have in common."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

# What a model only needs when it is asked something is imported then: many are made and few are looked at.
if TYPE_CHECKING:
    from collections.abc import Iterable

    from typing_extensions import Self

    from .operation import Operation
    from .read import Slots
    from .value import Json
    from .violation import Violations
    from .wire import Wire

Answer = TypeVar("Answer")
Item = TypeVar("Item")


class Model:
    """Something with typed fields. Printing it shows what is given, and no secret."""

    __slots__ = ()

    #: Fields that are never shown.
    _HIDDEN: ClassVar[frozenset[str]] = frozenset()

    def __repr__(self) -> str:
        given = ((name, getattr(self, name, None)) for name in self._names())
        shown = (f"{name}={'***' if name in self._HIDDEN else repr(value)}" for name, value in given if value)
        return f"{type(self).__name__}({', '.join(shown)})"

    @classmethod
    def _names(cls) -> Iterable[str]:
        return (name for kind in reversed(cls.__mro__) for name in getattr(kind, "__slots__", ()))


class Group(Model):
    """Parameters whose names begin alike."""

    __slots__ = ()

    @abstractmethod
    def _fill(self, slots: list[Json]) -> None:
        """Puts every parameter that is given into its slot."""

    @classmethod
    @abstractmethod
    def _read(cls, slots: Slots) -> Self:
        """Takes every parameter from its slot."""


class Object(Model):
    """An object of its own in a request."""

    __slots__ = ()

    @abstractmethod
    def _members(self) -> Iterable[tuple[str, object]]:
        """Every member that is given, by wire name."""

    @classmethod
    @abstractmethod
    def from_json(cls, json: Json) -> Self:
        """Reads it from JSON with wire names. Raises `Unfit` if it is not of this type."""


class Request(Group, Generic[Answer]):
    """A request of one action."""

    __slots__ = ()

    @staticmethod
    @abstractmethod
    def operation() -> Operation:
        """How the action is called, and what the service demands of its requests."""

    @staticmethod
    @abstractmethod
    def decode_answer(json: Json) -> Answer | None:
        """Reads an answer; nothing if it is something else altogether."""

    def check(self) -> Violations:
        """All violations in the specification's order, advice included."""
        from .check import check

        return check(self.operation().table, self._slots())

    def validate(self) -> None:
        """Checks the request against everything that is known of the action.

        Raises `ViolationError`, with all violations, if at least one of them is an error. Advice alone is no reason to
        refuse a request: `check` shows it.
        """
        violations = self.check()
        if violations.has_errors:
            from .violation import ViolationError

            raise ViolationError(violations)

    def to_wire(self) -> Wire:
        """The request as it travels, before percent-encoding."""
        from .wire import Wire

        return Wire.of(self.operation().table, self._slots())

    def _slots(self) -> list[Json]:
        slots: list[Json] = [None] * len(self.operation().table.parameters)
        self._fill(slots)
        return slots

    @classmethod
    def from_json(cls, json: Json) -> Self:
        """Makes a request from JSON: wire names flat (`"SourceEndpoint.IP"`), nested or both; `null` is absent.

        Takes an object or the text of one. Raises `Unfit` for what the types cannot say; a request that cannot be typed can
        still be checked (`check_json`) and sent.
        """
        from .read import Slots, text_or_members

        return cls._read(Slots(cls.operation().table, text_or_members(json)))


class PagedRequest(Request[Answer], Generic[Answer, Item]):
    """A request whose answer comes in pages."""

    __slots__ = ()

    @staticmethod
    @abstractmethod
    def decode_item(json: Json) -> Item | None:
        """Reads an element of what the pages list."""
