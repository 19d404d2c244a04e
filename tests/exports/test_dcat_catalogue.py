"""The catalogue of data: as the Swedish profile wants it, alike in both forms, and safe whatever stands in it."""

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import shapely
from made_up_catalogue import BASE, CONTENT, catalogue, data_set, said
from pyshacl import validate
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, XSD

from dashboard.exports.dcat_catalogue import (
    CC0,
    DCATAP,
    SPDX,
    VCARD,
    as_rdf_xml,
    as_turtle,
    catalogue_graph,
)
from dashboard.exports.dcat_parts import RDF_XML, DcatError, Publisher, Rectangle, plain, web_address

SHAPES = Path(__file__).with_name("dcat_ap_se_shapes.ttl")
CATALOGUE = URIRef(f"{BASE}/{RDF_XML}#catalogue")
FIRST = URIRef(f"{BASE}/{RDF_XML}#first")
HOSTILE = [
    "Staden \"Ö\" \\ <b> & 'åäö' ]]> --> ^^xsd:date @sv .",
    '""" . <https://evil.example/> a <https://evil.example/Thing> . """',
    "radbrytning\noch\ttabb\r\n<!-- -->",
    "\u202eomvänt \U0001f3d9 \u00a0",
]

MANDATORY = [
    (DCAT.Catalog, DCTERMS.title),
    (DCAT.Catalog, DCTERMS.description),
    (DCAT.Catalog, DCTERMS.publisher),
    (DCAT.Catalog, DCTERMS.license),
    (DCAT.Catalog, DCAT.dataset),
    (DCAT.Dataset, DCTERMS.title),
    (DCAT.Dataset, DCTERMS.description),
    (DCAT.Dataset, DCTERMS.publisher),
    (DCAT.Distribution, DCAT.accessURL),
    (FOAF.Agent, FOAF.name),
    (FOAF.Agent, DCTERMS.type),
    (VCARD.Organization, VCARD.fn),
    (VCARD.Organization, VCARD.hasEmail),
    (SPDX.Checksum, SPDX.algorithm),
    (SPDX.Checksum, SPDX.checksumValue),
    (DCTERMS.ProvenanceStatement, DCTERMS.description),
]
RECOMMENDED = [
    (DCAT.Catalog, DCTERMS.issued),
    (DCAT.Catalog, DCTERMS.modified),
    (DCAT.Catalog, DCTERMS.language),
    (DCAT.Catalog, FOAF.homepage),
    (DCAT.Catalog, DCAT.themeTaxonomy),
    (DCAT.Dataset, DCAT.contactPoint),
    (DCAT.Dataset, DCAT.keyword),
    (DCAT.Dataset, DCAT.theme),
    (DCAT.Dataset, DCTERMS.spatial),
    (DCAT.Dataset, DCTERMS.temporal),
    (DCAT.Dataset, DCTERMS.issued),
    (DCAT.Dataset, DCTERMS.accessRights),
    (DCAT.Dataset, DCAT.distribution),
    (DCAT.Distribution, DCTERMS.description),
    (DCAT.Distribution, DCTERMS["format"]),
    (DCAT.Distribution, DCTERMS.license),
    (DCAT.Distribution, DCATAP.availability),
]


@cache
def shapes() -> Graph:
    return Graph().parse(SHAPES)


def conforms(graph: Graph, *, warnings_too: bool = False) -> bool:
    found, _, _ = validate(graph, shacl_graph=shapes(), allow_warnings=not warnings_too, inplace=True)
    return bool(found)


@pytest.fixture
def graph() -> Graph:
    return catalogue_graph(catalogue())


def without(graph: Graph, kind: URIRef, predicate: URIRef) -> Graph:
    """Take a property off everything of a kind; what was there must be there."""
    subjects = list(graph.subjects(RDF.type, kind))
    assert any((one, predicate, None) in graph for one in subjects)
    for one in subjects:
        graph.remove((one, predicate, None))
    return graph


def test_a_complete_catalogue_has_all_that_is_demanded_and_recommended(graph):
    assert conforms(graph, warnings_too=True)


@pytest.mark.parametrize(("kind", "predicate"), MANDATORY)
def test_a_catalogue_without_something_mandatory_is_found_out(graph, kind, predicate):
    assert not conforms(without(graph, kind, predicate))


