"""From the wire form to bytes: a request as it goes out, and its signature."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from . import sign
from .errors import ConfigurationError
from .wire import HIDDEN, Field

if TYPE_CHECKING:
    from .credentials import Credentials
    from .endpoint import Endpoint
    from .operation import Operation
    from .wire import Wire

_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json; charset=utf-8"


class Stamp:
    """What makes every attempt another request: a number that is used once, and the time."""

    __slots__ = ("date", "nonce")

    def __init__(self, nonce: str | None = None, date: str | None = None) -> None:
        self.nonce = random_hex() if nonce is None else nonce
        self.date = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()) if date is None else date


def random_hex() -> str:
    """128 bits of the operating system's randomness, in hexadecimal."""
    return os.urandom(16).hex()


class Signed:
    """A request as it goes out. What prints it shows neither the body nor what was signed."""

    __slots__ = ("body", "endpoint", "headers", "method", "path", "query", "string_to_sign")

    def __init__(self, outgoing: Outgoing, query: list[Field], headers: list[Field], string_to_sign: str) -> None:
        self.method = outgoing.operation.method
        self.endpoint = outgoing.endpoint
        self.path = outgoing.path
        self.query = query
        self.headers = headers
        self.body = outgoing.body
        #: It holds the parameters of an RPC 1.0 request: not for showing.
        self.string_to_sign = string_to_sign

    def __repr__(self) -> str:
        return f"Signed({self.method} {self.endpoint}, query={self.query}, headers={self.headers})"

    @property
    def target(self) -> str:
        """Path and query. They hold every parameter of the query, passwords included: not for showing."""
        query = sign.loose(_pairs(self.query))
        return f"{self.path}?{query}" if query else self.path


