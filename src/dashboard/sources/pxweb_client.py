"""Fetches tables from PxWebApi v2, the service of Statistics Sweden: its limits, a table's own codes, then cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from dashboard.sources.answer_cache import AnswerCache
from dashboard.sources.call_pace import CallPace, Clock
from dashboard.sources.fetch_faults import (
    ChangedMeanwhileError,
    DiscontinuedTableError,
    NotFoundError,
    UnreadableAnswerError,
)
from dashboard.sources.http_answers import Call
from dashboard.sources.json_stat import Cube, Structure, read_cube, read_structure
from dashboard.sources.pxweb_selection import Codes, data_call, in_parts, limits_of, whole_selection
from dashboard.sources.whole_cube import put_together

CALLS, SECONDS = 30, 10.0


def pace_of_scb(clock: Clock | None = None) -> CallPace:
    """Give the pace that SCB allows: 30 calls in any 10 seconds."""
    return CallPace(CALLS, SECONDS, clock)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its identifier, the publisher's stamp of its figures, and what it has."""

    identifier: str
    updated: str
    structure: Structure


class PxWebClient:
    """The tables of one service.

    Parameters
    ----------
    cache
        The service, and what was fetched from it before.
    language
        Of labels: ``sv`` or ``en``. Codes are the same in both.
    """

    def __init__(self, cache: AnswerCache, language: str = "en") -> None:
        self._cache, self._language = cache, language
        self._most_cells: int | None = None

    def table(self, identifier: str, *, may_be_closed: bool = False) -> Table:
        """Ask for a table's stamp, and for its metadata when the stamp is a new one.

        Parameters
        ----------
        identifier
            For example ``TAB6574``.
        may_be_closed
            Whether a table without new figures is wanted too, for its old ones.

        Raises
        ------
        DiscontinuedTableError
            When there is no such table any more, or it is closed.
        FetchError
            As for every call.
        """
        self._limits()
        updated = self._updated(identifier, may_be_closed=may_be_closed)
        call = Call(identifier, f"/tables/{identifier}/metadata", (("lang", self._language),))
        return Table(identifier, updated, read_structure(self._cache.document(call, updated), self._told(identifier)))

    def most_cells(self) -> int:
        """Give how many cells one call may have."""
        return self._limits()

    def data(
        self,
        table: Table,
        wanted: Mapping[str, tuple[str, ...] | None],
        tell: Callable[[int, int], None] | None = None,
    ) -> Cube:
        """Fetch cells of a table; parts that are kept from a fetch that was interrupted are not fetched again.

        Parameters
        ----------
        table
            The table, as ``table`` gave it.
        wanted
            Codes by dimension, every dimension named; None takes all codes.
        tell
            Called with the parts that are there and how many there will be, each time.

        Raises
        ------
        ChangedDimensionError
            When the table has other dimensions or codes than those wanted.
        ChangedMeanwhileError
            When new figures came out between two calls.
        FetchError
            As for every call.
        """
        told = self._told(table.identifier)
        codes = whole_selection(wanted, table.structure, told)
        parts = list(in_parts(codes, self._limits()))
        before = self._cache.fetched
        cube = put_together(codes, table.structure, self._answers(table, parts, tell), told)
        # One answer is of one moment; several need a look whether the last is of the same figures as the first.
        several = len(parts) > 1 and self._cache.fetched > before
        if several and self._updated(table.identifier, may_be_closed=True) != table.updated:
            raise ChangedMeanwhileError(
                f"{told} got new figures while it was fetched: try again, and all of it is fetched anew."
            )
        return cube

    def _answers(
        self, table: Table, parts: list[Codes], tell: Callable[[int, int], None] | None
    ) -> Iterator[tuple[Codes, Cube]]:
        for number, part in enumerate(parts, start=1):
            document = self._cache.document(data_call(table.identifier, part, self._language), table.updated)
            yield part, read_cube(document, self._told(table.identifier))
            if tell:
                tell(number, len(parts))

    def _limits(self) -> int:
        """Give the most cells of a call; the first time they are asked for, and the pace with them."""
        if self._most_cells is None:
            answer = self._cache.document(Call("its limits", "/config"))
            self._most_cells, calls, seconds = limits_of(answer, self._cache.answers.source.name)
            if calls > 0 and seconds > 0:
                self._cache.answers.pace.slow_down(calls, seconds)
        return self._most_cells

    def _updated(self, identifier: str, *, may_be_closed: bool) -> str:
        """Ask for the stamp of a table's figures."""
        told = self._told(identifier)
        try:
            about = self._cache.document(Call(identifier, f"/tables/{identifier}", (("lang", self._language),)))
        except NotFoundError as error:
            raise DiscontinuedTableError(
                f"{told} is not there any more: look at the publisher's which table has followed it."
            ) from error
        if not isinstance(about, Mapping) or not isinstance(about.get("updated"), str):
            raise UnreadableAnswerError(
                f"{told} does not tell when it was updated: look whether the service has changed."
            )
        if about.get("discontinued") is True and not may_be_closed:
            raise DiscontinuedTableError(
                f"{told} gets no new figures any more: look at the publisher's which table has followed it."
            )
        return str(about["updated"])

    def _told(self, identifier: str) -> str:
        return f"{self._cache.answers.source.name} ({identifier})"
