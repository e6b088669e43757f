"""Who signs: credentials of one's own, or whatever the vendor's official library (`alibabacloud-credentials`) finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from .errors import CredentialsError
from .secret import Secret

if TYPE_CHECKING:
    from .value import Json


class Credentials:
    """A key to sign with."""

    __slots__ = ("access_key_id", "access_key_secret", "provider", "security_token")

    def __init__(
        self,
        access_key_id: str,
        access_key_secret: Secret | str,
        security_token: Secret | str | None = None,
        *,
        provider: str | None = None,
    ) -> None:
        self.access_key_id = access_key_id
        self.access_key_secret = Secret.of(access_key_secret)
        #: That of temporary credentials.
        self.security_token = Secret.maybe(security_token)
        #: Where they come from, as the service is told.
        self.provider = provider or ("static_ak" if security_token is None else "static_sts")

    def __repr__(self) -> str:
        return f"Credentials(access_key_id={self.access_key_id!r}, provider={self.provider!r})"

    def check(self, action: str) -> Credentials:
        """The same, if a request can be signed with them: no part is empty, or holds what could smuggle in a header."""
        token = self.security_token
        for what, text in (
            ("access key's ID", self.access_key_id),
            ("access key's secret", self.access_key_secret.expose()),
            ("security token", "x" if token is None else token.expose()),
            ("name of the provider", self.provider),
        ):
            if not text:
                raise CredentialsError(action, f"the {what} is empty")
            if any(not "!" <= letter <= "~" for letter in text):
                raise CredentialsError(
                    action,
                    f"the {what} holds a blank, a line break or another character that it cannot hold: copy it again",
                )
        return self


class Provider(Protocol):
    """A source of credentials, as the vendor's library has them."""

    def get_credential(self) -> Json:
        """What to sign with now."""


def default_provider() -> Any:
    """The vendor's chain of sources: variables, OIDC, the command line's profile, the shared one, ECS, a URI."""
    try:
        from alibabacloud_credentials.client import Client
    except ImportError as error:
        message = "give the client `credentials`, or install `alibabacloud-credentials`, which looks where the vendor's tools do"
        raise CredentialsError("credentials", message) from error
    return Client()


def provide(source: Any, action: str) -> Credentials:
    """The credentials to use now."""
    if isinstance(source, Credentials):
        return source.check(action)
    try:
        return _taken(source.get_credential()).check(action)
    except CredentialsError:
        raise
    except Exception as error:
        raise CredentialsError(action, str(error)) from error


async def provide_async(source: Any, action: str) -> Credentials:
    """The credentials to use now."""
    if isinstance(source, Credentials):
        return source.check(action)
    try:
        ask = getattr(source, "get_credential_async", None)
        return _taken(source.get_credential() if ask is None else await ask()).check(action)
    except CredentialsError:
        raise
    except Exception as error:
        raise CredentialsError(action, str(error)) from error


def _taken(found: Any) -> Credentials:
    if isinstance(found, Credentials):
        return found
    provider = getattr(found, "provider_name", None)
    token = found.security_token or None
    return Credentials(found.access_key_id or "", found.access_key_secret or "", token, provider=provider or None)
