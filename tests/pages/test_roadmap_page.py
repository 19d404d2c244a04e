"""Färdplan: the projects as a visitor meets them, filters, one project opened, and what is shown without data."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from made_up_roadmap import HOME, ROADMAP, TODAY
from visitor import Visitor, plain

from dashboard.register.contents import Contents
from dashboard.register.entries import Milestone
from dashboard.register.grant_entries import Funder, Grant
from dashboard.views import clock, register_access


@pytest.fixture(autouse=True)
def _on_a_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def with_roadmap(monkeypatch: pytest.MonkeyPatch, contents: Contents | None) -> None:
    """Let the pages find a made-up register, or one that does not answer."""
    monkeypatch.setattr(register_access, "contents", lambda view: contents)


@pytest.fixture
def made_up(monkeypatch, visitor) -> Visitor:
    with_roadmap(monkeypatch, ROADMAP)
    return visitor


def words(page: Visitor) -> str:
    return plain(page.markup).replace("\u00a0", " ")


def test_the_published_projects_are_there_with_what_is_not_known(visitor):
    page = visitor.open("roadmap")
    assert page.is_well()
    assert page.headline == "10 projekt i färdplanen: 2 är klara; läget för de 8 andra är inte känt"
    text = words(page)
    assert "Utveckling av Kronogårds Torg" in text
    assert "Start: före 2021. Slut: uppgift saknas." in text
    assert "Pågick 2020/21, nu okänt" in text
    assert "Om något är försenat går inte att säga" in text
    assert "2 projekt är klara: Nya Drottningtorget och Kvarteret Hackan, Kronogården" in page.titles
    # All focus areas of the roadmap stand there, also those without a project of their own.
    areas = re.findall(r'<h3 class="hs-subsection">(\d)\. ', page.markup)
    assert areas == ["1", "2", "3", "4", "5"]
    assert "Inget eget projekt. Också här:" in text
    assert "Publicerade uppgifter om Trollhättans arbete" in text


def test_the_headline_what_is_late_and_why(made_up):
    page = made_up.open("roadmap")
    assert page.is_well()
    assert "1 är försenat" in page.headline
    assert "Det här är försenat" in page.titles
    assert "Delmålet ”Belysning” skulle ha varit klart 1 maj 2026." in words(page)


def test_each_project_stands_beside_its_bar_and_leads_on(made_up):
    page = made_up.open("roadmap")
    rows = re.findall(r'<li class="hs-plan-row">(.*?)</li>', page.markup, re.DOTALL)
    assert len(rows) == 5
    [dated] = [row for row in rows if 'href="fardplan?projekt=skolgarden"' in row]
    assert "hs-bar-delayed" in dated
    assert "Insatsområde 1 och 2." in dated
    assert "Delmål: Ritningar: klart 4" in dated
    [undated] = [row for row in rows if 'href="fardplan?projekt=okant"' in row]
    assert "hs-plan-bar" not in undated
    assert "Ingen tid är känd" in undated
    assert "i dag, 25 nov. 2026" in words(page)
    assert page.charts() == []


def test_the_table_says_what_the_chart_says(made_up):
    page = made_up.open("roadmap").choose("more-plan-timeline", "table")
    text = words(page)
    assert "Belysning: försenat, skulle ha varit klart 1 maj 2026" in text
    assert "Ritningar: klart 4 november 2024" in text


@pytest.mark.parametrize(
    ("key", "value", "counted"),
    [
        ("insatsomrade", ["work"], "2 av 5 projekt"),
        ("ansvarig", ["samhallsbyggnadsforvaltningen"], "1 av 5 projekt"),
        ("stadsdel", ["1488R007"], "1 av 5 projekt"),
        ("status", ["delayed", "done"], "2 av 5 projekt"),
    ],
)
def test_each_filter_stands_in_the_address(made_up, key, value, counted):
    page = made_up.open("roadmap").choose(key, value)
    assert page.is_well()
    assert page.headline.startswith(counted)
    assert page.at.query_params == {key: value if len(value) > 1 else value[0]}
    again = Visitor().open("roadmap", **{key: value})
    assert again.headline == page.headline


def test_filters_that_nothing_passes_say_so(made_up):
    page = made_up.open("roadmap", insatsomrade=["work"], status=["done"])
    assert page.is_well()
    assert page.headline == "Inget av 5 projekt passar det du har valt"
    assert '<li class="hs-plan-row"' not in page.markup
    assert "Ta bort ett val" in words(page)


def test_one_project_with_all_that_belongs_to_it(made_up):
    page = made_up.open("roadmap", projekt="torget", stadsdel="1488R007")
    assert page.is_well()
    assert page.headline == "Torget"
    text = words(page)
    for said in (
        "Uppgiften är från 2021.",
        "Bostadsbolaget",
        "Kommunstyrelsen, 1 juni 2021",
        "Diarienummer KS 2021/123.",
        "nära 1 650 000 kr beviljat",
        "Uppgift saknas: inga delmål",
        "Fler bänkar.",
        "Ljus vid muren.",
        "Cirkeln var inte överens om detta.",
        "Talet gone_share finns inte längre",
        "Källa: Stadens sida, 2021-06-09",
    ):
        assert said in text
    assert "Väntar på granskning" not in text
    assert 'href="platser?plats=kronogards-torg"' in page.markup
    assert 'href="fardplan?stadsdel=1488R007"' in page.markup
    assert 'href="fardplan?del=grants&amp;bidrag=g1"' in page.markup


def test_every_figure_of_a_project_says_that_no_cause_is_shown(made_up):
    page = made_up.open("roadmap", projekt="torget")
    figures = [title for title in page.titles if "sedan starten" in title]
    assert figures == [
        "Andel med utländsk bakgrund: sedan starten 2021",
        "Uppdelning efter bakgrund: sedan starten 2024",
    ]
    assert words(page).count("Ingen orsakskoppling visas.") == len(figures)
    # Three years and more are drawn, with what is aimed at; fewer are told as well in words.
    (chart,) = page.charts()
    assert any("mål 60,0 %" in str(layer["mark"]).replace("\\xa0", " ") for layer in chart["layer"])
    assert "för 2021 finns inga tal, det första året är 2024" in words(page)
    assert "Hela staden: från 30,7 % (2021) till" in words(page)
    assert "Förändringen kan vara slump" in words(page)


def test_what_people_write_is_shown_as_it_is_written_and_never_run(made_up):
    page = made_up.open("roadmap", projekt="torget")
    assert "<b>" not in page.markup
    assert "Arbetet <b>får</b> fortsätta." in html.unescape(page.markup)


def test_a_project_that_is_late_says_so_first(made_up):
    page = made_up.open("roadmap", projekt="skolgarden")
    text = words(page)
    assert text.index("Projektet är försenat.") < text.index("Varför projektet finns")
    assert "1 av 2 delmål är klara" in page.titles
    assert "2 400 000 kr" in text
    assert "I registret står läget som: pågår." in text


def test_an_unknown_project_in_the_address_is_told_and_all_are_shown(made_up):
    page = made_up.open("roadmap", projekt="nowhere")
    assert page.is_well()
    assert page.headline.startswith("5 projekt")
    assert notices(page)[0] == "Projektet finns inte längre, eller så är adressen fel. Här är alla projekt."
    assert page.open("roadmap", projekt="torget").headline == "Torget"
    assert notices(page.open("roadmap")) == []


def test_english(made_up):
    page = Visitor("en").open("roadmap", projekt="torget")
    assert page.is_well()
    assert page.headline == "The square"
    assert "lang=en" in page.markup


def test_a_municipality_without_a_register_is_told_what_would_fill_it(monkeypatch, visitor):
    with_roadmap(monkeypatch, Contents())
    page = visitor.open("roadmap")
    assert page.is_well()
    assert page.headline == "Färdplanen för Trollhättan har inga projekt än"
    assert "Den som leder ett projekt kan logga in" in words(page)


def test_a_database_that_does_not_answer_takes_no_other_page_with_it(monkeypatch, visitor):
    with_roadmap(monkeypatch, None)
    page = visitor.open("roadmap")
    assert not page.at.exception
    assert page.headline == "Färdplanen kan inte visas just nu"
    assert Visitor().open("overview").headline
    place = Visitor().open("places", plats="kronogards-torg")
    assert not place.at.exception
    assert "Användning och upplevelse" in words(place)


def test_the_overview_has_a_line_for_leaders(made_up):
    page = made_up.open("overview")
    assert page.is_well()
    text = words(page)
    assert "5 projekt i färdplanen: 2 är planerade" in text
    assert "1 projekt är försenat. Nästa delmål: Avtal, 1 juni 2027." in text
    assert 'href="fardplan"' in page.markup
    # Each focus area with how many projects it has.
    assert [one.split() for one in re.findall(r"Projekt i färdplanen\s*(\d+|inget är infört)", text)] == [["2"], ["3"]]


def test_the_overview_warns_as_the_roadmap_does(monkeypatch, visitor):
    with_grants(monkeypatch, grant(report_due=date(2026, 11, 24)), milestones=ROADMAP.milestones)
    warning = "Viktigt: Påhittat bidrag . Slutrapporten skulle ha lämnats 24 november 2026, för 1 dag sedan."
    page = visitor.open("overview")
    assert warning in notices(page)
    # The late milestone is the only day that the warning does not tell.
    assert "1 datum har passerat utan att det står att det blev gjort." in words(page)


def test_a_place_shows_its_projects_grants_and_voices(made_up):
    page = made_up.open("places", plats="kronogards-torg")
    assert page.is_well()
    text = words(page)
    assert "På gång här" in text
    assert 'href="fardplan?projekt=torget"' in page.markup
    assert "Bidrag till torget" in text
    assert "Fler bänkar." in text
    assert "Väntar på granskning" not in text


def test_a_place_without_anything_says_what_would_fill_it(made_up):
    page = made_up.open("places", plats="sjuntorps-torg")
    text = words(page)
    assert "Inget projekt i färdplanen gäller platsen eller dess stadsdel." in text
    assert "Inga publicerade inspel handlar om platsen." in text


def grant(**values: object) -> Grant:
    given = {"id": "g", "name": "Påhittat bidrag", "funder": "funder", "state": "ongoing", "projects": ("torget",)}
    return Grant.model_validate(given | HOME | values)


def with_grants(monkeypatch: pytest.MonkeyPatch, *grants: Grant, **others: object) -> None:
    """Let the pages find a made-up register without milestones or with others."""
    with_roadmap(monkeypatch, replace(ROADMAP, **({"grants": grants, "milestones": ()} | others)))


def notices(page: Visitor) -> list[str]:
    found = re.findall(r'<div class="hs-notice" role="note">(.*?)</div>', page.markup, re.DOTALL)
    return [" ".join(plain(one).split()) for one in found]


def days(page: Visitor) -> list[str]:
    """Give the days that the page lists."""
    return re.findall(r'<time datetime="([^"]*)"', page.markup)


def titles(page: Visitor) -> list[str]:
    return [one.replace("\u00a0", " ") for one in page.titles]


def test_the_nearest_days_to_keep_stand_at_the_top(made_up):
    page = made_up.open("roadmap")
    assert titles(page)[0] == "Närmast i tiden: 1 juni 2027, om 188 dagar"
    assert days(page) == ["2027-06-01"]
    # What the list names, the lead need not name.
    text = words(page)
    assert "Delmål: Avtal" in text
    assert "Nästa delmål" not in text
    assert page.markup.index("Närmast i tiden") < page.markup.index("Det här är försenat")
    assert notices(page) == []


def test_three_days_are_listed_and_the_others_are_a_link_away(monkeypatch, visitor):
    with_grants(
        monkeypatch,
        grant(used_until=date(2028, 3, 1), report_due=date(2028, 6, 1)),
        funders=(Funder(id="funder", name="F", call_opens=date(2028, 1, 15), call_closes=date(2028, 2, 15), **HOME),),
        milestones=(Milestone(id="late", project="klart", name="Sent", due=date(2028, 1, 1)),),
    )
    page = visitor.open("roadmap")
    # A milestone of a project that is done is not waited for.
    assert days(page) == ["2028-01-15", "2028-02-15", "2028-03-01"]
    assert '<a href="fardplan?del=grants">Och 1 datum till</a>' in page.markup
    assert "Inget kommande delmål har ett datum." in words(page)


@pytest.mark.parametrize(
    ("ahead", "warned"),
    [
        ({"used_until": 91, "report_due": 200}, []),
        (
            {"used_until": 90, "report_due": 200},
            ["Att göra: Påhittat bidrag . Pengarna ska vara använda senast 23 februari 2027, om 90 dagar."],
        ),
        (
            {"used_until": 30, "report_due": 200},
            ["Viktigt: Påhittat bidrag . Pengarna ska vara använda senast 25 december 2026, om 30 dagar."],
        ),
        ({"report_due": 61}, []),
        (
            {"report_due": 60},
            ["Att göra: Påhittat bidrag . Slutrapporten ska lämnas senast 24 januari 2027, om 60 dagar."],
        ),
        (
            {"report_due": -1},
            ["Viktigt: Påhittat bidrag . Slutrapporten skulle ha lämnats 24 november 2026, för 1 dag sedan."],
        ),
    ],
)
def test_a_grant_whose_day_is_near_or_passed_is_said_strongly(monkeypatch, visitor, ahead, warned):
    with_grants(monkeypatch, grant(**{name: TODAY + timedelta(days=number) for name, number in ahead.items()}))
    page = visitor.open("roadmap")
    assert page.is_well()
    assert notices(page) == warned


def test_a_day_that_a_warning_tells_is_not_told_again_below(monkeypatch, visitor):
    with_grants(monkeypatch, grant(used_until=date(2026, 12, 24), report_due=date(2027, 4, 1)))
    page = visitor.open("roadmap")
    assert len(notices(page)) == 1
    assert days(page) == ["2027-04-01"]
    assert titles(page)[0] == "Därefter: 1 april 2027, om 127 dagar"
    assert words(page).count("24 december 2026") == 1


def test_the_urgent_is_said_first_and_more_than_three_are_counted(monkeypatch, visitor):
    near = [grant(id=f"g{n}", name=f"Bidrag {n}", used_until=TODAY + timedelta(days=80 - n)) for n in range(1, 5)]
    with_grants(monkeypatch, *near, grant(id="urgent", name="Bråttom", report_due=date(2026, 11, 1)))
    page = visitor.open("roadmap")
    assert [one.split(" .")[0] for one in notices(page)] == [
        "Viktigt: Bråttom",
        "Att göra: Bidrag 4",
        "Att göra: Bidrag 3",
    ]
    assert "Och 2 bidrag till med en dag som är nära eller har passerat" in words(page)
    # Those that are only counted stand in the list.
    assert days(page) == ["2027-02-11", "2027-02-12"]


def test_only_the_days_of_the_chosen_projects_are_shown(monkeypatch, visitor):
    with_grants(
        monkeypatch,
        grant(id="a", name="Till torget", used_until=date(2026, 12, 24)),
        grant(id="b", name="Till jobben", projects=("jobben",), used_until=date(2026, 12, 25)),
        milestones=ROADMAP.milestones,
        funders=(Funder(id="funder", name="F", call_opens=date(2027, 1, 15), **HOME),),
    )
    page = visitor.open("roadmap")
    assert len(notices(page)) == 2
    assert days(page) == ["2027-01-15", "2027-06-01"]
    page.choose("ansvarig", ["samhallsbyggnadsforvaltningen"])
    assert [one.split(" .")[0] for one in notices(page)] == ["Viktigt: Till torget"]
    assert days(page) == []


def test_when_no_day_is_known_that_is_said_once(monkeypatch, visitor):
    with_grants(monkeypatch, grant())
    page = visitor.open("roadmap")
    assert words(page).count("Inget kommande delmål har ett datum.") == 1
    assert "Inget kommande datum" not in words(page)
    assert (notices(page), days(page)) == ([], [])


def test_a_roadmap_without_projects_still_tells_the_days_of_its_grants(monkeypatch, visitor):
    with_roadmap(monkeypatch, Contents(grants=(grant(projects=(), report_due=date(2026, 11, 24)),)))
    page = visitor.open("roadmap")
    assert page.is_well()
    assert len(notices(page)) == 1


def test_the_published_roadmap_warns_of_money_whose_time_is_over(visitor):
    assert notices(visitor.open("roadmap")) == [
        "Viktigt: Statsbidrag mot segregation 2021 . Tiden att använda pengarna gick ut 30 april 2022, "
        "för mer än 4 år sedan. Hur mycket som är använt är inte infört. "
        "Pengar som är kvar kan behöva betalas tillbaka."
    ]
