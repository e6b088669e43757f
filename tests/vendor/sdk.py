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
ACTIONS = sorted(path.stem for path in (SPECS / "actions").glob("*.json"))
PROGRAMS = PROJECT / "target/debug"

# The SDK would send even what is for this machine through a proxy.
for variable in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
    os.environ.pop(variable, None)


@functools.cache
def spec(action):
    """The facts of an action."""
    return json.loads((SPECS / "actions" / f"{action}.json").read_text("utf-8"))


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
