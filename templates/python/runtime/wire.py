"""The wire form: what travels, and where, before percent-encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .table import TEXT, Shape
from .value import Json, kind_of, members_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .check import Slots
    from .table import Parameter, Place, Table

HIDDEN = Shape("text", sensitive=True)


class Field:
    """A name and a value that travel. What prints it does not show a sensitive value."""

    __slots__ = ("name", "shape", "value")

    def __init__(self, name: str, value: str, shape: Shape = TEXT) -> None:
        self.name = name
        self.value = value
        self.shape = shape

    @property
    def is_sensitive(self) -> bool:
        """Whether the value, or something in it, must not be shown."""
        return self.shape.is_sensitive

    def __repr__(self) -> str:
        return f"{self.name}={'***' if self.is_sensitive else repr(self.value)}"

    def __eq__(self, other: object) -> bool:
        return (self.name, self.value) == (other.name, other.value) if isinstance(other, Field) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def secrets(self) -> list[str]:
        """The secrets in the value: the value itself, or, of JSON, the texts of what is sensitive in it."""
        if not self.is_sensitive:
            return []
        from .json_text import parse

        secrets: list[str] = []
        json = None
        if self.shape.kind in {"json", "object", "list", "any"}:
            try:
                json = parse(self.value)
            except ValueError:
                json = None
        if isinstance(json, (dict, list)):
            _gather(self.shape, json, within=False, out=secrets)
        elif self.shape.kind == "list":
            # Its elements are joined by commas.
            secrets.extend(self.value.split(","))
        if not secrets or self.shape.sensitive:
            secrets.append(self.value)
        return secrets


class Wire:
    """A request as it travels. Within a place, fields are in the order of the action's parameters."""

    __slots__ = ("body", "form", "header", "host", "path", "query")

    def __init__(self) -> None:
        #: In the URL's query string.
        self.query: list[Field] = []
        #: In a form body.
        self.form: list[Field] = []
        #: HTTP headers.
        self.header: list[Field] = []
        #: What stands for the placeholders in the URL's path.
        self.path: list[Field] = []
        #: What stands for the placeholders in the host name.
        self.host: list[Field] = []
        #: What the body consists of, if it is no form: a text as it is, anything else as JSON.
        self.body: list[Field] = []

    def __repr__(self) -> str:
        given = ((place, self.place(place)) for place in self.__slots__)
        return f"Wire({', '.join(f'{place}={fields}' for place, fields in given if fields)})"

    @classmethod
    def of(cls, table: Table, slots: Slots) -> Wire:
        """The wire form of a request whose given parameters are in `slots`."""
        wire = cls()
        query = wire.query
        for parameter, value in zip(table.parameters, slots):
            if value is None:
                continue
            if type(value) is str and parameter.place == "query":
                query.append(Field(parameter.name, value, parameter.shape))
            else:
                wire.add(parameter, value)
        return wire

    def place(self, place: Place | str) -> list[Field]:
        """What travels in a place."""
        fields: list[Field] = getattr(self, place)
        return fields

    def copy(self) -> Wire:
        """Another one that can be changed by itself."""
        wire = Wire()
        for place in self.__slots__:
            setattr(wire, place, list(self.place(place)))
        return wire

    def add(self, parameter: Parameter, value: Json) -> None:
        """Adds a parameter. What is absent, an empty list and an empty object leave no trace; an empty text travels."""
        shape, name = parameter.shape, parameter.name
        fields = self.place(parameter.place)
        whole = parameter.place == "body" or shape.kind == "json"
        if value is None:
            return
        if parameter.style == "simple" and not whole and kind_of(value) == "list":
            items = [text_of(item) for item in value if item is not None]
            if items:
                fields.append(Field(name, ",".join(items), shape))
        elif parameter.style in {"repeat", "flat"} and not whole:
            _spread(fields, name, value, shape)
        else:
            fields.append(Field(name, text_of(value), shape))

    def add_unknown(self, name: str, value: Json) -> None:
        """Adds what no table knows, to the query."""
        _spread(self.query, name, value, TEXT)

    def get(self, table: Table, place: int) -> str | None:
        """What travels for a parameter, by its place in the table, if that is one field."""
        parameter = table.parameters[place]
        fields = self.place(parameter.place)
        return next((field.value for field in fields if field.name == parameter.name), None)

    def set(self, table: Table, place: int, value: Json) -> None:
        """Gives a parameter another value: every field of it goes, and the new ones stand where the parameter's order puts
        them. A value that is absent only removes."""
        parameter = table.parameters[place]
        one = Wire()
        one.add(parameter, value)
        fields = self.place(parameter.place)
        owners = [(_owner(table, parameter.place, field), field) for field in fields]
        kept = [(owner, field) for owner, field in owners if owner != place]
        later = (at for at, (owner, _) in enumerate(kept) if owner is not None and owner > place)
        at = next(later, len(kept))
        fields[:] = [field for _, field in kept]
        fields[at:at] = one.place(parameter.place)

    def fields(self) -> Iterator[Field]:
        """Everything that travels."""
        for place in self.__slots__:
            yield from self.place(place)

    def secrets(self) -> list[str]:
        """Every secret that travels: to be kept out of errors, since services repeat what they were given."""
        return [secret for field in self.fields() for secret in field.secrets()]


def _spread(fields: list[Field], name: str, value: Json, shape: Shape) -> None:
    """One field a scalar: `Tag.1.Key`, indices from 1. A null keeps its index and is not sent."""
    kind = kind_of(value)
    if kind == "list":
        inner = shape.item if shape.kind == "list" and not shape.sensitive and shape.item is not None else shape
        for place, item in enumerate(value):
            _spread(fields, f"{name}.{place + 1}", item, inner)
    elif kind == "object":
        for member, item in members_of(value):
            _spread(fields, f"{name}.{member}", item, _member_shape(shape, member))
    elif kind != "null":
        fields.append(Field(name, text_of(value), shape))


def _member_shape(shape: Shape, name: str) -> Shape:
    if shape.kind != "object" or shape.sensitive:
        return shape
    place = shape.index.get(name)
    if place is not None:
        return shape.members[place].shape
    return shape.others if isinstance(shape.others, Shape) else shape


def _owner(table: Table, place: Place, field: Field) -> int | None:
    """The parameter that a field belongs to: the longest one whose name, up to a dot, is where the field's name begins."""
    name = field.name
    while True:
        index = table.index.get(name)
        if index is not None and table.parameters[index].place == place:
            return index
        if "." not in name:
            return None
        name = name.rpartition(".")[0]


def _gather(shape: Shape, json: Json, *, within: bool, out: list[str]) -> None:
    from .json_text import parse

    within = within or shape.sensitive
    if shape.kind == "json" and shape.item is not None:
        if not isinstance(json, str):
            _gather(shape.item, json, within=within, out=out)
            return
        # JSON in JSON, as text.
        try:
            _gather(shape.item, parse(json), within=within, out=out)
        except ValueError:
            if within or shape.item.is_sensitive:
                out.append(json)
    elif isinstance(json, list):
        inner = shape.item if shape.kind == "list" and shape.item is not None else shape
        for item in json:
            _gather(inner, item, within=within, out=out)
    elif isinstance(json, dict):
        for name, value in json.items():
            known = TEXT
            if shape.kind == "object":
                place = shape.index.get(name)
                known = shape.members[place].shape if place is not None else known
                if place is None and isinstance(shape.others, Shape):
                    known = shape.others
            _gather(known, value, within=within, out=out)
    elif within and json is not None and not isinstance(json, bool):
        out.append(text_of(json))
