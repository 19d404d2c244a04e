"""Zeros of years in which an area did not exist are taken out, and nothing else is."""

import numpy as np
import pytest

from dashboard.sources.false_zeros import area_of_service, without_false_zeros
from dashboard.sources.fetch_faults import ChangedDimensionError
from dashboard.sources.json_stat import MISSING, PUBLISHED, SUPPRESSED, Cube, Dimension, Structure

NAN = float("nan")


def cube_of(areas, years, values, *, turned=False):
    """Give a cube of areas by years, or of years by areas."""
    dimensions = tuple(
        Dimension(name, name, codes, {}) for name, codes in (("Region", areas), ("Kon", ("1+2",)), ("Tid", years))
    )
    filled = np.array(values, dtype=float)[:, None, :]
    status = np.where(np.isnan(filled), SUPPRESSED, PUBLISHED).astype(np.uint8)
    if turned:
        return Cube(Structure("", "", None, dimensions[::-1]), filled.transpose(), status.transpose())
    return Cube(Structure("", "", None, dimensions), filled, status)


@pytest.mark.parametrize("turned", [False, True])
def test_zeros_outside_an_areas_years_are_false_and_others_are_not(turned):
    areas = ("00", "14", "1488", "1488R007", "1488R007_RegSO2025", "1488C1010", "1488C1010_DeSO2025")
    values = [[0, 1], [0, 1], [0, 0], [0, 0], [0, 0], [2, NAN], [NAN, 3]]
    found = {
        (codes[0], codes[2]) if not turned else (codes[2], codes[0]): (value, status)
        for codes, value, status in without_false_zeros(
            cube_of(areas, ("2023", "2024"), values, turned=turned), "SCB (T)"
        ).rows()
    }
    nothing = (None, "false_zero")
    assert found == {
        ("00", "2023"): (0, "published"),
        ("00", "2024"): (1, "published"),
        ("14", "2023"): (0, "published"),
        ("14", "2024"): (1, "published"),
        ("1488", "2023"): (0, "published"),
        ("1488", "2024"): (0, "published"),
        ("1488R007", "2023"): (0, "published"),
        ("1488R007", "2024"): nothing,
        ("1488R007_RegSO2025", "2023"): nothing,
        ("1488R007_RegSO2025", "2024"): (0, "published"),
        ("1488C1010", "2023"): (2, "published"),
        ("1488C1010", "2024"): (None, "missing"),
        ("1488C1010_DeSO2025", "2023"): (None, "missing"),
        ("1488C1010_DeSO2025", "2024"): (3, "published"),
    }


def test_the_cube_that_came_stays_as_it_was():
    cube = cube_of(("1488R007",), ("2024",), [[0]])
    without_false_zeros(cube, "SCB (T)")
    assert (cube.values.item(), cube.status.item()) == (0, PUBLISHED)


def test_a_month_belongs_to_its_year():
    found = without_false_zeros(cube_of(("1488R007",), ("2023M12", "2024M01"), [[0, NAN]]), "SCB (T)")
    assert found.status.ravel().tolist() == [PUBLISHED, MISSING]


@pytest.mark.parametrize(
    ("area", "year", "why"),
    [
        ("1488R007", "2024", "has figures for 1488R007 in 2024, when it did not exist"),
        ("1488R007_RegSO2025", "2023", "has figures for 1488R007_RegSO2025 in 2023"),
        ("kommun 1488", "2023", "“kommun 1488” is not a municipality, DeSO or RegSO code"),
        ("1488", "senaste", "“senaste” is not a period"),
        ("1488", "20245", "“20245” is not a period"),
    ],
)
def test_what_breaks_the_rule_is_told(area, year, why):
    with pytest.raises(ChangedDimensionError) as caught:
        without_false_zeros(cube_of((area,), (year,), [[5]]), "SCB (T)")
    assert str(caught.value).startswith("SCB (T)")
    assert why in str(caught.value)


@pytest.mark.parametrize(
    ("code", "full"),
    [
        ("1488C1010", "1488C1010_DeSO2018"),
        ("1488C1010_DeSO2025", "1488C1010_DeSO2025"),
        ("1488R007", "1488R007_RegSO2020"),
        ("1488R007_RegSO2025", "1488R007_RegSO2025"),
        ("1488", "1488"),
    ],
)
def test_a_plain_code_of_the_service_is_the_older_division(code, full):
    area = area_of_service(code)
    assert area is not None
    assert area.full == full
