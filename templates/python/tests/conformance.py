"""Says what this package makes of requests: JSON lines in, JSON lines out. `python tests/conformance.py < vectors`.

A line `{"action": …, "request": …}` gives `{"violations": […], "wire": …}`, and with `"language": "zh"` the messages in Chinese.
Where the request fits the types, they must say the same; `"typed": false` where it does not fit.
With `"stamp": {"nonce", "date", "endpoint", "algorithm", "access_key_id", "access_key_secret", "security_token"?}` also the
request as it would be sent: `"sent": {method, url, headers, body}`.
A line `{"sign": {…}}` gives what is signed, and the signature. A line `{"action": …, "decode": …, "as": …}` gives in how many
objects of the answer something is left over, and whether both read the same.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent / "src"), str(Path(__file__).parent)]

from package import MODULE  # noqa: E402

actions = import_module(f"{MODULE}._actions").ACTIONS
untyped = import_module(f"{MODULE}._runtime.untyped")
unfit = import_module(f"{MODULE}._runtime.read").Unfit
parse = import_module(f"{MODULE}._runtime.json_text").parse


def wire_of(wire):
    return {place: [[field.name, field.value] for field in wire.place(place)] for place in wire.__slots__}


def meant(verdict):
    """A verdict in which JSON is what it says: types write the members of an object in an order of their own, and no null."""
    wire = {place: [[name, read(value)] for name, value in fields] for place, fields in verdict["wire"].items()}
    return verdict["violations"], wire


def read(value):
    try:
        return given(parse(value)) if value[:1] in ("[", "{") else value
    except ValueError:
        return value


def given(json):
    if isinstance(json, dict):
        return {name: given(value) for name, value in json.items() if value is not None}
    return [given(item) for item in json] if isinstance(json, list) else json


def judge(case):
    module, request = actions[case["action"]]
    table = import_module(f"{MODULE}._tables.{module}").TABLE
    language = case.get("language", "en")
    given = case["request"]
    spelled = isinstance(given, dict)
    verdict = {
        "violations": untyped.check_json(table, given).to_json(language),
        "wire": wire_of(untyped.json_to_wire(table, given)) if spelled else None,
    }
    if spelled and "stamp" in case:
        verdict["sent"] = sent(module, given, case["stamp"])
    if not spelled:
        return {**verdict, "typed": False}
    try:
        typed = getattr(import_module(f"{MODULE}.{module}"), request).from_json(given)
    except unfit:
        return {**verdict, "typed": False}
    same = {"violations": typed.check().to_json(language), "wire": wire_of(typed.to_wire())}
    if meant(same) != meant(verdict):
        verdict["differs"] = same
    return verdict


def sent(module, given, stamp):
    operation = import_module(f"{MODULE}._tables.{module}").OPERATION
    prepare = import_module(f"{MODULE}._runtime.prepare")
    endpoint = import_module(f"{MODULE}._runtime.endpoint").Endpoint.parse(stamp["endpoint"])
    credentials = import_module(f"{MODULE}._runtime.credentials").Credentials(stamp["access_key_id"], stamp["access_key_secret"], stamp.get("security_token"))
    wire = untyped.json_to_wire(operation.table, given)
    outgoing = prepare.Outgoing(operation, wire, endpoint, user_agent="conformance", algorithm=stamp["algorithm"])
    signed = outgoing.sign(credentials, prepare.Stamp(stamp["nonce"], stamp["date"]))
    return {
        "method": signed.method,
        "url": f"{signed.endpoint}{signed.target}",
        "headers": [[field.name, field.value] for field in signed.headers],
        "body": signed.body.decode(),
    }


def decoded(case):
    module, request = actions[case["action"]]
    response = getattr(import_module(f"{MODULE}.responses.{module}"), request.removesuffix("Request") + "Response")
    one, other = response.decode(case["decode"]), response.decode(case["as"])
    return {"left": None if one is None else left_over(one), "same": one is not None and one == other}


def left_over(value):
    if isinstance(value, list):
        return sum(map(left_over, value))
    if isinstance(value, dict):
        return sum(map(left_over, value.values()))
    if not hasattr(value, "others"):
        return 0
    return bool(value.others) + sum(left_over(getattr(value, name)) for name in value.__slots__ if name != "others")


def sign(case):
    acs3 = import_module(f"{MODULE}._runtime.sign")
    pairs = acs3.parse_pairs(case.get("query", ""))
    body = case.get("body", "")
    if case["algorithm"] == "HMAC-SHA1":
        text = acs3.rpc1_string_to_sign(case["method"], pairs + acs3.parse_pairs(case.get("form", "")))
        return {"string_to_sign": text, "signature": acs3.rpc1_signature(case["access_key_secret"], text)}
    digest = acs3.payload_hash(case["algorithm"], body.encode())
    headers = [tuple(pair) for pair in case["headers"]]
    headers.append(("x-acs-content-sha256", digest))
    headers = [pair for pair in headers if acs3.is_signed(pair[0])]
    request, names = acs3.canonical(case["method"], case["path"], pairs, headers, digest)
    text = acs3.string_to_sign(case["algorithm"], request)
    signature = acs3.signature(case["algorithm"], case["access_key_secret"], text)
    return {
        "payload_hash": digest,
        "canonical_request": request,
        "string_to_sign": text,
        "signed_headers": names,
        "signature": signature,
        "authorization": acs3.authorization(case["algorithm"], case["access_key_id"], names, signature),
    }


def main():
    for line in sys.stdin:
        case = parse(line)
        verdict = sign(case["sign"]) if "sign" in case else decoded(case) if "decode" in case else judge(case)
        print(json.dumps(verdict, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
