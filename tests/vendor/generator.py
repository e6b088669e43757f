"""Random requests of any action: values for the fields of the SDK's model classes, nasty ones among them."""

import json
import typing

PIECES = (
    ["", " ", "  ", "a", "Z9", "-_.~", "+*~'()!&=%", "%2B", "%", "+", "&", "=", "?", "#"]
    + ["/", "\\", '"', ";", ",", ":", "@", "$", "|", "<>", "[]", "{}", "^`", "\t", "\n", "\r\n"]
    + ["\0", "\x7f", "é", "e\u0301", "同步", "作业 １", "🐘", "👩‍👩‍👧", "\u00a0", "\u2028", "\ufeff"]
    + ["True", "false", "None", "null", "0", "-1", "1e5", "Tag.1.Key", "dtsz4ao1dor13d****"]
)
WHOLE_NUMBERS = [0, 1, -1, 30, 3306, 2**31 - 1, -(2**31), 2**53 + 1, 2**63 - 1, -(2**63)]


class Generator:
    """Makes requests from a random number generator, so that a seed gives the same ones again."""

    def __init__(self, random):
        self.random = random

    def request(self, model, wanted=None):
        """A request, or an object in it. `wanted` is the share of fields that are given."""
        wanted = wanted or self.random.choice([0.2, 0.6, 0.95])
        hints = typing.get_type_hints(model.__init__)
        given = [name for name in hints if self.random.random() < wanted]
        return model(**{name: self.value(hints[name]) for name in given})

    def value(self, kind):
        """A value for a field of a type; now and then none, or one of another type that the SDK takes as well."""
        random = self.random
        if random.random() < 0.05:
            return None
        if typing.get_origin(kind) is list:
            (item,) = typing.get_args(kind)
            return [self.value(item) for _ in range(random.choice([0, 1, 2, 3, 11]))]
        if kind in (typing.Any, dict) or typing.get_origin(kind) is dict:
            return {"a": self.json(2), "é": self.json(3)}
        if kind is bool:
            return random.random() < 0.5
        if kind is float:
            return random.choice([0.5, 1.25, -3.75, 16.5, 1e-3])
        if kind in (int, str):
            return self.number() if (kind is int) == (random.random() < 0.9) else self.text()
        return self.request(kind)

    def number(self):
        """A whole number that an integer of 64 bits can hold."""
        return self.random.choice([*WHOLE_NUMBERS, self.random.randint(-(10**6), 10**6)])

    def text(self):
        """A text: pieces, any characters, or JSON."""
        random = self.random
        kind = random.random()
        if kind < 0.5:
            return "".join(random.choices(PIECES, k=random.randint(0, 5)))
        if kind < 0.8:
            return "".join(self.character() for _ in range(random.randint(1, 20)))
        indent = random.choice([None, None, 2])
        return json.dumps(self.json(3), ensure_ascii=random.random() < 0.3, indent=indent)

    def character(self):
        """Any character; half of a surrogate pair is none."""
        code = self.random.choice([0x7F, 0x7F, 0x3000, 0xFFFF, 0x10FFFF])
        code = self.random.randint(0, code)
        return chr(code) if not 0xD800 <= code <= 0xDFFF else "\ufffd"

    def json(self, depth):
        """A JSON value."""
        random = self.random
        kind = random.randint(0, 5 if depth else 3)
        if kind < 2:
            return "".join(random.choices(PIECES, k=random.randint(0, 3)))
        if kind < 4:
            return random.choice([None, True, False, 0, -7, 1.5, 2**53])
        size = random.randint(0, 3)
        if kind == 4:
            return [self.json(depth - 1) for _ in range(size)]
        return {random.choice(PIECES): self.json(depth - 1) for _ in range(size)}
