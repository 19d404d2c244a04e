"""Boundaries that nearly fit are redrawn so that they fit: common points on common lines, no strips between."""

import numpy as np
import pytest
import shapely

from dashboard.warehouse.coverage import THINNEST, fitted


def shapes_of(*polygons):
    return np.array(polygons, dtype=object)


def test_a_point_that_one_neighbour_lacks_is_put_in():
    left = shapely.Polygon([(0, 0), (100, 0), (100, 50), (100, 100), (0, 100)])
    right = shapely.box(100, 0, 200, 100)
    assert not shapely.coverage_is_valid(shapes_of(left, right))
    redrawn = fitted(shapes_of(left, right), 1.0)
    assert shapely.coverage_is_valid(redrawn)
    assert shapely.equals(redrawn, shapes_of(left, right)).all()


def test_a_strip_between_two_goes_to_the_one_with_the_longer_common_line():
    left, right = shapely.box(0, 0, 100, 100), shapely.box(103, 0, 200, 100)
    above = shapely.box(0, 100, 200, 150)
    below = shapely.box(0, -50, 200, 0)
    redrawn = fitted(shapes_of(left, right, above, below), 1.0)
    assert shapely.coverage_is_valid(redrawn)
    assert shapely.coverage_union_all(redrawn).equals(shapely.box(0, -50, 200, 150))
    assert redrawn[0].area + redrawn[1].area == 200 * 100
    assert redrawn[2].equals(above)


def test_a_lake_that_belongs_to_nobody_stays_a_hole():
    lake = shapely.box(40, 40, 60, 60)
    redrawn = fitted(shapes_of(shapely.box(0, 0, 100, 100).difference(lake)), 1.0)
    assert 2 * lake.area / lake.length > THINNEST
    assert redrawn[0].area == 100 * 100 - 20 * 20


def test_where_two_overlap_the_first_has_it():
    redrawn = fitted(shapes_of(shapely.box(0, 0, 105, 100), shapely.box(100, 0, 200, 100)), 1.0)
    assert shapely.coverage_is_valid(redrawn)
    assert [one.area for one in redrawn] == [105 * 100, 95 * 100]


@pytest.mark.parametrize("grid", [1.0, 10.0])
def test_points_lie_on_the_grid(grid):
    shapes = shapes_of(shapely.box(0.4, 0.4, 99.7, 100.2), shapely.box(99.7, 0.4, 199.6, 100.2))
    redrawn = fitted(shapes, grid)
    points = shapely.get_coordinates(redrawn)
    assert (points == np.round(points / grid) * grid).all()
    assert shapely.coverage_is_valid(redrawn)
