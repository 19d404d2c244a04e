"""The roadmap in words: how projects stand, when they are, and how their figures have gone."""

from collections.abc import Iterator

import pytest
from made_up_roadmap import LINKED, PROJECTS, ROADMAP, TODAY
from places_view import plain, view_of

from dashboard.register.contents import Contents
from dashboard.register.entries import LinkedIndicator, Milestone, Project
from dashboard.register.project_life import ProjectState, states
from dashboard.views.context import View
from dashboard.views.page_links import link_html, page_address
from dashboard.views.roadmap_courses import Course, area_courses, chance_words, city_course, course_words, split_course
from dashboard.views.roadmap_facts import _why, area_links
from dashboard.views.roadmap_filter import PlanFilter, owner_code, passes, regso_by_code
from dashboard.views.roadmap_groups import groups
from dashboard.views.roadmap_indicators import courses, wanted_words
from dashboard.views.roadmap_project import amount_words
from dashboard.views.roadmap_projects import headline, lead
from dashboard.views.roadmap_timeline import _mark, milestone_words
from dashboard.views.roadmap_voices import contributions_about, contributions_at
from dashboard.views.roadmap_words import (
    late_sentences,
    source_credit,
    state_word,
    status_and_when,
    status_html,
    when_words,
)
from dashboard.warehouse.connection import Warehouse

STATES = states(ROADMAP, TODAY)


@pytest.fixture(scope="module")
def warehouse(home_city) -> Iterator[Warehouse]:
    opened = Warehouse(home_city.warehouse)
    yield opened
    opened.close()


@pytest.fixture
def view(home_city, warehouse) -> View:
    return view_of(home_city, warehouse)


@pytest.fixture
def english_view(home_city, warehouse) -> View:
    return view_of(home_city, warehouse, "en")


def state(project: str) -> ProjectState:
    return next(one for one in STATES if one.project.id == project)


def fresh(**values: object) -> ProjectState:
    """Give a project that those who lead it write of themselves."""
    project = Project.model_validate({"id": "p", "name": "P", "status": "ongoing", "municipality": "1488"} | values)
    (found,) = states(Contents(projects=(project,)), TODAY)
    return found


def ids(members: list[ProjectState]) -> list[str]:
    return [one.project.id for one in members]


def test_the_headline_counts_every_project_once(view):
    assert headline(view, STATES, 5) == (
        "5 projekt i färdplanen: 2 är planerade, 1 är försenat och 1 är klart; läget för 1 till är inte känt"
    )
    assert headline(view, STATES[:1], 5) == "1 av 5 projekt: om det pågår än är inte känt"
    assert headline(view, [fresh()], 5) == "1 av 5 projekt: 1 pågår"
    assert headline(view, [], 5) == "Inget av 5 projekt passar det du har valt"


def test_the_lead_tells_what_is_late_what_comes_next_and_what_is_old(view):
    assert plain(lead(view, ROADMAP, STATES, TODAY)) == (
        "1 projekt är försenat. Nästa delmål: Avtal, 1 juni 2027. Uppgiften om projektet med okänt läge är från 2021."
    )
    assert lead(view, ROADMAP, [state("klart")], TODAY) == ""


def test_that_nothing_is_late_is_said_only_of_what_could_be(view):
    unknown = "Om något är försenat går inte att säga: inget projekt har ett planerat slut eller ett delmål med datum."
    assert lead(view, Contents(), [fresh(), state("klart")], TODAY) == unknown
    assert lead(view, Contents(), [fresh(end="2027"), fresh()], TODAY) == (
        "Det enda projekt som har ett datum att hålla är inte försenat. Inget kommande delmål har ett datum."
    )
    assert lead(view, Contents(), [fresh(end="2027"), fresh(end="2028")], TODAY).startswith("Inget av de 2 projekt")


def test_what_is_late_is_said_with_the_day_it_should_have_been_done(view):
    late = [plain(one) for one in late_sentences(view, state("skolgarden").project, state("skolgarden").lateness)]
    assert late == [
        "Delmålet ”Belysning” skulle ha varit klart 1 maj 2026.",
        "Projektet skulle ha varit klart senast 30 juni 2026.",
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "Start och slut: uppgift saknas."),
        ({"start": "2021", "start_bound": "before"}, "Start: före 2021. Slut: uppgift saknas."),
        ({"start": "2023", "start_bound": "seen"}, "Pågick 2023. Start och slut: uppgift saknas."),
        (
            {"start": "2020", "start_bound": "seen", "start_said": "2020/21", "end": "2023"},
            "Pågick 2020/21. Start: uppgift saknas. Slut: 2023.",
        ),
        ({"start": "2021-09", "end": "2022-05-31"}, "Start: september 2021. Slut: 31 maj 2022."),
        ({"start": "2021-09", "start_said": "hösten 2021"}, "Start: hösten 2021. Slut: uppgift saknas."),
    ],
)
def test_dates_are_said_as_exactly_as_they_are_known(view, values, said):
    project = Project(id="p", municipality="1488", name="P", status="ongoing", **values)
    assert plain(when_words(view, project)) == said


