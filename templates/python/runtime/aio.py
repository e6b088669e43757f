"""The client for async code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from . import http
from .call import Core, NeedCredentials, Send, settled
from .client import operation_of
from .config import Config
from .credentials import default_provider, provide_async
from .errors import CredentialsError, Error
from .pages import Turner
from .untyped import check_json, json_to_wire
from .wait import Wait

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Generator, Mapping

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


class BaseAsyncClient:
    """Calls the actions of one API."""

    def __init__(self, api: Api, config: Config | None = None) -> None:
        config = Config().with_environment(api) if config is None else config
        self._core = Core(api, config)
        self._source: Any = config.credentials
        self._http: Any = http.library().AsyncClient(**http.options(config))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._core.endpoint})"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Lets go of its connections."""
        await self._http.aclose()

    async def send(self, request: Request[A]) -> A:
        """Sends a request: checked, signed, repeated where that is safe, decoded. Raises `Error`."""
        operation = request.operation()
        answer, token = await self._exchange(operation, request.to_wire(), request.check())
        read = request.decode_answer(answer.body)
        if read is None:
            error = answer.unreadable(operation.action, "it is not what the action is known to answer")
            # The service has acted, or says so in words that nobody understands.
            settled(error, operation, token)
            raise error
        return read

    async def send_raw(self, request: Request[A]) -> Answer:
        """The same, with the answer as it came."""
        return (await self._exchange(request.operation(), request.to_wire(), request.check()))[0]

    async def pages(self, request: PagedRequest[A, I]) -> AsyncIterator[A]:
        """The answer's pages, from the one that the request asks for, or else the first."""
        async for answer, turner in self._turn(request):
            page = request.decode_answer(answer.body)
            if page is None:
                raise answer.unreadable(turner.operation.action, "it is not what the action is known to answer")
            yield page

    async def items(self, request: PagedRequest[A, I]) -> AsyncIterator[I]:
        """What the pages list, one by one."""
        async for answer, turner in self._turn(request):
            for json in turner.items(answer):
                item = request.decode_item(json)
                if item is None:
                    message = f"an element of `{turner.paging.items}` is not what it is known to be"
                    raise answer.unreadable(turner.operation.action, message)
                yield item

    async def wait(self, waiter: Waiter, request: Request[A]) -> A:
        """Asks until what a waiter waits for is there. Raises `WaitFailedError` if it will not come, `WaitTimedOutError` if it
        did not come in time, or why there was no answer."""
        operation, wire, violations = request.operation(), request.to_wire(), request.check()
        wait = Wait(waiter, operation, self._core.config.wait_delay)
        while True:
            try:
                answer = (await self._exchange(operation, wire, violations))[0]
            except Error as error:
                found = wait.failed(error)
            else:
                found = wait.answered(answer)
            if found is not None:
                read = request.decode_answer(found.body)
                if read is None:
                    raise found.unreadable(operation.action, "it is not what the action is known to answer")
                return read
            await _anyio().sleep(wait.pause)

    async def _turn(self, request: PagedRequest[A, I]) -> AsyncIterator[tuple[Answer, Turner]]:
        operation, violations = request.operation(), request.check()
        turner = Turner(operation, request.to_wire())
        while not turner.over:
            answer = (await self._exchange(operation, turner.ask(), violations))[0]
            if turner.take(answer):
                yield answer, turner

    async def _call_json(
        self, package: str | None, actions: Mapping[str, tuple[str, str]], action: str, request: Json
    ) -> Json:
        operation = operation_of(package, actions, action)
        wire = json_to_wire(operation.table, request, whole=True)
        return (await self._exchange(operation, wire, check_json(operation.table, request)))[0].body

    async def _exchange(self, operation: Operation, wire: Wire, violations: Violations) -> tuple[Answer, str | None]:
        return await self._run(self._core.exchange(operation, wire, violations))

    async def _run(self, call: Generator[Need, Given, T]) -> T:
        try:
            need = next(call)
            while True:
                try:
                    given = await self._give(need)
                except Error as error:
                    need = call.throw(error)
                else:
                    need = call.send(given)
        except StopIteration as end:
            result: T = end.value
            return result

    async def _give(self, need: Need) -> Given:
        anyio = _anyio()
        if isinstance(need, NeedCredentials):
            if self._source is None:
                self._source = default_provider()
            try:
                with anyio.fail_after(need.within):
                    return await provide_async(self._source, need.action)
            except TimeoutError:
                raise CredentialsError(need.action, f"no credentials came within {need.within:.1f} s") from None
        if isinstance(need, Send):
            try:
                with anyio.fail_after(need.within):
                    return await self._sent(need)
            except TimeoutError:
                raise http.late(need) from None
        await anyio.sleep(need.seconds)
        return None

    async def _sent(self, need: Send) -> Reply:
        httpx, config = http.library(), self._core.config
        try:
            answer = await self._http.send(http.request(self._http, need, config), stream=True)
            try:
                body = bytearray()
                async for chunk in answer.aiter_bytes():
                    body += chunk
                    if len(body) > config.body_limit:
                        raise http.too_large(need, config.body_limit)
            finally:
                await answer.aclose()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise http.failed(need, error) from None
        return answer.status_code, {name.lower(): value for name, value in answer.headers.items()}, bytes(body)


def _anyio() -> Any:
    """What `httpx` itself waits with."""
    import anyio

    return anyio
