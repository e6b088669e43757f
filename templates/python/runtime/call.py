"""One call: as many attempts as are safe and needed. It never knows how bytes travel or time passes: it says what it needs next,
and a driver, sync or async, gives it."""

from __future__ import annotations

import logging
import platform
import random
import sys
import threading
import time
from typing import TYPE_CHECKING, Union

from .answer import Answer, Received
from .credentials import Credentials
from .errors import (
    ConfigurationError,
    CredentialsError,
    DecodeError,
    Error,
    MayHaveBeenAppliedError,
    ServiceError,
    ThrottledError,
    TimedOutError,
    TransportError,
    ValidationError,
)
from .prepare import Outgoing, Signed, Stamp, random_hex
from .violation import Code, Violations

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from .config import Config
    from .operation import Api, Operation
    from .wire import Wire

_LOG = logging.getLogger(__name__)

#: The longest that is waited before the first repetition, and before any.
_FIRST = 0.1
_LONGEST = 20.0
_SERVER = 500
_TRANSIENT = frozenset({500, 502, 503, 504})
_BASIC = frozenset({Code.MISSING, Code.UNKNOWN_PARAMETER, Code.TYPE, Code.JSON})


class NeedCredentials:
    """Something to sign with is needed, within so many seconds."""

    __slots__ = ("action", "within")

    def __init__(self, action: str, within: float) -> None:
        self.action = action
        self.within = within


class Send:
    """A request is to be sent, once, within so many seconds. Its answer is status, headers in lower case, and body."""

    __slots__ = ("action", "request", "within")

    def __init__(self, action: str, request: Signed, within: float) -> None:
        self.action = action
        self.request = request
        self.within = within


class Sleep:
    """So many seconds are to pass."""

    __slots__ = ("seconds",)

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds


#: What a call needs next.
Need = Union[NeedCredentials, Send, Sleep]
#: What comes back for `Send`.
Reply = tuple[int, "Mapping[str, str]", bytes]
#: What a driver gives.
Given = Union[Credentials, Reply, None]


class Quota:
    """What all calls of a client may spend on repetitions together: when a service is down, clients that repeat everything keep
    it down. A repetition costs, a success earns."""

    FULL = 500
    PRICE = 5

    def __init__(self) -> None:
        self._left = Quota.FULL
        self._lock = threading.Lock()

    def pay(self) -> bool:
        """Pays for a repetition, if there is enough left."""
        with self._lock:
            if self._left < Quota.PRICE:
                return False
            self._left -= Quota.PRICE
            return True

    def earn(self, *, was_repeated: bool) -> None:
        """A call came through: one that had been repeated gives back what that cost."""
        with self._lock:
            self._left = min(Quota.FULL, self._left + (Quota.PRICE if was_repeated else 1))


