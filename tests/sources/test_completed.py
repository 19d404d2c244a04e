"""Every figure that is not there has a row that says so, and none has one that could not be there."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from dashboard.sources.area_codes import existed, parse_area_code
from dashboard.sources.completed import mark_derived, missing_rows
from dashboard.sources.observation_frame import frame_of, observations_of
from dashboard.sources.tidy import Observation

AREAS = [
    "1487",
    "1488",
    "1487C1010_DeSO2018",
    "1487C1020_DeSO2018",
    "1487C1010_DeSO2025",
    "1487C1030_DeSO2025",
    "1488C1010_DeSO2025",
    "1487R001_RegSO2025",
    "1487R002_RegSO2025",
]
keys = st.tuples(
    st.sampled_from(AREAS), st.sampled_from(["population", "rent_median", "net_income_mean"]), st.integers(2020, 2026)
)
figures = st.dictionaries(keys, st.sampled_from(["scb_tab6574", "kolada"]), max_size=25).map(
    lambda found: [Observation(source, *key, 1.0, "published") for key, source in found.items()]
)


def one_by_one(observations: list[Observation], areas: list[str]) -> dict[tuple[str, str, int], str]:
    """Say which rows are to be added, with their source, by the words of the rule and without any arrays."""
    siblings = defaultdict(set)
    for code in [*areas, *(one.area_code for one in observations)]:
        area = parse_area_code(code)
        siblings[area.municipality, area.level, area.vintage].add(area)
    have = {one.key for one in observations}
    wanted: dict[tuple[str, str, int], str] = {}
    for one in observations:
        area = parse_area_code(one.area_code)
        for sibling in siblings[area.municipality, area.level, area.vintage]:
            wanted[sibling.full, one.indicator, one.year] = one.source
    series = defaultdict(list)
    for one in observations:
        series[one.area_code, one.indicator].append(one)
    for (code, indicator), known in series.items():
        years = [one.year for one in known]
        for year in range(min(years), max(years)):
            wanted[code, indicator, year] = known[0].source
    return {
        key: source for key, source in wanted.items() if key not in have and existed(parse_area_code(key[0]), key[2])
    }


@given(figures, st.lists(st.sampled_from([*AREAS, "1489C1010", "1487C1040"]), max_size=4))
def test_what_is_missing_is_what_the_rule_says_row_by_row(observations, areas):
    added = observations_of(missing_rows(frame_of(observations), areas))
    assert {one.key: one.source for one in added} == one_by_one(observations, areas)
    assert len({one.key for one in added}) == len(added)
    assert {(one.value, one.status, one.note) for one in added} <= {(None, "missing", "absent_in_source")}


def test_nothing_is_added_to_complete_figures():
    figures = [
        Observation("s", code, "population", 2025, 1.0, "published")
        for code in ("1487C1010_DeSO2025", "1487C1020_DeSO2025")
    ]
    assert missing_rows(frame_of(figures), []).empty


def test_an_area_without_any_figures_gets_its_row():
    figures = [Observation("s", "1487C1010_DeSO2025", "population", 2025, 1.0, "published")]
    added = observations_of(missing_rows(frame_of(figures), ["1487C1010", "1487C1020", "1487R001"]))
    assert [(one.area_code, one.status) for one in added] == [("1487C1020_DeSO2025", "missing")]


def test_divisions_are_completed_apart():
    figures = [
        Observation("s", "1487C1010_DeSO2025", "population", 2025, 1.0, "published"),
        Observation("s", "1487C1010_DeSO2018", "population", 2020, 1.0, "published"),
    ]
    assert missing_rows(frame_of(figures), []).empty


def test_no_year_without_the_division_is_missing():
    """A false zero stands for a year in which the area did not exist; the others need no row for it."""
    figures = [
        Observation("s", "1487C1010_DeSO2025", "population", 2025, 1.0, "published"),
        Observation("s", "1487C1010_DeSO2025", "population", 2021, None, "false_zero", "code_did_not_exist"),
    ]
    added = observations_of(missing_rows(frame_of(figures), ["1487C1020"]))
    assert sorted((one.area_code, one.year) for one in added) == [
        ("1487C1010_DeSO2025", 2024),
        ("1487C1020_DeSO2025", 2025),
    ]


def test_areas_that_are_only_named_in_a_list_of_categories_are_not_there():
    everywhere = frame_of([Observation("s", code, "population", 2025, 1.0, "published") for code in AREAS])
    own = everywhere[everywhere["area_code"] == "1487C1010_DeSO2025"]
    assert missing_rows(own.reset_index(drop=True), []).empty


def test_no_figures_miss_nothing():
    assert missing_rows(frame_of([]), ["1487C1010"]).empty


def test_figures_that_somebody_worked_out_are_never_called_published(embedded):
    figures = [
        Observation("scb_tab6574", "1487", "age_20_34_share", 2025, 20.0, "published"),
        Observation("scb_tab6574", "1487", "population", 2025, 20.0, "published"),
        Observation("scb_tab6574", "1487", "age_20_34_share", 2024, None, "suppressed", "suppressed_at_source"),
        Observation("scb_tab6574", "1488", "age_20_34_share", 2024, 20.0, "published", "school_year"),
    ]
    frame = frame_of(figures)
    marked = observations_of(mark_derived(frame, embedded / "catalogue"))
    assert [one.status for one in marked] == ["derived", "published", "suppressed", "derived"]
    assert marked[0].note == "worked_out_from_counts"
    assert marked[3].note == "school_year"
    assert observations_of(frame) == figures
    assert mark_derived(frame_of([]), embedded / "catalogue").empty