def test_english_names_and_words(english_view):
    assert plain(status_and_when(english_view, state("torget"))) == (
        "Under way in 2021; whether it still is is not known. Start: before 2021. End: not known."
    )
    names = [group.name for group in groups(english_view, ROADMAP, STATES)]
    assert names == ["1. More people in work", "2. Blandade bostäder", "No focus area"]


def test_what_was_published_long_ago_is_told_as_past_and_the_page_of_the_project_says_the_rest(view):
    old = {"status": "ongoing", "start": "2020", "start_bound": "seen", "start_said": "2020/21", "source": "Sida"}
    assert state_word(view, fresh(**old)) == "pågick 2020/21, nu okänt"
    assert status_and_when(view, fresh(**old)) == (
        "Pågick 2020/21; om det pågår än är inte känt. Start och slut: uppgift saknas."
    )
    assert state_word(view, fresh(**old | {"start_said": "Pågick 2020/21"})) == "pågick 2020/21, nu okänt"
    # A source that is newer than what was seen tells the year.
    assert state_word(view, fresh(**old, source_date="2021-06-09")) == "pågick 2021, nu okänt"
    assert state_word(view, fresh(start="2020")) == "pågår"
    assert _why(view, fresh(**old)) == ["I registret står läget som: pågår."]
    assert "hs-bar-unsure" in status_html(view, fresh(**old))


def test_why_a_project_is_late_is_said_in_the_readers_language(view, english_view):
    values = {"status": "delayed", "status_why": "Väntar på mark", "status_why_en": "Waits for land"}
    project = Project(id="p", municipality="1488", name="P", **values)
    [late] = states(Contents(projects=(project,)), TODAY)
    for shown, why in ((view, "Väntar på mark"), (english_view, "Waits for land")):
        assert why in late_sentences(shown, project, late.lateness)[-1]
        assert _why(shown, late)[0] == why


@pytest.mark.parametrize(
    ("status", "drawn", "said"),
    [
        ("ongoing", "late", "försenat, skulle ha varit klart 1 mars 2026"),
        ("done", "open", "skulle ha varit klart 1 mars 2026; om det blev klart är inte infört"),
    ],
)
def test_no_milestone_of_a_project_that_is_done_is_late(view, status, drawn, said):
    missed = Milestone.model_validate({"id": "m", "name": "M", "project": "p", "due": "2026-03-01"})
    one = Project.model_validate({"id": "p", "name": "P", "status": status, "municipality": "1488"})
    (found,) = states(Contents(projects=(one,), milestones=(missed,)), TODAY)
    assert plain(milestone_words(view, found, missed, TODAY)) == said
    mark = _mark(view, found, missed, TODAY)
    assert mark is not None
    assert mark.state == drawn


def test_a_project_of_several_focus_areas_is_told_once_and_named_under_the_others(view):
    found = {group.name: (ids(list(group.members)), ids(list(group.also))) for group in groups(view, ROADMAP, STATES)}
    assert found == {
        "1. Fler i arbete": (["skolgarden", "jobben"], []),
        "2. Blandade bostäder": (["torget", "okant"], ["skolgarden"]),
        "Utan insatsområde": (["klart"], []),
    }


def test_the_focus_area_that_was_chosen_is_the_heading(view):
    (only,) = groups(view, ROADMAP, [state("skolgarden")], ["homes"])
    assert (only.name, ids(list(only.members)), only.also) == ("2. Blandade bostäder", ["skolgarden"], ())


def test_a_focus_area_without_any_project_is_named_when_all_are_asked_for(view):
    assert [group.name for group in groups(view, ROADMAP, [state("jobben")])] == ["1. Fler i arbete"]
    every = groups(view, ROADMAP, [state("jobben")], every=True)
    assert [(group.name, ids(list(group.members))) for group in every] == [
        ("1. Fler i arbete", ["jobben"]),
        ("2. Blandade bostäder", []),
    ]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (PlanFilter(), ["torget", "skolgarden", "jobben", "okant", "klart"]),
        (PlanFilter(focus_areas=("work",)), ["skolgarden", "jobben"]),
        (PlanFilter(owners=("utbildningsforvaltningen",)), ["skolgarden"]),
        (PlanFilter(areas=("1488R007",)), ["torget"]),
        (PlanFilter(statuses=("delayed", "done")), ["skolgarden", "klart"]),
        (PlanFilter(focus_areas=("homes",), statuses=("planned",)), ["okant"]),
    ],
)
def test_a_project_passes_when_it_passes_every_filter(view, chosen, expected):
    regso_of = regso_by_code(view)
    assert ids([one for one in STATES if passes(chosen, one, regso_of)]) == expected


def test_a_small_area_counts_as_the_neighbourhood_that_it_lies_in(view):
    regso_of = regso_by_code(view)
    inside = PlanFilter(areas=(regso_of["1488A0010"],))
    assert ids([one for one in STATES if passes(inside, one, regso_of)]) == ["skolgarden"]


