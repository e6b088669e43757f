"""What can come of a call instead of an answer.

No error holds a secret, a URL's query or a body. Each says what went wrong, in which action, under which request ID, and what to
do where that is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .violation import ViolationError

if TYPE_CHECKING:
    from .value import Json
    from .violation import Violations

#: What kind of failure on the way it is. `request`, `connect` and `tls`: the service has seen nothing of the request.
TransportKind = Literal["request", "connect", "tls", "timeout", "interrupted", "answer"]

_SERVER = 500
_TOLD = {
    "request": "the request cannot be sent",
    "connect": "no connection",
    "tls": "no encrypted connection that can be trusted",
    "timeout": "the time was over",
    "interrupted": "the connection broke",
    "answer": "the answer cannot be taken",
}
_ADVICE = {
    "SignatureDoesNotMatch": "Check the access key's secret: it does not fit the key's ID.",
    "IncompleteSignature": "Check the access key's secret: it does not fit the key's ID.",
    "InvalidAccessKeyId.NotFound": "Check the access key's ID, and that the key is still there.",
    "InvalidAccessKeyId": "Check the access key's ID, and that the key is still there.",
    "InvalidAccessKeyId.Inactive": "The access key is switched off: use another one.",
    "InvalidSecurityToken.Expired": "Get new temporary credentials.",
    "MissingSecurityToken": "Temporary credentials need the security token that came with them.",
    "InvalidSecurityToken.MismatchWithAccessKey": "Temporary credentials need the security token that came with them.",
    "InvalidSecurityToken.Malformed": "Temporary credentials need the security token that came with them.",
    "Forbidden": "Have the account's administrator grant the permission.",
    "NoPermission": "Have the account's administrator grant the permission.",
    "Forbidden.RAM": "Have the account's administrator grant the permission.",
    "InvalidRegionId": "Check the region: of the client, and of the request's RegionId.",
    "InvalidRegion": "Check the region: of the client, and of the request's RegionId.",
    "InvalidRegionId.NotFound": "Check the region: of the client, and of the request's RegionId.",
    "InvalidAction.NotFound": "Check the endpoint: it seems to belong to another service.",
    "InvalidVersion": "Check the endpoint: it seems to belong to another service.",
    "InvalidProduct.NotFound": "Check the endpoint: it seems to belong to another service.",
}


class Error(Exception):
    """Why a call has no answer."""

    #: The action.
    action: str = ""
    #: The ID of the request, if the service gave one: quote it to the vendor's support.
    request_id: str | None = None

    def _told(self) -> str:
        """What happened, without the action and without advice: what to do depends on what else is known."""
        return str(self)

    def __reduce__(self) -> tuple[object, ...]:
        # Errors travel between processes, whatever their arguments are.
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[Error], args: tuple[object, ...], state: dict[str, object]) -> Error:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class ConfigurationError(Error):
    """The client is set up wrongly: nothing was sent."""


class ValidationError(Error, ViolationError):
    """The request breaks what the service demands: nothing was sent."""

    def __init__(self, action: str, violations: Violations) -> None:
        ViolationError.__init__(self, violations)
        self.action = action

    def __str__(self) -> str:
        return f"{self.action}: nothing was sent: {self.violations}"


class CredentialsError(Error):
    """There is nothing to sign with: nothing was sent."""

    def __init__(self, action: str, message: str) -> None:
        super().__init__(f"{action}: nothing was sent: {message}")
        self.action = action


class TransportError(Error):
    """No answer came back, and the service has seen nothing of the request or the request only reads."""

    def __init__(self, action: str, host: str, kind: TransportKind, message: str) -> None:
        super().__init__(message)
        self.action = action
        self.host = host
        self.kind: TransportKind = kind
        self.message = message

    @property
    def is_before_sending(self) -> bool:
        """Whether it is certain that the service has not seen the request."""
        return self.kind in {"request", "connect", "tls"}

    def _told(self) -> str:
        return f"{_TOLD[self.kind]}: {self.host}: {self.message}"

    def __str__(self) -> str:
        advice = ""
        if self.kind == "connect":
            advice = ". Check the network, the proxy settings, and the client's region or endpoint."
        elif self.kind == "tls" and "certificate" in self.message:
            advice = ". If a proxy of yours signs connections, give the client its certificate."
        elif self.kind == "tls":
            advice = ". Check that the endpoint speaks TLS 1.2 or newer on that port."
        return f"{self.action}: {self._told()}{advice}"


class TimedOutError(Error):
    """The time was over; the request only reads."""

    def __init__(self, action: str, host: str, after: float) -> None:
        super().__init__(action, host, after)
        self.action = action
        self.host = host
        #: How long it took, in seconds.
        self.after = after

    def _told(self) -> str:
        return f"no answer from {self.host} within {self.after:.1f} s"

    def __str__(self) -> str:
        return f"{self.action}: {self._told()}. Try again, or allow more time."


class ServiceError(Error):
    """The service refused the request or failed."""

    def __init__(
        self,
        *,
        action: str,
        status: int,
        code: str,
        message: str = "",
        request_id: str | None = None,
        told_status: int | None = None,
        recommendation: str | None = None,
        access_denied: tuple[tuple[str, str], ...] = (),
        clock_ahead: int | None = None,
    ) -> None:
        super().__init__(code, message)
        self.action = action
        #: The HTTP status; 200 where the answer itself says that it is a failure.
        self.status = status
        #: The status that the answer itself tells, where HTTP's says success.
        self.told_status = told_status
        #: The code: `InvalidParameter`, `Throttling.User`.
        self.code = code
        #: What the service says about it.
        self.message = message
        self.request_id = request_id
        #: Where the vendor explains the error.
        self.recommendation = recommendation
        #: Why access was denied: `AuthAction`, `NoPermissionType`, … as the service gives them.
        self.access_denied = access_denied
        #: How many seconds the clock of this machine is ahead of the service's, if that seems to be the cause.
        self.clock_ahead = clock_ahead

    @property
    def real_status(self) -> int:
        """The status that counts: what the answer itself tells, else HTTP's."""
        return self.status if self.told_status is None else self.told_status

    def _told(self) -> str:
        if self.code == f"HTTP{self.status}":
            # Nobody gave a code.
            told = f"the answer is HTTP {self.status}"
        else:
            told = f"the service answers {self.code} (HTTP {self.status})"
        if self.message:
            told += f": {self.message.rstrip('.。')}"
        if self.request_id:
            told += f"; request {self.request_id}"
        if self.clock_ahead is not None:
            side = "ahead of" if self.clock_ahead > 0 else "behind"
            told += f"; this machine's clock is {abs(self.clock_ahead)} s {side} the service's: set it"
        # The encoded one tells a person nothing: it is there for whoever takes the error apart.
        for name, value in self.access_denied:
            if not name.startswith("Encoded"):
                told += f"; {name}: {value}"
        if self.recommendation is not None:
            if self.recommendation.startswith("http"):
                told += f"; see {self.recommendation}"
            else:
                told += f"; it recommends: {self.recommendation.rstrip('.')}"
        return told

    def _advice(self) -> str | None:
        advice = _ADVICE.get(self.code)
        if advice is not None:
            return advice
        if self.access_denied:
            return "Have the account's administrator grant the permission."
        if self.clock_ahead is None and "timestamp" in self.code.lower():
            return "Check this machine's clock."
        if self.status >= _SERVER:
            return "Try again later; if it stays so, give the request's ID to the vendor's support."
        return None

    def __str__(self) -> str:
        advice = self._advice()
        return f"{self.action}: {self._told()}{'' if advice is None else f'. {advice}'}"


