"""Översikt: the few numbers that matter, worked out from the data."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from made_up_roadmap import HOME, ROADMAP, TODAY
from visitor import Visitor, plain

from dashboard.register.contents import Contents
from dashboard.register.grant_entries import Funder, Grant
from dashboard.views import clock, register_access

NBSP = "\u00a0"


@pytest.fixture
def page(visitor):
    return visitor.open("overview")


def test_the_sentence_names_both_ends_of_the_city(page):
    assert page.is_well()
    assert "Trollhättans stadsdelar" in page.headline
    assert "2,2 i Björndalen-Vårvik" in page.headline
    assert "32,5 i Kronogårds Torg-Frälsegården" in page.headline


def test_the_tiles_carry_scbs_figures(page):
    text = plain(page.markup)
    assert f"59{NBSP}265" in text
    assert f"45{NBSP}av 100" in text
    assert text.count("Källa: SCB") >= 5
    assert "Egen beräkning på öppna data från SCB" in text


def test_trollhattan_differs_from_the_next_city_by_more_than_chance(page):
    (title,) = [title for title in page.titles if "Uddevalla" in title]
    assert "Trollhättan: 45 av 100" in title
    assert "38 i Uddevalla" in title
    assert "mer än slumpen" in plain(page.markup)


def test_five_focus_areas_with_what_is_not_known_of_them(page):
    assert any("5 insatsområden" in title and "4 av dem" in title for title in page.titles)
    assert "Inget mått i dashboardens öppna data följer stödet till föräldrar." in plain(page.markup)


def test_the_map_and_the_list_show_all_sixteen_neighbourhoods(page):
    assert page.markup.count('class="hs-bar-value"') == 16
    chart = next(spec for spec in page.charts() if "geoshape" in str(spec))
    assert "1488-regso-" in str(chart)


def test_every_split_can_be_compared_with_the_other_cities(page):
    group = page.widget("delning")
    seen = set()
    for option in ["low_economic_standard", "rented_tenure", "unemployed", "foreign_background"]:
        page.choose("delning", option)
        assert page.is_well()
        seen.add(page.titles[1])
        expected = {} if option == "foreign_background" else {"delning": option}
        assert page.at.query_params == expected
    assert len(seen) == 4
    assert len(group.proto.options) >= 6


def test_a_link_restores_split_and_extent(at_home):
    page = Visitor().open("overview", delning="low_economic_standard", karta="municipality")
    assert page.widget("delning").value == "low_economic_standard"
    assert page.widget("karta").value == "municipality"
    assert page.at.query_params == {"delning": "low_economic_standard", "karta": "municipality"}


def test_the_extent_of_the_map_is_a_choice(page):
    before = [spec for spec in page.charts() if "geoshape" in str(spec)]
    page.choose("karta", "municipality")
    after = [spec for spec in page.charts() if "geoshape" in str(spec)]
    assert before != after


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_colour_themes(at_home, theme):
    page = Visitor(theme=theme).open("overview")
    assert page.is_well()
    other = {"light": "dark", "dark": "light"}[theme]
    assert page.charts() != Visitor(theme=other).open("overview").charts()


def test_every_chart_has_its_words(page):
    charts = page.at.get("vega_lite_chart")
    assert len(charts) >= 3
    for element in charts:
        assert len(element.proto.alt) > 20


def test_how_a_figure_was_worked_out_is_told_with_its_query_and_link(page):
    page.choose("more-cities", "how")
    assert page.is_well()
    text, code = plain(page.markup), [element.value for element in page.at.code]
    assert "Formel i ord" in text
    assert any("split_count" in one and "-- $split = foreign_background" in one for one in code)
    assert "http://127.0.0.1:8501/" in code


def test_an_indicator_over_the_years_shows_its_gap_and_its_break(page):
    page.choose("trend", "employment_rate_december")
    assert page.is_well()
    assert page.at.query_params == {"trend": "employment_rate_december"}


LINK = '<a href="fardplan?del=grants">Se alla datum</a>'
GRANT = Grant(id="g", name="Påhittat bidrag", funder="funder", state="ongoing", report_due=date(2027, 3, 1), **HOME)


def days_line(monkeypatch: pytest.MonkeyPatch, visitor: Visitor, contents: Contents) -> str:
    """Give the line on days to keep of an overview with a made-up roadmap; empty without one."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(register_access, "contents", lambda view: contents)
    page = visitor.open("overview")
    assert page.is_well()
    lines = [one for one in page.markup.split('<p class="hs-text">') if LINK in one]
    assert len(lines) <= 1
    return " ".join(plain(lines[0].partition(LINK)[0]).split()) if lines else ""


def test_the_next_day_to_keep_and_those_passed_are_one_sentence_with_a_link(monkeypatch, visitor):
    assert days_line(monkeypatch, visitor, replace(ROADMAP, grants=(GRANT,))) == (
        "Nästa datum är 1 mars 2027, om 96 dagar (slutrapport för Påhittat bidrag ska lämnas), "
        "och 1 datum har passerat utan att det står att det blev gjort."
    )


def test_a_next_day_without_any_passed(monkeypatch, visitor):
    call = Funder(id="funder", name="Givaren", call_opens=date(2026, 11, 25), **HOME)
    contents = replace(ROADMAP, grants=(GRANT,), milestones=ROADMAP.milestones[2:], funders=(call,))
    assert days_line(monkeypatch, visitor, contents) == (
        "Nästa datum är 25 november 2026, i dag (utlysning öppnar: Givaren)."
    )


def test_a_next_milestone_is_told_once(monkeypatch, visitor):
    # Told before: “Nästa delmål: Avtal, 1 juni 2027.” Left to tell is that one has passed.
    assert days_line(monkeypatch, visitor, ROADMAP) == "1 datum har passerat utan att det står att det blev gjort."
    assert days_line(monkeypatch, visitor, replace(ROADMAP, milestones=ROADMAP.milestones[2:])) == ""


def test_no_day_known_is_said_once(monkeypatch, visitor):
    assert days_line(monkeypatch, visitor, replace(ROADMAP, milestones=())) == ""
    text = plain(visitor.markup)
    assert text.count("Inget kommande delmål har ett datum.") == 1
    assert "Inget kommande datum" not in text


def test_a_roadmap_without_projects_still_has_days_to_keep(monkeypatch, visitor):
    assert days_line(monkeypatch, visitor, Contents(grants=(GRANT,))).startswith("Nästa datum är 1 mars 2027")


def test_the_table_of_the_focus_areas_says_how_many_projects_each_has_as_its_card_does(monkeypatch, visitor):
    # Late in the evening in UTC it is the next day where the city is.
    changed = replace(ROADMAP, projects_changed=datetime(2026, 11, 25, 23, 30, tzinfo=UTC))
    monkeypatch.setattr(register_access, "contents", lambda view: changed)
    page = visitor.open("overview").choose("more-roadmap", "table")
    assert page.is_well()
    rows = [one for one in re.findall("<tr.*?</tr>", page.markup, re.DOTALL) if "Projekt i färdplanen" in one]
    assert len(rows) == len(ROADMAP.focus_areas)
    dated = "Färdplanens register, senast ändrat 26\u00a0november\u00a02026"
    assert all(dated in plain(row) for row in rows)
