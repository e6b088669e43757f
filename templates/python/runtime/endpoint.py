"""Where a service answers: the host of a region, and the grammar that every host and region is held to before anything is done
with it. What it refuses, a URL parser might read as another host. What is refused is not shown: it may be a secret by mistake."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .errors import ConfigurationError

if TYPE_CHECKING:
    from .operation import Api

_REGION = re.compile(r"[a-z]{2,}-[a-z0-9-]*[a-z0-9]", re.ASCII)
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_PORT = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
_NETWORK = re.compile(r"[a-z]{0,16}", re.ASCII)
_LONGEST_REGION = 63
_LONGEST_HOST = 253
_LAST_PORT = 65535


class Endpoint:
    """A host to send requests to."""

    __slots__ = ("authority", "is_plain")

    def __init__(self, authority: str, *, is_plain: bool) -> None:
        #: The host, and the port if one is named.
        self.authority = authority
        #: Requests are not encrypted.
        self.is_plain = is_plain

    @property
    def scheme(self) -> str:
        """`https` or `http`."""
        return "http" if self.is_plain else "https"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}"

    @classmethod
    def parse(cls, text: str) -> Endpoint:
        """Reads `host`, `host:port`, `https://host` or, for what is not encrypted, `http://host`."""
        scheme, mark, authority = text.partition("://")
        if not mark:
            scheme, authority = "https", text
        if scheme not in {"https", "http"}:
            raise ConfigurationError("an endpoint begins with `https://` or with the host itself")
        host, mark, port = authority.rpartition(":")
        if not mark or "]" in port:
            host, mark, port = authority, "", ""
        if not _host_fits(host):
            raise ConfigurationError(
                "an endpoint is a host name in lower case or an IP address, with a port if need be: no user, path or query"
            )
        if mark and not (_PORT.fullmatch(port) and int(port) <= _LAST_PORT):
            raise ConfigurationError("the endpoint's port is a number from 1 to 65535")
        return cls(authority, is_plain=scheme == "http")

    @classmethod
    def of_region(cls, api: Api, region: str, network: str = "") -> Endpoint:
        """The host of an API in a region: the region's own if the API lists it, else the one that its pattern gives."""
        if region != "public" and (len(region) > _LONGEST_REGION or not _REGION.fullmatch(region)):
            raise ConfigurationError("a region is like `cn-hangzhou`: lower-case letters, then `-`, letters and digits")
        if not _NETWORK.fullmatch(network):
            raise ConfigurationError("a network is a word in lower case, like `vpc`")
        host = api.regions.get(region)
        if host is None and api.pattern is not None:
            suffix = "" if network in {"", "public"} else f"-{network}"
            host = api.pattern.replace("{region}", region).replace("{network}", suffix)
        if host is None:
            raise ConfigurationError(f"{api} lists no endpoint for the region {region}: name one with `endpoint`")
        return cls.parse(host)


def _host_fits(host: str) -> bool:
    import ipaddress

    try:
        if host.startswith("["):
            return host.endswith("]") and "%" not in host and bool(ipaddress.IPv6Address(host[1:-1]))
        if str(ipaddress.IPv4Address(host)) == host:
            return True
    except ValueError:
        if host.startswith("["):
            return False
    labels = host.split(".")
    # A name whose last label begins with a digit is read as an address, in notations that mean other hosts to others.
    named = "a" <= labels[-1][:1] <= "z"
    fits = len(host) <= _LONGEST_HOST and all(_LABEL.fullmatch(label) for label in labels)
    return fits and named and ("." in host or host == "localhost")