def test_a_department_stands_in_the_address_in_plain_letters():
    assert owner_code("Arbetsmarknads- och socialförvaltningen") == "arbetsmarknads-och-socialforvaltningen"
    assert owner_code("") == ""


def test_each_source_is_named_once(view):
    assert source_credit(view, [PROJECTS[0], PROJECTS[0], PROJECTS[1]]) == (
        "Källa: Stadens sida, 2021-06-09; kommunens eget register"
    )


def test_only_published_contributions_of_the_trace_and_the_place():
    assert [one.id for one in contributions_about(ROADMAP, PROJECTS[0])] == ["c2", "c1"]
    assert contributions_about(ROADMAP, PROJECTS[1]) == ()
    assert [one.id for one in contributions_at(ROADMAP, "kronogards-torg")] == ["c1"]


def test_amounts_say_what_they_are(view):
    (grant,) = ROADMAP.grants
    assert plain(amount_words(view, grant)) == "nära 1 650 000 kr beviljat"
    applied = grant.model_copy(update={"granted_amount": None, "applied_amount": 500_000})
    assert plain(amount_words(view, applied)) == "500 000 kr sökt"
    assert amount_words(view, applied.model_copy(update={"applied_amount": None})) == "belopp: uppgift saknas"


FIGURE = "foreign_background_share"


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (((2021, 30.0), (2023, 28.5)), "A: från 30,0 % (2021) till 28,5 % (2023)."),
        (
            ((2022, 30.0), (2023, 28.5)),
            "A: för 2021 finns inga tal, det första året är 2022. Från 30,0 % (2022) till 28,5 % (2023).",
        ),
        (((2021, 30.0),), "A: 30,0 % (2021). Senare år saknas, så ingen förändring kan visas."),
        (((2022, 30.0),), "A: för 2021 finns inga tal. Det enda året är 2022: 30,0 %. Ingen förändring kan visas."),
        (((2019, 30.0),), "A: inga tal sedan 2021. Det senaste är 30,0 % (2019)."),
        ((), "A: uppgift saknas, källan har inga tal här."),
    ],
)
def test_a_course_says_from_where_to_where_or_what_is_missing(view, points, said):
    assert plain(course_words(view, FIGURE, Course("A", "regso", points), 2021)) == said


def test_areas_are_followed_each_by_itself_beside_the_whole_city(view):
    found = courses(view, PROJECTS[0], LINKED[0])
    assert [one.name for one in found] == ["Kronogårds Torg-Frälsegården", "Hela staden"]
    assert found == [*area_courses(view, FIGURE, ["1488R007"]), city_course(view, FIGURE)]
    area, city = found
    assert dict(area.points)[2025] == pytest.approx(89.1, abs=0.05)
    assert dict(city.points)[2021] == pytest.approx(30.7, abs=0.05)
    assert area_courses(view, FIGURE, ["1488R999"]) == []


def test_a_split_is_followed_by_the_dissimilarity_of_the_city_and_whether_it_changed_by_more_than_chance(view):
    course = split_course(view, "foreign_background")
    assert dict(course.points)[2025] == pytest.approx(45.43, abs=0.005)
    assert course_words(view, "foreign_background", course, 2024) == (
        "Hela staden: från 45,5 av 100 (2024) till 45,4 av 100 (2025)."
    )
    assert chance_words(view, "foreign_background", course, 2024).startswith("Förändringen kan vara slump")
    assert chance_words(view, "foreign_background", course, 2025) == ""


def test_where_a_figure_should_go_and_how_far(view):
    assert plain(wanted_words(view, LINKED[0])) == "Önskad riktning: nedåt. Mål: 60,0 % år 2030."
    assert wanted_words(view, LINKED[1]) == "Önskad riktning och mål: uppgift saknas."
    target = LinkedIndicator(id="l", project="p", indicator=FIGURE, baseline_year=2024, target=40)
    assert plain(wanted_words(view, target)) == "Önskad riktning: uppgift saknas. Mål: 40,0 %."
    split = LinkedIndicator(id="l", project="p", indicator="foreign_background", baseline_year=2024, target=40)
    assert wanted_words(view, split).endswith("Mål: 40,0 av 100.")


def test_links_keep_the_language_and_are_escaped(view, english_view):
    assert page_address(view, "places", plats="a b") == "platser?plats=a+b"
    assert page_address(english_view, "roadmap", stadsdel=["1", "2"], status=[]) == (
        "fardplan?stadsdel=1&stadsdel=2&lang=en"
    )
    assert page_address(view, "overview") == "."
    assert link_html('x"&y', "<b>") == '<a href="x&quot;&amp;y">&lt;b&gt;</a>'


def test_areas_lead_to_their_page_and_unknown_ones_stay_words(view):
    assert area_links(view, ["1488R007", "1488R999"]) == [
        '<a href="stadsdelar?niva=regso&amp;omraden=1488R007">Kronogårds Torg-Frälsegården</a>',
        "1488R999",
    ]


def test_an_empty_roadmap_has_no_groups(view):
    assert groups(view, Contents(), ()) == []
