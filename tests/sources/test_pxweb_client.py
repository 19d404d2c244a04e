"""The client of PxWebApi v2 against a service on this machine: few calls, whole tables, a sentence a fault."""

import pytest
from fetching import StoodClock, client_of
from made_up_scb import MadeUpTable, data_set, index_table, refuses, sends

from dashboard.sources.false_zeros import without_false_zeros
from dashboard.sources.fetch_faults import (
    ChangedDimensionError,
    ChangedMeanwhileError,
    DiscontinuedTableError,
    FetchError,
    RefusedCallError,
    UnreadableAnswerError,
)

ALL = {"Region": None, "ContentsCode": None, "Tid": None}


def fetch(scb, folder, wanted=ALL, time=None, **table):
    with client_of(scb, folder, time) as client:
        return client.data(client.table("TAB6586", **table), wanted)


def told(cube):
    return {codes: (value, status) for codes, value, status in cube.rows()}


def published(table):
    """Give the cells as they were made up, to hold what was fetched to."""
    return {
        (region, content, year): table.figure({"Region": region, "ContentsCode": content, "Tid": year})
        for region in table.dimensions["Region"]
        for content in table.dimensions["ContentsCode"]
        for year in table.dimensions["Tid"]
    }


def test_a_table_is_fetched_as_it_is_with_its_stamp_and_labels(scb, tmp_path):
    cube = fetch(scb, tmp_path)
    assert {codes: value for codes, (value, _) in told(cube).items()} == published(index_table())
    assert cube.structure.updated == "2026-06-23T06:00:00Z"
    assert cube.structure.source == "Statistics Sweden"
    assert cube.structure.dimensions[0].labels["1488R007"] == "»1488R007«"
    assert scb.asked == [
        ("GET", "/config"),
        ("GET", "/tables/TAB6586"),
        ("GET", "/tables/TAB6586/metadata"),
        ("GET", "/tables/TAB6586/data"),
    ]


def test_the_figure_of_kronogarden_is_found_and_its_false_zeros_are_not(scb, tmp_path):
    found = told(without_false_zeros(fetch(scb, tmp_path), "SCB (TAB6586)"))
    assert found["1488R007_RegSO2025", "000008IT", "2024"] == (32.5, "published")
    assert found["1488R007_RegSO2025", "000008IT", "2023"] == (None, "false_zero")
    assert found["1488R007", "000008IT", "2024"] == (None, "false_zero")
    assert sum(status == "false_zero" for _, status in found.values()) == 3 * 5 * 13 + 3 * 5


@pytest.mark.parametrize("limit", [1, 7, 70, 100, 419, 420])
def test_the_parts_together_are_the_whole(scb, tmp_path, limit):
    wanted = {"Region": ("1488R007_RegSO2025", "1488R007"), "ContentsCode": None, "Tid": ("2024", "2011")}
    if limit > 10:
        wanted = ALL
    whole = told(fetch(scb, tmp_path / "whole", wanted))
    scb.most_cells = limit
    assert told(fetch(scb, tmp_path / "parts", wanted)) == whole
    parts = scb.asked_for("/data") - 1
    assert parts >= len(whole) / limit


def test_codes_with_signs_of_addresses_are_asked_for_as_they_are(scb, tmp_path):
    codes = {"Kon": ["1", "2", "1+2"], "Alder": ["totalt", "-4", "80-"], "Upplatelseform": ["ÖVRIGT", "a&b=c", "50 %"]}
    cells = [(a, b, c) for a in codes["Kon"] for b in codes["Alder"] for c in codes["Upplatelseform"]]
    scb.tables["TAB1"] = MadeUpTable(codes, lambda row: cells.index(tuple(row.values())))
    with client_of(scb, tmp_path) as client:
        cube = client.data(client.table("TAB1"), dict.fromkeys(codes))
    assert told(cube) == {row: (number, "published") for number, row in enumerate(cells)}


def test_a_long_selection_is_posted_and_a_list_for_index_and_marks_are_read(scb, tmp_path):
    regions = [f"{kommun}R{number:03}" for kommun in (1480, 1488) for number in range(150)]
    scb.index_as_list = True
    scb.tables["TAB6586"] = MadeUpTable(
        {"Region": regions, "ContentsCode": ["000008IT"], "Tid": ["2023"]},
        lambda row: None if row["Region"].endswith("1") else int(row["Region"][5:]),
        marks=lambda row: "." if row["Region"].endswith("11") else None,
    )
    found = told(fetch(scb, tmp_path))
    assert ("POST", "/tables/TAB6586/data") in scb.asked
    assert found["1488R149", "000008IT", "2023"] == (149, "published")
    assert found["1488R001", "000008IT", "2023"] == (None, "suppressed")
    assert found["1488R011", "000008IT", "2023"] == (None, "missing")
    assert len(found) == 300


def test_the_pace_is_the_services_own_when_that_is_slower(scb, tmp_path):
    scb.calls, scb.seconds, scb.most_cells = 5, 10, 70
    time = StoodClock()
    fetch(scb, tmp_path, time=time)
    assert len(scb.asked) == 1 + 1 + 1 + 6 + 1
    assert time.slept == [10]


