"""An area over the years: older years only with a crosswalk, only when asked for, and marked as worked out."""

import made_up_recut
import pytest
from visitor import Visitor, plain

AREAS = {"same": "1487C1010", "split": "1487C1020", "merged": "1487C1040"}


@pytest.fixture
def recut(recut_city):
    """Point the pages at the made-up city with both divisions."""
    with recut_city.in_use():
        yield recut_city


def opened(area="1487C1040", language="sv", **address):
    page = Visitor(language).open("districts", omraden=[area], **address)
    assert page.is_well()
    return page


def line(page):
    """Give the rows of the line and how each stretch is drawn."""
    (spec,) = (spec for spec in page.charts() if _is_line(spec))
    return spec


def _is_line(spec):
    rows = (row for layer in spec.get("layer", ()) for row in layer.get("data", {}).get("values", ()))
    return any("reworked" in row for row in rows)


def years(page):
    spec = line(page)
    dots = [layer for layer in spec["layer"] if layer["mark"]["type"] == "point"]
    return {
        row["year"]: (row["value"], row["reworked"], layer["mark"]["filled"])
        for layer in dots
        for row in layer["data"]["values"]
    }


def test_older_years_are_off_until_somebody_asks_for_them(recut):
    page = opened()
    assert set(years(page)) == {2024, 2025}
    (box,) = (box for box in page.at.checkbox if box.key == "omraknad")
    assert box.label == "Visa även åren före 2024, omräknade till dagens områden"
    assert not box.value
    assert "SCB har tal för dem från 2024" in plain(page.markup)
    page.choose("omraknad", True)
    assert page.is_well()
    assert set(years(page)) == {*made_up_recut.YEARS, 2024, 2025}
    assert page.at.query_params["omraknad"] == "ja"


def test_a_link_restores_the_choice_and_the_indicator(recut):
    page = opened(serie="foreign_background_share", omraknad="ja")
    assert page.widget("serie").value == "foreign_background_share"
    assert page.widget("omraknad").value
    assert 2019 in years(page)


def test_years_that_are_worked_out_are_hollow_dashed_and_say_so(recut):
    page = opened(omraknad="ja")
    for year, (_, reworked, filled) in years(page).items():
        assert reworked == (year < 2024) == (not filled)
    lines = [layer for layer in line(page)["layer"] if layer["mark"]["type"] == "line"]
    assert [bool(layer["mark"].get("strokeDash")) for layer in lines] == [True, False]
    text = plain(page.markup)
    assert "Streckad linje är omräknade år" in text
    assert "Egen beräkning på öppna data från SCB" in text


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("same", "Områdets gräns är oförändrad"),
        ("merged", "hela gamla områden som har slagits ihop"),
        ("split", "Området är 50\u00a0% av ett gammalt område. De åren är uppskattningar"),
    ],
)
def test_how_certain_they_are_stands_below_the_title(recut, kind, said):
    assert said in plain(opened(AREAS[kind], omraknad="ja").markup)


def test_values_are_those_of_the_old_areas(recut):
    shown = years(opened(omraknad="ja"))
    for year in made_up_recut.YEARS:
        assert shown[year][0] == pytest.approx(made_up_recut.population(4, year) + made_up_recut.population(5, year))


def test_a_median_is_offered_where_the_boundary_did_not_move_alone(recut):
    def offered(area):
        return set(opened(area).widget("serie").options)

    assert "Ekonomisk standard, median" in offered(AREAS["same"])
    assert "Ekonomisk standard, median" not in offered(AREAS["merged"])


def test_no_line_crosses_the_re_cut_or_a_change_of_method(recut):
    page = opened(serie="population", omraknad="ja")
    stretches = {}
    for layer in line(page)["layer"]:
        for row in layer["data"]["values"] if layer["mark"]["type"] == "line" else ():
            stretches.setdefault(row["line"], []).append(row["year"])
    assert sorted(stretches.values()) == [[*made_up_recut.YEARS], [2024], [2025]]
    assert "SCB bytte metod 2025" in plain(page.markup)


def test_in_english_too(recut):
    page = opened(language="en", omraknad="ja")
    assert "A dashed line is years that are worked out" in plain(page.markup)


def test_the_embedded_data_have_nothing_of_it(at_home):
    page = Visitor().open("districts", omraden=["1488C1010"])
    assert page.is_well()
    assert not [box for box in page.at.checkbox if box.key == "omraknad"]
    assert "omräknade" not in plain(page.markup)


def test_other_pages_are_well_with_areas_of_both_divisions(recut):
    for name in ("overview", "segregation", "methods"):
        assert Visitor().open(name).is_well(), name
