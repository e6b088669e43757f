"""Signatures: what proves to the service who asks. Pure functions of texts."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote

if TYPE_CHECKING:
    from collections.abc import Iterable

#: A name and a value.
Pair = tuple[str, str]

#: The signature in a header, over the whole request: what the vendor's SDKs use.
ACS3 = "ACS3-HMAC-SHA256"
#: The same with the hash function SM3.
ACS3_SM3 = "ACS3-HMAC-SM3"
#: The older signature in the query string, over the parameters alone.
RPC1 = "HMAC-SHA1"

#: Names that the older signature needs for itself: a parameter that is called so cannot travel beside it.
RESERVED = frozenset(
    {
        "AccessKeyId",
        "Action",
        "Format",
        "SecurityToken",
        "Signature",
        "SignatureMethod",
        "SignatureNonce",
        "SignatureVersion",
        "Timestamp",
        "Version",
    }
)


def encode(text: str) -> str:
    """Percent-encodes a text as signatures want it (RFC 3986): all but letters, digits and `-_.~`."""
    return quote(text, safe="-_.~")


def loose(pairs: Iterable[Pair]) -> str:
    """Pairs as they stand in a URL or a form: as browsers encode them."""
    return "&".join(f"{quote(name, safe=_LOOSE)}={quote(value, safe=_LOOSE)}" for name, value in pairs)


_LOOSE = "-_.~!*'()"


def parse_pairs(text: str) -> list[Pair]:
    """The pairs of a query or a form."""
    return parse_qsl(text, keep_blank_values=True)


def canonical_query(pairs: Iterable[Pair]) -> str:
    """Pairs, sorted by name and value, encoded and joined. An empty value keeps its `=`."""
    # By code point, which is the order of the bytes.
    return "&".join(f"{encode(name)}={encode(value)}" for name, value in sorted(pairs))


def is_signed(name: str) -> bool:
    """Whether a header is signed: `host`, `content-type` and every `x-acs-*`."""
    name = name.lower()
    return name in {"host", "content-type"} or name.startswith("x-acs-")


def payload_hash(algorithm: str, body: bytes) -> str:
    """The hash of the body, as it stands in `x-acs-content-sha256`."""
    return hashlib.new(_hash(algorithm), body).hexdigest()


def _hash(algorithm: str) -> str:
    return "sm3" if algorithm == ACS3_SM3 else "sha256"


def canonical(method: str, path: str, query: Iterable[Pair], headers: Iterable[Pair], digest: str) -> Pair:
    """The request as it is signed, and the names of its headers. `query`: decoded; `headers`: those to sign."""
    values: dict[str, list[str]] = {}
    for name, value in headers:
        values.setdefault(name.lower(), []).append(value.strip())
    lines = "".join(f"{name}:{','.join(sorted(values[name]))}\n" for name in sorted(values))
    names = ";".join(sorted(values))
    return f"{method}\n{path}\n{canonical_query(query)}\n{lines}\n{names}\n{digest}", names


def string_to_sign(algorithm: str, request: str) -> str:
    """What is signed: the algorithm and the hash of the canonical request."""
    return f"{algorithm}\n{payload_hash(algorithm, request.encode())}"


def signature(algorithm: str, secret: str, text: str) -> str:
    """The signature, in hexadecimal."""
    return hmac.new(secret.encode(), text.encode(), _hash(algorithm)).hexdigest()


def authorization(algorithm: str, access_key_id: str, names: str, signed: str) -> str:
    """The value of the `Authorization` header."""
    return f"{algorithm} Credential={access_key_id},SignedHeaders={names},Signature={signed}"


def rpc1_string_to_sign(method: str, pairs: Iterable[Pair]) -> str:
    """What the older signature signs. `pairs`: the decoded parameters of query and form."""
    return f"{method}&%2F&{encode(canonical_query(pairs))}"


def rpc1_signature(secret: str, text: str) -> str:
    """The older signature, in Base64."""
    return base64.b64encode(hmac.new(f"{secret}&".encode(), text.encode(), "sha1").digest()).decode()