@pytest.mark.parametrize(("kind", "predicate"), RECOMMENDED)
def test_something_recommended_that_is_missing_is_warned_of_and_no_more(graph, kind, predicate):
    without(graph, kind, predicate)
    assert conforms(graph)
    assert not conforms(graph, warnings_too=True)


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        (CATALOGUE, DCTERMS.license, URIRef("http://creativecommons.org/licenses/by/4.0/")),
        (CATALOGUE, DCTERMS.title, Literal("En till", lang="sv")),
        (CATALOGUE, DCAT.dataset, BNode("nobody")),
        (FIRST, DCTERMS.publisher, URIRef("https://other.example/")),
        (FIRST, DCAT.theme, URIRef("https://other.example/theme")),
        (FIRST, DCTERMS.accessRights, URIRef("https://other.example/open")),
        (FIRST, DCTERMS.modified, Literal("i går")),
        (URIRef(f"{FIRST}-file"), DCAT.downloadURL, Literal("first.csv")),
        (URIRef(f"{FIRST}-file"), DCAT.byteSize, Literal("-1", datatype=XSD.integer)),
        (URIRef(f"{BASE}/{RDF_XML}#contact"), RDF.type, VCARD.Individual),
        (URIRef(f"{BASE}/{RDF_XML}#contact"), RDF.type, FOAF.Agent),
    ],
)
def test_what_has_the_wrong_form_is_found_out(graph, subject, predicate, value):
    graph.add((subject, predicate, value))
    assert not conforms(graph)


def test_the_least_that_an_operator_can_say_still_conforms():
    """Only the name of the publisher is known: nothing is made up for the rest."""
    least = catalogue(
        publisher=Publisher("Exempelstads kommun"),
        municipality=replace(catalogue().municipality, geonames=None, rectangle=None),
        home=None,
        issued=None,
    )
    graph = catalogue_graph(least)
    assert conforms(graph)
    assert not list(graph.triples((None, DCAT.contactPoint, None)))
    assert not list(graph.triples((None, DCTERMS.issued, None)))
    assert (FIRST, DCTERMS.publisher, URIRef(f"{BASE}/{RDF_XML}#publisher")) in graph


def test_turtle_and_rdf_xml_say_the_same(graph):
    turtle = Graph().parse(data=as_turtle(graph), format="turtle")
    xml = Graph().parse(data=as_rdf_xml(graph), format="xml")
    assert len(graph) == len(turtle) == len(xml) > 100
    assert isomorphic(graph, turtle)
    assert isomorphic(graph, xml)


def test_the_same_data_give_the_same_bytes_in_every_process():
    """Sets of texts come in another order in each process; an address that is asked again must give what it gave."""
    program = (
        "import sys, hashlib; from made_up_catalogue import catalogue;"
        "from dashboard.exports.dcat_catalogue import as_rdf_xml, as_turtle, catalogue_graph;"
        "made = catalogue_graph(catalogue());"
        "print([hashlib.sha256(form(made)).hexdigest() for form in (as_turtle, as_rdf_xml)])"
    )
    said_there = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            cwd=SHAPES.parent,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said_there) == 1


def test_everything_has_an_absolute_address_and_nothing_is_nameless(graph):
    """The portal takes neither blank nodes nor addresses that depend on where the catalogue was fetched from."""
    nodes = {one for triple in graph for one in triple if not isinstance(one, Literal)}
    assert {type(one) for one in nodes} == {URIRef}
    assert [one for one in nodes if not re.match(r"(https?://[^\s<>\"{}|\\^`]+|mailto:[^\s<>]+)$", one)] == []


def test_both_languages_are_there(graph):
    for kind in (DCAT.Catalog, DCAT.Dataset):
        for one in graph.subjects(RDF.type, kind):
            for predicate in (DCTERMS.title, DCTERMS.description):
                assert {text.language for text in graph.objects(one, predicate)} == {"sv", "en"}
    assert {str(text) for text in graph.objects(FIRST, DCAT.keyword)} == {"stad", "gata", "city", "street"}
    for statement in graph.objects(FIRST, DCTERMS.provenance):
        assert {text.language for text in graph.objects(statement, DCTERMS.description)} == {"sv", "en"}


def test_size_and_checksum_are_those_of_the_file(graph):
    file = URIRef(f"{FIRST}-file")
    assert graph.value(file, DCAT.downloadURL) == URIRef(f"{BASE}/first.csv")
    assert graph.value(file, DCAT.byteSize) == Literal(len(CONTENT), datatype=XSD.nonNegativeInteger)
    checksum = graph.value(file, SPDX.checksum)
    assert str(graph.value(checksum, SPDX.checksumValue)) == hashlib.sha256(CONTENT).hexdigest()
    assert graph.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256


