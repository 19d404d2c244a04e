"""The texts of the catalogue: both languages, no leaks between them, no word that hurts, no city by name."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from dashboard.catalogue import CatalogueError, Text

FOLDER = Path(__file__).parents[1] / "data" / "catalogue"
FILES = sorted(FOLDER.glob("*/*.yaml"))
ENGLISH = re.compile(r"\b(the|of|share|population|people|with|from|which|are|is|per cent|area|areas|dwellings)\b", re.I)
SWEDISH = re.compile(r"\b(och|inte|är|eller|som|för|andel|områden|bostäder|hela|att)\b", re.I)
HURTFUL = re.compile(r"utsatt|problemområde|värst|sämst|särskilt utsatta|worst|deprived|problem area|ghetto", re.I)


def texts_in(value: object, where: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Find every text in two languages, and where it stands."""
    if isinstance(value, dict):
        if set(value) & {"sv", "en"}:
            yield where, value
        else:
            for key, part in value.items():
                yield from texts_in(part, f"{where}.{key}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from texts_in(part, f"{where}[{number}]")


ALL_TEXTS = [
    (f"{path.stem}{where}", text) for path in FILES for where, text in texts_in(yaml.safe_load(path.read_text("utf-8")))
]


def test_every_text_is_there_in_both_languages() -> None:
    assert len(ALL_TEXTS) > 1000
    for where, text in ALL_TEXTS:
        assert set(text) == {"sv", "en"}, where
        assert all(part == part.strip() and part for part in text.values()), where


def test_no_language_leaks_into_the_other() -> None:
    for where, text in ALL_TEXTS:
        swedish = text["sv"].replace("OpenStreetMap contributors", "")
        assert not ENGLISH.search(re.sub(r"\{\w+\}", "", swedish)), f"{where}: {text['sv']}"
        assert not SWEDISH.search(text["en"].replace("Hela staden", "")), f"{where}: {text['en']}"


def test_no_word_hurts_the_people_who_live_there() -> None:
    assert not [(where, text) for where, text in ALL_TEXTS if HURTFUL.search(text["sv"] + text["en"])]


def test_no_text_is_about_one_city() -> None:
    with (FOLDER / "municipalities.csv").open(encoding="utf-8") as file:
        names = {row["name"] for row in csv.DictReader(file)} - {"Mark"}
    assert "Trollhättan" in names
    city = re.compile(rf"\b({'|'.join(sorted(names))})\b")
    assert not [(where, text) for where, text in ALL_TEXTS if city.search(text["sv"] + " " + text["en"])]


def test_numbers_in_texts_are_written_as_the_language_writes_them() -> None:
    for where, text in ALL_TEXTS:
        assert not re.search(r"\d%|\d %|\d \d{3}\b", text["sv"]), f"{where}: {text['sv']}"


def test_a_text_is_given_in_the_language_asked_for() -> None:
    text = Text("Folkmängd", "Population")
    assert (text.in_("sv"), text.in_("en")) == ("Folkmängd", "Population")
    with pytest.raises(CatalogueError, match="no language 'fi'"):
        text.in_("fi")
