"""JSON texts, read as every language of this generator reads them: no key twice where that is asked for, no `NaN`, no half
of a surrogate pair, at most 127 levels; and a place, in bytes, for whatever is wrong."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from json import JSONDecoder

    from .value import Json

_DEEPEST = 128
_WHITE = b" \t\n\r"
_DIGITS = b"0123456789"
_HEX = b"0123456789abcdefABCDEF"
_PLAIN_ESCAPES = b'"\\/bfnrt'


class JsonError(ValueError):
    """A text that is not JSON: what is wrong, and where. It never holds the text."""

    def __init__(self, problem: str, line: int, column: int) -> None:
        super().__init__(f"{problem} at line {line} column {column}")
        self.problem = problem
        self.line = line
        self.column = column


TWICE = "a key occurs twice"


def parse(text: str, *, unique: bool = False) -> Json:
    """Parses a text; `unique`: a key that occurs twice in an object is an error. Raises `JsonError`."""
    if text.count("[") + text.count("{") >= _DEEPEST or "\\ud" in text or "\\uD" in text:
        scan(text, unique=unique)
    try:
        return _decoder(unique).decode(text)
    except (ValueError, RecursionError):
        scan(text, unique=unique)
        raise


@cache
def _decoder(unique: bool) -> JSONDecoder:
    from json import JSONDecoder

    pairs = _unique if unique else None
    return JSONDecoder(parse_int=_whole, parse_float=_number, parse_constant=_number, object_pairs_hook=pairs)


def scan(text: str, *, unique: bool = False) -> None:
    """Raises a `JsonError` for whatever is wrong with a text."""
    _Scanner(text.encode("utf-8", "surrogatepass"), unique).document()


def _whole(digits: str) -> float:
    if len(digits) < 19:
        return int(digits)
    if len(digits) > 20:
        return _number(digits)
    whole = int(digits)
    return whole if -(1 << 63) <= whole < 1 << 64 else _number(digits)


def _number(digits: str) -> float:
    number = float(digits)
    if number - number != 0:
        message = "the number is out of range"
        raise ValueError(message)
    return number


def _unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError(TWICE)
    return members


class _Scanner:
    """Finds the first thing that is wrong. Its order of looking, and so its places, are those of the Rust crate
    `serde_json`, which the other languages of this generator are held to."""

    def __init__(self, text: bytes, unique: bool) -> None:
        self.text = text
        self.at = 0
        self.depth = _DEEPEST
        self.unique = unique

    def document(self) -> None:
        self.value()
        if self.white() is not None:
            raise self.here("trailing characters")

    def behind(self, problem: str) -> JsonError:
        return self.error(problem, self.at)

    def here(self, problem: str) -> JsonError:
        return self.error(problem, min(len(self.text), self.at + 1))

    def error(self, problem: str, at: int) -> JsonError:
        start = self.text.rfind(b"\n", 0, at) + 1
        return JsonError(problem, self.text.count(b"\n", 0, at) + 1, at - start)

    def peek(self) -> int | None:
        return self.text[self.at] if self.at < len(self.text) else None

    def take(self) -> int | None:
        byte = self.peek()
        if byte is not None:
            self.at += 1
        return byte

    def white(self) -> int | None:
        text, at = self.text, self.at
        while at < len(text) and text[at] in _WHITE:
            at += 1
        self.at = at
        return self.peek()

    def value(self) -> None:
        byte = self.white()
        if byte is None:
            raise self.here("EOF while parsing a value")
        word = {0x6E: b"ull", 0x74: b"rue", 0x66: b"alse"}.get(byte)
        if word is not None:
            self.at += 1
            self.word(word)
        elif byte == 0x2D or byte in _DIGITS:
            self.at += int(byte == 0x2D)
            self.number()
        elif byte == 0x22:
            self.at += 1
            self.string()
        elif byte in b"[{":
            self.depth -= 1
            if not self.depth:
                raise self.here("recursion limit exceeded")
            self.at += 1
            if byte == 0x5B:
                self.items()
            else:
                self.members()
            self.depth += 1
        else:
            raise self.here("expected value")

    def word(self, rest: bytes) -> None:
        for expected in rest:
            byte = self.take()
            if byte is None:
                raise self.behind("EOF while parsing a value")
            if byte != expected:
                raise self.behind("expected ident")

    def items(self) -> None:
        first = True
        while True:
            byte = self.white()
            if byte is None:
                raise self.here("EOF while parsing a list")
            if byte == 0x5D:
                self.at += 1
                return
            if not first:
                if byte != 0x2C:
                    raise self.here("expected `,` or `]`")
                self.at += 1
                byte = self.white()
                if byte == 0x5D:
                    raise self.here("trailing comma")
                if byte is None:
                    raise self.here("EOF while parsing a value")
            first = False
            self.value()

    def members(self) -> None:
        names: set[bytes] = set()
        first = True
        while True:
            byte = self.white()
            if byte is None:
                raise self.here("EOF while parsing an object")
            if byte == 0x7D:
                self.at += 1
                return
            if not first:
                if byte != 0x2C:
                    raise self.here("expected `,` or `}`")
                self.at += 1
                byte = self.white()
                if byte == 0x7D:
                    raise self.here("trailing comma")
                if byte is None:
                    raise self.here("EOF while parsing a value")
            first = False
            if byte != 0x22:
                raise self.here("key must be a string")
            self.at += 1
            name = self.string()
            if self.unique and name in names:
                raise self.behind(TWICE)
            names.add(name)
            byte = self.white()
            if byte is None:
                raise self.here("EOF while parsing an object")
            if byte != 0x3A:
                raise self.here("expected `:`")
            self.at += 1
            self.value()

    def digits(self) -> int:
        start = self.at
        while self.at < len(self.text) and self.text[self.at] in _DIGITS:
            self.at += 1
        return self.at - start

    def number(self) -> None:
        start = self.at
        byte = self.take()
        if byte is None:
            raise self.behind("EOF while parsing a value")
        if byte == 0x30:
            if (self.peek() or 0) in _DIGITS:
                raise self.here("invalid number")
        elif byte in _DIGITS:
            self.digits()
        else:
            raise self.behind("invalid number")
        if self.peek() == 0x2E:
            self.at += 1
            if not self.digits():
                raise self.here("EOF while parsing a value" if self.peek() is None else "invalid number")
        if (self.peek() or 0) in b"eE":
            self.at += 1
            if (self.peek() or 0) in b"+-":
                self.at += 1
            byte = self.take()
            if byte is None:
                raise self.behind("EOF while parsing a value")
            if byte not in _DIGITS:
                raise self.behind("invalid number")
            self.digits()
        number = float(self.text[start : self.at])
        if number - number != 0:
            raise self.behind("number out of range")

    def string(self) -> bytes:
        text = bytearray()
        while True:
            byte = self.peek()
            if byte is None:
                raise self.behind("EOF while parsing a string")
            self.at += 1
            if byte == 0x22:
                return bytes(text)
            if byte == 0x5C:
                text += self.escape()
            elif byte < 0x20:
                problem = "control character (\\u0000-\\u001F) found while parsing a string"
                raise self.behind(problem)
            else:
                text.append(byte)

    def escape(self) -> bytes:
        byte = self.take()
        if byte is None:
            raise self.behind("EOF while parsing a string")
        if byte in _PLAIN_ESCAPES:
            return b'"\\/\b\f\n\r\t'[_PLAIN_ESCAPES.index(byte) :][:1]
        if byte != 0x75:
            raise self.behind("invalid escape")
        code = self.hex()
        if 0xDC00 <= code <= 0xDFFF:
            raise self.behind("lone leading surrogate in hex escape")
        if 0xD800 <= code <= 0xDBFF:
            for expected in b"\\u":
                byte = self.take()
                if byte is None:
                    raise self.behind("EOF while parsing a string")
                if byte != expected:
                    raise self.behind("unexpected end of hex escape")
            low = self.hex()
            if not 0xDC00 <= low <= 0xDFFF:
                raise self.behind("lone leading surrogate in hex escape")
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
        return chr(code).encode()

    def hex(self) -> int:
        digits = self.text[self.at : self.at + 4]
        if len(digits) < 4:
            self.at = len(self.text)
            raise self.behind("EOF while parsing a string")
        self.at += 4
        if any(digit not in _HEX for digit in digits):
            raise self.behind("invalid escape")
        return int(digits, 16)
