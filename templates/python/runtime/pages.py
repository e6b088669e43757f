"""Answers in pages: asks for one after the other and knows when to stop. It never knows how a call is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import decode
from .errors import ConfigurationError
from .path import all_at, text_at
from .value import text_of

if TYPE_CHECKING:
    from .answer import Answer
    from .operation import Operation, Paging
    from .value import Json
    from .wire import Wire

#: Pages in a row that may have the same items while something else in them changes.
_SAME = 3


class Turner:
    """The way through all pages: they begin where the request says, else with the first."""

    def __init__(self, operation: Operation, wire: Wire) -> None:
        if operation.paging is None:
            raise ConfigurationError(f"{operation.action} does not answer in pages")
        self.operation = operation
        self.paging: Paging = operation.paging
        self.wire = wire.copy()
        self.over = False
        given = self.wire.get(operation.table, self.paging.parameter)
        self._token = given if self.paging.by == "token" else None
        self._used = {given}
        page = decode.int64(given.strip()) if given is not None and self.paging.by == "number" else None
        self._page = 1 if page is None else page
        self._seen = 0
        self._last: tuple[str, str] | None = None
        self._times = 0

    def ask(self) -> Wire:
        """The request for the next page."""
        if self.paging.by == "number":
            self.wire.set(self.operation.table, self.paging.parameter, self._page)
        elif self._token is not None:
            self.wire.set(self.operation.table, self.paging.parameter, self._token)
        return self.wire

    def items(self, answer: Answer) -> list[Json]:
        """What a page lists."""
        return list(all_at(answer.body, self.paging.items))

    def take(self, answer: Answer) -> bool:
        """Takes a page in; whether it is one: an empty one behind others is none. Then `over` says whether another follows."""
        if self.paging.by == "token":
            self._by_token(answer)
            return True
        items = self.items(answer)
        if not items:
            self.over = True
            return self._last is None
        self._by_number(answer, items)
        return True

    def _by_token(self, answer: Answer) -> None:
        field = self.paging.total_or_token
        token = text_at(answer.body, field)
        if token is None:
            self.over = True
        elif token in self._used:
            message = f"`{field}` is one that was followed before: the pages form a ring"
            raise answer.unreadable(self.operation.action, message)
        self._used.add(token)
        self._token = token

    def _by_number(self, answer: Answer, items: list[Json]) -> None:
        told = {name: value for name, value in answer.body.items() if not decode.same(name, "RequestId")}
        print_ = text_of(told), text_of(items)
        is_same = self._last is not None and self._last[1] == print_[1]
        self._times = self._times + 1 if is_same else 1
        if print_ == self._last or self._times >= _SAME:
            message = f"page {self._page} is the page before it once more: the service does not turn pages"
            raise answer.unreadable(self.operation.action, message)
        if self._last is None:
            # Who begins in the middle leaves out at least so many, unless pages differ in size.
            self._seen = max(0, self._page - 1) * len(items)
        self._last = print_
        self._seen += len(items)
        totals = (decode.int64(total) for total in all_at(answer.body, self.paging.total_or_token))
        total = next((total for total in totals if total is not None), None)
        self._page += 1
        self.over = total is not None and self._seen >= total
