"""What is asked of a table of PxWebApi v2: codes by dimension, cut into calls below the limit of cells."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from dashboard.sources.fetch_faults import ChangedDimensionError, UnreadableAnswerError
from dashboard.sources.http_answers import Call
from dashboard.sources.json_stat import Structure

Codes = Mapping[str, tuple[str, ...]]
#: Addresses of about 2 100 characters are refused.
LONGEST_QUERY = 1900


def whole_selection(wanted: Mapping[str, tuple[str, ...] | None], structure: Structure, told: str) -> Codes:
    """Hold what is wanted of a table to what the table has.

    Parameters
    ----------
    wanted
        Codes by dimension; None takes all that the table has. Every dimension must be named: one that is not would be
        summed over by the service, or refused.
    structure
        The table's own dimensions and codes.
    told
        Source and table, for messages.

    Raises
    ------
    ChangedDimensionError
        When the table has other dimensions, or lacks a code; and for a code with a comma, which cannot be asked for.
    """
    has = {one.code: one.codes for one in structure.dimensions}
    if set(has) != set(wanted):
        raise ChangedDimensionError(
            f"{told} has the dimensions {', '.join(has)} where {', '.join(wanted)} are asked for:"
            " look at the table at the publisher's, and correct what is asked of it."
        )
    chosen = {name: codes if (codes := wanted[name]) is not None else has[name] for name in has}
    for name, codes in chosen.items():
        known = set(has[name])
        if absent := [code for code in codes if code not in known]:
            raise ChangedDimensionError(
                f"{told} has no code {', '.join(absent[:3])} in {name}: look whether the publisher has renamed it,"
                " and correct what is asked of the table."
            )
        if comma := [code for code in codes if "," in code]:
            raise ChangedDimensionError(
                f"{told} has the code “{comma[0]}” in {name}, which the service cannot be asked for."
            )
        if len(set(codes)) != len(codes) or not codes:
            raise ChangedDimensionError(f"{told}: the codes asked for in {name} are none, or one of them occurs twice.")
    return chosen


def in_parts(codes: Codes, most_cells: int) -> Iterator[Codes]:
    """Cut a selection into few parts, each with at most ``most_cells`` cells.

    One dimension after the other gets as much room as is left; the order that gives the fewest parts is taken.
    """
    tried = (_lengths(codes, order, most_cells) for order in itertools.permutations(codes))
    steps = min(tried, key=lambda lengths: math.prod(math.ceil(len(codes[name]) / lengths[name]) for name in codes))
    pieces = [
        [codes[name][start : start + steps[name]] for start in range(0, len(codes[name]), steps[name])]
        for name in codes
    ]
    for part in itertools.product(*pieces):
        yield dict(zip(codes, part, strict=True))


def _lengths(codes: Codes, order: Iterable[str], most_cells: int) -> dict[str, int]:
    """Give how many codes of each dimension fit a part, when room is given to the dimensions in some order."""
    room, lengths = most_cells, {}
    for name in order:
        pieces = math.ceil(len(codes[name]) / max(1, room))
        # Pieces of about the same length, not full ones and a rest.
        lengths[name] = math.ceil(len(codes[name]) / pieces)
        room //= lengths[name]
    return lengths


def data_call(table: str, codes: Codes, language: str) -> Call:
    """Give the call for the cells of a selection: a GET, or a POST when the address would be too long."""
    path = f"/tables/{table}/data"
    common = (("lang", language), ("outputFormat", "json-stat2"))
    # One parameter a dimension: when it is repeated, the service keeps the first value and says nothing.
    chosen = tuple((f"valueCodes[{name}]", ",".join(some)) for name, some in codes.items())
    if (
        sum(len(quote(name, safe="")) + len(quote(text, safe="")) + 2 for name, text in (*common, *chosen))
        <= LONGEST_QUERY
    ):
        return Call(table, path, (*common, *chosen))
    body = {"selection": [{"variableCode": name, "valueCodes": list(some)} for name, some in codes.items()]}
    return Call(table, path, common, body)


def limits_of(config: object, told: str) -> tuple[int, int, float]:
    """Read the limits from the answer of ``/config``: cells a call, calls a window, seconds of a window.

    Calls and seconds are 0 where the service sets no limit.

    Raises
    ------
    UnreadableAnswerError
        When they are not there.
    """
    given = config if isinstance(config, Mapping) else {}
    cells, calls, window = (given.get(name) for name in ("maxDataCells", "maxCallsPerTimeWindow", "timeWindow"))
    if isinstance(cells, int) and cells > 0 and isinstance(calls, int) and isinstance(window, int | float):
        return cells, calls, float(window)
    raise UnreadableAnswerError(
        f"{told} does not tell how many cells and calls it allows: look whether its address leads to PxWebApi v2."
    )
