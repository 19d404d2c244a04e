"""A catalogue of data sets in RDF, after DCAT-AP-SE 3: what Sveriges dataportal harvests.

Everything has an address of its own: the portal takes no nameless (blank) nodes, and the same data always give the same
bytes. Which property is mandatory, and which vocabulary it takes its values from: ``docs/publishing.md``.
"""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from typing import Any

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, XSD

from dashboard.exports.dcat_parts import (
    RDF_XML,
    DataCatalogue,
    DataFile,
    DataSet,
    Municipality,
    Publisher,
    Texts,
    plain,
    web_address,
)

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"

ADMS_TYPE = Namespace("http://purl.org/adms/publishertype/")
AUTHORITY = Namespace("http://publications.europa.eu/resource/authority/")
DCATAP = Namespace("http://data.europa.eu/r5r/")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
IANA = Namespace("http://www.iana.org/assignments/media-types/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
ORGANISATION = "http://dataportal.se/organisation/SE"
GEONAMES = "http://sws.geonames.org/"

_LANGUAGES = {"sv": "SWE", "en": "ENG"}
_PREFIXES = {
    "adms-type": ADMS_TYPE,
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "geo": GEO,
    "prov": PROV,
    "skos": SKOS,
    "spdx": SPDX,
    "vcard": VCARD,
}


class _Ordered(Graph):
    """A graph that gives its triples in an order of its own: else RDF/XML differs from one process to the next."""

    def triples(self, triple: Any) -> Generator[Any, None, None]:  # noqa: ANN401 - rdflib's own types are of eight kinds
        yield from sorted(super().triples(triple))


def catalogue_graph(catalogue: DataCatalogue) -> Graph:
    """Give a catalogue as a graph.

    Parameters
    ----------
    catalogue
        What it says.

    Raises
    ------
    DcatError
        When an address in it is no whole web address.
    """
    return _Writer(catalogue).graph


def as_turtle(graph: Graph) -> bytes:
    """Give a graph as Turtle, UTF-8."""
    return graph.serialize(format="turtle", encoding="utf-8")


def as_rdf_xml(graph: Graph) -> bytes:
    """Give a graph as RDF/XML, UTF-8, the form that Sveriges dataportal asks for."""
    lines = graph.serialize(format="pretty-xml", encoding="utf-8").split(b"\n")
    # The names of vocabularies, one a line in the first element, come out of a set.
    first, last = lines.index(b"<rdf:RDF") + 1, lines.index(b">")
    return b"\n".join([*lines[:first], *sorted(lines[first:last]), *lines[last:]])


class _Writer:
    """Writes a catalogue into a graph, each part under an address of its own."""

    def __init__(self, catalogue: DataCatalogue) -> None:
        self.graph = _Ordered(bind_namespaces="core")
        for prefix, namespace in _PREFIXES.items():
            self.graph.bind(prefix, namespace)
        self._base = web_address(catalogue.base).rstrip("/")
        self._issued = catalogue.issued
        self._publisher = self._write_publisher(catalogue.publisher)
        self._contact = self._write_contact(catalogue.publisher)
        self._place = self._write_place(catalogue.municipality)
        self._write_catalogue(catalogue)

    def _at(self, name: str) -> URIRef:
        return URIRef(f"{self._base}/{RDF_XML}#{name}")

    def _say(self, subject: URIRef, predicate: URIRef, texts: Texts) -> None:
        for language, text in texts.items():
            self.graph.add((subject, predicate, Literal(plain(text), lang=language)))

    def _name(self, subject: URIRef, predicate: URIRef, text: str) -> None:
        self.graph.add((subject, predicate, Literal(plain(text))))

    def _lead(self, subject: URIRef, predicate: URIRef, address: str, kind: URIRef | None = None) -> URIRef:
        """Lead to an address; ``kind`` is what the profile takes for granted that it leads to."""
        target = URIRef(web_address(address))
        self.graph.add((subject, predicate, target))
        if kind is not None:
            self.graph.add((target, RDF.type, kind))
        return target

    def _of_kind(self, name: str, kind: URIRef) -> URIRef:
        subject = self._at(name)
        self.graph.add((subject, RDF.type, kind))
        return subject

    def _date(self, subject: URIRef, predicate: URIRef, day: date | None) -> None:
        if day is not None:
            self.graph.add((subject, predicate, Literal(day.isoformat(), datatype=XSD.date)))

    def _write_publisher(self, publisher: Publisher) -> URIRef:
        agent = URIRef(f"{ORGANISATION}{publisher.number}") if publisher.number else self._at("publisher")
        self.graph.add((agent, RDF.type, FOAF.Agent))
        self._name(agent, FOAF.name, publisher.name)
        self.graph.add((agent, DCTERMS.type, ADMS_TYPE[publisher.kind]))
        if publisher.home:
            self._lead(agent, FOAF.homepage, publisher.home, FOAF.Document)
        return agent

    def _write_contact(self, publisher: Publisher) -> URIRef | None:
        if not publisher.e_mail:
            return None
        contact = self._of_kind("contact", VCARD.Organization)
        self._name(contact, VCARD.fn, publisher.name)
        self.graph.add((contact, VCARD.hasEmail, URIRef(f"mailto:{publisher.e_mail}")))
        return contact

    def _write_place(self, municipality: Municipality) -> list[URIRef]:
        place = self._of_kind("municipality", DCTERMS.Location)
        self._name(place, SKOS.prefLabel, municipality.name)
        self._name(place, DCTERMS.identifier, municipality.code)
        if municipality.rectangle:
            wkt = Literal(municipality.rectangle.wkt, datatype=GEO.wktLiteral)
            self.graph.add((place, DCAT.bbox, wkt))
        if not municipality.geonames:
            return [place]
        named = URIRef(f"{GEONAMES}{municipality.geonames}")
        self.graph.add((named, RDF.type, DCTERMS.Location))
        return [named, place]

    def _write_catalogue(self, catalogue: DataCatalogue) -> None:
        subject = self._of_kind("catalogue", DCAT.Catalog)
        self._say(subject, DCTERMS.title, catalogue.title)
        self._say(subject, DCTERMS.description, catalogue.description)
        self.graph.add((subject, DCTERMS.publisher, self._publisher))
        self._lead(subject, DCTERMS.license, CC0, DCTERMS.LicenseDocument)
        for language in catalogue.title:
            self._lead(
                subject, DCTERMS.language, AUTHORITY[f"language/{_LANGUAGES[language]}"], DCTERMS.LinguisticSystem
            )
        self._lead(subject, DCAT.themeTaxonomy, AUTHORITY["data-theme"])
        if catalogue.home:
            self._lead(subject, FOAF.homepage, catalogue.home, FOAF.Document)
        for place in self._place:
            self.graph.add((subject, DCTERMS.spatial, place))
        self._date(subject, DCTERMS.issued, catalogue.issued)
        self._date(subject, DCTERMS.modified, max((one.modified for one in catalogue.data_sets), default=None))
        for one in catalogue.data_sets:
            self.graph.add((subject, DCAT.dataset, self._write_data_set(one)))

    def _write_data_set(self, one: DataSet) -> URIRef:
        subject = self._of_kind(one.id, DCAT.Dataset)
        self._name(subject, DCTERMS.identifier, str(subject))
        self._say(subject, DCTERMS.title, one.title)
        self._say(subject, DCTERMS.description, one.description)
        self.graph.add((subject, DCTERMS.publisher, self._publisher))
        if self._contact is not None:
            self.graph.add((subject, DCAT.contactPoint, self._contact))
        for language, words in one.keywords.items():
            for word in words:
                self.graph.add((subject, DCAT.keyword, Literal(plain(word), lang=language)))
        for theme in one.themes:
            self._lead(subject, DCAT.theme, AUTHORITY[f"data-theme/{theme}"])
        for place in self._place:
            self.graph.add((subject, DCTERMS.spatial, place))
        self._write_period(subject, one)
        self._date(subject, DCTERMS.issued, self._issued)
        self._date(subject, DCTERMS.modified, one.modified)
        self._lead(subject, DCTERMS.accrualPeriodicity, AUTHORITY[f"frequency/{one.frequency}"], DCTERMS.Frequency)
        self._lead(subject, DCTERMS.accessRights, AUTHORITY["access-right/PUBLIC"], DCTERMS.RightsStatement)
        self._lead(subject, DCTERMS.language, AUTHORITY["language/SWE"], DCTERMS.LinguisticSystem)
        if one.page:
            self._lead(subject, DCAT.landingPage, one.page, FOAF.Document)
        for standard in one.file.standards:
            self._lead(subject, DCTERMS.conformsTo, standard, DCTERMS.Standard)
        self._write_origins(subject, one)
        self.graph.add((subject, DCAT.distribution, self._write_distribution(one.id, one.licence, one.file)))
        return subject

    def _write_period(self, subject: URIRef, one: DataSet) -> None:
        if one.years is None:
            return
        period = self._of_kind(f"{one.id}-period", DCTERMS.PeriodOfTime)
        self._date(period, DCAT.startDate, date(one.years[0], 1, 1))
        self._date(period, DCAT.endDate, date(one.years[1], 12, 31))
        self.graph.add((subject, DCTERMS.temporal, period))

    def _write_origins(self, subject: URIRef, one: DataSet) -> None:
        statement = self._of_kind(f"{one.id}-provenance", DCTERMS.ProvenanceStatement)
        # The Swedish profile reads the description, the European one the label.
        self._say(statement, DCTERMS.description, one.provenance)
        self._say(statement, RDFS.label, one.provenance)
        self.graph.add((subject, DCTERMS.provenance, statement))
        for origin in one.origins:
            self._say(self._lead(subject, PROV.wasDerivedFrom, origin.address), RDFS.label, origin.name)

    def _write_distribution(self, data_set: str, licence: str, file: DataFile) -> URIRef:
        subject = self._of_kind(f"{data_set}-file", DCAT.Distribution)
        address = f"{self._base}/{file.name}"
        self._name(subject, DCTERMS.title, file.name)
        self._say(subject, DCTERMS.description, file.description)
        self._lead(subject, DCAT.accessURL, address)
        self._lead(subject, DCAT.downloadURL, address)
        # A literal in the Swedish profile; the European one has the media type beside it.
        self._name(subject, DCTERMS["format"], file.media_type)
        self._lead(subject, DCAT.mediaType, IANA[file.media_type], DCTERMS.MediaType)
        self._lead(subject, DCTERMS.license, licence, DCTERMS.LicenseDocument)
        self._lead(subject, DCATAP.availability, AUTHORITY["planned-availability/AVAILABLE"])
        self._lead(subject, DCTERMS.language, AUTHORITY["language/SWE"], DCTERMS.LinguisticSystem)
        for standard in file.standards:
            self._lead(subject, DCTERMS.conformsTo, standard, DCTERMS.Standard)
        size = Literal(str(len(file.content)), datatype=XSD.nonNegativeInteger)
        self.graph.add((subject, DCAT.byteSize, size))
        self.graph.add((subject, SPDX.checksum, self._write_checksum(data_set, file)))
        return subject

    def _write_checksum(self, data_set: str, file: DataFile) -> URIRef:
        checksum = self._of_kind(f"{data_set}-checksum", SPDX.Checksum)
        self.graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
        value = Literal(file.sha256, datatype=XSD.hexBinary, normalize=False)
        self.graph.add((checksum, SPDX.checksumValue, value))
        return checksum
