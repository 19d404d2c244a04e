"""The k nearest people: as found by looking at all pairs, as EquiPop finds them, and as worked out in the head."""

from __future__ import annotations

import contextlib
import io

import numpy as np
import pytest
from equipop.cells import CellData
from equipop.fastcounts import run_knn_counts
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.measures import neighbourhood_rings, neighbourhood_tree
from dashboard.measures.inference import UndefinedMeasureError
from dashboard.measures.neighbourhood_lattice import LatticeSearch, fits, lattice_of
from dashboard.measures.neighbourhood_tree import TreeSearch
from dashboard.measures.neighbourhoods import FewAreas, nearest_people, search_of


def by_all_pairs(x, y, n, ks):
    """Walk outwards from every area, distance by distance, as the rule is written."""
    counts, metres = np.empty((len(ks), *n.shape)), np.empty((len(ks), len(x)))
    for i in range(len(x)):
        apart = np.hypot(x - x[i], y - y[i])
        rings = [apart.round(6) == one for one in np.unique(apart.round(6))]
        for place, k in enumerate(ks):
            taken = np.zeros(n.shape[1])
            for ring in rings:
                people = n[ring].sum(axis=0)
                lacking = k - taken.sum()
                metres[place, i] = apart[ring].min()
                if people.sum() >= lacking * (1 - 1e-9):
                    taken = taken + people * (min(1.0, lacking / people.sum()) if people.sum() else 0.0)
                    break
                taken = taken + people
            counts[place, i] = taken
    return counts, metres


@st.composite
def towns(draw, *, anywhere=False, twice=False):
    """Draw a town: places on a grid or anywhere, some of them empty, and scales up to all of its people."""
    size = draw(st.integers(1, 14))
    spots = draw(
        st.lists(st.tuples(st.integers(0, size), st.integers(0, size)), min_size=1, max_size=60, unique=not twice)
    )
    xy = np.array(spots, float) * 250 + (300_000, 6_400_000)
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    if anywhere:
        xy += rng.integers(0, 250_000, xy.shape) / 1000
    n = rng.integers(0, 40, (len(xy), draw(st.integers(2, 4)))).astype(float)
    n[rng.random(len(n)) < 0.2] = 0
    if draw(st.booleans()):
        n *= rng.random(n.shape)
    n[0, 0] += 1
    everybody = n.sum()
    ks = sorted({everybody, everybody / 3, everybody / 17, min(1.0, everybody / 20)})
    return xy[:, 0], xy[:, 1], n, ks


def agrees(found, x, y, n, ks):
    counts, metres = by_all_pairs(x, y, n, ks)
    np.testing.assert_allclose(found.counts, counts, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.distance, metres, rtol=1e-9, atol=1e-4)
    np.testing.assert_allclose(found.counts.sum(axis=2), np.broadcast_to(np.array(ks)[:, None], metres.shape))


@settings(max_examples=60, deadline=None)
@given(towns())
def test_a_grid_is_searched_exactly(town):
    x, y, n, ks = town
    agrees(LatticeSearch(x, y, n, lattice_of(x, y)).around(np.arange(len(x)), ks), *town)


@settings(max_examples=20, deadline=None)
@given(towns())
def test_a_grid_is_searched_exactly_where_the_list_of_steps_ends(town):
    x, y, n, ks = town
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(neighbourhood_rings, "FARTHEST", 3)
        patch.setattr(neighbourhood_rings, "BLOCK", 40)
        agrees(LatticeSearch(x, y, n, lattice_of(x, y)).around(np.arange(len(x)), ks), *town)


@settings(max_examples=60, deadline=None)
@given(st.one_of(towns(anywhere=True), towns(twice=True)))
def test_points_anywhere_and_points_on_each_other_are_searched_exactly(town):
    x, y, n, ks = town
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(neighbourhood_tree, "FIRST", 2)
        agrees(TreeSearch(x, y, n).around(np.arange(len(x)), ks), *town)
    few = FewAreas(x, y)
    np.testing.assert_allclose(few.around(n, ks), by_all_pairs(x, y, n, ks)[0], rtol=1e-9, atol=1e-9)
    for k, metres in zip(ks, by_all_pairs(x, y, n, ks)[1], strict=True):
        np.testing.assert_allclose(few.reach(n, k), metres, rtol=1e-9, atol=1e-4)
    # Several cities in the same places at once, each by itself.
    both = few.around(np.stack([n, n[::-1]]), ks[:1])
    np.testing.assert_allclose(both[:, 1], few.around(n[::-1], ks[:1]))


