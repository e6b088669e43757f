"""How violations read, in English and in Chinese: what is wrong, what would be right, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .similar import did_you_mean
from .value import kind_of, number_text, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .table import Kind, Rule, Shape, Table

#: The same in English and in Chinese.
Message = tuple[str, str]

_MOST = 12
_LONGEST = 60
_CONTROLS = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}

_FOUND = {
    "text": ("text", "文本"),
    "boolean": ("a boolean", "布尔值"),
    "integer": ("a number", "数字"),
    "number": ("a number", "数字"),
    "list": ("a list", "列表"),
    "object": ("an object", "对象"),
    "null": ("null", " null"),
}
_EXPECTED: dict[Kind, Message] = {
    "text": ("text", "文本"),
    "boolean": ("`true` or `false`", " `true` 或 `false`"),
    "integer": ("a whole number of 64 bits", " 64 位整数"),
    "number": ("a number", "数字"),
    "list": ("a list", "列表"),
    "object": ("an object", "对象"),
    "json": ("a value", "值"),
    "any": ("a value", "值"),
}


def quote(text: str) -> str:
    """A text between backticks, on one line, of a length that a person reads."""
    if not text:
        return '`""`'
    shown = "".join(_visible(letter) for letter in text[:_LONGEST])
    return f"`{shown}{'…' if len(text) > _LONGEST else ''}`"


def _visible(letter: str) -> str:
    code = ord(letter)
    if code >= 0x20 and not 0x7F <= code < 0xA0:
        return letter
    return _CONTROLS.get(letter) or f"\\u{{{code:x}}}"


def listed(names: Sequence[str], word: Literal["and", "or"]) -> Message:
    """`A`, `B` or `C`; of a long list, only the beginning."""
    shown = [quote(name) for name in names[:_MOST]]
    if len(names) > _MOST:
        en = f"{', '.join(shown)} {word} {len(names) - _MOST} others"
        return en, f"{'、'.join(shown)}等 {len(names)} 个"
    if len(shown) > 1:
        last = shown.pop()
        return f"{', '.join(shown)} {word} {last}", f"{'、'.join(shown)}{'、' if word == 'and' else ' 或 '}{last}"
    return shown[0] if shown else "", shown[0] if shown else ""


def _bounds(*limits: tuple[float | None, str, str]) -> Message:
    given = [(number_text(limit), en, zh) for limit, en, zh in limits if limit is not None]
    return " and ".join(f"{en} {limit}" for limit, en, _ in given), " 且".join(
        f"{zh} {limit}" for limit, _, zh in given
    )


def _suggest(message: Message, written: str, known: Iterable[str]) -> Message:
    meant = did_you_mean(written, known)
    if meant is None:
        return message
    en, zh = message
    return f"{en}; did you mean {quote(meant)}?", f"{zh}；是否想写 {quote(meant)}？"


class Reason:
    """Why something is demanded: the rule's condition in words, if there is a rule."""

    __slots__ = ("en", "zh")

    def __init__(self, en: str, zh: str) -> None:
        self.en = f" {en}" if en else ""
        self.zh = f"{zh}，" if zh else ""

    @classmethod
    def of(cls, rule: Rule) -> Reason:
        """The rule says so."""
        return cls(rule.when_en, rule.when_zh)


ALWAYS = Reason("", "")


class Subject:
    """What is to be said of a value."""

    __slots__ = ("hidden", "path", "reason", "shape", "value")

    def __init__(self, path: str, value: object, shape: Shape, *, hidden: bool, reason: Reason = ALWAYS) -> None:
        self.path = path
        self.value = value
        self.shape = shape
        self.hidden = hidden or shape.is_sensitive
        self.reason = reason

    def _found(self, found: Message, must: Message) -> Message:
        return f"{found[0]}: {must[0]}{self.reason.en}", f"{found[1]}：{self.reason.zh}{must[1]}"

    def _must(self, must: Message) -> Message:
        if self.hidden:
            found = f"`{self.path}` does not fit", f"`{self.path}` 的值不合要求"
        else:
            value = quote(text_of(self.value))
            found = f"`{self.path}` is {value}", f"`{self.path}` 的值为 {value}"
        return self._found(found, must)

    def _counted(self, count: int, bounds: Message, what: Message) -> Message:
        if self.hidden:
            found = f"`{self.path}` does not fit", f"`{self.path}` 的值不合要求"
        else:
            found = f"`{self.path}` is {count} long", f"`{self.path}` 的长度为 {count}"
        return self._found(found, (f"its length in {what[0]} must be {bounds[0]}", f"{what[1]}数必须{bounds[1]}"))

    def kind(self, kind: Kind) -> Message:
        """A value of another type."""
        found = kind_of(self.value)
        en, zh = _FOUND[found]
        if found in ("integer", "number") and not self.hidden:
            text = text_of(self.value)
            en, zh = f"the number {text}", f"数字 {text}"
        expected = _EXPECTED[kind]
        return self._found(
            (f"`{self.path}` is {en}", f"`{self.path}` 是{zh}"), (f"it must be {expected[0]}", f"必须是{expected[1]}")
        )

    def known(self, values: Sequence[str], *, binding: bool) -> Message:
        """Not one of the values that are known; `binding`: these are the only ones."""
        if binding:
            en, zh = listed(values, "or")
            message = self._must((f"it must be {en}", f"必须为 {zh}"))
        else:
            en, zh = listed(values, "and")
            message = self._must((f"the documented values are {en}", f"文档列出的取值为 {zh}"))
        return message if self.hidden else _suggest(message, text_of(self.value), values)

    def range(self, shape: Shape) -> Message:
        """A number beyond its bounds."""
        en, zh = _bounds(
            (shape.minimum, "at least", "不小于"),
            (shape.exclusive_minimum, "above", "大于"),
            (shape.maximum, "at most", "不大于"),
            (shape.exclusive_maximum, "below", "小于"),
        )
        return self._must((f"it must be {en}", f"必须{zh}"))

    def length(self, count: int, shape: Shape) -> Message:
        """Too few or too many characters."""
        limits = _bounds((shape.min_length, "at least", "不小于"), (shape.max_length, "at most", "不大于"))
        return self._counted(count, limits, ("characters", "字符"))

    def items(self, count: int, shape: Shape) -> Message:
        """Too few or too many elements."""
        limits = _bounds((shape.min_items, "at least", "不小于"), (shape.max_items, "at most", "不大于"))
        return self._counted(count, limits, ("elements", "元素"))

    def pattern(self, pattern: str) -> Message:
        """A text that does not match."""
        return self._must((f"it must match `{pattern}`", f"必须匹配 `{pattern}`"))

    def format(self, name: str) -> Message:
        """A text that is not what it stands for."""
        return self._must((f"it must be of the format `{name}`", f"必须符合 `{name}` 格式"))


