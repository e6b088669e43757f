"""How a client is set up."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .endpoint import Endpoint
from .errors import ConfigurationError
from .sign import ACS3

if TYPE_CHECKING:
    from .credentials import Credentials, Provider
    from .operation import Api

#: The region to call, where the code names none.
REGION = "ALIBABA_CLOUD_REGION_ID"
#: `true`: an endpoint may be `http://…`. For services on this machine alone.
DANGEROUS_ALLOW_HTTP = "ALIBABA_CLOUD_DANGEROUS_ALLOW_HTTP"
#: Milliseconds between two calls of a waiter, in place of what it says itself.
WAIT_DELAY_MS = "ALIBABA_CLOUD_WAIT_DELAY_MS"


class Config:
    """How a client is set up. Times are in seconds."""

    __slots__ = (
        "algorithm",
        "attempt_timeout",
        "attempts",
        "body_limit",
        "connect_timeout",
        "credentials",
        "dangerous_allow_http",
        "endpoint",
        "fill_client_token",
        "network",
        "region",
        "secrets_in_form",
        "strict",
        "timeout",
        "trust",
        "user_agent",
        "wait_delay",
    )

    def __init__(
        self,
        *,
        region: str | None = None,
        network: str = "",
        endpoint: str | None = None,
        credentials: Credentials | Provider | None = None,
        algorithm: str = ACS3,
        strict: bool = False,
        secrets_in_form: bool = False,
        fill_client_token: bool = True,
        attempts: int = 3,
        connect_timeout: float = 5.0,
        attempt_timeout: float = 15.0,
        timeout: float = 60.0,
        body_limit: int = 16 << 20,
        wait_delay: float | None = None,
        user_agent: str | None = None,
        trust: str | None = None,
        dangerous_allow_http: bool = False,
    ) -> None:
        #: The region to call (`cn-hangzhou`). It selects the endpoint; what a request says of a region is the request's.
        self.region = region
        #: The network to call over: `vpc` from within one. Regions whose host the API lists have one host for all networks.
        self.network = network
        #: The host to call, whatever the region.
        self.endpoint = endpoint
        #: What to sign with, or where to get it: anything with the vendor's `get_credential()`. Default: the vendor's chain.
        self.credentials = credentials
        #: How requests are signed: one of the names in `sign`.
        self.algorithm = algorithm
        #: Refuses every request that breaks a known rule, also one that is only read from the documentation. Else only what
        #: is required and the types are enforced, the rest is logged: documents age.
        self.strict = strict
        #: Sends passwords and the like in the form of the request, and not in its URL.
        self.secrets_in_form = secrets_in_form
        #: Whether a client token is made for requests that may have one and have none, so that they can be repeated safely.
        self.fill_client_token = fill_client_token
        #: How often a request is sent at most, if that is safe.
        self.attempts = max(1, attempts)
        #: For making a connection, TLS included.
        self.connect_timeout = connect_timeout
        #: For one attempt, from its first byte to the answer's last.
        self.attempt_timeout = attempt_timeout
        #: For a whole call, with its repetitions and the pauses between.
        self.timeout = timeout
        #: Bytes of an answer's body, after decompression.
        self.body_limit = body_limit
        #: The pause between two calls of a waiter, in place of what the waiter says itself.
        self.wait_delay = wait_delay
        #: What the client calls itself beside its own name.
        self.user_agent = user_agent
        #: An authority's certificates, in PEM, beside the usual ones. There is no switch to trust everything.
        self.trust = trust
        #: Dangerous: lets an endpoint be `http://…`. Parameters, passwords among them, then travel for everybody to read.
        self.dangerous_allow_http = dangerous_allow_http

    def __repr__(self) -> str:
        return f"Config(region={self.region!r}, endpoint={self.endpoint!r})"

    def with_environment(self, api: Api) -> Config:
        """The same, with what is not set taken from the environment: region, endpoint, whether that may be `http://…`."""
        config = Config(**{name: getattr(self, name) for name in self.__slots__})
        config.dangerous_allow_http |= os.environ.get(DANGEROUS_ALLOW_HTTP, "").lower() == "true"
        config.endpoint = self.endpoint or os.environ.get(f"ALIBABA_CLOUD_{api.product.upper()}_ENDPOINT") or None
        config.region = self.region or os.environ.get(REGION) or None
        if config.region is None and config.endpoint is None:
            config.region = _profile_region()
        pause = os.environ.get(WAIT_DELAY_MS)
        if pause and self.wait_delay is None:
            if not (pause.isascii() and pause.isdigit()):
                raise ConfigurationError(f"{WAIT_DELAY_MS} is a number of milliseconds")
            config.wait_delay = int(pause) / 1000
        return config

    def find_endpoint(self, api: Api) -> Endpoint:
        """Where requests go."""
        if self.endpoint is not None:
            endpoint = Endpoint.parse(self.endpoint)
        elif self.region is not None:
            endpoint = Endpoint.of_region(api, self.region, self.network)
        else:
            raise ConfigurationError(f"no region: name one with `region`, or set {REGION} (for example to cn-hangzhou)")
        if endpoint.is_plain and not self.dangerous_allow_http:
            raise ConfigurationError(
                f"the endpoint {endpoint} is not encrypted: passwords would travel for everybody to read. For a service on "
                f"this machine, say `dangerous_allow_http` or set {DANGEROUS_ALLOW_HTTP}=true"
            )
        return endpoint


def _profile_region() -> str | None:
    """The region of the command line's current profile."""
    import json

    try:
        with open(os.path.expanduser("~/.aliyun/config.json"), encoding="utf-8") as file:
            known = json.load(file)
        current = os.environ.get("ALIBABA_CLOUD_PROFILE") or known["current"]
        regions = [profile.get("region_id") for profile in known["profiles"] if profile.get("name") == current]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return regions[0] or None if regions and isinstance(regions[0], (str, type(None))) else None
