"""Kolada as a publisher: the figures that are embedded come out again, and what is unlike is never used."""

import csv
from contextlib import contextmanager
from pathlib import Path

import pytest
from fetching import StoodClock
from made_up_kolada import NAMES, MadeUpKolada, cell, made_up_figure, made_up_kolada

from dashboard.sources.answer_cache import AnswerCache
from dashboard.sources.fetch_faults import (
    ChangedDimensionError,
    FetchError,
    HalfAnswerError,
    NotFoundError,
    OtherHostError,
    ServiceFaultError,
    UnreadableAnswerError,
)
from dashboard.sources.fetched import Wanted
from dashboard.sources.http_answers import HttpAnswers, Patience, Source
from dashboard.sources.kolada import Kolada, pace_of_kolada
from dashboard.sources.kolada_recipes import KEY_FIGURES

DATA = Path(__file__).parents[2] / "data"
HOME = Wanted("1488")
#: Kolada's figure for Trollhättan, as its service gives it → the embedded one's indicator and year.
PUBLISHED = {
    ("N00901", 2026): 22.36,
    ("N03011", 2015): -52202.935613,
    ("N03011", 2025): -74052.020586,
    ("N03046", 2019): 6755.884046,
    ("N03002", 2024): 36.604294,
}


@pytest.fixture
def kolada(monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with made_up_kolada() as service:
        yield service


@contextmanager
def publisher(service: MadeUpKolada, folder):
    time = StoodClock()
    source = Source("Kolada", service.url, "DASHBOARD_KOLADA_URL")
    with HttpAnswers(source, pace_of_kolada(time.clock), Patience(), time.clock) as answers:
        yield Kolada(AnswerCache(answers, folder), clock=time.clock)


def fetch(service, folder, wanted=HOME, tell=lambda *_: None):
    with publisher(service, folder) as one:
        return one.fetch(wanted, tell)


def told(fetched):
    return {one.key: (one.value, one.status, one.note) for one in fetched.harvest.observations}


def embedded(area="1488"):
    with (DATA / "observations" / "kolada.csv").open(encoding="utf-8") as file:
        return {(row["indicator"], int(row["year"])): row for row in csv.DictReader(file) if row["area_code"] == area}


def test_the_embedded_figures_come_out_of_what_kolada_publishes(kolada, tmp_path):
    kolada.years = range(2015, 2027)
    for (kpi, year), value in PUBLISHED.items():
        kolada.cells[kpi, "1488", year] = [cell(value)]
    found, kept = told(fetch(kolada, tmp_path)), embedded()
    names = {figure.code: figure.indicator for figure in KEY_FIGURES}
    for kpi, year in PUBLISHED:
        value, status, note = found["1488", names[kpi], year]
        row = kept[names[kpi], year]
        assert (f"{value:.12g}", status, note) == (row["value"], row["status"], row["note"])


def test_every_embedded_indicator_has_a_key_figure_that_the_catalogue_names():
    assert {figure.indicator for figure in KEY_FIGURES} == {indicator for indicator, _ in embedded()}
    for figure in KEY_FIGURES:
        text = (DATA / "catalogue" / "indicators" / f"{figure.indicator}.yaml").read_text(encoding="utf-8")
        assert f"Kolada {figure.code}" in text


def test_all_municipalities_and_years_come_in_lists_that_kolada_takes(kolada, tmp_path):
    peers = tuple(code for code in NAMES if code.startswith("18"))
    fetched = fetch(kolada, tmp_path, Wanted("1488", peers))
    assert len(fetched.harvest.observations) == 4 * 21 * 11
    assert {one.source for one in fetched.harvest.observations} == {"kolada"}
    assert told(fetched)["1861", "municipal_tax_rate", 2020][0] == pytest.approx(made_up_figure("N00901", "1861", 2020))
    data = [path for path in kolada.asked if path.startswith("/data")]
    assert len(data) == 4 * 3
    assert max(path.count(",") for path in data) == 7


def test_only_wanted_years_are_given_and_the_others_are_counted(kolada, tmp_path):
    fetched = fetch(kolada, tmp_path, Wanted("1488", years=frozenset({2019, 2024})))
    assert {one.year for one in fetched.harvest.observations} == {2019, 2024}
    report = fetched.harvest.reports[0]
    assert (report.name, report.rows, report.kept) == ("N00901", 11, 2)
    assert report.left_out == {"the year is not wanted": 9}


def test_what_it_was_read_from_is_noted_with_the_day_of_publication_that_has_come(kolada, tmp_path):
    files = fetch(kolada, tmp_path).files["kolada"]
    assert [(one.name, one.rows, one.updated) for one in files] == [
        (figure.code, 11, "2026-05-04") for figure in KEY_FIGURES
    ]
    assert len({one.sha256 for one in files}) == 4
    assert fetch(kolada, tmp_path / "again").files["kolada"] == files


def test_pages_are_put_together_whichever_way_they_are_counted(kolada, tmp_path):
    whole = told(fetch(kolada, tmp_path / "whole"))
    kolada.page = 4
    assert told(fetch(kolada, tmp_path / "pages")) == whole
    kolada.spoils["/"] = lambda answer: answer | {"count": len(answer["values"])}
    assert told(fetch(kolada, tmp_path / "own")) == whole


def test_a_link_over_http_to_the_same_host_is_asked_for_at_the_own_address(kolada, tmp_path):
    kolada.page = 4
    whole = told(fetch(kolada, tmp_path / "whole"))

    def behind_a_proxy(answer):
        link = answer["next_url"]
        return answer | {"next_url": link and "https://127.0.0.1/v3/" + link.split("/v3/")[1]}

    kolada.spoils["/"] = behind_a_proxy
    assert told(fetch(kolada, tmp_path / "other")) == whole


@pytest.mark.parametrize(
    ("status", "told_status", "note"),
    [
        ("", "missing", "absent_in_source"),
        ("Missing", "missing", "absent_in_source"),
        (".", "missing", "absent_in_source"),
        ("-", "missing", "not_relevant_at_source"),
        ("..", "suppressed", "suppressed_at_source"),
        ("Private", "suppressed", "suppressed_at_source"),
    ],
)
def test_an_empty_figure_is_never_nought_and_says_why(kolada, tmp_path, status, told_status, note):
    kolada.cells["N03002", "1488", 2020] = [cell(None, status=status)]
    assert told(fetch(kolada, tmp_path))["1488", "equity_ratio", 2020] == (None, told_status, note)


def test_the_total_is_taken_wherever_it_stands_and_what_is_withdrawn_is_not(kolada, tmp_path):
    kolada.cells["N00901", "1488", 2016] = [cell(20.0, "K"), cell(21.56), cell(23.0, "M")]
    kolada.cells["N00901", "1488", 2017] = [cell(30.0, isdeleted=True), cell(21.56)]
    kolada.cells["N00901", "1488", 2018] = [cell(30.0, isdeleted=True)]
    kolada.cells["N00901", "1488", 2019] = [cell(20.0, "K"), cell(23.0, "M")]
    fetched = fetch(kolada, tmp_path)
    rates = {year: value for (_, name, year), (value, _, _) in told(fetched).items() if name == "municipal_tax_rate"}
    assert rates[2016] == rates[2017] == 21.56
    assert 2018 not in rates
    assert 2019 not in rates
    assert fetched.harvest.reports[0].left_out == {"withdrawn by Kolada": 1, "women and men only, no total": 1}


def test_a_debt_of_nought_is_nought_and_not_empty(kolada, tmp_path):
    kolada.cells["N03046", "1488", 2020] = [cell(0)]
    assert told(fetch(kolada, tmp_path))["1488", "long_term_debt", 2020] == (0.0, "published", "")


@pytest.mark.parametrize(
    ("key", "cells", "says"),
    [
        (("N03002", "1488", 2020), [cell(None, status="?")], "has the status “\\?”"),
        (("N03002", "1488", 2020), [cell(30, status="Estimated")], "has the status “Estimated”"),
        (("N03011", "1488", 2020), [cell(59518.2)], "has Kolada changed unit or sign"),
        (("N00901", "1488", 2020), [cell(0.2236)], "which no municipality can have"),
        (("N00901", "1488", 2020), [cell(22), cell(23)], "has 2 totals"),
        (("N00901", "1488", 2020), [cell("22,36")], "where a number is documented"),
        (("N00901", "1488", 2020), [cell(True)], "where a number is documented"),
    ],
)
def test_a_figure_that_is_unlike_stops_the_fetch(kolada, tmp_path, key, cells, says):
    kolada.cells[key] = cells
    with pytest.raises(UnreadableAnswerError, match=says):
        fetch(kolada, tmp_path)


def with_row(**fields):
    return lambda answer: answer | {"values": [answer["values"][0] | fields, *answer["values"][1:]]}


@pytest.mark.parametrize(
    ("spoil", "fault", "says"),
    [
        (lambda answer: answer | {"values": [], "count": 0}, UnreadableAnswerError, "without any row for 1488"),
        (lambda answer: answer | {"values": answer["values"][:-1]}, HalfAnswerError, "announced 11 rows and sent 10"),
        (lambda answer: answer | {"next_url": "https://elsewhere.example/v3/data"}, OtherHostError, "elsewhere"),
        (lambda answer: answer | {"next_url": "/other/data"}, OtherHostError, "is not followed"),
        (lambda answer: answer | {"next_url": "/v3/data?page=1"}, NotFoundError, "N00901"),
        (
            lambda answer: answer | {"next_url": "/v3/data/kpi/N00901/municipality/1488"},
            UnreadableAnswerError,
            "in a circle",
        ),
        (lambda answer: answer["values"], UnreadableAnswerError, "where an object is documented"),
        (lambda answer: {"detail": "made up"}, UnreadableAnswerError, "where a list is documented"),
        (with_row(kpi="N00900"), UnreadableAnswerError, "N00900 for 1488, which was not asked for"),
        (with_row(municipality="0180"), UnreadableAnswerError, "for 0180, which was not asked for"),
        (with_row(period="2015M01"), UnreadableAnswerError, "is not a year"),
        (with_row(period=2016), UnreadableAnswerError, "stands twice"),
    ],
)
def test_an_answer_that_is_unlike_is_told_and_not_used(kolada, tmp_path, spoil, fault, says):
    kolada.spoils["/data"] = spoil
    with pytest.raises(fault, match=says):
        fetch(kolada, tmp_path)


def test_a_key_figure_that_has_become_another_or_is_gone_is_told(kolada, tmp_path):
    kolada.titles["N03046"] = "Långfristiga skulder koncern, kr/inv"
    with pytest.raises(ChangedDimensionError, match="N03046 is now called “Långfristiga skulder koncern, kr/inv”"):
        fetch(kolada, tmp_path)
    del kolada.titles["N03046"]
    with pytest.raises(ChangedDimensionError, match="no key figure N03046"):
        fetch(kolada, tmp_path)
    assert not any(path.startswith("/data") for path in kolada.asked)


@pytest.mark.parametrize("code", ["9999", "0014", "0000"])
def test_a_code_that_is_no_municipality_is_told_before_figures_are_asked_for(kolada, tmp_path, code):
    with pytest.raises(NotFoundError, match=f"no municipality {code}"):
        fetch(kolada, tmp_path, Wanted("1488", (code,)))
    assert kolada.asked == ["/municipality"]


def test_a_fault_that_passes_is_waited_out_and_one_that_stays_is_told(kolada, tmp_path):
    kolada.statuses = [503, 429, 200]
    assert len(fetch(kolada, tmp_path).harvest.observations) == 44
    kolada.statuses = [500] * 5
    with pytest.raises(ServiceFaultError, match="Kolada"):
        fetch(kolada, tmp_path)


def test_an_answer_that_breaks_off_is_told(kolada, tmp_path):
    kolada.cut_at = 100
    with pytest.raises(HalfAnswerError, match="Kolada"):
        fetch(kolada, tmp_path)


def test_like_municipalities_are_those_of_the_newest_group_without_the_own(kolada, tmp_path):
    with publisher(kolada, tmp_path) as one:
        assert list(one.similar_municipalities("1488")) == ["1487", "1860", "1861"]
        assert one.similar_municipalities("1488", "grundskola") == {"1862": "Påhittad 62"}
        with pytest.raises(NotFoundError, match=r"“Liknande kommuner” \(LSS\) for Trollhättan"):
            one.similar_municipalities("1488", "LSS")
        with pytest.raises(NotFoundError, match="no municipality 9999"):
            one.similar_municipalities("9999")


def test_an_empty_group_is_told(kolada, tmp_path):
    kolada.spoils["/municipality_groups/G2"] = lambda answer: (
        answer | {"values": [answer["values"][0] | {"members": []}]}
    )
    with publisher(kolada, tmp_path) as one, pytest.raises(FetchError, match="empty group"):
        one.similar_municipalities("1488")


def test_it_tells_how_far_it_has_come(kolada, tmp_path):
    steps = []
    fetch(kolada, tmp_path, tell=lambda *step: steps.append(step))
    assert steps[0][0] == "Kolada: municipalities"
    assert steps[-1] == ("Kolada", 4, 4)
    assert ("Kolada: N03011", 1, 4) in steps
