"""Puts the answers to the parts of a selection together into one cube, and sees that no cell is left or told twice."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from dashboard.sources.fetch_faults import UnreadableAnswerError
from dashboard.sources.json_stat import Cube, Structure
from dashboard.sources.pxweb_selection import Codes


def put_together(codes: Codes, table: Structure, parts: Iterable[tuple[Codes, Cube]], told: str) -> Cube:
    """Put answers into their places.

    Parameters
    ----------
    codes
        The whole selection; the cube has its dimensions and codes, in its order.
    table
        What the table says of itself, for labels and stamp.
    parts
        What was asked for in each call, and what came; taken one after the other, so that one alone is in memory.
    told
        Source and table, for messages.

    Raises
    ------
    UnreadableAnswerError
        When an answer has other codes than were asked for, or the parts together are not the whole.
    """
    own = {one.code: one for one in table.dimensions}
    structure = replace(
        table,
        dimensions=tuple(
            replace(own[name], codes=some, labels={code: own[name].labels.get(code, code) for code in some})
            for name, some in codes.items()
        ),
    )
    values, status = np.empty(structure.shape), np.empty(structure.shape, dtype=np.uint8)
    places = {name: {code: place for place, code in enumerate(some)} for name, some in codes.items()}
    filled = 0
    for asked, cube in parts:
        came = {one.code: one.codes for one in cube.structure.dimensions}
        if {name: set(some) for name, some in came.items()} != {name: set(some) for name, some in asked.items()}:
            raise UnreadableAnswerError(
                f"{told} sent other codes than were asked for."
                " Nothing of it is used; look whether the service has changed."
            )
        order = [cube.structure.position(name) for name in codes]
        where = np.ix_(*([places[name][code] for code in came[name]] for name in codes))
        values[where], status[where] = cube.values.transpose(order), cube.status.transpose(order)
        filled += cube.values.size
    if filled != math.prod(structure.shape):
        raise UnreadableAnswerError(f"{told}: {filled} cells came where {math.prod(structure.shape)} were asked for.")
    return Cube(structure, values, status)