def test_what_a_data_set_was_derived_from_is_named(graph):
    assert set(graph.objects(FIRST, PROV.wasDerivedFrom)) == {URIRef("https://tables.example/TAB1")}


def test_the_publisher_has_the_address_that_the_portal_knows_it_by(graph):
    assert graph.value(CATALOGUE, DCTERMS.publisher) == URIRef("http://dataportal.se/organisation/SE2120000000")


def test_the_catalogue_is_as_new_as_its_newest_data_set():
    newer = data_set("second", modified=catalogue().data_sets[0].modified.replace(month=12))
    graph = catalogue_graph(catalogue(data_sets=[data_set(), newer]))
    assert str(graph.value(CATALOGUE, DCTERMS.modified)) == "2026-12-23"


def test_the_rectangle_is_a_closed_ring_against_the_clock():
    ring = shapely.from_wkt(Rectangle(12.1, 58.1, 12.6, 58.4).wkt)
    assert ring.bounds == (12.1, 58.1, 12.6, 58.4)
    assert ring.exterior.is_ccw
    assert ring.is_valid


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_stay_texts(text):
    """Whatever stands in a name, it adds nothing to the catalogue and takes nothing away."""
    hostile = catalogue(
        title={"sv": text, "en": text},
        publisher=Publisher(text, number="2120000000", e_mail="oppnadata@example.org"),
        municipality=replace(catalogue().municipality, name=text),
        data_sets=[data_set(title={"sv": text, "en": text}, keywords={"sv": [text]})],
    )
    graph = catalogue_graph(hostile)
    assert conforms(graph)
    for data, form in ((as_turtle(graph), "turtle"), (as_rdf_xml(graph), "xml")):
        found = Graph().parse(data=data, format=form)
        assert len(found) == len(graph)
        said_there = str(found.value(FIRST, DCTERMS.title))
        # XML itself turns the end of a line into one sign (section 2.11).
        assert said_there == text or said_there == text.replace("\r\n", "\n")
        assert (URIRef("https://evil.example/"), None, None) not in found


def test_signs_that_xml_cannot_hold_become_spaces():
    text = "Stad\x00\x0b\x1f\ud800\ufffe!"
    assert plain(text) == "Stad     !"
    graph = catalogue_graph(catalogue(title={"sv": text}))
    ET.fromstring(as_rdf_xml(graph))  # noqa: S314 - our own file
    assert str(graph.value(CATALOGUE, DCTERMS.title)) == "Stad     !"


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("https://stad.example/data", "https://stad.example/data"),
        ("https://stad.example/gång väg?q=å&x=%20", "https://stad.example/g%C3%A5ng%20v%C3%A4g?q=%C3%A5&x=%20"),
        ('https://stad.example/"><x>', "https://stad.example/%22%3E%3Cx%3E"),
        ("https://stad.example/{a}|b\\c^`", "https://stad.example/%7Ba%7D%7Cb%5Cc%5E%60"),
    ],
)
def test_addresses_cannot_end_before_their_end(given, written):
    assert web_address(given) == written


@pytest.mark.parametrize("given", ["", "stad.example", "/data", "javascript:alert(1)", "https://", "https://[::1"])
def test_what_is_no_address_is_told(given):
    with pytest.raises(DcatError, match="web"):
        web_address(given)
    with pytest.raises(DcatError):
        catalogue_graph(catalogue(home=given or "x"))


def test_the_licence_stands_with_the_file_and_the_catalogue_itself_is_free():
    odbl = "https://opendatacommons.org/licenses/odbl/1-0/"
    graph = catalogue_graph(catalogue(data_sets=[data_set(licence=odbl)]))
    assert graph.value(URIRef(f"{FIRST}-file"), DCTERMS.license) == URIRef(odbl)
    assert graph.value(CATALOGUE, DCTERMS.license) == URIRef(CC0)


def test_a_data_set_of_no_year_has_no_period():
    graph = catalogue_graph(catalogue(data_sets=[data_set(years=None, page=None, description=said("Utan år"))]))
    assert graph.value(FIRST, DCTERMS.temporal) is None
    assert conforms(graph)
