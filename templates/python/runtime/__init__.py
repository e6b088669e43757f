"""What a Python package that Bindery generated stands on.

Generated modules hold *data*: classes, tables of what the service demands and of how it is called. What the tables *mean* is
written here: what a length is, when a condition holds, how a violation reads, how a request travels and an answer is read. How
requests are signed and sent is in modules that nothing here imports: a model needs no network.
"""

from collections.abc import Iterator as Iterator
from typing import TYPE_CHECKING
from typing import Final as Final

from . import decode as decode
from . import read as read
from .decode import Fields as Fields
from .model import Group as Group
from .model import Model as Model
from .model import Object as Object
from .model import PagedRequest as PagedRequest
from .model import Request as Request
from .open_enum import OpenEnum as OpenEnum
from .operation import Operation as Operation
from .read import Members as Members
from .read import Slots as Slots
from .read import Unfit as Unfit
from .secret import Secret as Secret
from .value import Json as Json

if TYPE_CHECKING:
    from typing_extensions import Self as Self