class Core:
    """What a client is, but for its connections."""

    def __init__(self, api: Api, config: Config) -> None:
        self.api = api
        self.config = config
        self.endpoint = config.find_endpoint(api)
        self.quota = Quota()
        suffix = "" if config.user_agent is None else f" {config.user_agent}"
        version = ".".join(str(part) for part in sys.version_info[:3])
        self.user_agent = f"bindery ({platform.system().lower()}; {platform.machine()}) python/{version}{suffix}"
        if any(not " " <= letter < "\x7f" for letter in self.user_agent):
            raise ConfigurationError("the user agent may hold printable ASCII alone")
        if self.endpoint.is_plain:
            _LOG.warning("requests to %s are sent without encryption", self.endpoint.authority)

    def exchange(
        self, operation: Operation, wire: Wire, violations: Violations
    ) -> Generator[Need, Given, tuple[Answer, str | None]]:
        """The answer, and the client token that the request carried."""
        self._enforce(operation, violations)
        wire = wire.copy()
        token = self._token(operation, wire)
        config = self.config
        secrets = wire.secrets()
        outgoing = Outgoing(
            operation,
            wire,
            self.endpoint,
            user_agent=self.user_agent,
            algorithm=config.algorithm,
            secrets_in_form=config.secrets_in_form,
        )
        end = time.monotonic() + config.timeout
        # Sending it twice must be as good as sending it once.
        repeatable = operation.effect == "read" or token is not None
        # An earlier attempt may have been applied, whatever becomes of the later ones.
        is_unsettled = False
        attempt, bound = 1, _FIRST
        while True:
            try:
                answer = yield from self._attempt(outgoing, secrets, end)
            except Error as error:
                is_unsettled = is_unsettled or _is_ambiguous(error)
                delay = bound * random.random()
                if isinstance(error, ThrottledError) and error.retry_after is not None:
                    delay = error.retry_after + min(delay, _FIRST)
                bound = min(_LONGEST, 2 * bound)
                has_time = delay < end - time.monotonic()
                again = repeatable and attempt < config.attempts and _is_transient(error) and has_time
                if not again or not self.quota.pay():
                    if is_unsettled:
                        settled(error, operation, token)
                    raise
                _LOG.debug("%s: attempt %d failed, sent again after %.3f s", operation.action, attempt, delay)
            else:
                self.quota.earn(was_repeated=attempt > 1)
                return answer, token
            yield Sleep(delay)
            attempt += 1

    def _attempt(self, outgoing: Outgoing, secrets: list[str], end: float) -> Generator[Need, Given, Answer]:
        action = outgoing.operation.action
        started = time.monotonic()
        left = end - started
        credentials = yield NeedCredentials(action, left)
        if time.monotonic() >= end:
            # Nothing has been sent: it must not look as if it had been.
            raise CredentialsError(action, f"no credentials came within {left:.1f} s")
        if not isinstance(credentials, Credentials):
            message = "a driver gives credentials"
            raise TypeError(message)
        signed = outgoing.sign(credentials, Stamp())
        within = min(self.config.attempt_timeout, end - time.monotonic())
        try:
            reply = yield Send(action, signed, within)
        except TransportError as error:
            if error.kind == "timeout":
                raise TimedOutError(action, self.endpoint.authority, time.monotonic() - started) from error
            raise
        if not isinstance(reply, tuple):
            message = "a driver gives a reply"
            raise TypeError(message)
        hidden = [*secrets, credentials.access_key_secret.expose()]
        if credentials.security_token is not None:
            hidden.append(credentials.security_token.expose())
        return Received(action, reply[0], reply[1], reply[2], hidden).read()

    def _enforce(self, operation: Operation, violations: Violations) -> None:
        """What upstream declares is enforced, what its prose says only on request: the rest is logged."""
        enforced = [
            violation
            for violation in violations
            # What stands inside of a JSON text, the prose alone says.
            if violation.severity == "error"
            and (
                self.config.strict
                or (violation.code in _BASIC and violation.rule is None and "#" not in violation.path)
            )
        ]
        if enforced:
            raise ValidationError(operation.action, Violations(enforced))
        for violation in violations:
            _LOG.warning("%s: the documentation says that this will not be accepted: %s", operation.action, violation)

    def _token(self, operation: Operation, wire: Wire) -> str | None:
        """The token that the request carries; a new one if it carries none and may."""
        if operation.token is None:
            return None
        given = wire.get(operation.table, operation.token)
        if given:
            return given
        if operation.effect == "read" or not self.config.fill_client_token:
            return None
        token = random_hex()
        wire.set(operation.table, operation.token, token)
        return token


def _is_transient(error: Error) -> bool:
    """Whether the same request may succeed a moment later."""
    if isinstance(error, ServiceError):
        return isinstance(error, ThrottledError) or error.real_status in _TRANSIENT
    if isinstance(error, TransportError):
        return error.kind in {"connect", "interrupted"}
    return isinstance(error, TimedOutError)


def _is_ambiguous(error: Error) -> bool:
    """Whether the service may have acted, although it did not say so."""
    if isinstance(error, ServiceError):
        return error.real_status >= _SERVER
    if isinstance(error, TransportError):
        return not error.is_before_sending
    if isinstance(error, DecodeError):
        return not 300 <= error.status < _SERVER
    return isinstance(error, TimedOutError)


def settled(error: Error, operation: Operation, token: str | None) -> None:
    """Raises another error for a call that may have been applied, if its action does more than read."""
    if operation.effect != "read":
        raise MayHaveBeenAppliedError(operation.action, error, token) from error
