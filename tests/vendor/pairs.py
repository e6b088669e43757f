"""What the vendor's SDK sends for random requests is what we send, and its own code signs our requests as we do.

Every request goes through the SDK, whose HTTP library is replaced, and through `lines`, with the same nonce and date.
Method, address, headers, and the pairs of query and form must be the same after decoding; only booleans are spelled
otherwise there. The SDK signs more headers than we do, so its signer is asked again for the headers that we sign.
"""

import json
import random
import subprocess
import typing
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

import requests
from alibabacloud_tea_openapi.utils import Utils
from darabonba.request import DaraRequest

from generator import Generator
from sdk import (
    ACTIONS,
    DIFFERENCES,
    METHODS,
    ONLY_THEIRS,
    PROGRAMS,
    SPECIFIED,
    SPECS,
    call,
    client,
    kinds,
    request_model,
    snake,
    spec,
)

SEED = 20200101
# Random requests an action: so many, and more for each parameter that it has.
EACH, MORE = 10, 8
ENDPOINT = "127.0.0.1:1"
KEY = ("testid", "testsecret")
TOKENS = (None, "a token/+==")
ACS3, SM3, RPC1 = "ACS3-HMAC-SHA256", "ACS3-HMAC-SM3", "v2"
# The SDK's SM3 is plain Python, and slow.
SM3_EVERY = 20
# A process a request is slow, too: so many go through `bindery request` itself, the others through `lines`.
COMMAND_EVERY = 101


class Sent:
    """A request as it went out, decoded."""

    def __init__(self, method, url, headers, body):
        url = urlsplit(url)
        self.to = [method, url.scheme, url.netloc, url.path]
        self.query = sorted(parse_qsl(url.query, keep_blank_values=True))
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body.encode() if isinstance(body, str) else body
        self.form = sorted(parse_qsl(self.body.decode(), keep_blank_values=True))

    def stamp(self):
        """Nonce and date, wherever they are."""
        query = dict(self.query)
        nonce = self.headers.get("x-acs-signature-nonce") or query["SignatureNonce"]
        return {"nonce": nonce, "date": self.headers.get("x-acs-date") or query["Timestamp"]}


def capture(_session, prepared, **_settings):
    """Stands in for the SDK's HTTP library: keeps the request, and answers with an empty object."""
    capture.sent = Sent(prepared.method, prepared.url, prepared.headers.items(), prepared.body or "")
    response = requests.Response()
    response.status_code, response._content = 200, b"{}"
    return response


def flat(value, prefix="", whole=()):
    """Objects in objects as dotted names; lists stay as they are, and so do objects of any members, `whole`."""
    if not isinstance(value, dict) or prefix in whole:
        return {prefix: value}
    inner = [flat(member, f"{prefix}.{name}" if prefix else name, whole) for name, member in value.items()]
    return {name: member for part in inner for name, member in part.items()}


def full(kind):
    """A value with every field of a model."""
    if not hasattr(kind, "to_map"):
        return [] if typing.get_origin(kind) is list else "x"
    return kind(**{name: full(inner) for name, inner in typing.get_type_hints(kind.__init__).items()})


