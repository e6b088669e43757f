"""What travels and what is said, text by text: the same in every language of the generator."""

import copy
import json
import pickle
from importlib import import_module

import pytest
from package import MODULE


def load(name):
    return import_module(f"{MODULE}._runtime.{name}")


value, json_text, message, similar = load("value"), load("json_text"), load("message"), load("similar")
pattern, secret, sign, endpoint = load("pattern"), load("secret"), load("sign"), load("endpoint")
redact, decode, errors, table = load("redact"), load("decode"), load("errors"), load("table")


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (True, "true"),
        (30, "30"),
        (1.0, "1"),
        (-0.0, "0"),
        (1.5, "1.5"),
        (1e21, "1000000000000000000000"),
        (1.5e-7, "0.00000015"),
        (2**64 - 1, "18446744073709551615"),
        ('a"b', 'a"b'),
        ([1.0, 'a"b'], r'[1,"a\"b"]'),
        (["a", ""], '["a",""]'),
        ({"a\nb": None, "c": []}, '{"a\\nb":null,"c":[]}'),
        ("\b\f", "\b\f"),
        (["\b\f\x7f é 中 😀"], '["\\u0008\\u000c\x7f é 中 😀"]'),
        (float("nan"), "null"),
    ],
)
def test_texts_that_travel(given, text):
    assert value.text_of(given) == text


def test_whole_numbers_are_those_of_64_bits():
    assert value.whole_of(9223372036854775807.0) is None
    assert value.whole_of(-9223372036854775808.0) == -(2**63)
    assert value.kind_of(2**63) == "number"
    assert value.kind_of(True) == "boolean"


@pytest.mark.parametrize(
    ("text", "line", "column", "problem"),
    [
        ("", 1, 0, "EOF while parsing a value"),
        ("Secret", 1, 1, "expected value"),
        ('"Secret', 1, 7, "EOF while parsing a string"),
        ('{"a": NaN}', 1, 7, "expected value"),
        ('{"a": 1e999}', 1, 11, "number out of range"),
        (r'"\ud800"', 1, 8, "unexpected end of hex escape"),
        ("{} {}", 1, 4, "trailing characters"),
        ("[1,\n2,]", 2, 3, "trailing comma"),
        ('{"a" 1}', 1, 6, "expected `:`"),
        ("{a:1}", 1, 2, "key must be a string"),
        ("01", 1, 2, "invalid number"),
        ("nul", 1, 3, "EOF while parsing a value"),
        ('["中", x]', 1, 9, "expected value"),
        ("[" * 128, 1, 128, "recursion limit exceeded"),
        ("[" * 100_000, 1, 128, "recursion limit exceeded"),
        ('"a\tb"', 1, 3, "control character (\\u0000-\\u001F) found while parsing a string"),
    ],
)
def test_json_breaks_where_it_breaks_in_every_language(text, line, column, problem):
    with pytest.raises(json_text.JsonError) as caught:
        json_text.parse(text)
    assert (caught.value.line, caught.value.column, caught.value.problem) == (line, column, problem)


def test_a_key_that_occurs_twice_is_told_with_its_place():
    assert json_text.parse('{"a": 1, "a": 2}') == {"a": 2}
    with pytest.raises(json_text.JsonError) as caught:
        json_text.parse('[{"a": {"b": 1, "\\u0062": 1}}]', unique=True)
    assert (caught.value.problem, caught.value.column) == (json_text.TWICE, 24)


def test_numbers_keep_what_64_bits_hold():
    assert json_text.parse("[18446744073709551615, 18446744073709551616, -1]") == [2**64 - 1, float(2**64), -1]
    assert json_text.parse("[" * 127 + "]" * 127) is not None


def test_near_words_are_suggested():
    known = ["MaxCompute", "Redis", "PolarDB"]
    assert similar.did_you_mean("Maxcompute", known) == "MaxCompute"
    assert similar.did_you_mean("Reids", known) == "Redis"
    assert similar.did_you_mean("Kafka", known) is None
    assert similar.did_you_mean("x" * 1000, known) is None


def test_quotes_are_of_one_line():
    assert message.quote("") == '`""`'
    assert message.quote("a\n\x01\x85") == "`a\\n\\u{1}\\u{85}`"
    assert message.quote("x" * 61) == f"`{'x' * 60}…`"


@pytest.mark.parametrize(
    ("expression", "text", "matches"),
    [
        ("^[a-z]+$", "abc", True),
        ("^[a-z]+$", "abc\n", False),
        (r"^\d+$", "٣", False),
        (r"\w", "é", False),
        ("[$]", "$", True),
        ("[[:digit:]]+x", "12x", True),
        (r"\Aa\z", "a", True),
        ("(", "anything", True),
    ],
)
def test_expressions_mean_what_they_mean_elsewhere(expression, text, matches):
    assert pattern.Pattern(expression, expression).matches(text) is matches


def test_secrets_show_nothing():
    hidden = secret.Secret("hunter2")
    assert f"{hidden} {hidden!r} {hidden:>5} {[hidden]}" == "*** ***   *** [***]"
    assert hidden.expose() == "hunter2"
    assert hidden == secret.Secret.of("hunter2")
    assert copy.deepcopy(hidden) is hidden
    with pytest.raises(TypeError):
        pickle.dumps(hidden)
    with pytest.raises(TypeError):
        json.dumps(hidden)
    assert not hasattr(hidden, "__dict__")


