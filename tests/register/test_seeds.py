"""What an empty register begins with: the published facts, no more and no less, and files with faults are named."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import yaml
from shapely import Point

from dashboard.register.circle_entries import Circle
from dashboard.register.entries import Bound, Entry, FocusAreaEntry, Milestone, Project, ProjectStatus
from dashboard.register.errors import RegisterFileError
from dashboard.register.focus_areas import read_focus_areas
from dashboard.register.grant_entries import Funder, Grant, GrantState
from dashboard.register.kinds import KINDS
from dashboard.register.seeds import FILES, Known, check_seeds, read_seeds
from dashboard.register.yaml_writing import as_yaml

NOWHERE = Known(frozenset({"1487R002"}), frozenset())


@pytest.fixture(scope="module")
def seeds(embedded: Path) -> list[Entry]:
    return read_seeds(embedded / "register")


def of(seeds: list[Entry], kind: type[Entry]) -> dict[str, Any]:
    return {entry.id: entry for entry in seeds if isinstance(entry, kind)}


def test_the_ten_projects_and_analyses_are_there(seeds):
    projects = of(seeds, Project)
    assert {entry.name for entry in projects.values()} == {
        "Utveckling av Kronogårds Torg",
        "Stadsdelsutveckling Kronogården, senare södra stadsdelarna",
        "Fördjupad översiktsplan, sydöstra stadsdelarna",
        "Stadsrumsanalyser",
        "Stråkanalyser i Trollhättan",
        "Kunskapscirkel",
        "Kvarteret Hackan, Kronogården",
        "Nya Drottningtorget",
        "Planprogram Resecentrum",
        "Tidig upptäckt, tidig insats (TUTI)",
    }
    focus = of(seeds, FocusAreaEntry)
    positions = {name: {focus[area].position for area in entry.focus_areas} for name, entry in projects.items()}
    assert positions.pop("kunskapscirkel") == {1, 2, 3, 4, 5}
    assert positions.pop("tuti") == {1, 4}
    assert all(numbers == {5} for numbers in positions.values())


@pytest.mark.parametrize(
    ("name", "start", "bound", "said"),
    [
        ("kronogards-torg", "2021", Bound.BEFORE, "före 2021"),
        ("stadsdelsutveckling-kronogarden", "2021-09", Bound.AT, "hösten 2021"),
        ("fordjupad-oversiktsplan-sydostra", "2023", Bound.SEEN, "2023"),
        ("stadsrumsanalyser", "2021", Bound.SEEN, "under bidragsperioden 2021"),
        ("strakanalyser", "2020", Bound.SEEN, "2020/2021"),
        ("kunskapscirkel", "2020", Bound.SEEN, "2020/21, då metoden prövades, och 2021, då den utvecklades vidare"),
        ("kvarteret-hackan", None, Bound.AT, ""),
        ("nya-drottningtorget", None, Bound.AT, ""),
        ("planprogram-resecentrum", "2020", Bound.SEEN, "2020/21"),
        ("tuti", "2021-09", Bound.BEFORE, "före hösten 2021"),
    ],
)
def test_beginnings_are_as_exact_as_they_were_published(seeds, name, start, bound, said):
    project = of(seeds, Project)[name]
    assert (project.start, project.start_bound, project.start_said) == (start, bound, said)


def test_only_what_is_known_to_be_done_is_done(seeds):
    projects = of(seeds, Project)
    done = {name: entry for name, entry in projects.items() if entry.status is ProjectStatus.DONE}
    assert {name: (entry.end, entry.end_bound) for name, entry in done.items()} == {
        "kvarteret-hackan": ("2024-10-03", Bound.AT),
        "nya-drottningtorget": ("2021", Bound.BEFORE),
    }
    for name in projects.keys() - done.keys():
        assert projects[name].status is ProjectStatus.ONGOING
        assert projects[name].end is None
        assert "om det pågår än är inte känt" in projects[name].status_why
    assert [(m.project, m.done, m.due) for m in of(seeds, Milestone).values()] == [
        ("kvarteret-hackan", date(2024, 10, 3), None)
    ]


def test_both_grants_are_as_they_were_published(seeds):
    grants = of(seeds, Grant)
    delmos, boverket = grants["delmos-2021"], grants["boverket-trygga-miljoer"]
    assert len(grants) == 2
    assert (delmos.granted_amount, delmos.amount_is_about) == (1_650_000, True)
    assert (delmos.used_from, delmos.used_until) == (date(2021, 5, 1), date(2022, 4, 30))
    assert (delmos.state, delmos.reported_on, delmos.report_due) == (GrantState.ONGOING, None, None)
    assert delmos.projects == ("kronogards-torg", "stadsrumsanalyser", "kunskapscirkel")
    assert (boverket.granted_amount, boverket.amount_is_about) == (1_500_000, False)
    assert (boverket.state, boverket.used_from, boverket.used_until) == (GrantState.GRANTED, None, None)
    funders = of(seeds, Funder)
    assert (funders["delmos"].closed, funders["delmos"].successor) == (date(2022, 12, 31), "Socialstyrelsen")
    assert (funders["boverket"].closed, funders["boverket"].call_opens) == (None, None)
    assert (delmos.funder, boverket.funder) == ("delmos", "boverket")


def test_what_was_never_published_is_not_there(seeds):
    kinds = {entry.kind for entry in seeds}
    assert kinds == {"focus_area", "project", "milestone", "funder", "grant", "circle"}
    assert [entry.id for entry in seeds if getattr(entry, "budget", None) is not None] == []
    assert [entry.id for entry in seeds if getattr(entry, "decided_on", None) is not None] == []


def test_every_text_is_there_in_english(seeds):
    pairs = [
        (entry.id, field)
        for entry in seeds
        for field in type(entry).model_fields
        if f"{field}_en" in type(entry).model_fields
        if bool(getattr(entry, field)) != bool(getattr(entry, f"{field}_en"))
    ]
    assert pairs == []
    assert all(entry.name_en for entry in seeds if isinstance(entry, Project | Grant | Funder | Circle | Milestone))


def test_every_entry_says_where_it_is_from(seeds):
    assert [entry.id for entry in seeds if not isinstance(entry, Milestone) and not entry.source] == []
    assert of(seeds, Grant)["delmos-2021"].source_date == "2021-06-09"
    assert {entry.source_date for entry in of(seeds, FocusAreaEntry).values()} == {"2022-10-07"}


def test_a_project_lies_in_the_neighbourhood_of_its_place(seeds, embedded):
    places = {p["id"]: p for p in yaml.safe_load((embedded / "register" / "places.yaml").read_text("utf-8"))["places"]}
    areas = gpd.read_parquet(embedded / "areas" / "regso_2025.parquet").set_index("code")
    for project in of(seeds, Project).values():
        for code in project.areas:
            if project.place:
                at = Point(places[project.place]["lon"], places[project.place]["lat"])
                assert areas.geometry[code].contains(at), project.id
            else:
                assert "Kronogård" in areas["name"][code], project.id
    assert sum(bool(project.areas) for project in of(seeds, Project).values()) == 6


def test_the_focus_areas_are_those_of_the_first_page(seeds, embedded):
    known = {name for entry in of(seeds, FocusAreaEntry).values() for name in (*entry.indicators, *entry.splits)}
    for area in read_focus_areas(embedded / "register", known):
        entry = of(seeds, FocusAreaEntry)[area.id]
        assert (entry.position, entry.said("name"), entry.said("gap")) == (area.position, area.name, area.gap)
        assert (entry.indicators, entry.splits) == (area.indicators, area.splits)
        assert (entry.municipality, entry.said("source")) == (area.municipality, area.source)
        assert entry.source_date == area.source_date


def test_entries_come_after_those_that_they_name(seeds):
    order = [list(KINDS).index(entry.kind) for entry in seeds]
    assert order == sorted(order)


def test_without_files_the_register_begins_empty(tmp_path):
    assert read_seeds(tmp_path) == []


TEXT = {"sv": "Prov", "en": "Test"}
HEAD = {"municipality": "1487", "source": TEXT, "source_date": "2026-01-01"}
PROJECT = {"id": "one", "name": TEXT, "status": "planned"}


def write(folder: Path, file: str = "projects.yaml", **parts: object) -> Path:
    (folder / file).write_bytes(as_yaml(HEAD | parts))
    return folder


def test_an_entry_takes_what_the_head_of_its_file_says_unless_it_says_so_itself(tmp_path):
    own = PROJECT | {"id": "two", "source": {"sv": "Egen", "en": "Own"}}
    one, two = read_seeds(write(tmp_path, projects=[PROJECT, own]))
    assert (one.municipality, one.source, one.source_en, one.source_date) == ("1487", "Prov", "Test", "2026-01-01")
    assert (two.municipality, two.source, two.source_en, two.source_date) == ("1487", "Egen", "Own", None)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"projects": [PROJECT | {"name": "Prov"}]}, r"projects\.yaml, one, name: write it in Swedish and in English"),
        ({"projects": [PROJECT | {"name": {"sv": "Prov", "en": ""}}]}, r"projects\.yaml, one, name: one of the two"),
        ({"projects": [PROJECT | {"status": "late"}]}, r"projects\.yaml, one: status"),
        ({"projects": [PROJECT | {"budjet": 1}]}, r"projects\.yaml, one: budjet"),
        ({"projects": [PROJECT | {"start": 2021}]}, r"projects\.yaml, one: start"),
        ({"projects": [PROJECT | {"start": "2021-13"}]}, r"projects\.yaml, one: start: no such day"),
        ({"projects": [PROJECT | {"status": "paused"}]}, r"projects\.yaml, one: why missing"),
        ({"projects": [PROJECT | {"focus_areas": ["none"]}]}, r"projects\.yaml, one: focus_areas names none"),
        ({"projects": [PROJECT, PROJECT]}, r"projects\.yaml: the id one is there twice"),
        ({"projects": [{"name": TEXT, "status": "planned"}]}, r"projects\.yaml: an id is missing"),
        ({"projects": [PROJECT | {"id": "A b"}]}, r"projects\.yaml: an id 'A b' cannot be used"),
        ({"projects": ["one"]}, r"projects\.yaml: one is no entry"),
        ({"projects": {"one": PROJECT}}, r"projects\.yaml: projects is no list"),
        ({"project": [PROJECT]}, r"projects\.yaml: nobody knows project"),
        ({"projects": [PROJECT | {"place": "moon"}]}, r"projects\.yaml: one names moon, which is not in places\.yaml"),
        ({"milestones": [{"id": "m", "project": "two", "name": TEXT}]}, r"projects\.yaml, m: project names two"),
    ],
)
def test_a_fault_is_told_with_file_entry_and_field(tmp_path, parts, said):
    with pytest.raises(RegisterFileError, match=said):
        read_seeds(write(tmp_path, **parts))


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("content", ["", "[]", "a: [", "a: 1\na: 2\n", "a: &b [1]\nc: *b\n"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, file, content):
    (tmp_path / file).write_text(content, "utf-8")
    with pytest.raises(RegisterFileError, match=file.replace(".", r"\.")):
        read_seeds(tmp_path)


def test_a_file_in_another_encoding_is_named(tmp_path):
    (tmp_path / "grants.yaml").write_bytes("municipality: å".encode("latin-1"))
    with pytest.raises(RegisterFileError, match=r"grants\.yaml is not UTF-8 text"):
        read_seeds(tmp_path)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"projects": [PROJECT | {"areas": ["1487R001"]}]}, "one names 1487R001, which is not an area"),
        (
            {
                "projects": [PROJECT],
                "linked_indicators": [{"id": "l", "project": "one", "indicator": "luck", "baseline_year": 2021}],
            },
            "l names luck, which is not in the catalogue",
        ),
    ],
)
def test_what_is_not_in_the_data_is_refused(tmp_path, parts, said):
    write(tmp_path, **parts)
    with pytest.raises(RegisterFileError, match=rf"projects\.yaml: {said}"):
        check_seeds(tmp_path, NOWHERE)
    check_seeds(tmp_path, Known(frozenset({"1487R001"}), frozenset({"luck"})))


def test_entries_of_a_city_that_the_data_are_not_about_are_no_fault(tmp_path):
    """Another municipality is set up by its code; the seeds of the first one wait."""
    write(tmp_path, projects=[PROJECT | {"areas": ["1487R001"]}])
    check_seeds(tmp_path, Known(frozenset({"1485R001"}), frozenset()))


def test_no_person_is_named(seeds):
    """Roles, departments and companies only: no two capitalised words in a row that are not known to be such."""
    known = ("AB Eidar", "Radar arkitektur", "Högskolan Väst", "University West", "Skanska", "White")
    owners = {getattr(entry, "owner", "") for entry in seeds} - {""}
    assert owners == {
        "Samhällsbyggnadsförvaltningen",
        "Trollhättans stad",
        "Arbetsmarknads- och socialförvaltningen",
    }
    assert {name for entry in seeds for name in getattr(entry, "partners", ())} <= set(known)
