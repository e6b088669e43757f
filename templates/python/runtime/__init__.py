"""What a Python package that Bindery generated stands on.

Generated modules hold *data*: classes, tables of what the service demands and of how it is called. What the tables *mean* is
written here: what a length is, when a condition holds, how a violation reads, how a request travels and an answer is read. How
requests are signed and sent is in modules that nothing here imports: a model needs no network.
"""

from typing import TYPE_CHECKING

from .model import Group as Group
from .model import Model as Model
from .model import Object as Object
from .model import PagedRequest as PagedRequest
from .model import Request as Request
from .open_enum import OpenEnum as OpenEnum

if TYPE_CHECKING:
    from collections.abc import Iterator as Iterator
    from typing import Final as Final

    from typing_extensions import Self as Self

    from . import decode as decode
    from . import read as read
    from .decode import Fields as Fields
    from .read import Members as Members
    from .read import Slots as Slots
    from .secret import Secret as Secret
    from .value import Json as Json
else:
    # What models need only when they are asked something.
    _HOMES = {"Fields": "decode", "Json": "value", "Members": "read", "Secret": "secret", "Slots": "read"}

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name in {"decode", "read"}:
            return import_module(f".{name}", __name__)
        if name not in _HOMES:
            raise AttributeError(name)
        value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
        globals()[name] = value
        return value
