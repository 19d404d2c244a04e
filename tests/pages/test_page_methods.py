"""Data och metod: every indicator, measure, split and source, and the accessibility statement."""

import json

import pytest
from visitor import Visitor, plain

from dashboard.catalogue import load_catalogue
from dashboard.exports import table_files
from dashboard.views import downloads, figure, methods

NBSP = "\u00a0"
#: What a data folder may hold and the embedded one does not.
WITHOUT_FIGURES = {"income_quartile", "income_persons"}


@pytest.fixture
def page(visitor):
    return visitor.open("methods")


@pytest.fixture(scope="module")
def catalogue(embedded):
    return load_catalogue(embedded / "catalogue")


def test_every_indicator_with_figures_can_be_chosen(page, catalogue):
    assert page.is_well()
    there = {name for name, entry in catalogue.indicators.items() if entry.family is None} | set(catalogue.families)
    there -= WITHOUT_FIGURES
    options = page.at.selectbox[0].proto.options
    assert len(options) == len(there)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_indicator_is_told_in_full(at_home, catalogue, language):
    visitor = Visitor(language).open("methods")
    names = [name for name, entry in catalogue.indicators.items() if entry.family is None][::6]
    for name in sorted({*names, *list(catalogue.families)[::2]} - WITHOUT_FIGURES):
        visitor.choose("matt", name)
        assert visitor.is_well(), name
        entry = catalogue.indicators.get(name) or catalogue.indicator(catalogue.families[name].members[0])
        text = plain(visitor.markup)
        assert entry.definition.in_(language) in text
        assert entry.question.in_(language) in text
        for caveat in entry.caveats:
            assert caveat.in_(language) in text


@pytest.mark.parametrize(("position", "of_places"), [(1, False), (2, True)], ids=["segregation", "places"])
def test_each_measure_is_told_with_formula_and_reference(page, catalogue, position, of_places):
    box = page.at.selectbox[position]
    names = [name for name, entry in catalogue.measures.items() if (entry.level == "place") == of_places]
    assert len(box.proto.options) == len(names)
    for name in names:
        page.choose(box.key, name)
        assert page.is_well(), name
        text = plain(page.markup)
        assert catalogue.measures[name].reference in text
        assert catalogue.measures[name].formula in text


def test_every_source_is_listed_with_licence_and_fingerprint(page, catalogue):
    text = plain(page.markup)
    for source in catalogue.sources.values():
        if source.files:
            assert source.citation.sv in text
            assert all(file.sha256[:12] in text for file in source.files)
    assert "© OpenStreetMap" in text


def test_every_split_is_listed_with_what_is_approximated(page, catalogue):
    text = plain(page.markup)
    for split in catalogue.splits.values():
        assert split.name.sv in text
        assert split.approximation is None or split.approximation.sv in text


def test_what_is_missing_is_told_as_missing(page):
    assert "Saknas är inte noll" in plain(page.markup)


def test_faults_are_reported_to_the_address_of_the_settings(home_city, monkeypatch):
    monkeypatch.setenv("DASHBOARD_FAULT_REPORT_ADDRESS", "fel@example.org")
    with home_city.in_use():
        assert "Skriv till fel@example.org." in plain(Visitor().open("methods").markup)


def test_without_an_address_the_statement_says_so(page):
    assert "Den som driver dashboarden har inte angett någon adress ännu." in plain(page.markup)


@pytest.mark.parametrize(("language", "title"), [("sv", "Hämta allt på en gång"), ("en", "Get everything at once")])
def test_the_catalogue_of_data_sets_is_named_once_it_is_published(home_city, monkeypatch, language, title):
    monkeypatch.setenv("DASHBOARD_PUBLIC_URL", "https://stad.example/trollhattan/")
    with home_city.in_use():
        assert title not in plain(Visitor(language).open("methods").markup)
    monkeypatch.setenv("DASHBOARD_PUBLISHER_NAME", "Exempelstads kommun")
    with home_city.in_use():
        page = Visitor(language).open("methods")
    assert page.is_well()
    assert title in plain(page.markup)
    for name in ("catalogue.rdf", "catalogue.ttl"):
        assert f'href="https://stad.example/trollhattan/data/{name}"' in page.markup


def test_every_figure_can_be_taken_home_as_four_files(at_home, monkeypatch):
    offered: dict[str, list[dict[str, object]]] = {}

    def offer(view, rows, name, file="", **further) -> None:
        offered[name] = list(rows)
        downloads.offer_downloads(view, rows, name, file, **further)

    for module in (figure, methods):
        monkeypatch.setattr(module, "offer_downloads", offer)
    visitor = Visitor()
    for page, address in (
        ("overview", {}),
        ("segregation", {}),
        ("segregation", {"uppdelning": "tenure"}),
        ("districts", {"omraden": ["1488C1010"]}),
        ("districts", {"niva": "regso", "omraden": ["1488R007"]}),
        ("places", {}),
        ("places", {"del": "access"}),
        ("places", {"del": "barriers"}),
        ("places", {"del": "what_if", "andring": "C~0"}),
        ("methods", {}),
    ):
        visitor.open(page, **address)
        for key in visitor.keys("more-"):
            visitor.widget(key).set_value("download")
        visitor.at.run()
        assert visitor.is_well(), page
    assert len(offered) >= 22
    for name, rows in offered.items():
        assert rows, name
        assert {tuple(row) for row in rows} == {tuple(rows[0])}, f"{name}: the rows have different columns"
        lines = table_files.csv_plain(rows).decode("utf-8").split("\r\n")
        assert len(lines) >= len(rows) + 2
        assert table_files.csv_for_excel(rows).startswith(b"\xef\xbb\xbf")
        assert len(json.loads(table_files.json_text(rows))["rows"]) == len(rows)
        assert table_files.parquet(rows).startswith(b"PAR1")
