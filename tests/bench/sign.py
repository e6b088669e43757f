"""What it takes the vendor's SDK to make a signed request out of a typed one. Prints µs of processor time each.

`sign.py TIMES < RAW`: RAW is one request as HTTP, as the program `requests` writes it; the SDK makes the same one.
"""

import sys
import time
from pathlib import Path
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

from darabonba.core import DaraCore

sys.path.insert(0, str(Path(__file__).parents[1] / "vendor"))
from sdk import client, request_model  # noqa: E402

ACTION = "ConfigureSynchronizationJob"
ENDPOINT = "dts.aliyuncs.com"


class Signed(BaseException):
    """The request is ready: what comes next would send it. No `Exception`, which the SDK would look into."""


def ready(request, *_):
    """Stands in for what sends."""
    ready.query, ready.body = request.query, request.body
    raise Signed


def typed(pairs):
    """The SDK's request for pairs of the wire."""
    request = {}
    for name, text in pairs:
        outer, _, inner = name.partition(".")
        value = {"true": True, "false": False}.get(text, text)
        if inner:
            request.setdefault(outer, {})[inner] = value
        else:
            request[outer] = value
    return request_model(ACTION)().from_map(request)


def sign(ask, request):
    """One request."""
    try:
        ask(request)
    except Signed:
        return
    raise AssertionError("the SDK did not send")


def main(times):
    """Signs so often."""
    head, _, body = sys.stdin.read().partition("\n")[2].replace("\r\n", "\n").partition("\n\n")
    form = parse_qsl(body)
    query = parse_qsl(urlsplit(head.split()[1]).query)
    request, ask = typed(query + form), client(ENDPOINT, ("testid", "testsecret")).configure_synchronization_job
    with patch.object(DaraCore, "do_action", ready):
        sign(ask, request)
        assert {name: text.lower() for name, text in ready.query.items()} == {name: text.lower() for name, text in query}
        for _ in range(100):
            sign(ask, request)
        begun = time.process_time()
        for _ in range(times):
            sign(ask, request)
        print(f"{(time.process_time() - begun) * 1e6 / times:.2f}")


main(int(sys.argv[1]))
