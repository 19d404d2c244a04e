"""A made-up catalogue of data, complete with everything that the profile knows."""

from datetime import date

from dashboard.exports.dcat_catalogue import CC0
from dashboard.exports.dcat_parts import DataCatalogue, DataFile, DataSet, Municipality, Origin, Publisher, Rectangle

BASE = "https://stad.example/data"
CONTENT = b"area,value\r\nA,1\r\n"


def said(text: str) -> dict[str, str]:
    """Give a text in both languages."""
    return {"sv": f"{text} på svenska", "en": f"{text} in English"}


def data_set(name: str = "first", **changes: object) -> DataSet:
    """Give a data set with something in every field."""
    given = {
        "id": name,
        "title": said("Titel"),
        "description": said("Beskrivning"),
        "provenance": said("Ursprung"),
        "keywords": {"sv": ["stad", "gata"], "en": ["city", "street"]},
        "themes": ("SOCI", "REGI"),
        "years": (2015, 2025),
        "modified": date(2026, 11, 23),
        "frequency": "ANNUAL",
        "licence": CC0,
        "origins": [Origin("https://tables.example/TAB1", said("Tabell"))],
        "file": DataFile(f"{name}.csv", "text/csv", CONTENT, said("Fil"), ("https://standards.example/csv",)),
        "page": "https://stad.example/segregation",
    }
    return DataSet(**given | changes)  # type: ignore[arg-type]


def catalogue(**changes: object) -> DataCatalogue:
    """Give a catalogue of two data sets with something in every field."""
    given = {
        "base": BASE,
        "title": said("Katalog"),
        "description": said("Katalogens text"),
        "publisher": Publisher(
            "Exempelstads kommun",
            number="2120000000",
            home="https://www.example.org/",
            e_mail="oppnadata@example.org",
        ),
        "municipality": Municipality("1499", "Exempelstad", "1234567", Rectangle(12.1, 58.1, 12.6, 58.4)),
        "data_sets": [data_set(), data_set("second")],
        "home": "https://stad.example/",
        "issued": date(2026, 12, 1),
    }
    return DataCatalogue(**given | changes)  # type: ignore[arg-type]
