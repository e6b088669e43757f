"""What a table means for a request: parameters in the table's order, then names that nobody knows, then rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import message
from .json_text import JsonError, parse
from .message import Reason, Subject
from .table import All, Always, Below, Is, Not, Present
from .table import Any as AnyOf
from .value import as_float, kind_of, members_of, text_of, whole_of
from .violation import Code, Violation, Violations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .message import Message
    from .table import Condition, Kind, Parameter, Rule, Shape, Table

#: A parameter's value by its place in the table; `None`: not given.
Slots = list[Any]


def check(table: Table, slots: Slots, unknown: Iterable[Violation] = ()) -> Violations:
    """All violations of a request whose given parameters are in `slots`; `unknown` are those of its names."""
    violations: list[Violation] = []
    for parameter, value in zip(table.parameters, slots):
        shape = parameter.shape
        if value is None:
            if parameter.required:
                _missing(parameter.name, violations)
        # A text that may be any text: most are.
        elif not (shape.plain and shape.kind == "text" and isinstance(value, str)):
            _check(value, shape, parameter.name, inside=False, hidden=False, out=violations)
    violations.extend(unknown)
    request = _Request(table, slots)
    for rule in table.rules:
        if request.holds(rule.when):
            request.apply(rule, violations)
    return Violations(violations)


def _missing(path: str, out: list[Violation]) -> None:
    out.append(Violation(Code.MISSING, path, "error", message.missing(path), None))


def _check(
    value: Any,
    shape: Shape,
    path: str,
    *,
    inside: bool,
    hidden: bool,
    out: list[Violation],
) -> None:
    """Checks a value and everything in it. `inside`: it is in JSON, where paths are pointers; `hidden`: it is part of
    something sensitive."""
    found, kind = kind_of(value), shape.kind
    if not _fits(value, found, kind):
        subject = Subject(path, value, shape, hidden=hidden)
        out.append(Violation(Code.TYPE, path, "error", subject.kind(kind), None))
        return
    try:
        held = parsed(value, found, kind)
    except JsonError as error:
        out.append(Violation(Code.JSON, path, "error", message.json(path, error.line, error.column), None))
        return
    if not shape.plain:
        _limits(Subject(path, held, shape, hidden=hidden), shape, None, out)
    hidden = hidden or shape.sensitive
    if kind == "list" and shape.item is not None:
        for place, item in enumerate(value):
            step = f"{path}/{place}" if inside else f"{path}.{place + 1}"
            _check(item, shape.item, step, inside=inside, hidden=hidden, out=out)
    elif kind == "object":
        _check_members(value, shape, path, inside=inside, hidden=hidden, out=out)
    elif kind == "json" and shape.item is not None:
        _check(held, shape.item, f"{path}#", inside=True, hidden=hidden, out=out)


def _check_members(
    value: Any,
    shape: Shape,
    path: str,
    *,
    inside: bool,
    hidden: bool,
    out: list[Violation],
) -> None:
    given: dict[str, object] = {}
    unknown: list[tuple[str, object]] = []
    for name, member in members_of(value):
        if member is None:
            continue
        if name in shape.index:
            given[name] = member
        else:
            unknown.append((name, member))
    for known in shape.members:
        member = given.get(known.name)
        if member is not None:
            step = _step(path, known.name, inside=inside)
            _check(member, known.shape, step, inside=inside, hidden=hidden, out=out)
        elif known.required:
            _missing(_step(path, known.name, inside=inside), out)
    for name, member in unknown:
        step = _step(path, name, inside=inside)
        if shape.others is False:
            text = message.unknown_member(step, name, shape.index)
            out.append(Violation(Code.UNKNOWN_PARAMETER, step, "error", text, None))
        elif shape.others is not True:
            _check(member, shape.others, step, inside=inside, hidden=hidden, out=out)


def _step(path: str, name: str, *, inside: bool) -> str:
    return f"{path}/{name.replace('~', '~0').replace('/', '~1')}" if inside else f"{path}.{name}"


def parsed(value: Any, found: str, kind: Kind) -> Any:
    """The value; of a text that is there to hold JSON, the JSON. Raises `JsonError`."""
    return parse(text_of(value)) if kind == "json" and found == "text" else value


def _fits(value: Any, found: str, kind: Kind) -> bool:
    if kind == "integer":
        return found == "integer" or (found == "number" and isinstance(value, float) and whole_of(value) is not None)
    if kind == "number":
        return found == "integer" or (found == "number" and as_float(value) - as_float(value) == 0)
    # What JSON holds is up to the shape inside.
    return found == kind or kind in {"json", "any"}


def _limits(subject: Subject, shape: Shape, rule: Rule | None, out: list[Violation]) -> None:
    """Checks what a shape (the value's own, or that of a rule) says beside types: of the value, not of what is in it."""

    def violate(code: str, text: Message) -> None:
        severity = "error" if code != Code.VALUE or shape.closed else "advice"
        if rule is None:
            out.append(Violation(code, subject.path, severity, text, None))  # type: ignore[arg-type]
        else:
            out.append(Violation(code, subject.path, rule.severity, text, rule.id))

    value = subject.value
    if shape.values and text_of(value) not in shape.values:
        violate(Code.VALUE, subject.known(shape.values, binding=shape.closed or rule is not None))
    found = kind_of(value)
    if found == "text":
        text = text_of(value)
        if _beyond(len(text), shape.min_length, shape.max_length):
            violate(Code.LENGTH, subject.length(len(text), shape))
        if shape.pattern is not None and not shape.pattern.matches(text):
            violate(Code.PATTERN, subject.pattern(shape.pattern.name))
        if shape.format is not None and not shape.format.matches(text):
            violate(Code.FORMAT, subject.format(shape.format.name))
    elif found == "list":
        count = len(value)  # type: ignore[arg-type]
        if _beyond(count, shape.min_items, shape.max_items):
            violate(Code.ITEMS, subject.items(count, shape))
    elif found in {"integer", "number"} and _out_of_range(as_float(value), shape):  # type: ignore[arg-type]
        violate(Code.RANGE, subject.range(shape))


def _out_of_range(number: float, shape: Shape) -> bool:
    return (
        (shape.minimum is not None and number < shape.minimum)
        or (shape.exclusive_minimum is not None and number <= shape.exclusive_minimum)
        or (shape.maximum is not None and number > shape.maximum)
        or (shape.exclusive_maximum is not None and number >= shape.exclusive_maximum)
    )


def _beyond(count: int, least: int | None, most: int | None) -> bool:
    return (least is not None and count < least) or (most is not None and count > most)


class _Request:
    """A request, by the place of its parameters."""

    __slots__ = ("parameters", "slots")

    def __init__(self, table: Table, slots: Slots) -> None:
        self.parameters: Sequence[Parameter] = table.parameters
        self.slots = slots

    def holds(self, condition: Condition) -> bool:
        kind = type(condition)
        if kind is Is:
            return self._text(condition.parameter) in condition.values  # type: ignore[union-attr]
        if kind is Not:
            return not self.holds(condition.part)  # type: ignore[union-attr]
        if kind is Present:
            return all(self.slots[place] is not None for place in condition.parameters)  # type: ignore[union-attr]
        if kind is All:
            return all(self.holds(part) for part in condition.parts)  # type: ignore[union-attr]
        if kind is AnyOf:
            return any(self.holds(part) for part in condition.parts)  # type: ignore[union-attr]
        if kind is Always:
            return True
        number = self._number(condition.parameter)  # type: ignore[union-attr]
        if number is None:
            return False
        bound: float = condition.bound  # type: ignore[union-attr]
        return number < bound if kind is Below else number > bound

    def _text(self, place: int) -> str | None:
        """The value, or else the default, as it travels."""
        value = self.slots[place]
        if value is None:
            return self.parameters[place].default
        return value if type(value) is str else text_of(value)

    def _number(self, place: int) -> float | None:
        """The value, or else the default, if it is a number or reads as one."""
        value = self.slots[place]
        if value is None:
            value = self.parameters[place].default
        found = kind_of(value)
        if found in {"integer", "number"}:
            number = as_float(value)
        elif found == "text":
            text = text_of(value)
            if not text.isascii() or "_" in text or text.strip() != text:
                return None
            try:
                number = float(text)
            except ValueError:
                return None
        else:
            return None
        return number if number - number == 0 else None

    def apply(self, rule: Rule, out: list[Violation]) -> None:
        listed, reason, effect = rule.parameters, Reason.of(rule), rule.effect

        def violate(code: str, path: str, text: Message) -> None:
            out.append(Violation(code, path, rule.severity, text, rule.id))

        if effect == "constrain":
            for place, shape in rule.limits:
                self._constrain(place, shape, rule, out)
            return
        names = [self.parameters[place].name for place in listed]
        given = [self.parameters[place].name for place in listed if self.slots[place] is not None]
        if effect == "require":
            for name in names:
                if name not in given:
                    violate(Code.REQUIRED_WHEN, name, message.missing(name, reason))
        elif effect == "forbid":
            for name in given:
                violate(Code.FORBIDDEN_WHEN, name, message.forbidden(name, reason))
        elif effect == "ignore":
            for name in given:
                violate(Code.IGNORED_WHEN, name, message.ignored(name, reason))
        elif effect == "exactly-one":
            if len(given) != 1:
                at = given[1] if given else names[0]
                violate(Code.EXACTLY_ONE, at, message.exactly_one(names, given, reason))
        elif effect == "at-least-one":
            if not given:
                violate(Code.AT_LEAST_ONE, names[0], message.at_least_one(names, reason))
        elif effect == "at-most-one":
            if len(given) > 1:
                violate(Code.AT_MOST_ONE, given[1], message.at_most_one(names, given, reason))
        elif effect == "all-or-none":
            if 0 < len(given) < len(names):
                absent = next(name for name in names if name not in given)
                violate(Code.ALL_OR_NONE, absent, message.all_or_none(absent, names, reason))
        elif len(given) > 1:
            first, second = listed
            if text_of(self.slots[first]) != text_of(self.slots[second]):
                violate(Code.EQUAL, names[1], message.equal(names[0], names[1], reason))

    def _constrain(self, place: int, shape: Shape, rule: Rule, out: list[Violation]) -> None:
        value, parameter = self.slots[place], self.parameters[place]
        if value is None:
            return
        declared = parameter.shape
        try:
            value = parsed(value, kind_of(value), declared.kind)
        except JsonError:
            return
        subject = Subject(parameter.name, value, declared, hidden=shape.sensitive, reason=Reason.of(rule))
        _limits(subject, shape, rule, out)
