"""Skolverket as a publisher of schools: marks are never numbers, years are never mixed, what is unlike is told."""

import csv
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from fetching import StoodClock
from made_up_skolverket import MadeUpSchool, MadeUpSkolverket, made_up_skolverket, row

from dashboard.sources.answer_cache import AnswerCache
from dashboard.sources.fetch_faults import FetchError, HalfAnswerError, ServiceFaultError, UnreadableAnswerError
from dashboard.sources.fetched import Wanted
from dashboard.sources.http_answers import HttpAnswers, Patience, Source
from dashboard.sources.places import SCHOOL_COLUMNS
from dashboard.sources.skolverket import Skolverket, pace_of_skolverket
from dashboard.sources.skolverket_values import number_of
from dashboard.sources.tidy import parse_value

DATA = Path(__file__).parents[2] / "data"
HOME = Wanted("1488", ("1480",))
MERIT = "averageGradesMeritRating9thGrade"
FIGURES = "school-units/10000001/statistics"
SURVEY = "school-units/10000001/nestedsurveys"


@pytest.fixture
def skolverket(monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with made_up_skolverket() as service:
        yield service


@contextmanager
def publisher(service: MadeUpSkolverket, folder, areas=None):
    time = StoodClock()
    source = Source("Skolverket", service.url, "DASHBOARD_SKOLVERKET_URL")
    with HttpAnswers(source, pace_of_skolverket(time.clock), Patience(), time.clock) as answers:
        yield Skolverket(AnswerCache(answers, folder), areas)


def fetch(service, folder, wanted=HOME, areas=None, tell=lambda *_: None):
    with publisher(service, folder, areas) as one:
        return one.fetch(wanted, tell)


def schools(fetched):
    assert fetched.schools is not None
    return {one["school_unit_code"]: one for one in fetched.schools}


def test_the_schools_with_year_9_of_the_municipality_are_given_in_the_columns_of_the_file(skolverket, tmp_path):
    found = schools(fetch(skolverket, tmp_path))
    assert list(found) == ["10000001", "30000002"]
    assert tuple(found["10000001"]) == SCHOOL_COLUMNS
    assert found["10000001"] == {
        "school_unit_code": "10000001",
        "name": "Första skolan 7-9",
        "lat": "58.28",
        "lon": "12.29",
        "principal_type": "Kommunal",
        "pupils_2025_26": "320",
        "merit_value_2025_26": "212.2",
        "all_subjects_passed_share": ".",
        "upper_secondary_eligible_share": ".",
        "certified_teacher_share": "61.1",
        "pupils_per_teacher": ".",
        "perceived_safety_0_10": "8.3",
        "desokod": "",
    }


def test_a_school_of_the_embedded_data_comes_out_as_it_is_there(skolverket, tmp_path):
    with (DATA / "places" / "schools.csv").open(encoding="utf-8") as file:
        kept = next(one for one in csv.DictReader(file) if one["school_unit_code"] == "66414430")
    swedish = {name: cell.replace(".", ",") for name, cell in kept.items()}
    figures = {
        "totalNumberOfPupils": [row(f"cirka {kept['pupils_2025_26']}")],
        MERIT: [row(swedish["merit_value_2025_26"])],
        "ratioOfPupilsIn9thGradeWithAllSubjectsPassed": [row(swedish["all_subjects_passed_share"])],
        "ratioOfPupils9thGradeEligibleForNationalProgramYR": [row(swedish["upper_secondary_eligible_share"])],
        "certifiedTeachersQuota": [row(swedish["certified_teacher_share"])],
        "studentsPerTeacherQuota": [row(swedish["pupils_per_teacher"])],
    }
    survey = [{"schoolYear": "ak8", "securityMetrics": {"average": swedish["perceived_safety_0_10"]}}]
    place = {"lat": kept["lat"], "lon": kept["lon"], "principal": kept["principal_type"]}
    skolverket.schools = {"66414430": MadeUpSchool(kept["name"], figures=figures, survey=survey, **place)}
    areas = gpd.read_parquet(DATA / "areas" / "deso_2025.parquet").to_crs(3006)
    assert fetch(skolverket, tmp_path, areas=areas).schools == [kept]


@pytest.mark.parametrize(
    ("kind", "value", "mark", "status", "why"),
    [
        ("MISSING", ".", ".", "missing", "missing"),
        ("MISSING", None, ".", "missing", "missing"),
        ("OMITTED_DUE_TO_BASED_ON_FEW_PUPILS", "..", "..", "suppressed", "withheld, because of few pupils"),
        (
            "ROUNDED_OFF_DUE_TO_FEW_PUPILS_NOT_ELIGIBLE",
            "~100",
            "..",
            "suppressed",
            "only told as about 100, because of few pupils",
        ),
        (
            "TEACHERS_EXCLUDED_DUE_TO_NO_REQUIRED_LEGITIMATION",
            "*",
            ".",
            "missing",
            "not relevant, because no certificate is required",
        ),
    ],
)
def test_what_is_not_shown_is_a_mark_and_never_a_number(skolverket, tmp_path, kind, value, mark, status, why):
    skolverket.schools["30000002"].figures = {MERIT: [row(value, kind=kind), row("199,9", "2024/25")]}
    fetched = fetch(skolverket, tmp_path)
    cell = schools(fetched)["30000002"]["merit_value_2025_26"]
    assert cell == mark
    assert parse_value(cell, "here") == (None, status)
    assert fetched.harvest.reports[1].left_out[f"merit_value_2025_26: {why}"] == 1


def test_the_newest_year_that_has_any_figure_is_taken_for_all_schools(skolverket, tmp_path):
    for code, old in (("10000001", "250,5"), ("30000002", "240,5")):
        skolverket.schools[code].figures = {
            MERIT: [row(".", "2026/27", "MISSING"), row(old, "2025/26"), row("100", "2024/25")]
        }
    skolverket.schools["30000002"].figures = {MERIT: [row("100", "2024/25")]}
    fetched = fetch(skolverket, tmp_path)
    assert [one["merit_value_2025_26"] for one in schools(fetched).values()] == ["250.5", "."]
    stamps = {one.name: one.updated for one in fetched.files["skolverket"]}
    assert stamps[MERIT] == "2025/26"
    assert stamps["nestedsurveys/pupilsgr"] == "VT26"


def test_what_was_read_is_reported_and_noted(skolverket, tmp_path):
    fetched = fetch(skolverket, tmp_path)
    assert [next(one.lines()) for one in fetched.harvest.reports] == [
        "Skolverket: schools with year 9: 2 rows read, 2 kept, 0 left out",
        "Skolverket: figures of schools: 14 rows read, 4 kept, 10 left out",
    ]
    files = {one.name: one for one in fetched.files["skolverket"]}
    assert (files["school-units"].rows, files["compact-school-units"].rows) == (2, 2)
    assert fetched.harvest.observations == []
    assert fetched.places is None
    again = fetch(skolverket, tmp_path / "again").files["skolverket"]
    assert again == fetched.files["skolverket"]


def test_the_municipality_is_sifted_out_even_if_the_service_does_not_do_it(skolverket, tmp_path):
    few = fetch(skolverket, tmp_path / "few").schools
    skolverket.filters = False
    assert fetch(skolverket, tmp_path / "all").schools == few
    assert "school-units?page=1" in skolverket.asked


def test_positions_are_asked_for_no_further_than_needed(skolverket, tmp_path):
    fetch(skolverket, tmp_path)
    assert [path for path in skolverket.asked if path.startswith("compact")] == [
        "compact-school-units?page=0",
        "compact-school-units?page=1",
    ]
    skolverket.asked.clear()
    del skolverket.schools["30000002"]
    fetch(skolverket, tmp_path / "one")
    assert [path for path in skolverket.asked if path.startswith("compact")] == ["compact-school-units?page=0"]


def test_the_answer_about_a_unit_that_can_name_persons_is_never_asked_for(skolverket, tmp_path):
    fetch(skolverket, tmp_path)
    asked = {path.partition("?")[0] for path in skolverket.asked}
    assert asked == {
        "school-units",
        "compact-school-units",
        *(f"school-units/{code}/statistics/gr" for code in ("10000001", "30000002")),
        *(f"school-units/{code}/nestedsurveys/pupilsgr" for code in ("10000001", "30000002")),
    }


@pytest.mark.parametrize("not_found", [False, True])
def test_a_school_without_figures_is_there_with_marks(skolverket, tmp_path, not_found):
    skolverket.not_found = not_found
    skolverket.schools["30000002"].figures = None
    assert schools(fetch(skolverket, tmp_path))["30000002"]["merit_value_2025_26"] == "."


@pytest.mark.parametrize("lat", ["0", "", "12.27", "58°"])
def test_a_school_without_a_position_in_sweden_is_left_out_and_counted(skolverket, tmp_path, lat):
    skolverket.schools["30000002"].lat = lat
    fetched = fetch(skolverket, tmp_path)
    assert list(schools(fetched)) == ["10000001"]
    assert fetched.harvest.reports[0].left_out == {"no position": 1}


def test_the_small_area_is_the_one_that_the_school_lies_in(skolverket, tmp_path):
    west, east = shapely.box(340000, 6450000, 341000, 6480000), shapely.box(341000, 6450000, 345000, 6480000)
    areas = gpd.GeoDataFrame({"code": ["1488C1010", "1488C1020"]}, geometry=[west, east], crs=3006)
    found = schools(fetch(skolverket, tmp_path, areas=areas))
    assert [one["desokod"] for one in found.values()] == ["1488C1020", "1488C1010"]


def of_first(**changes):
    return lambda answer: answer | {"body": answer["body"] | changes}


@pytest.mark.parametrize(
    ("where", "spoil", "fault", "says"),
    [
        (FIGURES, of_first(**{MERIT: [row("1", kind="NEW_KIND")]}), UnreadableAnswerError, "NEW_KIND"),
        (FIGURES, of_first(**{MERIT: [row("many")]}), UnreadableAnswerError, "“many” is no number up to 340"),
        (FIGURES, of_first(**{MERIT: [row("2122")]}), UnreadableAnswerError, "“2122” is no number up to 340"),
        (FIGURES, of_first(**{MERIT: [row("1"), row("2")]}), UnreadableAnswerError, "not one figure a school year"),
        (FIGURES, of_first(**{MERIT: {"value": "1"}}), UnreadableAnswerError, "where a list is documented"),
        (SURVEY, of_first(schoolYearMetrics="none"), UnreadableAnswerError, "where a list is documented"),
        (
            SURVEY,
            of_first(schoolYearMetrics=[{"schoolYear": "ak8", "securityMetrics": {"average": "83"}}]),
            UnreadableAnswerError,
            "no index of 0–10",
        ),
        (
            "school-units",
            lambda answer: answer | {"status": "ERROR", "message": "Fel"},
            ServiceFaultError,
            "ERROR: Fel",
        ),
        ("school-units", lambda answer: answer["body"], ServiceFaultError, "reports"),
        ("school-units", lambda answer: [answer], UnreadableAnswerError, "where an object is documented"),
        (
            "school-units",
            lambda answer: answer | {"body": answer["body"] | {"page": {"totalPages": 1, "totalElements": 9}}},
            HalfAnswerError,
            "announced 9 rows and sent 3",
        ),
        (
            "school-units",
            lambda answer: answer | {"body": {"page": {"totalPages": 1, "totalElements": 0}}},
            UnreadableAnswerError,
            "tells of no school with year 9 in municipality 1488",
        ),
        (
            "compact-school-units",
            lambda answer: answer | {"body": answer["body"] | {"page": {"totalPages": "many"}}},
            UnreadableAnswerError,
            "tells of many pages",
        ),
        (
            "compact-school-units",
            lambda answer: answer | {"body": {"page": {"totalPages": 0, "totalElements": 0}}},
            UnreadableAnswerError,
            "gives no position of any school",
        ),
    ],
)
def test_an_answer_that_is_unlike_is_told_and_not_used(skolverket, tmp_path, where, spoil, fault, says):
    skolverket.spoils[where] = spoil
    with pytest.raises(fault, match=says):
        fetch(skolverket, tmp_path)


def test_a_unit_that_stands_twice_is_told(skolverket, tmp_path):
    def twice(answer):
        body = answer["body"]
        rows = body["_embedded"]["listedSchoolUnits"]
        page = body["page"] | {"totalElements": 6}
        return answer | {"body": body | {"_embedded": {"listedSchoolUnits": rows + rows}, "page": page}}

    skolverket.spoils["school-units"] = lambda answer: twice(answer) if "_embedded" in answer["body"] else answer
    with pytest.raises(UnreadableAnswerError, match="tells of 10000001 twice"):
        fetch(skolverket, tmp_path)


def test_a_service_that_has_no_figure_at_all_changes_nothing(skolverket, tmp_path):
    for one in skolverket.schools.values():
        one.figures = None
    with pytest.raises(FetchError, match="gave no figure for any school in municipality 1488"):
        fetch(skolverket, tmp_path)


def test_a_fault_that_passes_is_waited_out(skolverket, tmp_path):
    skolverket.statuses = [503, 200, 429]
    assert len(schools(fetch(skolverket, tmp_path))) == 2


def test_it_tells_how_far_it_has_come(skolverket, tmp_path):
    steps = []
    fetch(skolverket, tmp_path, tell=lambda *step: steps.append(step))
    assert steps[0] == ("Skolverket: schools", 0, 0)
    assert steps[-1] == ("Skolverket: figures of schools", 2, 2)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *[("239,1", 239.1), ("cirka 1\xa0110", 1110), ("~100", 100), ("44%", 44), ("0", 0)],
        *((text, None) for text in ("..", ".", "", "-", "*", "1.2.3", "-5", "٤٤")),
    ],
)
def test_numbers_are_read_as_skolverket_writes_them(text, number):
    assert number_of(text) == number