def test_the_shares_are_those_of_equipop():
    """EquiPop's rule is the same: rings together, and a share of the ring that leads across k."""
    rng = np.random.default_rng(5)
    spots = np.unique(rng.normal(0, 14, (3000, 2)).round(), axis=0)
    x, y = spots.T * 250 + np.array([[340_000.0], [6_470_000.0]])
    people = rng.integers(1, 90, len(x)).astype(float)
    group = rng.binomial(people.astype(int), rng.beta(1, 3, len(x))).astype(float)
    ks = [200, 1600, 12800]
    cells = CellData(E=x, N=y, n=people, binary_sums={"g": group}, unit_size=250.0)
    with contextlib.redirect_stdout(io.StringIO()):
        theirs = run_knn_counts(cells, ks)
    for search in (
        search_of(x, y, np.column_stack([group, people - group]))[0],
        TreeSearch(x, y, np.column_stack([group, people - group])),
    ):
        found = search.around(np.arange(len(x)), ks)
        for place, k in enumerate(ks):
            ours = found.counts[place, :, 0] / found.counts[place].sum(axis=1)
            np.testing.assert_allclose(ours, theirs[f"R_g_{k}"], rtol=0, atol=1e-9)
    assert isinstance(search_of(x, y, np.column_stack([group, people - group]))[0], LatticeSearch)


def test_areas_at_the_same_distance_are_taken_together():
    """Four neighbours of ten around one of ten: of 30, ten live at home, and the four give half each."""
    x, y = [1.0, 0.0, 2.0, 1.0, 1.0], [1.0, 1.0, 1.0, 0.0, 2.0]
    n = [[10, 0], [10, 0], [0, 10], [0, 10], [0, 10]]
    found = nearest_people(x, y, n, [10, 30, 50])
    np.testing.assert_allclose(found.counts[:, 0], [[10, 0], [15, 15], [20, 30]])
    np.testing.assert_allclose(found.distance[:, 0], [0, 1, 1])


def test_one_lives_in_ones_own_area_first():
    found = nearest_people([0.0, 1.0], [0.0, 0.0], [[300, 100], [0, 1000]], [200, 400, 900])
    np.testing.assert_allclose(found.counts[:, 0], [[150, 50], [300, 100], [300, 600]])


@pytest.mark.parametrize(
    ("x", "n", "k", "reason"),
    [
        ([0.0, 1.0], [[1, 2], [3, 4]], 11, "k_too_large"),
        ([0.0, np.nan], [[1, 2], [3, 4]], 2, "no_coordinates"),
        ([0.0, 1.0], [[1, np.nan], [3, 4]], 2, "missing_values"),
        ([0.0, 1.0], [[1, -2], [3, 4]], 2, "impossible_counts"),
        ([0.0, 1.0], [[0, 0], [0, 0]], 2, "no_people"),
        ([], np.zeros((0, 2)), 2, "no_areas"),
    ],
)
def test_no_answer_has_a_reason(x, n, k, reason):
    with pytest.raises(UndefinedMeasureError) as caught:
        nearest_people(x, np.zeros(len(x)), n, [k])
    assert caught.value.reason == reason


def test_a_grid_too_empty_is_searched_by_the_tree():
    x, y = np.array([0.0, 1.0, 900_000.0]), np.array([0.0, 1.0, 900_000.0])
    lattice = lattice_of(x, y)
    assert lattice is not None
    assert not fits(lattice, 3, 2)
    assert isinstance(search_of(x, y, np.ones((3, 2)))[0], TreeSearch)
    np.testing.assert_allclose(
        nearest_people(x, y, np.ones((3, 2)), [4]).distance, [[np.sqrt(2), np.sqrt(2), np.hypot(899_999, 899_999)]]
    )