class ThrottledError(ServiceError):
    """The service has too much to do, or the account asks too often."""

    #: How many seconds it asks to wait.
    retry_after: float | None = None

    def __str__(self) -> str:
        advice = "Ask less often."
        if self.retry_after is not None:
            advice = f"Wait {self.retry_after:.1f} s, then try again."
        return f"{self.action}: {self._told()}. {advice}"


class DecodeError(Error):
    """The answer cannot be read."""

    def __init__(self, action: str, status: int, request_id: str | None, message: str) -> None:
        super().__init__(message)
        self.action = action
        #: The HTTP status.
        self.status = status
        self.request_id = request_id
        #: What is wrong with the answer; never its text.
        self.message = message

    def _told(self) -> str:
        request = "" if self.request_id is None else f"; request {self.request_id}"
        return f"the answer (HTTP {self.status}) cannot be read: {self.message}{request}"

    def __str__(self) -> str:
        return f"{self.action}: {self._told()}"


class MayHaveBeenAppliedError(Error):
    """Nobody knows whether the service acted: look before you call again."""

    def __init__(self, action: str, cause: Error, client_token: str | None) -> None:
        super().__init__(action)
        self.action = action
        #: What came instead of an answer.
        self.cause = cause
        #: The token that the request carried: calling again with it is safe.
        self.client_token = client_token
        self.request_id = cause.request_id

    def __str__(self) -> str:
        advice = "Look before you call again: the client did not repeat it."
        if self.client_token is not None:
            advice = f"Calling again with the same client token ({self.client_token}) is safe."
        return f"{self.action} may have been applied: {self.cause._told()}. {advice}"


class WaitFailedError(Error):
    """What was waited for will not come."""

    def __init__(
        self, waiter: str, action: str, state: str, reasons: list[list[tuple[str, str]]], answer: Json
    ) -> None:
        super().__init__(waiter)
        self.waiter = waiter
        self.action = action
        #: The value that decided.
        self.state = state
        #: What the answer says about it: one entry a failed item, with a name and a text for each thing it tells.
        self.reasons = reasons
        #: The whole answer.
        self.answer = answer

    def __str__(self) -> str:
        told = f"{self.waiter}: {self.action} says `{one_line(self.state)}`"
        for number, reason in enumerate(self.reasons):
            told += "\n  " if number else ":\n  "
            told += "; ".join(f"{name}: {one_line(value.strip())}" for name, value in reason)
        return told


class WaitTimedOutError(Error):
    """What was waited for did not come in time."""

    def __init__(self, waiter: str, action: str, attempts: int, last: str) -> None:
        super().__init__(waiter)
        self.waiter = waiter
        self.action = action
        #: How often it was asked.
        self.attempts = attempts
        #: What it said last, as far as the waiter looks at it.
        self.last = last

    def __str__(self) -> str:
        times = "once" if self.attempts == 1 else f"{self.attempts} times"
        says = f" and still says `{one_line(self.last)}`" if self.last else " and does not tell a state"
        return f"{self.waiter}: {self.action} was asked {times}{says}. Wait again, or longer."


def one_line(text: str) -> str:
    """A text of an answer on one line: it must not steer a terminal, or look like a line of ours."""
    return "".join(" " if is_control(letter) else letter for letter in text)


def is_control(letter: str) -> bool:
    """Whether a letter is a control character."""
    return letter < " " or "\x7f" <= letter <= "\x9f"
