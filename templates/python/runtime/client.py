"""The client for code that waits."""

from __future__ import annotations

import threading
import time
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from . import http
from .call import Core, NeedCredentials, Send, settled
from .config import Config
from .credentials import default_provider, provide
from .errors import ConfigurationError, Error
from .pages import Turner
from .untyped import check_json, json_to_wire
from .wait import Wait

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from typing_extensions import Self

    from .answer import Answer
    from .call import Given, Need, Reply
    from .model import Answer as A
    from .model import Item as I
    from .model import PagedRequest, Request
    from .operation import Api, Operation, Waiter
    from .value import Json
    from .violation import Violations
    from .wire import Wire

T = TypeVar("T")


class SyncClient:
    """Calls the actions of one API."""

    def __init__(self, api: Api, config: Config | None = None) -> None:
        config = Config().with_environment(api) if config is None else config
        self._core = Core(api, config)
        self._source: Any = config.credentials
        self._lock = threading.Lock()
        self._http: Any = http.library().Client(**http.options(config))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._core.endpoint})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of its connections."""
        self._http.close()

    def send(self, request: Request[A]) -> A:
        """Sends a request: checked, signed, repeated where that is safe, decoded. Raises `Error`."""
        operation = request.operation()
        answer, token = self._exchange(operation, request.to_wire(), request.check())
        read = request.decode_answer(answer.body)
        if read is None:
            error = answer.unreadable(operation.action, "it is not what the action is known to answer")
            # The service has acted, or says so in words that nobody understands.
            settled(error, operation, token)
            raise error
        return read

    def send_raw(self, request: Request[A]) -> Answer:
        """The same, with the answer as it came."""
        return self._exchange(request.operation(), request.to_wire(), request.check())[0]

    def pages(self, request: PagedRequest[A, I]) -> Iterator[A]:
        """The answer's pages, from the one that the request asks for, or else the first."""
        for answer, turner in self._turn(request):
            page = request.decode_answer(answer.body)
            if page is None:
                raise answer.unreadable(turner.operation.action, "it is not what the action is known to answer")
            yield page

    def items(self, request: PagedRequest[A, I]) -> Iterator[I]:
        """What the pages list, one by one."""
        for answer, turner in self._turn(request):
            for json in turner.items(answer):
                item = request.decode_item(json)
                if item is None:
                    message = f"an element of `{turner.paging.items}` is not what it is known to be"
                    raise answer.unreadable(turner.operation.action, message)
                yield item

    def wait(self, waiter: Waiter, request: Request[A]) -> A:
        """Asks until what a waiter waits for is there. Raises `WaitFailedError` if it will not come, `WaitTimedOutError` if it
        did not come in time, or why there was no answer."""
        operation, wire, violations = request.operation(), request.to_wire(), request.check()
        wait = Wait(waiter, operation, self._core.config.wait_delay)
        while True:
            try:
                answer = self._exchange(operation, wire, violations)[0]
            except Error as error:
                found = wait.failed(error)
            else:
                found = wait.answered(answer)
            if found is not None:
                read = request.decode_answer(found.body)
                if read is None:
                    raise found.unreadable(operation.action, "it is not what the action is known to answer")
                return read
            time.sleep(wait.pause)

    def _turn(self, request: PagedRequest[A, I]) -> Iterator[tuple[Answer, Turner]]:
        operation, violations = request.operation(), request.check()
        turner = Turner(operation, request.to_wire())
        while not turner.over:
            answer = self._exchange(operation, turner.ask(), violations)[0]
            if turner.take(answer):
                yield answer, turner

    def _call_json(
        self, package: str | None, actions: Mapping[str, tuple[str, str]], action: str, request: Json
    ) -> Json:
        operation = operation_of(package, actions, action)
        wire = json_to_wire(operation.table, request, whole=True)
        return self._exchange(operation, wire, check_json(operation.table, request))[0].body

    def _exchange(self, operation: Operation, wire: Wire, violations: Violations) -> tuple[Answer, str | None]:
        return self._run(self._core.exchange(operation, wire, violations))

    def _run(self, call: Generator[Need, Given, T]) -> T:
        try:
            need = next(call)
            while True:
                try:
                    given = self._give(need)
                except Error as error:
                    need = call.throw(error)
                else:
                    need = call.send(given)
        except StopIteration as end:
            result: T = end.value
            return result

    def _give(self, need: Need) -> Given:
        if isinstance(need, NeedCredentials):
            with self._lock:
                if self._source is None:
                    self._source = default_provider()
            return provide(self._source, need.action)
        if isinstance(need, Send):
            return self._sent(need)
        time.sleep(need.seconds)
        return None

    def _sent(self, need: Send) -> Reply:
        httpx, config = http.library(), self._core.config
        end = time.monotonic() + need.within
        try:
            answer = self._http.send(http.request(self._http, need, config), stream=True)
            try:
                body = bytearray()
                for chunk in answer.iter_bytes():
                    body += chunk
                    if len(body) > config.body_limit:
                        raise http.too_large(need, config.body_limit)
                    # Each read has its own bound; what comes in drops is stopped here.
                    if time.monotonic() > end:
                        raise http.late(need)
            finally:
                answer.close()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise http.failed(need, error) from None
        return answer.status_code, {name.lower(): value for name, value in answer.headers.items()}, bytes(body)


def operation_of(package: str | None, actions: Mapping[str, tuple[str, str]], action: str) -> Operation:
    """An action by its name."""
    if action not in actions:
        from .similar import did_you_mean

        meant = did_you_mean(action, actions)
        raise ConfigurationError(f"there is no action {action!r}" + (f": did you mean {meant}?" if meant else ""))
    operation: Operation = import_module(f"._tables.{actions[action][0]}", package).OPERATION
    return operation
