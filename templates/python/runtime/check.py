"""What a table means for a request: parameters in the table's order, then names that nobody knows, then rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import message
from .json_text import JsonError, parse
from .message import Reason, Subject
from .table import Above, All, Below, Is, Not, Present
from .table import Any as AnyOf
from .value import as_float, kind_of, members_of, text_of, whole_of
from .violation import Code, Violation, Violations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .message import Message
    from .table import Condition, EffectKind, Kind, Parameter, Rule, Shape, Table

    #: Whether a condition holds for the parameters in slots.
    Test = Callable[[list[Any]], bool]

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
    for holds, rule in _ready(table):
        if holds(slots):
            _apply(table.parameters, slots, rule, violations)
    return Violations(violations)


def _ready(table: Table) -> list[tuple[Test, Rule]]:
    """The rules, with their conditions as functions: many requests are checked against one table."""
    if table.ready is None:
        table.ready = [(_test(rule.when, table.parameters), rule) for rule in table.rules]
    ready: list[tuple[Test, Rule]] = table.ready  # type: ignore[assignment]
    return ready


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


def _test(condition: Condition, parameters: Sequence[Parameter]) -> Test:
    """Whether a condition holds for the parameters in slots."""
    if isinstance(condition, Is):
        return _is(condition.parameter, frozenset(condition.values), parameters[condition.parameter].default)
    if isinstance(condition, Not):
        part = _test(condition.part, parameters)
        return lambda slots: not part(slots)
    if isinstance(condition, Present):
        places = tuple(condition.parameters)
        return lambda slots: all(slots[place] is not None for place in places)
    if isinstance(condition, All):
        parts = [_test(part, parameters) for part in condition.parts]
        if isinstance(condition, AnyOf):
            return lambda slots: any(part(slots) for part in parts)
        return lambda slots: all(part(slots) for part in parts)
    if isinstance(condition, Above):
        return _compared(condition, parameters[condition.parameter].default)
    return lambda _: True


def _is(place: int, values: frozenset[str], default: str | None) -> Test:
    def holds(slots: Slots) -> bool:
        """The value, or else the default, as it travels."""
        value = slots[place]
        if value is None:
            value = default
        elif type(value) is not str:
            value = text_of(value)
        return value in values

    return holds


def _compared(condition: Above, default: str | None) -> Test:
    place, bound, is_below = condition.parameter, condition.bound, isinstance(condition, Below)

    def holds(slots: Slots) -> bool:
        value = slots[place]
        number = _number(default if value is None else value)
        return number is not None and (number < bound if is_below else number > bound)

    return holds


def _number(value: Any) -> float | None:
    """The number that a value is, or reads as."""
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


def _apply(parameters: Sequence[Parameter], slots: Slots, rule: Rule, out: list[Violation]) -> None:
    listed, effect = rule.parameters, rule.effect
    if effect == "constrain":
        for place, shape in rule.limits:
            _constrain(parameters[place], slots[place], shape, rule, out)
        return
    given = [place for place in listed if slots[place] is not None]
    count = len(given)
    if effect == "require":
        if count == len(listed):
            return
    elif effect in {"forbid", "ignore"}:
        if not count:
            return
    elif effect == "equal":
        if count < len(listed) or text_of(slots[listed[0]]) == text_of(slots[listed[1]]):
            return
    elif _is_met(effect, count, len(listed)):
        return
    reason = Reason.of(rule)
    names = [parameters[place].name for place in listed]
    shown = [parameters[place].name for place in given]

    def violate(code: str, path: str, text: Message) -> None:
        out.append(Violation(code, path, rule.severity, text, rule.id))

    if effect == "require":
        for name in names:
            if name not in shown:
                violate(Code.REQUIRED_WHEN, name, message.missing(name, reason))
    elif effect == "forbid":
        for name in shown:
            violate(Code.FORBIDDEN_WHEN, name, message.forbidden(name, reason))
    elif effect == "ignore":
        for name in shown:
            violate(Code.IGNORED_WHEN, name, message.ignored(name, reason))
    elif effect == "exactly-one":
        violate(Code.EXACTLY_ONE, (shown or names)[min(1, count)], message.exactly_one(names, shown, reason))
    elif effect == "at-least-one":
        violate(Code.AT_LEAST_ONE, names[0], message.at_least_one(names, reason))
    elif effect == "at-most-one":
        violate(Code.AT_MOST_ONE, shown[1], message.at_most_one(names, shown, reason))
    elif effect == "all-or-none":
        absent = next(name for name in names if name not in shown)
        violate(Code.ALL_OR_NONE, absent, message.all_or_none(absent, names, reason))
    else:
        violate(Code.EQUAL, names[1], message.equal(names[0], names[1], reason))


def _is_met(effect: EffectKind, given: int, listed: int) -> bool:
    """Whether so many of so many are as many as an effect asks for."""
    if effect == "exactly-one":
        return given == 1
    if effect == "at-least-one":
        return given > 0
    if effect == "at-most-one":
        return given <= 1
    return given in {0, listed}


def _constrain(parameter: Parameter, value: Any, shape: Shape, rule: Rule, out: list[Violation]) -> None:
    if value is None:
        return
    declared = parameter.shape
    try:
        value = parsed(value, kind_of(value), declared.kind)
    except JsonError:
        return
    subject = Subject(parameter.name, value, declared, hidden=shape.sensitive, reason=Reason.of(rule))
    _limits(subject, shape, rule, out)
