"""How bytes get to a server and back, with `httpx`: no redirect is followed, nothing is repeated, and no URL's query, header's
value or body gets into an error."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

from .errors import ConfigurationError, TransportError, TransportKind

if TYPE_CHECKING:
    import httpx

    from .call import Send
    from .config import Config


def library() -> Any:
    """`httpx`, which models and validators do without."""
    try:
        import httpx
    except ImportError as error:
        message = "a client needs `httpx`: install this package with its extra `client`"
        raise ConfigurationError(message) from error
    return httpx


def options(config: Config) -> dict[str, Any]:
    """How connections are made. Proxies come from the environment, as everybody's do."""
    trusted = ssl.create_default_context()
    trusted.minimum_version = ssl.TLSVersion.TLSv1_2
    if config.trust is not None:
        try:
            trusted.load_verify_locations(cadata=config.trust)
        except (ssl.SSLError, ValueError) as error:
            message = "a certificate is no PEM"
            raise ConfigurationError(message) from error
    return {"verify": trusted, "follow_redirects": False, "timeout": None}


def request(client: Any, need: Send, config: Config) -> httpx.Request:
    """A request for the library."""
    signed = need.request
    timeouts = library().Timeout(need.within, connect=min(config.connect_timeout, need.within))
    built: httpx.Request = client.build_request(
        signed.method,
        f"{signed.endpoint}{signed.target}",
        headers=[(field.name, field.value.encode()) for field in signed.headers],
        content=signed.body,
        timeout=timeouts,
    )
    return built


def late(need: Send) -> TransportError:
    """The time is over."""
    host = need.request.endpoint.authority
    return TransportError(need.action, host, "timeout", f"no answer within {need.within * 1000:.0f} ms")


def too_large(need: Send, most: int) -> TransportError:
    """The answer is larger than allowed."""
    host = need.request.endpoint.authority
    return TransportError(need.action, host, "answer", f"the answer is larger than {most} bytes")


def failed(need: Send, error: Exception) -> TransportError:
    """What an error of the library means."""
    httpx = library()
    said = str(error)
    kind: TransportKind = "interrupted"
    if isinstance(error, (httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ConnectError, httpx.ProxyError)):
        kind = "tls" if _is_tls(error) else "connect"
    elif isinstance(error, httpx.TimeoutException):
        return late(need)
    elif isinstance(error, httpx.DecodingError):
        kind = "answer"
    elif isinstance(error, (httpx.LocalProtocolError, httpx.UnsupportedProtocol, httpx.InvalidURL)):
        kind = "request"
    elif isinstance(error, httpx.RemoteProtocolError) and "disconnected" not in said and "closed" not in said:
        # The connection held, and what came over it is no HTTP.
        kind = "answer"
    if not said or "://" in said or "?" in said:
        said = type(error).__name__
    return TransportError(need.action, need.request.endpoint.authority, kind, said)


def _is_tls(error: BaseException) -> bool:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLError):
            return True
        seen = seen.__cause__ or seen.__context__
    text = str(error)
    return "SSL" in text or "certificate" in text
