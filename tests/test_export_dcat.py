"""`dashboard export dcat`: a folder for any web server, and a sentence for each thing that is missing."""

import os

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, RDF

from dashboard.cli import main

COMPLETE = {
    "PUBLIC_URL": "https://stad.example/",
    "PUBLISHER_NAME": "Exempelstads kommun",
    "PUBLISHER_NUMBER": "2120000000",
    "CONTACT_ADDRESS": "oppnadata@example.org",
    "CATALOGUE_ISSUED": "2026-12-01",
}


@pytest.fixture
def city(made_up_city):
    with made_up_city.in_use():
        yield made_up_city


@pytest.fixture
def operator(city, monkeypatch):
    """Give the settings of an operator who has filled in everything, or something else."""

    def fill_in(**changes: str) -> None:
        for name, value in (COMPLETE | changes).items():
            monkeypatch.setenv(f"DASHBOARD_{name}", value)

    fill_in()
    return fill_in


def run(*options):
    return main(["export", "dcat", *map(str, options)])


def test_catalogue_and_files_are_written_and_lead_to_each_other(operator, tmp_path, capsys):
    folder = tmp_path / "öppna data"
    assert run("--to", folder) == 0
    told = capsys.readouterr()
    assert told.out == f"{folder}: the catalogue and 3 data sets written.\n"
    # No walk network was made up for this city.
    assert [line.split(" is left out")[0] for line in told.err.splitlines()] == [
        "dashboard: The data set walking-distances",
        "dashboard: The data set place-catchments",
    ]
    graph = Graph().parse(folder / "catalogue.ttl")
    assert graph.isomorphic(Graph().parse(folder / "catalogue.rdf", format="xml"))
    addresses = {str(one) for one in graph.objects(None, DCAT.downloadURL)}
    names = {file.name for file in folder.iterdir()} - {"catalogue.ttl", "catalogue.rdf"}
    assert addresses == {f"https://stad.example/data/{name}" for name in names}
    assert len(names) == 3


def test_another_web_server_gets_its_own_addresses_and_old_files_are_replaced(operator, tmp_path):
    (tmp_path / "catalogue.ttl").write_text("old", "utf-8")
    (tmp_path / "mine.txt").write_text("kept", "utf-8")
    assert run("--to", tmp_path, "--address", "https://data.example.org/segregation/") == 0
    graph = Graph().parse(tmp_path / "catalogue.ttl")
    [catalogue] = graph.subjects(RDF.type, DCAT.Catalog)
    assert catalogue == URIRef("https://data.example.org/segregation/catalogue.rdf#catalogue")
    assert (tmp_path / "mine.txt").read_text("utf-8") == "kept"
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


def test_made_again_on_the_same_day_everything_is_the_same(operator, tmp_path):
    """Who has fetched the catalogue finds the files that it names, also when they were made anew in between."""
    folders = [tmp_path / name for name in ("first", "second")]
    for folder in folders:
        assert run("--to", folder) == 0
    first, second = ({file.name: file.read_bytes() for file in folder.iterdir()} for folder in folders)
    assert first == second
    assert "OGR_CURRENT_DATE" not in os.environ


def test_what_an_operator_has_not_said_is_warned_of(city, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("DASHBOARD_PUBLISHER_NAME", "Exempelstads kommun")
    assert run("--to", tmp_path, "--address", "https://data.example.org") == 0
    told = capsys.readouterr().err
    for name in ("CONTACT_ADDRESS", "PUBLISHER_NUMBER", "CATALOGUE_ISSUED"):
        assert f"set DASHBOARD_{name}" in told


@pytest.mark.parametrize(
    ("changes", "options", "said"),
    [
        ({"PUBLISHER_NAME": None}, (), "set DASHBOARD_PUBLISHER_NAME."),
        ({"PUBLIC_URL": None}, (), "set DASHBOARD_PUBLIC_URL, or give --address."),
        ({"PUBLIC_URL": "stad.example"}, (), "'stad.example' is no whole web address"),
        ({}, ("--address", "ftp://data.example.org"), "'ftp://data.example.org' is no whole web address"),
    ],
)
def test_what_a_catalogue_cannot_do_without_is_told_before_any_work(
    operator, monkeypatch, tmp_path, capsys, changes, options, said
):
    for name, value in changes.items():
        if value is None:
            monkeypatch.delenv(f"DASHBOARD_{name}")
        else:
            monkeypatch.setenv(f"DASHBOARD_{name}", value)
    assert run("--to", tmp_path, *options) == 1
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_folder(operator, tmp_path, capsys):
    file = tmp_path / "file"
    file.touch()
    assert run("--to", file) == 1
    assert capsys.readouterr().err == f"dashboard: {file} is no folder: name another with --to.\n"
