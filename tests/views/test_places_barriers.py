"""Barriärer: what the part of the page says, on the embedded data and on a town that can be worked out in the head."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import shapely
from streamlit.testing.v1 import AppTest

from dashboard.i18n import get_translator
from dashboard.reach.barriers import barrier_report
from dashboard.reach.city import Barrier, City, Crossing, Grouping, People, Place
from dashboard.reach.detour import screen
from dashboard.reach.network import WalkNetwork
from dashboard.views import barrier_map, barrier_screening, barrier_stretches, barrier_tables, barrier_words
from dashboard.views.context import View
from dashboard.views.numbers import NumberFormat
from dashboard.views.theme import LIGHT

PROJECT = Path(__file__).parents[2]
NBSP = "\u00a0"
with (PROJECT / "data" / "networks" / "1488" / "barriers.csv").open(encoding="utf-8") as _file:
    WITHOUT_COURSE = [row["barrier"] for row in csv.DictReader(_file) if not row["line"]]
PAGE = """
import streamlit as st
from dashboard.views.context import current_view
from dashboard.views.places_barriers import show_barriers
from dashboard.views.places_city import current_city

st.session_state.setdefault("lang", "{language}")
view = current_view()
show_barriers(view, current_city(view))
"""


def opened(language: str = "sv", **address: str) -> AppTest:
    page = AppTest.from_string(PAGE.format(language=language), default_timeout=60)
    for name, value in address.items():
        page.query_params[name] = value
    return page.run()


def text_of(page: AppTest) -> str:
    assert not page.exception
    return plain(" ".join(element.proto.body for element in page.get("html")))


def plain(markup: str) -> str:
    return re.sub(r"[ \n]+", " ", unescape(re.sub(r"<[^>]+>", " ", markup)))


@pytest.fixture
def at_home(home_city):
    with home_city.in_use():
        yield home_city


def test_the_headline_is_worked_out_from_the_data(at_home):
    text = text_of(opened())
    more = re.search(r"Att ta sig över Göta älv är en omväg på ungefär (\d+) meter", text)
    medians = re.search(rf"är vägen över (\d,\d){NBSP}km, mot (\d,\d){NBSP}km mellan punkter lika långt", text)
    over, beside = (1000 * float(one.replace(",", ".")) for one in medians.groups())
    # Two ways to a tenth of a kilometre, and a difference rounded once, to 50 m.
    assert abs(over - beside - int(more[1])) <= 125
    assert int(more[1]) % 50 == 0
    assert "Uppskattat på 42 par. Talen är ungefärliga." in text
    assert "gånger så lång" not in text
    assert "3 kända broar över Göta älv antas gå att gå över, längs" in text
    assert "Antas gå att använda: tre broar. Att de är öppna för gående är inte kontrollerat." in text
    assert "Järnvägsbron" not in text, "the table is sent only when it is opened"


@pytest.mark.parametrize(("language", "notice"), [("sv", "Schematiskt gångnät"), ("en", "Schematic walk network")])
@pytest.mark.parametrize("barrier", ["gota-alv", *WITHOUT_COURSE])
def test_every_screen_says_that_the_network_is_schematic(at_home, language, notice, barrier):
    assert notice in text_of(opened(language, barriar=barrier))


@pytest.mark.parametrize("barrier", WITHOUT_COURSE)
def test_a_barrier_without_a_course_says_why_and_what_would_fill_it(at_home, barrier):
    text = text_of(opened(barriar=barrier))
    assert "sträckningen är inte känd" in text
    assert "I de data som har lästs in finns bara namnet" in text
    assert "Kommunen kan läsa in ett riktigt gångnät från OpenStreetMap." in text
    assert "docs/networks.md" in text
    assert "dashboard network import" not in text
    assert "Vägen över" not in text


def test_the_list_tells_which_barriers_have_no_course(at_home):
    options = opened().selectbox(key="barriar").options
    assert "Göta älv" in options
    assert sum(one.endswith("(läget saknas)") for one in options) == len(WITHOUT_COURSE)


def test_on_a_schematic_network_the_screening_waits_in_an_expander_without_a_number(at_home):
    page = opened()
    assert "Grov genomgång (för planerare)" in [one.label for one in page.expander]
    assert "svag mätare" not in text_of(page)
    page.session_state["screening-expander"] = True
    text = text_of(page.run())
    assert "Grov genomgång: metoden är en svag mätare." in text
    assert "I ett schematiskt gångnät säger genomgången mest var nätet är glest." in text
    assert not re.search(r"Grov genomgång av hela gångnätet[^.]*%", text)


def test_stretches_with_few_pairs_are_not_classed_on_a_schematic_network(at_home):
    text = text_of(opened())
    assert "Ingen sträcka korsas av minst 30 par av punkter." in text
    assert "Ingen sträcka har minst 30 par, så sträckorna delas inte in efter omväg." in text
    assert "lång omväg" not in text


def test_the_choice_stands_in_the_address(at_home):
    page = opened()
    assert "barriar" not in page.query_params
    page.selectbox(key="barriar").set_value("railway").run()
    assert page.query_params["barriar"] == "railway"
    assert "Järnvägen" in text_of(page)


def test_every_figure_opens_its_table_its_account_and_its_files(at_home):
    page = opened()
    page.session_state["screening-expander"] = True
    page.run()
    keys = {"barrier-map", "barrier-pairs", "barrier-loss", "screening"}
    pills = {one.key.removeprefix("more-"): one for one in page.get("button_group") if one.key}
    assert keys <= set(pills)
    for choice, seen in (("table", "Stallbackabron"), ("how", "Schematiskt gångnät, uppskattade avstånd")):
        for key in keys:
            pill = next(one for one in page.get("button_group") if one.key == f"more-{key}")
            if choice in pill.options or choice == "how" or key in {"barrier-map", "screening"}:
                pill.set_value(choice)
        page.run()
        assert seen in text_of(page)
    for key in keys:
        next(one for one in page.get("button_group") if one.key == f"more-{key}").set_value("download")
    page.run()
    text_of(page)
    assert len(page.get("download_button")) == 4 * len(keys)


SIDE = 21
RIVER = Barrier("river", "water", "Ån", shapely.LineString([(950, -50), (950, 2050)]), "")


def town(bridges, *, kind: str = "openstreetmap") -> City:
    """Give a grid of streets 100 m apart with a river between columns 9 and 10, one inhabitant in every corner."""
    node = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    ends = [(node[:-1].ravel(), node[1:].ravel())]
    for column in range(SIDE - 1):
        rows = [row for row in range(SIDE) if column != 9 or row in bridges]
        ends.append((node[rows, column], node[rows, column + 1]))
    a, b = (np.concatenate(one) for one in zip(*ends, strict=True))
    x, y = 100.0 * np.tile(np.arange(SIDE), SIDE), 100.0 * np.repeat(np.arange(SIDE), SIDE)
    count = SIDE * SIDE
    people = People(
        ("A",),
        np.arange(count),
        np.zeros(count, int),
        np.full(count, 1 / count),
        {"population": Grouping("population", 2025, np.array([[100.0 * count]]))},
    )
    crossings = [
        Crossing(str(row), "river", "bridge", f"Bro {row}", 950, 100.0 * row, walkable, tuple(edges.tolist()), "")
        for row, walkable in [(row, "yes") for row in bridges] + [(17, "no")]
        for edges in [np.flatnonzero((a == node[row, 9]) & (b == node[row, 10]))]
    ]
    return City.of(
        WalkNetwork.of(x, y, a, b, np.full(a.size, 100.0)),
        people,
        [Place("library", "Library", "library", 1900.0, 1000.0)],
        kind=kind,
        factor=1.15 if kind == "schematic" else None,
        made="2026-01-01",
        barriers=[RIVER],
        crossings=crossings,
    )


@pytest.fixture
def view(t) -> View:
    """Give what the figures need of a view."""
    return View(None, None, SimpleNamespace(meta={}), t, NumberFormat("sv"), LIGHT, "sv", ())


def test_one_bridge(view):
    city = town([0])
    found = barrier_report(city, RIVER)
    title = barrier_words.headline(view, city, RIVER, found)
    more = re.fullmatch(r"Att ta sig över Ån är en omväg på ungefär (.+) meter", title)[1]
    medians = [found.comparison.astride.median_distance, found.comparison.matched.median_distance]
    over, beside = (10 * round(one / 10) for one in medians)
    assert int(more.replace(NBSP, "")) == over - beside > 0
    assert barrier_tables.pairs_figure(view, city, found).title == (
        f"Över Ån är vägen {view.fmt.number(over)}{NBSP}m, på samma sida {view.fmt.number(beside)}{NBSP}m"
    )
    assert barrier_map.map_figure(view, city, found).title == f"Ån går att gå över på 1 ställe längs 2,1{NBSP}km"
    table = plain(barrier_map.crossings_table(view, city, found))
    assert "Bro 0 bro öppen för gående" in table
    assert "Bro 17 bro stängd för gående" in table


def test_the_difference_of_exact_figures_fits_those_beside_it(view):
    city = town([0])
    found = barrier_report(city, RIVER)
    text = plain(barrier_tables.pairs_figure(view, city, found).table_html())
    row = re.search(
        rf"Gångavstånd, mittersta paret ([\d{NBSP}]+){NBSP}m ([\d{NBSP}]+){NBSP}m \+([\d{NBSP}]+){NBSP}m", text
    )
    over, beside, more = (int(one.replace(NBSP, "")) for one in row.groups())
    assert over - beside == more > 0
    assert all(one % 10 == 0 for one in (over, beside))
    ratios = re.search(r"Genhetskvot (\d+,\d\d) (\d+,\d\d) \+(\d+,\d\d)", text)
    first, second, difference = (float(one.replace(",", ".")) for one in ratios.groups())
    assert first - second == pytest.approx(difference)


@pytest.mark.parametrize(("over", "beside"), [(1774.0, 1418.0), (1426.0, 1374.0)])
def test_a_detour_is_rounded_once_and_the_same_everywhere(view, over, beside):
    city = town([0], kind="schematic")
    found = barrier_report(city, RIVER)
    astride = replace(found.comparison.astride, median_distance=over)
    matched = replace(found.comparison.matched, median_distance=beside)
    found = replace(found, comparison=replace(found.comparison, astride=astride, matched=matched))
    more = 50 * round((over - beside) / 50)
    assert barrier_words.headline(view, city, RIVER, found) == (
        f"Att ta sig över Ån är en omväg på ungefär {more} meter"
    )
    figure = barrier_tables.pairs_figure(view, city, found)
    text = plain(figure.table_html())
    assert re.search(rf"Gångavstånd, mittersta paret [^+]+ \+{more}{NBSP}m", text)
    assert "Skillnaden är räknad före avrundningen." in text
    assert {row["median_distance_difference"] for row in figure.download_rows()} == {more}


def test_what_is_only_assumed_is_said_to_be(view):
    city = town([0])
    taken = replace(city, crossings=[replace(one, walkable="assumed_yes") for one in city.crossings[:1]])
    found = barrier_report(taken, RIVER)
    figure = barrier_map.map_figure(view, taken, found)
    assert figure.title == f"1 känd bro över Ån antas gå att gå över, längs 2,1{NBSP}km"
    assert "Antas gå att använda: en bro. Att de är öppna för gående är inte kontrollerat." in figure.summary
    known = barrier_map.map_figure(view, city, barrier_report(city, RIVER))
    assert "Övergångar som går att använda: en bro." in known.summary


def test_a_schematic_network_is_rounded_more(view):
    city = town([0], kind="schematic")
    found = barrier_report(city, RIVER)
    text = plain(barrier_tables.pairs_figure(view, city, found).table_html())
    assert re.search(r"Genhetskvot \d+,\d \d+,\d ", text)
    metres = [int(one.replace(NBSP, "")) for one in re.findall(rf"(\d[\d{NBSP}]*){NBSP}m\b", text)]
    kilometres = re.findall(rf"\d,\d{NBSP}km\b", text)
    assert len(metres) + len(kilometres) >= 9
    assert kilometres
    assert all(one % 50 == 0 for one in metres)
    row = re.search(rf"Gångavstånd, mittersta paret ([\d,]+){NBSP}km ([\d,]+){NBSP}km \+([\d{NBSP}]+){NBSP}m", text)
    over, beside = (1000 * float(one.replace(",", ".")) for one in row.groups()[:2])
    assert over - beside == pytest.approx(int(row[3].replace(NBSP, "")))


def test_a_schematic_network_leaves_files_no_finer_than_the_screen(view):
    city = town([0], kind="schematic")
    found = barrier_report(city, RIVER)
    astride = barrier_tables.pairs_figure(view, city, found).download_rows()[0]
    assert astride["median_distance"] % 50 == astride["mean_distance"] % 50 == astride["median_straight"] % 50 == 0
    people = barrier_tables.loss_figure(view, city, found).download_rows()[0]
    assert people["now"] % 100 == people["without_barrier"] % 100 == people["residents_within_500_m"] % 100 == 0


@pytest.mark.parametrize(("pairs", "said"), [(42, "Uppskattat på 42 par."), (99, "Uppskattat på 99 par."), (100, "")])
def test_the_number_of_pairs_is_told_where_it_is_small(view, pairs, said):
    city = town([0], kind="schematic")
    found = barrier_report(city, RIVER)
    astride = replace(found.comparison.astride, pairs=pairs)
    found = replace(found, comparison=replace(found.comparison, astride=astride))
    assert barrier_words.estimated_on(view, found) == said
    assert barrier_tables.pairs_figure(view, city, found).summary.startswith(said or "Par av punkter")
    assert ("Uppskattat" in barrier_words.lead(view, city, found)) == bool(said)


def test_a_barrier_that_costs_nothing_is_no_detour(view):
    city = town(range(SIDE))
    found = barrier_report(city, RIVER)
    assert barrier_words.headline(view, city, RIVER, found) == (
        "Att ta sig över Ån är inte längre än att gå lika långt på samma sida"
    )


@pytest.mark.parametrize(
    ("kind", "n", "said"),
    [
        ("bridge", 1, "en bro"),
        ("bridge", 3, "tre broar"),
        ("underpass", 12, "tolv gångtunnlar"),
        ("level", 13, "13 övergångar i plan"),
    ],
)
def test_crossings_are_counted_in_words(view, kind, n, said):
    assert barrier_words.counted(view, kind, n) == said


def test_a_stretch_with_few_pairs_has_no_class_and_says_so(view):
    city = town([0])
    found = barrier_report(city, RIVER)
    poor = replace(found.stretches[-1], median_ratio=None, pairs=15)
    found = replace(found, stretches=[*found.stretches[:-1], poor])
    assert "för få par" in plain(barrier_stretches.stretches_figure(view, city, found).table_html())


def test_no_bridge_is_told_without_a_number(view):
    city = town([])
    found = barrier_report(city, RIVER)
    assert barrier_words.headline(view, city, RIVER, found) == "Över Ån finns ingen väg att gå från de flesta punkter"
    assert barrier_map.map_figure(view, city, found).title == f"Ån går inte att gå över någonstans längs 2,1{NBSP}km"
    pairs = barrier_tables.pairs_figure(view, city, found)
    assert pairs.title == "Över Ån finns ingen väg för minst hälften av paren"
    text = plain(pairs.table_html())
    assert re.search(rf"Gångavstånd, mittersta paret inte nåbar [\d{NBSP}]+{NBSP}m \.\. 1 ", text)
    assert re.search(r"Genhetskvot inte nåbar \d,\d\d \.\. 1 ", text)
    assert f"Andel utan väg (skillnad i procentenheter) 100{NBSP}% 0{NBSP}% +100 " in text
    stretches = plain(barrier_stretches.stretches_figure(view, city, found).table_html())
    assert "inte nåbar" in stretches
    assert "Ingen övergång går att använda på den delen." in stretches
    assert not re.search(r"\binf\b|\bnan\b", text + stretches)
    for figure in (pairs, barrier_stretches.stretches_figure(view, city, found)):
        for row in figure.download_rows():
            assert not {float("inf")} & {value for value in row.values() if isinstance(value, float)}


def test_what_the_barrier_takes(view):
    city = town([])
    found = barrier_report(city, RIVER)
    figure = barrier_tables.loss_figure(view, city, found)
    shown = re.search(r"skulle de som bor nära Ån nå ungefär (.+) fler människor", figure.title)[1]
    row = re.search(rf"Människor ([\d{NBSP}]+) ([\d{NBSP}]+) \+([\d{NBSP}]+)", plain(figure.table_html()))
    now, without, more = (int(one.replace(NBSP, "")) for one in row.groups())
    assert without - now == more == int(shown.replace(NBSP, ""))
    assert f"{SIDE * 10 * 100:,}".replace(",", NBSP) in figure.summary
    assert [one["what"] for one in figure.download_rows()] == ["people", "services"]
    everywhere = barrier_report(town(range(SIDE)), RIVER)
    nothing = barrier_tables.loss_figure(view, city, everywhere)
    assert nothing.title == (
        "Om det gick att gå över överallt skulle de som bor nära Ån inte nå märkbart fler människor på en kvart"
    )
    services = re.search(r"andra målpunkter (\S+) (\S+) (\S+)", plain(figure.table_html())).groups()
    first, second, added = (float(one.replace(",", ".")) for one in services)
    assert all("," in one for one in services)
    assert second - first == pytest.approx(added, abs=0.11)
    file = {row["what"]: row for row in figure.download_rows()}
    assert (file["services"]["difference"], file["people"]["difference"]) == (added, more)


def test_both_ends_of_the_stretches_are_shown(view):
    city = town([0])
    found = barrier_report(city, RIVER)
    figure = barrier_stretches.stretches_figure(view, city, found)
    known = [one.median_ratio for one in found.stretches if one.median_ratio is not None]
    assert len(known) > 1
    ends = re.search(r"från (\S+) till (\S+)$", figure.title)
    assert [float(one.replace(",", ".")) for one in ends.groups()] == pytest.approx([max(known), min(known)], abs=0.005)
    assert len(figure.download_rows()) == len(found.stretches)
    assert "Bro 0" in plain(figure.table_html())


def test_the_screening_is_marked_as_one_everywhere(view, t):
    city = town([0])
    found = screen(city.base)
    catalogue_free = barrier_screening.screening_figure(view, city, found)
    mark = re.compile("Grov genomgång|grov genomgång")
    assert mark.search(catalogue_free.title)
    assert mark.search(catalogue_free.summary)
    assert "svag mätare" in plain(catalogue_free.table_html())
    assert any("svag mätare" in note for note in catalogue_free.evidence.notes)
    rows = catalogue_free.download_rows()
    assert len(rows) == found.x.size
    assert all("svag mätare" in row["method"] for row in rows)
    cells = [
        int(one)
        for one in re.findall(
            rf"(?:under|–|över) ?[\d{NBSP}]*{NBSP}?%? (\d+) \d+{NBSP}%", plain(catalogue_free.table_html())
        )
    ]
    assert sum(cells) == np.isfinite(found.share).sum()


@pytest.mark.parametrize("kind", ["schematic", "openstreetmap"])
def test_every_row_of_the_files_says_what_it_rests_on(view, kind):
    city = town([0], kind=kind)
    found = barrier_report(city, RIVER)
    figures = [
        barrier_map.map_figure(view, city, found),
        barrier_tables.pairs_figure(view, city, found),
        barrier_tables.loss_figure(view, city, found),
        barrier_stretches.stretches_figure(view, city, found),
        barrier_screening.screening_figure(view, city, screen(city.base)),
    ]
    for figure in figures:
        rows = figure.download_rows()
        assert rows
        assert {tuple(row) for row in rows} == {tuple(rows[0])}
        assert {row["network"] for row in rows} == {kind}
        assert {row["source"] for row in rows} == {"© OpenStreetMap contributors, ODbL 1.0; SCB, CC0; Skolverket, CC0"}
        assert all(("Schematiskt gångnät, uppskattade avstånd" in row["note"]) == (kind == "schematic") for row in rows)
        assert figure.evidence.credits
        notes = " ".join(figure.evidence.notes)
        assert ("Schematiskt gångnät, uppskattade avstånd" in notes) == (kind == "schematic")


def test_too_few_pairs_are_said_in_the_headline(view):
    city = town([0])
    people = replace(city.people, node=np.array([0]), area=np.array([0]), share=np.array([1.0]))
    few = replace(city, people=people)
    found = barrier_report(few, RIVER)
    assert found.comparison.reason == "too_few_astride"
    assert "För få bor nära Ån" in barrier_words.headline(view, few, RIVER, found)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_reason_and_note_has_words(language):
    t = get_translator(language, PROJECT / "locales")
    reach = PROJECT / "src" / "dashboard" / "reach"
    text = "".join((reach / f"{name}.py").read_text("utf-8") for name in ("barrier_pairs", "barrier_loss"))
    reasons = set(re.findall(r'None, None, "(\w+)"', text))
    assert len(reasons) == 5
    assert reasons == set(barrier_words.REASONS)
    assert all(t.has(key) for key in [*barrier_words.REASONS.values(), *barrier_words.NOTES.values()])


def test_every_note_of_the_embedded_network_has_words(embedded):
    notes = set()
    for name in ("barriers", "crossings"):
        with (embedded / "networks" / "1488" / f"{name}.csv").open(encoding="utf-8") as file:
            notes |= {row["note"] for row in csv.DictReader(file)}
    assert notes - {""} <= set(barrier_words.NOTES)
    assert notes & set(barrier_words.NOTES)


def test_no_word_points_a_finger():
    for language in ("sv", "en"):
        text = (PROJECT / "locales" / language / "barriers.po").read_text("utf-8")
        assert not re.search(r"värst|sämst|worst|utsatt", text, re.IGNORECASE)