def test_a_service_without_a_limit_of_calls_is_not_overrun(scb, tmp_path):
    scb.calls, scb.seconds, scb.most_cells = 0, 0, 14
    time = StoodClock()
    fetch(scb, tmp_path, time=time)
    assert len(scb.asked) == 34
    assert time.slept == [10]


def test_an_interrupted_fetch_goes_on_where_it_was(scb, tmp_path):
    scb.most_cells = 70
    scb.faults = [None] * 6 + [refuses(400)]
    with pytest.raises(RefusedCallError):
        fetch(scb, tmp_path)
    before = scb.asked_for("/data") - 1
    assert before == 3
    cube = fetch(scb, tmp_path)
    assert {codes: value for codes, (value, _) in told(cube).items()} == published(index_table())
    assert scb.asked_for("/data") - 1 == 6
    assert scb.asked_for("/metadata") == 1


def test_nothing_new_costs_two_small_calls(scb, tmp_path):
    first = told(fetch(scb, tmp_path))
    scb.asked.clear()
    assert told(fetch(scb, tmp_path)) == first
    assert scb.asked == [("GET", "/config"), ("GET", "/tables/TAB6586")]


def test_new_figures_are_fetched_anew(scb, tmp_path):
    fetch(scb, tmp_path)
    table = scb.tables["TAB6586"]
    table.updated, table.figure = "2026-09-01T06:00:00Z", lambda codes: 1
    cube = fetch(scb, tmp_path)
    assert cube.structure.updated == "2026-09-01T06:00:00Z"
    assert {value for value, _ in told(cube).values()} == {1}


def test_figures_that_change_between_two_calls_are_never_mixed(scb, tmp_path):
    scb.most_cells = 210
    table = scb.tables["TAB6586"]

    def change(path):
        if path.endswith("/data") and scb.asked_for("/data") == 1:
            table.updated, table.figure = "2026-09-01T06:00:00Z", lambda codes: 1

    scb.after = change
    with pytest.raises(ChangedMeanwhileError, match="got new figures while it was fetched: try again"):
        fetch(scb, tmp_path)
    assert {value for value, _ in told(fetch(scb, tmp_path)).values()} == {1}


def test_progress_is_told_part_by_part(scb, tmp_path):
    scb.most_cells = 210
    steps = []
    with client_of(scb, tmp_path) as client:
        client.data(client.table("TAB6586"), ALL, lambda done, of: steps.append((done, of)))
    assert steps == [(1, 2), (2, 2)]


def test_a_table_that_is_gone_or_closed_is_told(scb, tmp_path):
    scb.tables["TAB6586"].discontinued = True
    with pytest.raises(DiscontinuedTableError, match="no new figures any more"):
        fetch(scb, tmp_path)
    assert fetch(scb, tmp_path, may_be_closed=True).values.size == 420
    del scb.tables["TAB6586"]
    with pytest.raises(DiscontinuedTableError, match="is not there any more"):
        fetch(scb, tmp_path, may_be_closed=True)


def test_a_code_that_was_renamed_is_told_before_any_cell_is_asked_for(scb, tmp_path):
    scb.tables["TAB6586"].dimensions["ContentsCode"][0] = "000009AA"
    with pytest.raises(ChangedDimensionError, match="SCB \\(TAB6586\\) has no code 000008IT in ContentsCode"):
        fetch(scb, tmp_path, {**ALL, "ContentsCode": ("000008IT",)})
    assert scb.asked_for("/data") == 0


def test_other_cells_than_were_asked_for_are_not_used(scb, tmp_path):
    scb.most_cells = 210
    with client_of(scb, tmp_path) as client:
        table = client.table("TAB6586")
        scb.most_cells = 10**6
        scb.faults = [lambda handler: handler.answer(200, scb.cells_of("TAB6586"))]
        with pytest.raises(UnreadableAnswerError, match="other codes than were asked for"):
            client.data(table, ALL)


def test_an_answer_with_its_dimensions_turned_is_put_in_place(scb, tmp_path):
    table = scb.tables["TAB6586"]
    turned = dict(reversed(table.dimensions.items()))
    scb.faults = [None] * 3 + [lambda handler: handler.answer(200, data_set(scb, table, turned, cells=True))]
    cube = fetch(scb, tmp_path)
    assert {codes: value for codes, (value, _) in told(cube).items()} == published(table)


@pytest.mark.parametrize("place", [0, 1, 2, 3])
@pytest.mark.parametrize("content", [b"[]", b"{}", b"null", b'{"class": "dataset"}', b'{"updated": 3}'])
def test_json_of_another_form_is_told_wherever_it_comes(scb, tmp_path, place, content):
    scb.faults = [None] * place + [sends(content)]
    with pytest.raises(FetchError, match=r"^SCB .*look whether") as caught:
        fetch(scb, tmp_path)
    assert isinstance(caught.value, UnreadableAnswerError)
