"""What the service demands of a request, as data. Parameters are named by their place in a table."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Literal, Union

from .pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .violation import Severity

Kind = Literal["text", "boolean", "integer", "number", "list", "object", "json", "any"]
Place = Literal["query", "form", "body", "path", "header", "host"]
Style = Literal["repeat", "flat", "simple", "json", "xml"]
EffectKind = Literal[
    "require",
    "forbid",
    "ignore",
    "constrain",
    "exactly-one",
    "at-least-one",
    "at-most-one",
    "all-or-none",
    "equal",
]


class Shape:
    """What a value may be."""

    __slots__ = (
        "_holds_secrets",
        "closed",
        "exclusive_maximum",
        "exclusive_minimum",
        "format",
        "index",
        "item",
        "kind",
        "max_items",
        "max_length",
        "maximum",
        "members",
        "min_items",
        "min_length",
        "minimum",
        "others",
        "pattern",
        "plain",
        "sensitive",
        "values",
    )

    def __init__(
        self,
        kind: Kind,
        *,
        item: Shape | None = None,
        members: Sequence[Member] = (),
        others: Shape | bool = False,
        values: Sequence[str] = (),
        closed: bool = False,
        minimum: float | None = None,
        maximum: float | None = None,
        exclusive_minimum: float | None = None,
        exclusive_maximum: float | None = None,
        min_length: int | None = None,
        max_length: int | None = None,
        min_items: int | None = None,
        max_items: int | None = None,
        pattern: str | None = None,
        format: tuple[str, str] | None = None,
        sensitive: bool = False,
    ) -> None:
        self.kind: Kind = kind
        #: What a list holds, or the text of JSON.
        self.item = item
        self.members = members
        #: Whether an object may hold more than its members, or what its other members are.
        self.others = others
        self.values = values
        #: A value that `values` does not list is an error, not advice.
        self.closed = closed
        self.minimum = minimum
        self.maximum = maximum
        self.exclusive_minimum = exclusive_minimum
        self.exclusive_maximum = exclusive_maximum
        self.min_length = min_length
        self.max_length = max_length
        self.min_items = min_items
        self.max_items = max_items
        self.pattern = None if pattern is None else Pattern(pattern, pattern)
        self.format = None if format is None else Pattern(*format)
        #: Never shown.
        self.sensitive = sensitive
        limits = (minimum, maximum, exclusive_minimum, exclusive_maximum, min_length, max_length, min_items, max_items)
        #: Whether it asks for nothing but a type.
        self.plain = limits == _NO_LIMITS and not values and pattern is None and format is None
        self.index = {member.name: place for place, member in enumerate(members)}
        self._holds_secrets: bool | None = None

    @property
    def is_sensitive(self) -> bool:
        """Whether a value of this shape, or something in it, must not be shown."""
        if self._holds_secrets is None:
            self._holds_secrets = self._looks_secret(set())
        return self._holds_secrets

    def _looks_secret(self, seen: set[int]) -> bool:
        # A shape may hold itself.
        if id(self) in seen:
            return False
        seen.add(id(self))
        if self.sensitive:
            return True
        inner = [member.shape for member in self.members]
        inner += [shape for shape in (self.item, self.others) if isinstance(shape, Shape)]
        return any(shape._looks_secret(seen) for shape in inner)


_NO_LIMITS = (None,) * 8


class Named(Shape):
    """A shape that actions share: what a constant of the module `schemas` beside the table says."""

    __slots__ = ("_name", "_package")

    def __init__(self, package: str | None, name: str) -> None:
        self._package = package
        self._name = name

    def __getattr__(self, attribute: str) -> object:
        # Nothing is set before it is first asked for: shapes may hold one another.
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        shape = getattr(import_module(".schemas", self._package), self._name)
        for slot in Shape.__slots__:
            setattr(self, slot, getattr(shape, slot))
        return getattr(self, attribute)


class Member:
    """One member of an object."""

    __slots__ = ("name", "required", "shape")

    def __init__(self, name: str, shape: Shape, *, required: bool = False) -> None:
        self.name = name
        self.shape = shape
        #: The object is not complete without it.
        self.required = required


TEXT = Shape("text")
BOOLEAN = Shape("boolean")
INTEGER = Shape("integer")
NUMBER = Shape("number")
ANY = Shape("any")


class Parameter:
    """One request parameter."""

    __slots__ = ("default", "name", "place", "required", "shape", "style")

    def __init__(
        self,
        name: str,
        shape: Shape,
        *,
        required: bool = False,
        place: Place = "query",
        style: Style = "repeat",
        default: str | None = None,
    ) -> None:
        self.name = name
        self.shape = shape
        #: The service rejects a request without it.
        self.required = required
        #: Where it travels.
        self.place: Place = place
        #: How a list or an object travels.
        self.style: Style = style
        #: What the service assumes if it is absent, as it would travel.
        self.default = default


class Always:
    """A condition that always holds."""

    __slots__ = ()


class Is:
    """The parameter's value or, if it is absent, its default, is one of these."""

    __slots__ = ("parameter", "values")

    def __init__(self, parameter: int, *values: str) -> None:
        self.parameter = parameter
        self.values = values


class Present:
    """Each of these is given."""

    __slots__ = ("parameters",)

    def __init__(self, *parameters: int) -> None:
        self.parameters = parameters


class Above:
    """The parameter's value (or default) is a number larger than this."""

    __slots__ = ("bound", "parameter")

    def __init__(self, parameter: int, bound: float) -> None:
        self.parameter = parameter
        self.bound = bound


class Below(Above):
    """The parameter's value (or default) is a number smaller than this."""

    __slots__ = ()


class Not:
    """This does not hold."""

    __slots__ = ("part",)

    def __init__(self, part: Condition) -> None:
        self.part = part


class All:
    """Each of these holds."""

    __slots__ = ("parts",)

    def __init__(self, *parts: Condition) -> None:
        self.parts = parts


class Any(All):
    """One of these holds."""

    __slots__ = ()


COMPARE = {"above": Above, "below": Below}
PARTS = {"not": Not, "all": All, "any": Any}

Condition = Union[Always, Is, Present, Above, Below, Not, All, Any]


class Rule:
    """What one parameter says about another."""

    __slots__ = ("effect", "id", "limits", "parameters", "severity", "when", "when_en", "when_zh")

    def __init__(
        self,
        id: str,
        when: Condition,
        effect: EffectKind,
        parameters: Sequence[int] = (),
        *,
        limits: Sequence[tuple[int, Shape]] = (),
        advice: bool = False,
        when_en: str = "",
        when_zh: str = "",
    ) -> None:
        self.id = id
        self.when = when
        self.effect: EffectKind = effect
        #: What the effect is about, by place in the table.
        self.parameters = parameters
        #: What `constrain` allows: the shape's `values` are the only ones.
        self.limits = limits
        self.severity: Severity = "advice" if advice else "error"
        self.when_en = when_en
        self.when_zh = when_zh


class Table:
    """What is known of one action's requests."""

    __slots__ = ("action", "groups", "index", "parameters", "ready", "rules")

    def __init__(self, action: str, parameters: Sequence[Parameter], rules: Sequence[Rule] = ()) -> None:
        self.action = action
        self.parameters = parameters
        self.rules = rules
        #: The rules as `check` has made them ready, once it has.
        self.ready: object = None
        #: Parameters by name, and every name that some of them begin with, up to a dot.
        self.index = {parameter.name: place for place, parameter in enumerate(parameters)}
        self.groups = {
            name[:at] for name in self.index if "." in name for at, letter in enumerate(name) if letter == "."
        }
