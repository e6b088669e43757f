"""What a client does with what a service does: on this machine, over a socket, sync and async alike."""

import asyncio
import json
import pickle
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module

import pytest
from package import MODULE


def load(name):
    return import_module(f"{MODULE}._runtime.{name}")


errors, operation, table = load("errors"), load("operation"), load("table")
Config, Credentials, Wire = load("config").Config, load("credentials").Credentials, load("wire").Wire
SyncClient, BaseAsyncClient = load("client").SyncClient, load("aio").BaseAsyncClient
check_json, json_to_wire = load("untyped").check_json, load("untyped").json_to_wire

API = operation.Api("Thing", "2020-01-01", is_rpc=True, pattern="thing{network}.{region}.example.com", regions={})
ROWS = [
    table.Parameter("Id", table.TEXT, required=True),
    table.Parameter("ClientToken", table.TEXT),
    table.Parameter("PageNumber", table.INTEGER),
    table.Parameter("Password", table.Shape("text", sensitive=True)),
    table.Parameter("Kind", table.Shape("text", values=["a"], closed=True)),
]


def operation_of(effect, token=None, paging=None):
    demands = table.Table("DoThing", ROWS)
    return operation.Operation(API, demands, method="POST", path="/", effect=effect, token=token, paging=paging)


READ, SPEND = operation_of("read"), operation_of("spend")
SPEND_WITH_TOKEN = operation_of("spend", token=1)
PAGED = operation_of("read", paging=operation.Paging("number", 2, "Total", "Items.Item"))
OK = (200, {}, {"RequestId": "r", "Value": 1})
BUSY = (503, {}, {"Code": "ServiceUnavailable", "Message": "busy", "RequestId": "r"})


