"""The figures that follow a project: school years, sources, what is missing, and the difference that one can see."""

from collections.abc import Iterator

import pytest
from made_up_roadmap import PROJECTS
from places_view import plain, view_of

from dashboard.measures.report import Comparison
from dashboard.register.circle_entries import Contribution
from dashboard.register.entries import LinkedIndicator
from dashboard.views import reports
from dashboard.views.circle_statistics import figure_words
from dashboard.views.context import View
from dashboard.views.figure import Evidence
from dashboard.views.roadmap_courses import Course, area_courses, chance_words, city_course, course_words
from dashboard.views.roadmap_indicators import courses, evidence, table
from dashboard.views.roadmap_project import kronor
from dashboard.warehouse.connection import Warehouse

SCHOOL = "school_eligible"


@pytest.fixture(scope="module")
def warehouse(home_city) -> Iterator[Warehouse]:
    opened = Warehouse(home_city.warehouse)
    yield opened
    opened.close()


@pytest.fixture
def view(home_city, warehouse) -> View:
    return view_of(home_city, warehouse)


def linked(indicator: str, baseline: int) -> LinkedIndicator:
    return LinkedIndicator(id="l", project="torget", indicator=indicator, baseline_year=baseline)


def evidence_of(view: View, indicator: str, baseline: int = 2021) -> Evidence:
    one = linked(indicator, baseline)
    return evidence(view, one, courses(view, PROJECTS[0], one))


def test_a_school_year_is_never_called_by_the_year_that_it_begins_in(view):
    city = city_course(view, SCHOOL)
    assert plain(course_words(view, SCHOOL, city, 2025)) == (
        "Hela staden: 82,5 % (läsåret 2025/26). Senare år saknas, så ingen förändring kan visas."
    )
    assert plain(course_words(view, SCHOOL, city, 2021)) == (
        "Hela staden: för 2021 finns inga tal. Det enda året är läsåret 2025/26: 82,5 %. Ingen förändring kan visas."
    )
    assert evidence_of(view, SCHOOL).years == "läsåret 2025/26"
    one = linked(SCHOOL, 2021)
    assert "läsåret 2025/26" in plain(table(view, one, [city], "Behöriga"))


def test_a_school_year_beside_a_contribution_is_called_one_too(view):
    said = Contribution(id="c", municipality="1488", text="Läxhjälp.", indicator=SCHOOL)
    assert ", Hela staden: 82,5 % (läsåret 2025/26)." in plain(figure_words(view, said))


def test_one_year_is_no_span_of_years(view):
    assert evidence_of(view, "reported_violence", 2020).years == "2015\u20132025"
    only_area = [area_courses(view, "employment_rate_20_64", ["1488R007"])[0]]
    assert evidence(view, linked("employment_rate_20_64", 2021), only_area).years == "2024"


def test_years_that_were_worked_out_are_not_credited_to_the_publisher(view):
    credits_of_population = evidence_of(view, "population").credits
    assert any(one.startswith("Källa: SCB") for one in credits_of_population)
    assert any(one.startswith("Egen beräkning") for one in credits_of_population)
    assert not any(one.startswith("Egen beräkning") for one in evidence_of(view, "disposable_income_median").credits)


def test_a_split_of_several_groups_is_explained_by_its_own_measure(view):
    assert evidence_of(view, "tenure").measures == ["multigroup_dissimilarity"]
    assert evidence_of(view, "rented_tenure").measures == ["dissimilarity"]


def test_years_of_a_split_that_are_not_quite_comparable_say_so(view):
    assert any("SCB bytte metod 2025" in note for note in evidence_of(view, "foreign_background").notes)


def test_an_area_with_figures_for_some_years_is_not_said_to_have_none(view):
    one = linked("rental_tenure_share", 2015)
    markup = table(view, one, courses(view, PROJECTS[0], one), "Hyresrätter")
    assert "Underlaget har inget tal för det året." in markup
    assert "publiceras inte på den här nivån" not in markup
    nowhere = linked("unemployment_rate_december", 2021)
    assert "publiceras inte på den här nivån" in table(
        view, nowhere, courses(view, PROJECTS[0], nowhere), "Arbetslöshet"
    )


def test_the_difference_is_that_of_the_values_beside_it(view, monkeypatch):
    found = Comparison("dissimilarity", 0.0108, 0.006, 0.016, True, None)
    monkeypatch.setattr(reports, "change", lambda *_: found)
    course = Course("Hela staden", "deso", ((2024, 45.44), (2025, 46.52)))
    assert course_words(view, "tenure", course, 2024) == "Hela staden: från 45,4 av 100 (2024) till 46,5 av 100 (2025)."
    assert plain(chance_words(view, "tenure", course, 2024)) == (
        "Förändringen +1,1 (osäkerhet 0,6–1,6) är större än vad slumpen ger."
    )
    # 45,44 to 46,56 are 1,12 apart, but 45,4 and 46,6 are 1,2 apart.
    wider = Course("Hela staden", "deso", ((2024, 45.44), (2025, 46.56)))
    assert plain(chance_words(view, "tenure", wider, 2024)).startswith("Förändringen +1,2 ")


def test_no_line_breaks_within_an_amount(home_city, warehouse, view):
    assert kronor(view, 1_650_000) == "1\u00a0650\u00a0000\u00a0kr"
    assert kronor(view_of(home_city, warehouse, "en"), 1_650_000) == "SEK\u00a01,650,000"
