"""What is known of an action beyond its parameters: which API it belongs to, how it is addressed, what calling it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .table import Table

#: What calling an action does to the world: `read`s alone, `write`s, or `spend`s money.
Effect = Literal["read", "write", "spend"]


class Api:
    """A product's version."""

    __slots__ = ("is_rpc", "pattern", "product", "regions", "version")

    def __init__(
        self, product: str, version: str, *, is_rpc: bool, pattern: str | None, regions: dict[str, str]
    ) -> None:
        self.product = product
        self.version = version
        #: All actions have one path.
        self.is_rpc = is_rpc
        #: The host for a region that is not listed: `{region}` stands for the region, `{network}` for nothing or for a hyphen
        #: and the network.
        self.pattern = pattern
        self.regions = regions

    def __repr__(self) -> str:
        return f"{self.product} {self.version}"


class Paging:
    """How an answer is cut into pages: by their numbers, from 1, or by a token that the answer holds."""

    __slots__ = ("by", "items", "parameter", "total_or_token")

    def __init__(self, by: Literal["number", "token"], parameter: int, total_or_token: str, items: str) -> None:
        self.by = by
        #: The parameter that takes the number or the token, by its place in the table.
        self.parameter = parameter
        #: The field of the answer that says how many items there are, or what token leads on: a dotted path.
        self.total_or_token = total_or_token
        #: The field of the answer that holds the list: a dotted path.
        self.items = items


class Operation:
    """One action as it is called."""

    __slots__ = ("api", "effect", "method", "paging", "path", "table", "token")

    def __init__(
        self,
        api: Api,
        table: Table,
        *,
        method: str,
        path: str,
        effect: Effect,
        token: int | None = None,
        paging: Paging | None = None,
    ) -> None:
        self.api = api
        self.table = table
        self.method = method
        #: `/`, or with a placeholder for each parameter that travels there (`/clusters/{ClusterId}`).
        self.path = path
        self.effect: Effect = effect
        #: The parameter that makes a repeated call harmless, by its place in the table.
        self.token = token
        self.paging = paging

    @property
    def action(self) -> str:
        """The action's name."""
        return self.table.action


class Acceptor:
    """What an answer means for a waiter: the texts that fit, at a field of the answer or, without one, the code of an error."""

    __slots__ = ("field", "state", "values")

    def __init__(self, state: Literal["success", "failure", "retry"], field: str | None, values: Sequence[str]) -> None:
        self.state = state
        self.field = field
        self.values = values


class Reasons:
    """Where an answer says why something failed: the elements of a list whose field has one of these values."""

    __slots__ = ("items", "only", "show", "values")

    def __init__(self, items: str, *, show: Sequence[str], only: str | None = None, values: Sequence[str] = ()) -> None:
        self.items = items
        self.show = show
        self.only = only
        self.values = values


class Waiter:
    """What to wait for: ask again until an answer says yes or no."""

    __slots__ = ("acceptors", "attempts", "delay", "name", "reasons")

    def __init__(
        self,
        name: str,
        *,
        delay: int,
        attempts: int,
        acceptors: Sequence[Acceptor],
        reasons: Reasons | None = None,
    ) -> None:
        self.name = name
        #: Seconds between two calls.
        self.delay = delay
        #: Calls at most.
        self.attempts = attempts
        #: The first that fits decides.
        self.acceptors = acceptors
        self.reasons = reasons

    def __repr__(self) -> str:
        return self.name
