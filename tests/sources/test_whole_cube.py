"""Putting answers together: a cell that is left out is told, and never stands there as whatever was in memory."""

import pytest
from made_up_scb import MadeUpScb, data_set

from dashboard.sources.fetch_faults import UnreadableAnswerError
from dashboard.sources.json_stat import read_cube, read_structure
from dashboard.sources.pxweb_selection import in_parts
from dashboard.sources.whole_cube import put_together


def test_a_part_that_is_missing_is_told():
    scb = MadeUpScb()
    table = scb.tables["TAB6586"]
    codes = {name: tuple(some) for name, some in table.dimensions.items()}
    structure = read_structure(data_set(scb, table, table.dimensions, cells=False), "SCB (T)")
    parts = [
        (
            part,
            read_cube(data_set(scb, table, {name: list(some) for name, some in part.items()}, cells=True), "SCB (T)"),
        )
        for part in in_parts(codes, 70)
    ]
    assert put_together(codes, structure, parts, "SCB (T)").values.size == 420
    with pytest.raises(UnreadableAnswerError, match="350 cells came where 420 were asked for"):
        put_together(codes, structure, parts[:-1], "SCB (T)")
