"""Asks again and again until an answer says that what was waited for is there, or that it will not come. It never knows how a
call is made: it says when, and gets the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .answer import Answer
from .decode import same
from .errors import (
    ConfigurationError,
    Error,
    MayHaveBeenAppliedError,
    ServiceError,
    ThrottledError,
    TimedOutError,
    TransportError,
    WaitFailedError,
    WaitTimedOutError,
)
from .path import all_at, text_at, texts_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .operation import Operation, Reasons, Waiter
    from .value import Json

#: How many calls in a row may fail on the way, once something has come back: waiting takes long, and networks hiccup.
_HICCUPS = 3
#: The longest that a service which is busy may make a waiter pause.
_LONGEST_PAUSE = 300.0
#: Values at most that an error tells of what an answer said last.
_TOLD = 5
_SERVER = 500


class Wait:
    """One wait: call, give what came of it to `answered` or `failed`, sleep for `pause` unless that gave an answer."""

    def __init__(self, waiter: Waiter, operation: Operation, delay: float | None) -> None:
        if operation.effect == "spend":
            raise ConfigurationError(
                f"{waiter.name} cannot ask {operation.action}, which costs money every time: wait with a request that only reads"
            )
        self.waiter = waiter
        self.operation = operation
        self.delay = float(waiter.delay) if delay is None else delay
        self.pause = self.delay
        self._last = ""
        # None before something has come back: whoever has no network should hear it now.
        self._hiccups = 0
        self._calls = 0

    def answered(self, answer: Answer) -> Answer | None:
        """Takes an answer in; gives it back if it is what was waited for."""
        self._hiccups = _HICCUPS
        self.pause = self.delay
        for acceptor in self.waiter.acceptors:
            if acceptor.field is None:
                continue
            state = next(
                (text for text in texts_at(answer.body, acceptor.field) if _is_one(text, acceptor.values)), None
            )
            if state is None:
                continue
            if acceptor.state == "success":
                return answer
            if acceptor.state == "failure":
                reasons = self.waiter.reasons
                told = [] if reasons is None else _tell(reasons, answer.body)
                raise self._failure(state, told, answer.body)
            break
        self._last = self._told(answer.body)
        self._next()
        return None

    def failed(self, error: Error) -> Answer | None:
        """Takes an error in; if that is what was waited for, as an answer: code, message and request ID."""
        self.pause = self.delay
        service = _service(error)
        state = None
        for acceptor in self.waiter.acceptors:
            if acceptor.field is None and service is not None and _is_one(service.code, acceptor.values):
                state = acceptor.state
                break
        if state == "success" and service is not None:
            return _as_answer(service)
        if state == "failure" and service is not None:
            raise self._failure(service.code, [[("Message", service.message)]], _as_answer(service).body) from error
        if state == "retry":
            self._hiccups = _HICCUPS
        elif isinstance(error, ThrottledError):
            self._hiccups = _HICCUPS
            self.pause = max(self.delay, min(error.retry_after or 0.0, _LONGEST_PAUSE))
        elif _is_hiccup(error) and self._hiccups:
            self._hiccups -= 1
        else:
            raise error
        if service is not None:
            self._last = service.code
        self._next()
        return None

    def _next(self) -> None:
        self._calls += 1
        if self._calls >= self.waiter.attempts:
            raise WaitTimedOutError(self.waiter.name, self.operation.action, self.waiter.attempts, self._last)

    def _failure(self, state: str, reasons: list[list[tuple[str, str]]], answer: Json) -> WaitFailedError:
        return WaitFailedError(self.waiter.name, self.operation.action, state, reasons, answer)

    def _told(self, body: Json) -> str:
        """What an answer says where the waiter looks."""
        told: list[str] = []
        for acceptor in self.waiter.acceptors:
            for text in () if acceptor.field is None else texts_at(body, acceptor.field):
                if len(told) < _TOLD and text not in told:
                    told.append(text)
        return ", ".join(told)


def _is_one(text: str, values: Iterable[str]) -> bool:
    return any(same(value, text.strip()) for value in values)


def _service(error: Error) -> ServiceError | None:
    """What the service said, if it said something."""
    if isinstance(error, MayHaveBeenAppliedError):
        return _service(error.cause)
    return error if isinstance(error, ServiceError) else None


def _is_hiccup(error: Error) -> bool:
    """Whether the next call may well go through."""
    if isinstance(error, TransportError):
        return error.kind in {"connect", "timeout", "interrupted"}
    if isinstance(error, ServiceError):
        return error.status >= _SERVER
    return isinstance(error, TimedOutError)


def _as_answer(error: ServiceError) -> Answer:
    body = {"Code": error.code, "Message": error.message}
    if error.request_id is not None:
        body["RequestId"] = error.request_id
    return Answer(error.status, error.request_id, body)


def _tell(reasons: Reasons, body: Json) -> list[list[tuple[str, str]]]:
    """What an answer says of a failure."""
    told = []
    for item in all_at(body, reasons.items):
        if reasons.only is not None and not _any_is(item, reasons.only, reasons.values):
            continue
        shown = [(name, text_at(item, name)) for name in reasons.show]
        reason = [(name, text) for name, text in shown if text is not None]
        if reason:
            told.append(reason)
    return told


def _any_is(item: Json, field: str, values: Sequence[str]) -> bool:
    return any(_is_one(text, values) for text in texts_at(item, field))