class Outgoing:
    """A request, but for the signature and what it needs."""

    __slots__ = ("algorithm", "body", "endpoint", "form", "headers", "operation", "path", "query")

    def __init__(
        self,
        operation: Operation,
        wire: Wire,
        endpoint: Endpoint,
        *,
        user_agent: str,
        algorithm: str = sign.ACS3,
        secrets_in_form: bool = False,
    ) -> None:
        action, parameters = operation.action, operation.table.parameters
        if wire.host:
            raise ConfigurationError(
                f"{action}: `{wire.host[0].name}` travels in the host name, which this client cannot fill: "
                "name the whole host with `endpoint`"
            )
        in_xml = next((parameter.name for parameter in parameters if parameter.style == "xml"), None)
        if in_xml is not None and wire.body:
            raise ConfigurationError(f"{action}: `{in_xml}` travels as XML, which this client cannot write")
        places = {parameter.place for parameter in parameters}
        query, form = wire.query, wire.form
        if secrets_in_form and operation.method != "GET" and "body" not in places:
            form = form + [field for field in query if field.is_sensitive]
            query = [field for field in query if not field.is_sensitive]
        path, _, always = operation.path.partition("?")
        # Some paths end in a query that is always the same.
        pairs = [pair.partition("=") for pair in always.split("&") if pair]
        query = query + [Field(name, value) for name, _, value in pairs]
        if wire.body and form:
            raise ConfigurationError(f"{action}: a request cannot have both a form and another body")
        self.body = wire.body[0].value.encode() if wire.body else sign.loose(_pairs(form)).encode()
        kind = _JSON if wire.body else _FORM if form else None
        if kind is None:
            kind = _JSON if "body" in places else _FORM if "form" in places else None
        self.headers = [
            Field("host", endpoint.authority),
            Field("x-acs-version", operation.api.version),
            Field("x-acs-action", action),
            Field("user-agent", user_agent),
            Field("accept", "application/json"),
            *([] if kind is None else [Field("content-type", kind)]),
            *wire.header,
        ]
        _harmless(self.headers)
        self.operation = operation
        self.endpoint = endpoint
        self.path = _filled(action, path, wire.path)
        self.query = query
        self.form = form
        self.algorithm = algorithm

    def __repr__(self) -> str:
        return f"Outgoing({self.operation.action}, query={self.query}, form={self.form})"

    def sign(self, credentials: Credentials, stamp: Stamp) -> Signed:
        """Signs one attempt."""
        if self.algorithm == sign.RPC1:
            return self._in_query(credentials, stamp)
        digest = sign.payload_hash(self.algorithm, self.body)
        headers = [
            *self.headers,
            Field("x-acs-date", stamp.date),
            Field("x-acs-signature-nonce", stamp.nonce),
            Field("x-acs-content-sha256", digest),
            Field("x-acs-credentials-provider", credentials.provider),
        ]
        if credentials.security_token is not None:
            headers.append(Field("x-acs-accesskey-id", credentials.access_key_id))
            headers.append(Field("x-acs-security-token", credentials.security_token.expose(), HIDDEN))
        _harmless(headers)
        signed = [pair for pair in _pairs(headers) if sign.is_signed(pair[0])]
        request, names = sign.canonical(self.operation.method, self.path, _pairs(self.query), signed, digest)
        text = sign.string_to_sign(self.algorithm, request)
        signature = sign.signature(self.algorithm, credentials.access_key_secret.expose(), text)
        proof = sign.authorization(self.algorithm, credentials.access_key_id, names, signature)
        headers.append(Field("Authorization", proof))
        return Signed(self, self.query, headers, text)

    def _in_query(self, credentials: Credentials, stamp: Stamp) -> Signed:
        operation = self.operation
        if not operation.api.is_rpc:
            raise ConfigurationError(f"{operation.action}: the signature RPC 1.0 is for APIs with one path: use ACS3")
        taken = next((field.name for field in [*self.query, *self.form] if field.name in sign.RESERVED), None)
        if taken is not None:
            raise ConfigurationError(
                f"{operation.action}: the parameter `{taken}` cannot travel beside an RPC 1.0 signature, which has one of "
                "that name: use ACS3"
            )
        token = credentials.security_token
        query = [
            Field("Action", operation.action),
            Field("Format", "json"),
            Field("Version", operation.api.version),
            Field("Timestamp", stamp.date),
            Field("SignatureNonce", stamp.nonce),
            *([] if token is None else [Field("SecurityToken", token.expose(), HIDDEN)]),
            *self.query,
            Field("SignatureMethod", self.algorithm),
            Field("SignatureVersion", "1.0"),
            Field("AccessKeyId", credentials.access_key_id),
        ]
        text = sign.rpc1_string_to_sign(operation.method, _pairs([*query, *self.form]))
        signature = sign.rpc1_signature(credentials.access_key_secret.expose(), text)
        headers = [*self.headers, Field("x-acs-credentials-provider", credentials.provider)]
        _harmless(headers)
        return Signed(self, [*query, Field("Signature", signature)], headers, text)


def _pairs(fields: list[Field]) -> list[sign.Pair]:
    return [(field.name, field.value) for field in fields]


def _filled(action: str, path: str, given: list[Field]) -> str:
    """The path with its placeholders filled. A value that a URL parser would take for a step up is refused."""
    values = {}
    for field in given:
        if field.value in {"", ".", ".."}:
            raise ConfigurationError(f"{action}: `{field.name}` is a part of the path: it cannot be empty, `.` or `..`")
        values[field.name] = sign.encode(field.value)
    filled, rest = "", path
    while "{" in rest:
        before, _, rest = rest.partition("{")
        name, _, rest = rest.partition("}")
        if name not in values:
            raise ConfigurationError(f"{action}: `{name}` is a part of the path and is missing")
        filled += before + values[name]
    return filled + rest


def _harmless(headers: list[Field]) -> None:
    """A header with a control character could smuggle in another one. Its value is not shown."""
    for field in headers:
        if any(letter < " " or letter == "\x7f" for letter in field.value):
            raise ConfigurationError(
                f"the header `{field.name}` would hold a control character: take it out of the value"
            )