def request_type(value: object) -> Message:
    en, zh = _FOUND[kind_of(value)]
    return f"the request is {en}: it must be an object", f"请求是{zh}：必须是对象"


def group_type(name: str, value: object) -> Message:
    en, zh = _FOUND[kind_of(value)]
    return (
        f"`{name}` is {en}: it must be an object of the parameters `{name}.…`",
        f"`{name}` 是{zh}：必须是由参数 `{name}.…` 组成的对象",
    )


def json(path: str, line: int, column: int) -> Message:
    return (
        f"`{path}` does not hold JSON: it breaks at line {line}, column {column}",
        f"`{path}` 不是合法的 JSON：第 {line} 行第 {column} 列出错",
    )


def missing(path: str, reason: Reason = ALWAYS) -> Message:
    return f"`{path}` is missing: it is required{reason.en}", f"缺少 `{path}`：{reason.zh}必填"


def forbidden(path: str, reason: Reason) -> Message:
    return f"`{path}` is given: it is not allowed{reason.en}", f"指定了 `{path}`：{reason.zh}不允许指定"


def ignored(path: str, reason: Reason) -> Message:
    return f"`{path}` is given: it has no effect{reason.en}", f"指定了 `{path}`：{reason.zh}不起作用"


def exactly_one(names: Sequence[str], given: Sequence[str], reason: Reason) -> Message:
    en, zh = listed(names, "and")
    found_en, found_zh = listed(given, "and")
    found_en, found_zh = (f"{found_en} are", f"指定了 {found_zh}") if given else ("none is", "一个也没有指定")
    return (
        f"exactly one of {en} must be given{reason.en}, but {found_en}",
        f"{reason.zh}必须且只能指定 {zh} 中的一个，但{found_zh}",
    )


def at_least_one(names: Sequence[str], reason: Reason) -> Message:
    en, zh = listed(names, "and")
    return f"at least one of {en} must be given{reason.en}", f"{reason.zh}至少要指定 {zh} 中的一个"


def at_most_one(names: Sequence[str], given: Sequence[str], reason: Reason) -> Message:
    en, zh = listed(names, "and")
    found_en, found_zh = listed(given, "and")
    return (
        f"at most one of {en} may be given{reason.en}, but {found_en} are",
        f"{reason.zh}最多只能指定 {zh} 中的一个，但指定了 {found_zh}",
    )


def all_or_none(absent: str, names: Sequence[str], reason: Reason) -> Message:
    en, zh = listed(names, "and")
    return (
        f"`{absent}` is missing: {en} must be given together or not at all{reason.en}",
        f"缺少 `{absent}`：{reason.zh}{zh} 必须同时指定或都不指定",
    )


def equal(first: str, second: str, reason: Reason) -> Message:
    return f"`{second}` must be the same as `{first}`{reason.en}", f"{reason.zh}`{second}` 必须与 `{first}` 相同"


def unknown_parameter(name: str, table: Table) -> Message:
    message = f"{quote(name)} is not a parameter of `{table.action}`", f"`{table.action}` 没有参数 {quote(name)}"
    return _suggest(message, name, table.index)


def unknown_member(path: str, name: str, known: Iterable[str]) -> Message:
    return _suggest((f"`{path}` is not a known member", f"`{path}` 不是已知的成员"), name, known)


def twice(name: str) -> Message:
    return (
        f"`{name}` is given twice: give it once, flat or nested",
        f"`{name}` 指定了两次：只写一次，平铺或嵌套均可",
    )