def jobs():
    """Random requests: what `lines` is to do, and what the SDK sent."""
    generator = Generator(random.Random(SEED))
    clients = {
        (algorithm, token): client(ENDPOINT, KEY, token, algorithm)
        for algorithm in (ACS3, SM3, RPC1)
        for token in TOKENS
    }
    for action in ACTIONS:
        whole = {name for name, kind in kinds(request_model(action)).items() if typing.get_origin(kind) is dict}
        for number in range(EACH + MORE * len(spec(action)["parameters"])):
            request = generator.request(request_model(action))
            for name in ONLY_THEIRS.get(action, ()):
                setattr(request, snake(name), None)
            wire = request.to_map()
            job = {
                "action": action,
                "request": wire if number % 2 else flat(wire, whole=whole),
                "endpoint": f"http://{ENDPOINT}",
                "access_key_id": KEY[0],
                "access_key_secret": KEY[1],
                "security_token": TOKENS[number // 2 % 2],
            }
            for algorithm in (ACS3, RPC1, SM3)[: 2 if number % SM3_EVERY else 3]:
                if algorithm == RPC1 and action in DIFFERENCES["refused-under-rpc1"]["actions"]:
                    continue
                call(clients[algorithm, job["security_token"]], action, request)
                yield {**job, **capture.sent.stamp(), "algorithm": algorithm}, capture.sent


def differences(job, ours, theirs):
    """All that is not the same, as lines."""
    spelled = {name for name, facts in spec(job["action"])["parameters"].items() if facts["type"] == "boolean"}
    query = sorted((name, value.lower() if name in spelled else value) for name, value in theirs.query)
    signature = sign(job, ours)
    rpc1 = job["algorithm"] == RPC1
    if rpc1:
        query = sorted((name, signature if name == "Signature" else value) for name, value in query)
    # The HTTP library's, the program's name, and what depends on a body's spelling or on the signer.
    aside = {"content-length", "user-agent", "x-acs-content-sha256", "authorization"} | ({"accept"} if rpc1 else set())
    compared = [
        ("address", ours.to, theirs.to),
        ("query", ours.query, query),
        ("form", ours.form, theirs.form),
        ("headers", shown(ours.headers, aside), shown(theirs.headers, aside)),
    ]
    if not rpc1:
        digest = Utils.hash(ours.body, job["algorithm"]).hex()
        compared.append(("digest", [ours.headers["x-acs-content-sha256"]], [digest]))
        compared.append(("signature", [ours.headers["authorization"]], [signature]))
    return [
        f"{what}: ours {[one for one in mine if one not in other]}, theirs {[one for one in other if one not in mine]}"
        for what, mine, other in compared
        if mine != other
    ]


def shown(headers, aside):
    """Headers that are compared."""
    return sorted((name, value) for name, value in headers.items() if name not in aside)


def sign(job, ours):
    """What the vendor's code makes of our request: the signature, or the whole header `Authorization`."""
    if job["algorithm"] == RPC1:
        pairs = dict(ours.query + ours.form)
        pairs.pop("Signature", None)
        return Utils.get_rpcsignature(pairs, ours.to[0], KEY[1])
    request = DaraRequest()
    request.method, request.pathname, request.query = ours.to[0], ours.to[3], dict(ours.query)
    # All but these two; the authorization is not there yet.
    unsigned = ("accept", "user-agent", "authorization")
    request.headers = {name: value for name, value in ours.headers.items() if name not in unsigned}
    return Utils.get_authorization(request, job["algorithm"], ours.headers["x-acs-content-sha256"], *KEY)


def spoilt(line):
    """The same request with one mistake, for every mistake that would matter."""
    yield {**line, "method": "GET"}
    yield {**line, "url": line["url"].replace("http:", "https:")}
    yield {**line, "url": line["url"] + "&Extra="}
    yield {**line, "body": line["body"] + "&Extra="}
    yield {**line, "headers": [*line["headers"], ["x-acs-extra", ""]]}
    for at, (name, value) in enumerate(line["headers"]):
        if name != "user-agent":
            yield {**line, "headers": [*line["headers"][:at], [name, value + "0"], *line["headers"][at + 1 :]]}


def commanded(job):
    """What `bindery request` shows of the same request."""
    algorithm = {ACS3: "acs3", SM3: "acs3-sm3", RPC1: "rpc1"}[job["algorithm"]]
    command = [PROGRAMS / "bindery", "request", job["action"], "-", "--specs", SPECS, "--no-validate"]
    signing = ["--sign", "--algorithm", algorithm, "--nonce", job["nonce"], "--date", job["date"]]
    key = ["--access-key-id", KEY[0], "--access-key-secret", KEY[1]]
    token = ["--security-token", job["security_token"]] if job["security_token"] else []
    command += [*signing, *key, *token, "--endpoint", job["endpoint"]]
    given = json.dumps(job["request"]).encode()
    done = subprocess.run(command, input=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode:
        raise RuntimeError(f"{job['action']}: {done.stderr.decode()}")
    line = json.loads(done.stdout)
    line.pop("query")
    return line


def judge(tally):
    """Compares all."""
    lacking = sorted(set(SPECIFIED) - set(ACTIONS)), sorted(set(METHODS) - {action.lower() for action in ACTIONS})
    known = [sorted(DIFFERENCES["actions"]["only-ours"]), sorted(DIFFERENCES["actions"]["only-theirs"])]
    tally.check("actions", [] if list(lacking) == known else [lacking])
    print(f"{len(ACTIONS)} actions")
    for action in ACTIONS:
        ours, theirs = set(spec(action)["parameters"]), set(flat(full(request_model(action)).to_map()))
        only = ONLY_THEIRS.get(action, set())
        tally.check(f"{action}: parameters", [] if ours | only == theirs and not ours & only else [sorted(ours ^ theirs)])
    with patch.object(requests.Session, "send", capture):
        todo = list(jobs())
    told = "".join(json.dumps(job) + "\n" for job, _ in todo)
    done = subprocess.run([PROGRAMS / "lines", SPECS], input=told.encode(), stdout=subprocess.PIPE, check=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    pairs = 0
    for number, ((job, theirs), line) in enumerate(zip(todo, lines, strict=True)):
        pairs += len(theirs.query) + len(theirs.form)
        tally.check(f"{job}", differences(job, Sent(**line), theirs))
        if number % COMMAND_EVERY == 0:
            tally.check(f"the command, {job}", differences(job, Sent(**commanded(job)), theirs))
    # Whoever finds no difference may be blind.
    for number, line in enumerate(spoilt(lines[0])):
        seen = differences(todo[0][0], Sent(**line), todo[0][1])
        tally.check(f"mistake {number} is seen", [] if seen else [line])
    print(f"{len(todo)} signed requests with {pairs} pairs, seed {SEED}")
