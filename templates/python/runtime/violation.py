"""What a request does wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from .value import Json

#: A language that messages are written in.
Language = Literal["en", "zh"]

#: How grave a violation is. `error`: the service is expected to reject the request. `advice`: it may work, but probably not
#: as meant.
Severity = Literal["error", "advice"]


class Code:
    """What kinds of violations there are."""

    #: What is required is absent.
    MISSING: Final = "missing"
    #: Nothing has this name, or it is given twice.
    UNKNOWN_PARAMETER: Final = "unknown-parameter"
    #: A value of another type.
    TYPE: Final = "type"
    #: Not one of the values that are known.
    VALUE: Final = "value"
    #: A number beyond its bounds.
    RANGE: Final = "range"
    #: A text that is too short or too long.
    LENGTH: Final = "length"
    #: A text that does not match its expression.
    PATTERN: Final = "pattern"
    #: A text that is not what it stands for.
    FORMAT: Final = "format"
    #: Too few or too many elements.
    ITEMS: Final = "items"
    #: Text that should hold JSON and does not.
    JSON: Final = "json"
    #: Absent where a rule requires it.
    REQUIRED_WHEN: Final = "required-when"
    #: Given where a rule forbids it.
    FORBIDDEN_WHEN: Final = "forbidden-when"
    #: Given where it has no effect.
    IGNORED_WHEN: Final = "ignored-when"
    #: Of several, none or more than one is given.
    EXACTLY_ONE: Final = "exactly-one"
    #: Of several, none is given.
    AT_LEAST_ONE: Final = "at-least-one"
    #: Of several, more than one is given.
    AT_MOST_ONE: Final = "at-most-one"
    #: Of several, some are given and some are not.
    ALL_OR_NONE: Final = "all-or-none"
    #: Two that must be the same are not.
    EQUAL: Final = "equal"


class Violation:
    """One thing that a request does wrong."""

    __slots__ = ("_en", "_zh", "code", "path", "rule", "severity")

    def __init__(self, code: str, path: str, severity: Severity, message: tuple[str, str], rule: str | None) -> None:
        #: What kind it is: one of `Code`.
        self.code = code
        #: Where: a wire name (`Tag.2.Key`); inside JSON, a JSON Pointer after `#` (`Objects#/0/DBName`).
        self.path = path
        #: The id of the rule that is broken, if it is one.
        self.rule = rule
        #: How grave it is.
        self.severity: Severity = severity
        self._en, self._zh = message

    def message(self, language: Language = "en") -> str:
        """What is wrong and what would be right. Never contains a sensitive value."""
        return self._zh if language == "zh" else self._en

    def to_json(self, language: Language = "en") -> dict[str, Json]:
        """As every language reports it: `{code, path, rule?, severity, message}`."""
        rule = {} if self.rule is None else {"rule": self.rule}
        return {
            "code": self.code,
            "path": self.path,
            **rule,
            "severity": self.severity,
            "message": self.message(language),
        }

    def __repr__(self) -> str:
        return f"<{self.severity} {self.code}: {self._en}>"

    def __str__(self) -> str:
        return self._en

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, Violation) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[object, ...]:
        return self.code, self.path, self.rule, self.severity, self._en, self._zh


class Violations(tuple[Violation, ...]):
    """Everything that a request does wrong, in the specification's order."""

    __slots__ = ()

    @property
    def has_errors(self) -> bool:
        """Whether the service is expected to reject the request."""
        return any(violation.severity == "error" for violation in self)

    def to_json(self, language: Language = "en") -> list[Json]:
        """A list of what `Violation.to_json` gives."""
        return [violation.to_json(language) for violation in self]

    def __str__(self) -> str:
        return "\n".join(f"{violation.severity}: {violation}" for violation in self)


class ViolationError(ValueError):
    """A request that the service is expected to reject."""

    def __init__(self, violations: Violations) -> None:
        super().__init__(str(violations))
        #: Everything that is wrong with it, advice included.
        self.violations = violations
