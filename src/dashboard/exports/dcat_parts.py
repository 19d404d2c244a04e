"""What a catalogue of data says, apart from how it is written: publisher, place, data sets and their files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlsplit

#: Language (``sv``, ``en``) → text.
Texts = Mapping[str, str]

#: Below the address of the dashboard, where its own server has the catalogue and the files.
BELOW = "/data"
#: What the files of the catalogue itself are called.
TURTLE, RDF_XML = "catalogue.ttl", "catalogue.rdf"
#: What RDF/XML cannot hold in any form (XML 1.0, section 2.2).
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: What may stand in a web address as it is (RFC 3986); everything else is written as per cent and digits.
_KEPT = "!#$%&'()*+,/:;=?@[]~"


class DcatError(Exception):
    """A catalogue cannot be made of what was given; the message says what to correct."""


def web_address(text: str) -> str:
    """Give a whole web address as a catalogue may hold it: absolute, with nothing in it that would end it.

    Parameters
    ----------
    text
        An address, perhaps with letters or signs that do not belong into one.

    Raises
    ------
    DcatError
        When it is no whole address of the web.
    """
    try:
        parts = urlsplit(text.strip())
    except ValueError as error:
        raise DcatError(f"{text!r} is no web address: correct it.") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise DcatError(f"{text!r} is no whole web address: give one that begins with https://.")
    return quote(text.strip(), safe=_KEPT)


def plain(text: str) -> str:
    """Give a text that every form of the catalogue can hold: signs that XML has no way to write become a space."""
    return NOT_IN_XML.sub(" ", text)


@dataclass(frozen=True)
class Publisher:
    """Who publishes: an organisation, never a person.

    ``kind`` is a publisher type of ADMS, ``number`` the organisation number, ``e_mail`` that of a function.
    """

    name: str
    kind: str = "LocalAuthority"
    number: str | None = None
    home: str | None = None
    e_mail: str | None = None


@dataclass(frozen=True)
class Rectangle:
    """A rectangle on the ground, degrees of WGS 84."""

    west: float
    south: float
    east: float
    north: float

    @property
    def wkt(self) -> str:
        """The rectangle as well-known text: longitude before latitude, against the clock."""
        corners = (
            (self.west, self.south),
            (self.east, self.south),
            (self.east, self.north),
            (self.west, self.north),
            (self.west, self.south),
        )
        return f"POLYGON(({', '.join(f'{x:.4f} {y:.4f}' for x, y in corners)}))"


@dataclass(frozen=True)
class Municipality:
    """The municipality that the data are about, by its code, name, number at GeoNames and rectangle."""

    code: str
    name: str
    geonames: str | None = None
    rectangle: Rectangle | None = None


@dataclass(frozen=True)
class Origin:
    """What a data set was derived from: its address and its name."""

    address: str
    name: Texts


@dataclass(frozen=True)
class DataFile:
    """A file in which a data set can be had.

    Parameters
    ----------
    name
        Under the address of the catalogue.
    media_type
        As IANA has it, such as ``text/csv``.
    content
        The file itself; its size and its checksum are in the catalogue.
    description
        What is in it and how it is to be read.
    standards
        Addresses of the standards that the file follows.
    """

    name: str
    media_type: str
    content: bytes
    description: Texts
    standards: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """The checksum of the content, 64 lower-case digits."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class DataSet:
    """A data set with the one file that it can be had in.

    Parameters
    ----------
    id
        Its name in addresses, which never changes.
    title, description, provenance
        In both languages.
    keywords
        Language → words.
    themes
        Ids of the data themes of the European Union, such as ``SOCI``.
    years
        The first and the last year that it tells of; None when it tells of no year.
    modified
        The day of the newest data that it is made of.
    frequency
        An update frequency of the European Union, such as ``ANNUAL``.
    licence
        The address of the licence.
    origins
        What it was derived from.
    page
        The address of the page that shows it.
    """

    id: str
    title: Texts
    description: Texts
    provenance: Texts
    keywords: Mapping[str, Sequence[str]]
    themes: Sequence[str]
    years: tuple[int, int] | None
    modified: date
    frequency: str
    licence: str
    origins: Sequence[Origin]
    file: DataFile
    page: str | None = None


@dataclass(frozen=True)
class DataCatalogue:
    """A catalogue: where it and its files can be had (an address without a slash at the end), and what is in it."""

    base: str
    title: Texts
    description: Texts
    publisher: Publisher
    municipality: Municipality
    data_sets: Sequence[DataSet]
    home: str | None = None
    issued: date | None = None
