"""Ways in pieces by walking distance: cut where a limit lies, from whichever end one comes, and no metre left out."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from dashboard.reach.network import WalkNetwork
from dashboard.reach.walked_pieces import walked_pieces

EVERYWHERE = (-1e6, -1e6, 1e6, 1e6)


def street(length: float = 1000.0, lines: np.ndarray | None = None) -> WalkNetwork:
    """Give one edge of a kilometre from west to east, as long to walk as is said."""
    return WalkNetwork.of([0.0, 1000.0], [0.0, 0.0], [0], [1], [length], lines=lines)


def cut(network: WalkNetwork, distances: list[float], limits: list[float], within=EVERYWHERE):
    return [
        (step, round(points[0][0], 6), round(points[-1][0], 6))
        for step, points in walked_pieces(network, np.array(distances), limits, within)
    ]


def test_an_edge_is_cut_where_limits_lie():
    assert cut(street(), [100, 1100], [400, 800]) == [(0, 0, 300), (1, 300, 700), (2, 700, 1000)]


def test_an_edge_that_is_reached_from_both_ends_is_farthest_in_its_middle():
    assert cut(street(), [200, 300], [400, 800]) == [(0, 0, 200), (1, 200, 900), (0, 900, 1000)]


def test_a_detour_moves_the_cut_in_proportion():
    assert cut(street(length=2000), [0, 2000], [1000]) == [(0, 0, 500), (1, 500, 1000)]


def test_what_nobody_can_reach_lies_beyond_every_limit():
    assert cut(street(), [np.inf, np.inf], [400, 800]) == [(2, 0, 1000)]
    assert cut(street(), [np.inf, 0], [400]) == [(1, 0, 600), (0, 600, 1000)]


def test_a_limit_belongs_to_what_is_nearer():
    assert cut(street(), [0, 1000], [1000]) == [(0, 0, 1000)]


def test_only_what_meets_the_rectangle_is_given():
    assert cut(street(), [0, 1000], [400], (2000, -10, 3000, 10)) == []
    assert len(cut(street(), [0, 1000], [400], (900, -10, 3000, 10))) == 2


def test_pieces_follow_the_course_and_add_up_to_it():
    bend = np.array([shapely.LineString([(0, 0), (500, 500), (1000, 0)])], object)
    pieces = list(walked_pieces(street(length=1500, lines=bend), np.array([0.0, 1500.0]), [400, 800], EVERYWHERE))
    assert sum(shapely.LineString(points).length for _, points in pieces) == pytest.approx(bend[0].length)
    assert [before[-1] for _, before in pieces[:-1]] == [after[0] for _, after in pieces[1:]]


def test_an_edge_of_no_length_is_one_piece():
    assert [step for step, _, _ in cut(street(length=0), [100, 100], [400])] == [0]