class Service:
    """Plays answers, the last one again and again."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.seen = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
                service.seen.append((self.path, dict(self.headers), body))
                answer = service.answers.pop(0) if len(service.answers) > 1 else service.answers[0]
                if answer == "break":
                    self.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf")
                    self.close_connection = True
                    return
                if isinstance(answer, float):
                    time.sleep(answer)
                    answer = OK
                status, headers, content = answer
                data = content if isinstance(content, bytes) else json.dumps(content).encode()
                self.send_response(status)
                for name, value in {"content-length": str(len(data)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def config(self, **more):
        settings = {"credentials": Credentials("id", "the-key-secret"), "dangerous_allow_http": True, **more}
        return Config(endpoint=f"http://127.0.0.1:{self.server.server_port}", **settings)


def call_sync(service, what, request, **more):
    with SyncClient(API, service.config(**more)) as client:
        return client._exchange(what, json_to_wire(what.table, request), check_json(what.table, request))[0]


def call_async(service, what, request, **more):
    async def run():
        async with BaseAsyncClient(API, service.config(**more)) as client:
            wire, violations = json_to_wire(what.table, request), check_json(what.table, request)
            return (await client._exchange(what, wire, violations))[0]

    return asyncio.run(run())


@pytest.fixture(params=[call_sync, call_async], ids=["sync", "async"])
def call(request):
    return request.param


def test_an_answer_comes_back(call):
    with Service(OK) as service:
        answer = call(service, READ, {"Id": "a b", "Kind": "a"})
        assert (answer.status, answer.request_id, answer.body["Value"]) == (200, "r", 1)
        path, headers, body = service.seen[0]
        assert (path, body) == ("/?Id=a%20b&Kind=a", "")
        assert headers["x-acs-action"] == "DoThing"
        assert headers["Authorization"].startswith("ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host;x-acs-action;")


def test_what_only_reads_is_repeated(call):
    with Service(BUSY, "break", OK) as service:
        assert call(service, READ, {"Id": "a"}).body["Value"] == 1
        nonces = {headers["x-acs-signature-nonce"] for _, headers, _ in service.seen}
        assert len(service.seen) == len(nonces) == 3


@pytest.mark.parametrize("answer", [BUSY, "break", 3.0])
def test_what_costs_money_is_never_repeated_without_a_token(call, answer):
    with Service(answer, OK) as service:
        with pytest.raises(errors.MayHaveBeenAppliedError) as caught:
            call(service, SPEND, {"Id": "a"}, attempt_timeout=0.3)
        assert len(service.seen) == 1
        assert caught.value.client_token is None
        assert "DoThing may have been applied" in str(caught.value)


def test_one_call_has_one_token_however_often_it_is_sent(call):
    with Service(BUSY, BUSY, OK) as service:
        call(service, SPEND_WITH_TOKEN, {"Id": "a"})
        paths = {path for path, _, _ in service.seen}
        assert len(service.seen) == 3
        assert len(paths) == 1
        assert "ClientToken=" in paths.pop()
    with Service(BUSY) as service:
        with pytest.raises(errors.MayHaveBeenAppliedError) as caught:
            call(service, SPEND_WITH_TOKEN, {"Id": "a", "ClientToken": "mine"})
        assert (len(service.seen), caught.value.client_token) == (3, "mine")
    with Service(BUSY) as service:
        with pytest.raises(errors.MayHaveBeenAppliedError):
            call(service, SPEND_WITH_TOKEN, {"Id": "a"}, fill_client_token=False)
        assert len(service.seen) == 1


def test_a_refusal_is_not_repeated_and_shows_no_secret(call):
    refusal = {"Code": "InvalidPassword", "Message": "hunter2 and the-key-secret are wrong.", "RequestId": "r"}
    with Service((400, {}, refusal)) as service:
        with pytest.raises(errors.ServiceError) as caught:
            call(service, READ, {"Id": "a", "Password": "hunter2"}, secrets_in_form=True)
        assert str(caught.value) == ("DoThing: the service answers InvalidPassword (HTTP 400): *** and *** are wrong; request r")
        path, _, body = service.seen[0]
        assert (len(service.seen), path, body) == (1, "/?Id=a", "Password=hunter2")


def test_a_failure_under_200_is_a_failure(call):
    told = {"Success": "false", "ErrCode": "X", "ErrMessage": "no %s", "DynamicMessage": "luck", "HttpStatusCode": 403}
    with Service((200, {}, told)) as service, pytest.raises(errors.ServiceError) as caught:
        call(service, READ, {"Id": "a"})
    assert (caught.value.code, caught.value.message, caught.value.real_status) == ("X", "no luck", 403)


def test_a_redirect_is_refused(call):
    with Service((302, {"location": "http://127.0.0.1:1/"}, b"")) as service:
        with pytest.raises(errors.ServiceError, match="redirects are refused"):
            call(service, READ, {"Id": "a"})
        assert len(service.seen) == 1


def test_throttling_waits_as_long_as_it_is_asked_to(call):
    with Service((429, {"x-acs-retry-after": "50"}, {"Code": "Throttling"}), OK) as service:
        call(service, READ, {"Id": "a"})
        assert len(service.seen) == 2
    with Service((429, {"retry-after": "3600"}, {"Code": "Throttling"})) as service:
        with pytest.raises(errors.ThrottledError) as caught:
            call(service, READ, {"Id": "a"})
        assert (len(service.seen), caught.value.retry_after) == (1, 3600)


def test_time_is_bounded(call):
    with Service(3.0) as service, pytest.raises(errors.TimedOutError):
        call(service, READ, {"Id": "a"}, timeout=0.3, attempts=1)


def test_an_answer_that_is_too_large_is_not_taken(call):
    with Service((200, {}, b"[" + b"1," * 4096 + b"1]")) as service, pytest.raises(errors.TransportError) as caught:
        call(service, READ, {"Id": "a"}, body_limit=4096)
    assert caught.value.kind == "answer"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "it is empty"),
        (b"<html></html>", "it is a web page"),
        (b'{"Secret": ', "ends in the middle"),
        (b'{"a": 1, "a": 2}', "says a key twice, at line 1, column 12"),
        (b"\xff", "not UTF-8"),
    ],
)
def test_an_answer_that_cannot_be_read_says_why(call, body, problem):
    with Service((200, {}, body)) as service, pytest.raises(errors.DecodeError, match=problem):
        call(service, READ, {"Id": "a"})


def test_nobody_there(call):
    with Service(OK) as service:
        config = service.config(attempts=1)
    del config
    with pytest.raises(errors.TransportError) as caught:
        call(service, READ, {"Id": "a"}, attempts=1)
    assert caught.value.is_before_sending


def test_what_is_declared_is_enforced_and_the_rest_on_request(call):
    with Service(OK) as service:
        with pytest.raises(errors.ValidationError, match="`Id` is missing"):
            call(service, READ, {})
        call(service, READ, {"Id": "a", "Kind": "z"})
        with pytest.raises(errors.ValidationError, match="`Kind` is `z`"):
            call(service, READ, {"Id": "a", "Kind": "z"}, strict=True)
        assert len(service.seen) == 1


def test_credentials_that_could_smuggle_a_header_are_refused(call):
    with Service(OK) as service:
        for credentials in [Credentials("id\r\nX: 1", "s"), Credentials("", "s"), Credentials("id", "s", "to ken")]:
            with pytest.raises(errors.CredentialsError):
                call(service, READ, {"Id": "a"}, credentials=credentials)
        assert not service.seen


def test_errors_travel_between_processes(call):
    with Service(BUSY) as service, pytest.raises(errors.MayHaveBeenAppliedError) as caught:
        call(service, SPEND_WITH_TOKEN, {"Id": "a", "ClientToken": "mine"}, attempts=1)
    with Service(OK) as service, pytest.raises(errors.ValidationError) as refused:
        call(service, READ, {})
    for error in [caught.value, caught.value.cause, refused.value]:
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again)) == (type(error), str(error))


def test_plain_http_must_be_asked_for():
    with pytest.raises(errors.ConfigurationError, match="not encrypted"):
        SyncClient(API, Config(endpoint="http://127.0.0.1:1"))
    with pytest.raises(errors.ConfigurationError, match="no region"):
        SyncClient(API, Config())


class Listing:
    """A request without types, as pages and waiters see one."""

    def __init__(self, what, request):
        self.what = what
        self.request = request

    def operation(self):
        return self.what

    def to_wire(self):
        return json_to_wire(self.what.table, self.request)

    def check(self):
        return check_json(self.what.table, self.request)

    def decode_answer(self, json):
        return json

    def decode_item(self, json):
        return json


def page(*items, total=5):
    return 200, {}, {"Total": total, "Items": {"Item": list(items)}, "RequestId": str(time.monotonic())}


def test_pages_are_turned():
    with Service(page("a", "b"), page("c", "d"), page("e")) as service:
        with SyncClient(API, service.config()) as client:
            assert list(client.items(Listing(PAGED, {"Id": "a"}))) == ["a", "b", "c", "d", "e"]
        assert [path.rpartition("=")[2] for path, _, _ in service.seen] == ["1", "2", "3"]

    async def run(service):
        async with BaseAsyncClient(API, service.config()) as client:
            return [item async for item in client.items(Listing(PAGED, {"Id": "a", "PageNumber": 2}))]

    with Service(page("c", "d"), page("e")) as service:
        assert asyncio.run(run(service)) == ["c", "d", "e"]
    with Service(page("a", "b")) as service, SyncClient(API, service.config()) as client, pytest.raises(errors.DecodeError, match="does not turn pages"):
        list(client.pages(Listing(PAGED, {"Id": "a"})))


WAITER = operation.Waiter(
    "ThingDone",
    delay=0,
    attempts=3,
    acceptors=[
        operation.Acceptor("success", "Status", ["Done"]),
        operation.Acceptor("failure", "Status", ["Failed"]),
        operation.Acceptor("success", None, ["NotFound"]),
    ],
    reasons=operation.Reasons("Detail", show=["Name"], only="Is", values=["bad"]),
)


def test_waiting_ends():
    def state(text, **more):
        return 200, {}, {"Status": text, **more}

    def wait(*answers, what=READ):
        with Service(*answers) as service, SyncClient(API, service.config(attempts=1)) as client:
            return client.wait(WAITER, Listing(what, {"Id": "a"}))

    assert wait(state("Going"), BUSY, state("done"))["Status"] == "done"
    assert wait(state("Going"), (404, {}, {"Code": "NotFound"}))["Code"] == "NotFound"
    with pytest.raises(errors.WaitTimedOutError, match="asked 3 times and still says `Going`"):
        wait(state("Going"))
    with pytest.raises(errors.WaitFailedError) as caught:
        wait(state("FAILED", Detail=[{"Is": "bad", "Name": "x\n"}, {"Is": "good", "Name": "y"}]))
    assert str(caught.value) == "ThingDone: DoThing says `FAILED`:\n  Name: x"
    with pytest.raises(errors.ServiceError):
        wait(BUSY)
    with pytest.raises(errors.ConfigurationError, match="costs money"):
        wait(state("Going"), what=SPEND)
