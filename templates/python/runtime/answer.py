"""From the bytes of an answer to its JSON, or to the error that it stands for.

The bytes come from outside: whatever they are, there is an error for them. No error holds their text, except what the service
says about a failure, and of that no secret of the request.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from . import decode
from .errors import DecodeError, Error, ServiceError, ThrottledError
from .json_text import TWICE, JsonError, parse
from .redact import Redaction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .value import Json

#: Seconds from which on a clock that is wrong is worth a word: services allow minutes.
_SKEW = 60
#: Details of a refused permission at most.
_DETAILS = 32
_OK, _REDIRECT, _REFUSED, _SERVER, _END = 200, 300, 400, 500, 600
_THROTTLED, _UNAVAILABLE = 429, 503
#: Success without content is what these are for.
_EMPTY = frozenset({202, 204, 205})
_PAGE = "it is a web page: a gateway or a proxy wrote it, not the service"


class Answer:
    """An answer that is no failure. What prints it does not show the body: it may hold what nobody should see."""

    __slots__ = ("body", "request_id", "status")

    def __init__(self, status: int, request_id: str | None, body: Json) -> None:
        #: The HTTP status.
        self.status = status
        #: The request's ID.
        self.request_id = request_id
        #: What the service says.
        self.body = body

    def __repr__(self) -> str:
        return f"Answer(status={self.status}, request_id={self.request_id!r})"

    def unreadable(self, action: str, message: str) -> DecodeError:
        """The error for an answer that is well-formed and still makes no sense."""
        return DecodeError(action, self.status, self.request_id, message)


class Received:
    """What came back for a request, before anybody has read it."""

    __slots__ = ("action", "at", "body", "headers", "redaction", "secrets", "status")

    def __init__(
        self,
        action: str,
        status: int,
        headers: Mapping[str, str],
        body: bytes,
        secrets: Sequence[str] = (),
        at: float | None = None,
    ) -> None:
        self.action = action
        self.status = status
        #: By names in lower case.
        self.headers = headers
        self.body = body
        #: What must not be seen in an error, since services repeat what they were given.
        self.secrets = secrets
        #: When it came, by this machine's clock.
        self.at = time.time() if at is None else at
        self.redaction: Redaction | None = None

    def read(self) -> Answer:
        """Reads it. Raises `ServiceError` if the service, or something on the way to it, says that the request failed, under
        whatever status; `DecodeError` if it claims success and cannot be read."""
        body, problem = self._parsed()
        if not _OK <= self.status < _REDIRECT:
            raise self._of_status(body, problem)
        if problem is not None:
            raise DecodeError(self.action, self.status, self._request_id(None), problem)
        if decode.boolean(_member(body, "Success")) is False:
            raise self._of_answer(body)
        return Answer(self.status, self._request_id(body), body)

    def _parsed(self) -> tuple[Json, str | None]:
        """The body as JSON, or what is wrong with it in words of ours."""
        try:
            text = self.body.decode()
        except UnicodeDecodeError:
            return None, "it is not UTF-8"
        text = text.lstrip("\ufeff").strip()
        if not text:
            return ({}, None) if self.status in _EMPTY else (None, "it is empty")
        if text.startswith("<"):
            media = self.headers.get("content-type", "").lower()
            is_page = "html" in media or text[:14].lower().startswith(("<!doctype html", "<html"))
            return None, _PAGE if is_page else "it is XML, and JSON was asked for"
        try:
            return parse(text, unique=True), None
        except JsonError as error:
            if error.problem.startswith("EOF"):
                return None, "it is JSON that ends in the middle"
            if error.problem == TWICE:
                return None, f"it is JSON that says a key twice, at line {error.line}, column {error.column}"
            return None, f"it is not JSON: {error}"

    def _of_status(self, body: Json, problem: str | None) -> Error:
        code = f"HTTP{self.status}"
        if self.status < _REFUSED:
            return self._error(code, "redirects are refused: check the endpoint and the proxy settings", None)
        if problem is not None:
            return self._error(code, f"the answer cannot be read: {problem}", None)
        code = _text(body, "Code", "ErrCode", "ErrorCode") or code
        return self._error(code, _text(body, "Message", "ErrMessage", "ErrorMessage") or "", body)

    def _of_answer(self, body: Json) -> Error:
        code = _text(body, "ErrCode", "Code", "DynamicCode") or f"HTTP{self.status}"
        message, dynamic = _text(body, "ErrMessage", "Message"), _text(body, "DynamicMessage")
        if message is not None and dynamic is not None:
            # The message is a sentence with a gap, and the other one is what belongs there.
            message = message.replace("%s", dynamic, 1)
        return self._error(code, message or dynamic or "it says `Success: false`", body)

    def _shown(self, text: str) -> str:
        if self.redaction is None:
            self.redaction = Redaction(self.secrets)
        return self.redaction.apply(text)

    def _request_id(self, body: Json) -> str | None:
        known = _text(body, "RequestId") or self.headers.get("x-acs-request-id") or None
        return None if known is None else self._shown(known)

    def _error(self, code: str, message: str, body: Json) -> Error:
        busy = _whole(self.headers.get("x-acs-retry-after"))
        later = self._later(self.headers.get("retry-after"))
        throttled = (
            self.status == _THROTTLED
            or busy is not None
            or "throttling" in code.lower()
            or (self.status == _UNAVAILABLE and later is not None)
        )
        recommendation = _text(body, "Recommend")
        error = (ThrottledError if throttled else ServiceError)(
            action=self.action,
            status=self.status,
            told_status=_told_status(body) if self.status < _REDIRECT else None,
            code=self._shown(code),
            message=self._shown(message.strip()),
            request_id=self._request_id(body),
            recommendation=None if recommendation is None else self._shown(recommendation),
            access_denied=self._details(_member(body, "AccessDeniedDetail")),
            clock_ahead=self._clock_ahead(code.lower()),
        )
        if isinstance(error, ThrottledError):
            error.retry_after = busy / 1000 if busy is not None else later
        return error

    def _details(self, details: Json) -> tuple[tuple[str, str], ...]:
        from .value import text_of

        if not isinstance(details, dict):
            return ()
        texts = ((name, decode.text(value) or text_of(value)) for name, value in details.items() if value is not None)
        shown = [(self._shown(name), self._shown(text)) for name, text in texts]
        return tuple(pair for pair in shown if pair[1])[:_DETAILS]

    def _later(self, text: str | None) -> float | None:
        """How long a `Retry-After` asks to wait: in seconds, or until a date."""
        seconds = _whole(text)
        if seconds is not None or not text:
            return seconds
        until = _date(text)
        return None if until is None else max(0.0, until - int(self.at))

    def _clock_ahead(self, code: str) -> int | None:
        """How far this machine's clock is ahead, if the service complains about the time and that is the reason."""
        if "timestamp" not in code and "timetooskewed" not in code:
            return None
        there = _date(self.headers.get("date", ""))
        ahead = None if there is None else int(self.at) - int(there)
        return ahead if ahead is not None and abs(ahead) >= _SKEW else None


def _whole(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _date(text: str) -> float | None:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _told_status(body: Json) -> int | None:
    """The status of a failure that an answer tells under a status of success."""
    told = decode.int64(_member(body, "HttpStatusCode"))
    return told if told is not None and _REFUSED <= told < _END else None


def _text(json: Json, *names: str) -> str | None:
    """The first of these members that says something."""
    for name in names:
        text = decode.text(_member(json, name))
        if text is not None and text.strip():
            return text.strip()
    return None


def _member(json: Json, name: str) -> Json:
    """A member, under its name in any spelling: `RequestId`, `requestId`, `request_id`."""
    if not isinstance(json, dict):
        return None
    if name in json:
        return json[name]
    return next((value for other, value in json.items() if decode.same(other.replace("_", ""), name)), None)