def test_signatures_are_those_that_the_vendor_publishes():
    headers = [
        ("host", "ecs.cn-shanghai.aliyuncs.com"),
        ("x-acs-version", "2014-05-26"),
        ("x-acs-action", "RunInstances"),
        ("x-acs-date", "2023-10-26T10:22:32Z"),
        ("x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d"),
    ]
    digest = sign.payload_hash(sign.ACS3, b"")
    headers.append(("x-acs-content-sha256", digest))
    query = [("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"), ("RegionId", "cn-shanghai")]
    request, _ = sign.canonical("POST", "/", query, headers, digest)
    text = sign.string_to_sign(sign.ACS3, request)
    assert sign.signature(sign.ACS3, "YourAccessKeySecret", text) == ("06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0")
    assert sign.canonical_query([("b", "*+~'()! 中"), ("B", ""), ("b", "")]) == "B=&b=&b=%2A%2B~%27%28%29%21%20%E4%B8%AD"


GOOD_HOSTS = ["a.example.com", "a.example.com:8443", "127.0.0.1:80", "[::1]:8080", "[::1]", "localhost", "localhost:1"]
BAD_HOSTS = [
    *["", "a", "a.b/", "a.b/x", "a.b?x", "a.b#x", "u@a.b", "u:p@a.b", "a.b\r\n", "a.b\t", " a.b", "a.b\\c", "A.b", "a.b."],
    *[".a.b", "a..b", "-a.b", "a-.b", "ä.b", "2130706433", "0x7f.1", "0177.0.0.1", "1.2.3", "1.2.3.4.5", "256.1.1.1"],
    *["[fe80::1%25eth0]", "[::1", "a.b:0", "a.b:65536", "a.b:", "a.b:080", "a.b:+1", "a.b:1:2", "ftp://a.b", "https://"],
    *["http:/a.b", "https://https://a.b", "x.0x7f", "a.b\n", "a.b:1\n"],
]


def test_only_plain_hosts_pass():
    for host in GOOD_HOSTS:
        assert str(endpoint.Endpoint.parse(host)) == f"https://{host}"
        assert endpoint.Endpoint.parse(f"http://{host}").is_plain
    for host in BAD_HOSTS:
        with pytest.raises(errors.ConfigurationError) as caught:
            endpoint.Endpoint.parse(host)
        assert len(host) < 4 or host not in str(caught.value)


def test_secrets_are_hidden_in_every_encoding():
    hidden = 'p w/中+"%25&'
    for echo in [
        hidden,
        "p%20w%2F%E4%B8%AD%2B%22%2525%26",
        "p%20w%2f%e4%b8%ad%2b%22%2525%26",
        "p+w%2F%E4%B8%AD%2B%22%2525%26",
        "p%2520w%252F%25E4%25B8%25AD%252B%2522%252525%2526",
        'p w\\/中+\\"%25\\u0026',
        "p w/中+&quot;%25&amp;",
    ]:
        assert redact.Redaction(["no such", hidden]).apply(f"<{echo}> no") == "<***> no"
    assert redact.Redaction(["hunter2", "hunter22", "ab", "", "a"]).apply("hunter22 hunter2 ab a") == "*** *** ab a"
    assert redact.Redaction([]).apply("a\r\nb\x1b[31mc\x85") == "a  b [31mc "
    assert redact.Redaction([]).apply("é" * 8192).endswith("é…")
    assert redact.Redaction(["hunter2"]).apply("x" * 8191 + "hunter2hunter2").endswith("x***…")


@pytest.mark.parametrize(
    ("how", "given", "read"),
    [
        ("text", 1.5, "1.5"),
        ("text", True, "true"),
        ("text", [], None),
        ("boolean", " True ", True),
        ("boolean", "0", False),
        ("boolean", 2, None),
        ("boolean", "yes", None),
        ("int64", "9223372036854775807", 2**63 - 1),
        ("int64", "9223372036854775808", None),
        ("int64", " -3 ", -3),
        ("int64", "3.0", 3),
        ("int64", 1.5, None),
        ("int64", "NaN", None),
        ("int32", 2147483648, None),
        ("number", "1e3", 1000.0),
        ("number", "inf", None),
    ],
)
def test_scalars_are_read_from_what_services_write_for_them(how, given, read):
    assert getattr(decode, how)(given) == read


def test_lists_are_read_as_a_whole_or_not_at_all():
    numbers = decode.list_of(decode.int64)
    assert numbers(["1", None, 2]) == [1, 2]
    assert numbers("3") == [3]
    assert numbers(" \n ") == []
    assert numbers([1, "x"]) is None
    assert decode.map_of(decode.int64)({"a": "1", "b": None}) == {"a": 1}
    content = decode.content_of(numbers)
    assert content('[1, "2"]') == [1, 2]
    assert content("[1, {}]") == "[1, {}]"
    assert decode.nearest("running", ("Running", "FAILED")) == "Running"
    assert decode.nearest("failed", ("Failed", "FAILED")) == "failed"


def test_shapes_that_hold_themselves_are_looked_through():
    shape = table.Shape("object", members=[table.Member("Password", table.Shape("text", sensitive=True))])
    around = table.Shape("list", item=table.Shape("json", item=shape))
    assert around.is_sensitive
    loop = table.Shape("list", item=table.Shape("text"))
    loop.item = loop
    assert not loop.is_sensitive
