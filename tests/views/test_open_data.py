"""The open data: what may be passed on, on which terms, nothing withheld let out, and a catalogue that conforms."""

import csv
import io
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import pytest
from pyshacl import validate
from rdflib import Graph
from rdflib.namespace import DCAT, DCTERMS, RDF

from dashboard.catalogue import Source, Text, load_catalogue
from dashboard.exports.dcat_catalogue import CC0, catalogue_graph
from dashboard.exports.dcat_parts import DataCatalogue, DataSet
from dashboard.measures.report import measure_report
from dashboard.views import open_data
from dashboard.views.area_figures import INTERNAL
from dashboard.views.batch_view import view_for_files
from dashboard.views.open_data import KINDS, ODBL, data_catalogue, licence_of, missing_kinds

SHAPES = Path(__file__).parents[1] / "exports" / "dcat_ap_se_shapes.ttl"
BASE = "https://stad.example/data"
OPERATOR = {
    "public_url": "https://stad.example/",
    "publisher_name": "Exempelstads kommun",
    "publisher_number": "2120000000",
    "contact_address": "oppnadata@example.org",
    "catalogue_issued": date(2026, 12, 1),
}
SCB = "https://creativecommons.org/publicdomain/zero/1.0/"


def of(city, **settings) -> DataCatalogue:
    view = view_for_files(city.settings().model_copy(update=OPERATOR | settings), "sv")
    with closing(view.warehouse):
        return data_catalogue(view, BASE)


@pytest.fixture(scope="module")
def made(home_city) -> DataCatalogue:
    return of(home_city)


def one(catalogue: DataCatalogue, name: str) -> DataSet:
    return next(found for found in catalogue.data_sets if found.id == name)


def rows(data_set: DataSet) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data_set.file.content.decode("utf-8"))))


def source(licence_url: str | None) -> Source:
    text = Text("x", "x")
    return Source(
        "x", text, text, None, text, licence_url, text, None, "https://x.example", None, "2026-01-01", text, ()
    )


@pytest.mark.parametrize(
    ("sources", "licence"),
    [
        ([SCB], CC0),
        ([SCB, SCB], CC0),
        ([SCB, ODBL], ODBL),
        ([ODBL, SCB, SCB], ODBL),
        ([SCB, None], None),
        ([ODBL, None], None),
        (["https://creativecommons.org/licenses/by-nc/4.0/", SCB], None),
        ([], None),
    ],
)
def test_the_strictest_terms_count_and_unknown_ones_let_nothing_out(sources, licence):
    assert licence_of([source(one) for one in sources]) == licence


def test_every_kind_is_there_with_the_terms_of_its_sources(made):
    licences = {found.id: found.licence for found in made.data_sets}
    assert licences == {
        "segregation-measures": CC0,
        "derived-indicators": CC0,
        "walking-distances": ODBL,
        "place-catchments": ODBL,
        "areas-with-indicators": CC0,
    }
    assert missing_kinds(made) == []


def test_the_catalogue_has_all_that_the_profile_demands_and_recommends(made):
    found, _, text = validate(catalogue_graph(made), shacl_graph=Graph().parse(SHAPES), inplace=True)
    assert found, text


def test_titles_are_short_and_every_text_is_in_both_languages(made):
    graph = catalogue_graph(made)
    for subject in [*graph.subjects(RDF.type, DCAT.Dataset), *graph.subjects(RDF.type, DCAT.Distribution)]:
        assert {text.language for text in graph.objects(subject, DCTERMS.description)} == {"sv", "en"}
    for found in made.data_sets:
        # The portal's own advice: at most ten words, and no name of the publisher or the place.
        assert all(len(title.split()) <= 10 and "Trollhättan" not in title for title in found.title.values())
        assert found.title["sv"] != found.title["en"]


def test_the_place_is_the_municipality(made):
    assert (made.municipality.code, made.municipality.name) == ("1488", "Trollhättan")
    rectangle = made.municipality.rectangle
    # Trollhättan lies about 58.27 north and 12.29 east (WGS 84).
    assert rectangle.west < 12.29 < rectangle.east
    assert rectangle.south < 58.27 < rectangle.north


def test_measures_are_those_of_the_report(made, home_city):
    view = view_for_files(home_city.settings(), "sv")
    with closing(view.warehouse), view.warehouse.cursor() as cursor:
        wanted = {(row.level, row.year, row.split, row.measure): row.value for row in measure_report(cursor, "1488")}
    found = {
        (row["level"], int(row["year"]), row["split"], row["measure"]): row["value"]
        for row in rows(one(made, "segregation-measures"))
    }
    assert found.keys() == wanted.keys()
    for key, text in found.items():
        value = wanted[key]
        assert (text == "") if value is None else float(text) == pytest.approx(value, abs=1e-9), key
        assert len(text.partition(".")[2]) <= 9, key


