"""The vendor's SDK as both judges use it: its actions and its clients."""

import asyncio
import functools
import json
import os
import re
import typing
from pathlib import Path

from alibabacloud_dts20200101 import models
from alibabacloud_dts20200101.client import Client
from alibabacloud_tea_openapi.utils_models import Config

PROJECT = Path(__file__).parents[2]
SPECS = PROJECT / "api-specs/dts/2020-01-01"
DIFFERENCES = json.loads((PROJECT / "tests/vendor/differences.json").read_text("utf-8"))
# The parameters by action that only the SDK has.
ONLY_THEIRS = {}
for name, difference in DIFFERENCES["parameters-only-theirs"].items():
    for action in difference["actions"]:
        ONLY_THEIRS.setdefault(action, set()).add(name)
# A method an action; beside it there are its variants.
METHODS = {
    name.replace("_", ""): name
    for name in dir(Client)
    if hasattr(Client, f"{name}_with_options") or hasattr(Client, f"{name}with_options")
}
# What is in the spec and in the SDK; `differences` looks at the others.
SPECIFIED = sorted(path.stem for path in (SPECS / "actions").glob("*.json"))
ACTIONS = [action for action in SPECIFIED if action.lower() in METHODS]
PROGRAMS = PROJECT / "target/debug"

# The SDK would send even what is for this machine through a proxy.
for variable in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
    os.environ.pop(variable, None)


@functools.cache
def spec(action):
    """An action as the specs have it: the facts, with the overlay merged over them."""
    files = [SPECS / folder / f"{action}.json" for folder in ("actions", "overlays")]
    return functools.reduce(merged, (json.loads(file.read_text("utf-8")) for file in files if file.exists()))


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


def kinds(model):
    """The types of a model's fields, by their names on the wire."""
    kinds = {}
    for name, kind in typing.get_type_hints(model.__init__).items():
        given = kind() if hasattr(kind, "to_map") else [] if typing.get_origin(kind) is list else "x"
        kinds.update(dict.fromkeys(model(**{name: given}).to_map(), kind))
    return kinds


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
    """What the SDK calls a parameter."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def call(client, action, request):
    """Calls an action by its method of the SDK."""
    return getattr(client, METHODS[action.lower()])(request)


def call_async(client, action, request):
    """Calls an action by the SDK's asynchronous client, which spells URLs otherwise."""
    return asyncio.run(getattr(client, f"{METHODS[action.lower()]}_async")(request))


def nested(flat):
    """Dotted names as objects in objects, numbered ones as lists, as the SDK's models have them."""
    made = {}
    for name, value in flat.items():
        *outer, last = name.split(".")
        place = made
        for step in outer:
            place = place.setdefault(step, {})
        place[last] = value
    return listed(made)


def listed(value):
    """Objects whose names are numbers as lists."""
    if not isinstance(value, dict):
        return value
    inner = {name: listed(member) for name, member in value.items()}
    return list(inner.values()) if inner and all(name.isdigit() for name in inner) else inner
