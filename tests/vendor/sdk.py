"""The vendor's SDK as both judges use it: its five actions and its clients."""

import functools
import json
import os
import re
from pathlib import Path

from alibabacloud_dts20200101 import models
from alibabacloud_dts20200101.client import Client
from alibabacloud_tea_openapi.utils_models import Config

PROJECT = Path(__file__).parents[2]
SPECS = PROJECT / "api-specs/dts/2020-01-01"
ACTIONS = [
    "ConfigureSynchronizationJob",
    "CreateSynchronizationJob",
    "DescribeSynchronizationJobStatus",
    "DescribeSynchronizationJobs",
    "StartSynchronizationJob",
]
PROGRAMS = PROJECT / "target/debug"

# The SDK would send even what is for this machine through a proxy.
for variable in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
    os.environ.pop(variable, None)


@functools.cache
def spec(action):
    """An action as the specs have it: the facts, with the overlay merged over them."""
    facts, overlay = (
        json.loads((SPECS / folder / f"{action}.json").read_text("utf-8")) for folder in ("actions", "overlays")
    )
    return merged(facts, overlay)


def merged(value, patch):
    """A JSON Merge Patch (RFC 7396)."""
    if not isinstance(patch, dict):
        return patch
    value = dict(value) if isinstance(value, dict) else {}
    for name, change in patch.items():
        if change is None:
            value.pop(name, None)
        else:
            value[name] = merged(value.get(name), change)
    return value


def request_model(action):
    """The SDK's class for requests of an action."""
    return getattr(models, f"{action}Request")


def client(endpoint, key, token=None, algorithm=None, retry=None):
    """A client of the SDK for an endpoint `host:port`; `key` is the access key's ID and its secret."""
    return Client(
        Config(
            endpoint=endpoint,
            protocol="http",
            region_id="cn-hangzhou",
            access_key_id=key[0],
            access_key_secret=key[1],
            security_token=token,
            signature_algorithm=algorithm,
            retry_options=retry,
        )
    )


def snake(name):
    """What the SDK calls an action or a parameter."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def call(client, action, request):
    """Calls an action by its method of the SDK."""
    return getattr(client, snake(action))(request)