def test_every_row_tells_where_it_is_from(made, home_city):
    for found in made.data_sets:
        if found.file.media_type == "text/csv":
            first = rows(found)[0]
            assert "SCB" in first["credit"]
            assert first["view"].startswith("https://stad.example/")
            assert len(first["data_sha256"]) == 64


def test_only_what_was_worked_out_here_is_in_the_derived_figures(made):
    found = rows(one(made, "derived-indicators"))
    assert {row["status"] for row in found} <= {"derived", "missing", "suppressed", "false_zero"}
    assert not INTERNAL & {row["indicator"] for row in found}
    assert {row["level"] for row in found} == {"deso", "regso", "municipality"}
    years = [int(row["year"]) for row in found]
    assert one(made, "derived-indicators").years == (min(years), max(years))


def test_sources_whose_terms_nobody_has_checked_are_left_out(made, home_city):
    """Reported offences (Brå) are derived, and shown on the page; Brå's terms are not known."""
    with duckdb.connect(home_city.warehouse, read_only=True) as connection:
        there = connection.execute("select count(*) from observation where source = 'bra' and status = 'derived'")
        assert there.fetchone()[0] > 0
    assert "bra" not in {row["source"] for row in rows(one(made, "derived-indicators"))}
    assert not any("Brå" in origin.name["sv"] for found in made.data_sets for origin in found.origins)


def test_what_is_withheld_stays_empty_with_its_status(built_city):
    with duckdb.connect(built_city.warehouse) as connection:
        connection.execute(
            "update observation set value = null, status = 'suppressed', note = 'suppressed_at_source'"
            " where area_code = '1487C1010_DeSO2025' and indicator = 'foreign_background_share'"
        )
    found = [
        row
        for row in rows(one(of(built_city), "derived-indicators"))
        if (row["area"], row["indicator"]) == ("1487C1010", "foreign_background_share")
    ]
    assert found
    assert {(row["value"], row["status"], row["note"]) for row in found} == {("", "suppressed", "suppressed_at_source")}


def test_small_numbers_of_people_are_not_let_out(made):
    found = rows(one(made, "place-catchments"))
    assert {row["number"] == "" for row in found if row["status"] not in ("estimated", "known")} <= {True}
    # As on the page: people who are spread over points of a network are told in tens.
    assert all(float(row["number"]) % 10 == 0 for row in found if row["number"])


def test_distances_say_that_they_are_estimates_and_share_alike(made):
    found = one(made, "walking-distances")
    assert "uppskattade" in found.description["sv"]
    assert "estimates" in found.description["en"]
    assert {row["network"] for row in rows(found)} == {"schematic"}
    assert any("openstreetmap.org" in origin.address for origin in found.origins)


def test_a_city_without_a_walk_network_has_no_distances(made_up_city):
    found = of(made_up_city)
    assert missing_kinds(found) == ["walking-distances", "place-catchments"]
    assert {one.licence for one in found.data_sets} == {CC0}


def test_the_register_is_not_even_opened(made_up_city, tmp_path):
    register = tmp_path / "register.sqlite3"
    assert of(made_up_city, database_url=f"sqlite:///{register}").data_sets
    assert not register.exists()


def test_a_data_set_is_as_new_as_its_newest_source(made, home_city):
    sources = load_catalogue(home_city.data / "catalogue", validate=False).sources.values()
    for found in made.data_sets:
        named = {origin.name["sv"] for origin in found.origins}
        newest = max(one.access_date for one in sources if one.citation.sv in named)
        made_from_ways = found.id in ("walking-distances", "place-catchments")
        # The network that the project brings along was made after the figures had been taken in.
        assert found.modified.isoformat() == (max(newest, "2026-11-25") if made_from_ways else newest), found.id


def test_published_figures_are_not_called_our_own(made):
    assert "Källa: SCB" in one(made, "areas-with-indicators").provenance["sv"]
    assert "Egen beräkning" in one(made, "derived-indicators").provenance["sv"]


def test_without_a_publisher_there_is_no_catalogue(made_up_city):
    with pytest.raises(ValueError, match="no publisher"):
        of(made_up_city, publisher_name=None)


def test_ids_never_change():
    """They are in addresses that others keep."""
    assert [kind.id for kind in KINDS] == [
        "segregation-measures",
        "derived-indicators",
        "walking-distances",
        "place-catchments",
        "areas-with-indicators",
    ]
    assert open_data.BETWEEN_KEYWORDS not in "".join(kind.id for kind in KINDS)
