"""Every page in both languages: no word and no number in the other one."""

import re

import pytest
from visitor import PAGES, Visitor

from dashboard.catalogue import load_catalogue
from dashboard.register.seeds import read_seeds

# Small words that every longer text has.
ENGLISH = (
    "the|and|with|are|by|from|people|source|areas|years|measure|share|than|own|what|where|which|not|was|were|this|that|"
    "figures|neighbourhood|neighbourhoods|dwellings|missing|unknown|lowest|highest|between"
)
SWEDISH = (
    "och|av|är|för|inte|på|som|eller|ett|områden|område|stadsdelar|andel|mått|källa|boende|alla|saknas|lägst|högst|"
    "mellan|invånare|bostäder|uppdelning|hela"
)
# What is the same in every language: names, formulas, licences, files, references.
NAME_OF_SWEDISH = "Svenska|English|Hela staden"
CODED = re.compile(
    r"58\.2707, 12\.3080|CC0 1\.0|ODbL 1\.0|WCAG 2\.1|"
    r"\S+\.(?:csv|gpkg|yaml|json)\b|TAB\d+|[0-9a-f]{12}|#[0-9a-f]{6}|\(\w+\):"
)


def set_apart(text: str, known: list[str]) -> str:
    """Leave out what is the same in every language."""
    # The longest first: a reference may begin with another one.
    for one in sorted(known, key=len, reverse=True):
        text = text.replace(one, " ")
    return CODED.sub(" ", re.sub(NAME_OF_SWEDISH, " ", text))


@pytest.fixture(scope="module")
def same_everywhere(embedded) -> list[str]:
    """Formulas, references and the Swedish title of the page that the roadmap is from."""
    measures = load_catalogue(embedded / "catalogue").measures.values()
    entries = read_seeds(embedded / "register")
    # Names of departments, and what the city writes in its own language alone.
    own = [str(getattr(entry, name, "")) for entry in entries for name in ("owner", "successor", "note")]
    own += [partner for entry in entries for partner in getattr(entry, "partners", ())]
    formulas = [text for one in measures for text in (one.reference, one.formula)]
    return [*formulas, *(text for text in own if text), "Social hållbarhet vad är det?"]


def everything_on(visitor: Visitor, page: str) -> str:
    """Read a page three times: with every table open, with every account of how, and with every download."""
    visitor.open(page)
    found = [visitor.words()]
    for part in ("table", "how", "download"):
        for key in visitor.keys("more-"):
            group = visitor.widget(key)
            names = [str(option.content) for option in group.proto.options]
            if part != "table" or len(names) == 3:
                group.set_value(part)
        visitor.at.run()
        assert visitor.is_well(), (page, part)
        found.append(visitor.words())
    return "\n".join(found)


@pytest.fixture(scope="module", params=PAGES)
def page(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def swedish(page, home_city) -> str:
    with home_city.in_use():
        address = {"omraden": ["1488C1010", "1488A0010"]} if page == "districts" else {}
        return everything_on(Visitor().open(page, **address), page)


@pytest.fixture(scope="module")
def english(page, home_city) -> str:
    with home_city.in_use():
        address = {"omraden": ["1488C1010", "1488A0010"]} if page == "districts" else {}
        return everything_on(Visitor("en").open(page, **address), page)


def around(pattern: str, text: str) -> list[str]:
    return [text[max(0, m.start() - 30) : m.end() + 30] for m in re.finditer(pattern, text, re.IGNORECASE)]


def test_no_english_on_a_swedish_page(swedish, same_everywhere):
    assert around(rf"\b(?:{ENGLISH})\b", set_apart(swedish, same_everywhere)) == []


def test_no_swedish_on_an_english_page(english, same_everywhere):
    assert around(rf"\b(?:{SWEDISH})\b", set_apart(english, same_everywhere)) == []


def test_swedish_numbers(swedish, same_everywhere):
    text = set_apart(swedish, same_everywhere)
    assert around(r"\d[ ,]\d{3}\b(?!,)", text.replace("\n", ";")) == [], "thousands are grouped by a non-breaking space"
    assert around(r"(?<![\d.])\d+\.\d", text) == [], "decimals follow a comma"
    assert around(r"\d ?%", text) == [], "a non-breaking space stands before %"
    assert around(r"(?<![\w\u2013-])-\d", text) == [], "a minus sign is no hyphen"


def test_english_numbers(english, same_everywhere):
    text = set_apart(english, same_everywhere)
    assert around(r"\d[ \u00a0]\d{3}\b", text.replace("\n", ";")) == [], "thousands are grouped by a comma"
    assert around(r"\d,\d(?!\d\d\b)", text) == [], "decimals follow a point"
    assert around(r"\d[ \u00a0]%", text) == [], "no space stands before %"
    assert around(r"(?<![\w\u2013-])-\d", text) == [], "a minus sign is no hyphen"


def test_every_source_is_named_as_scb_asks(swedish, english, page):
    if page != "methods":
        assert "Källa: SCB" in swedish or "Egen beräkning på öppna data från SCB" in swedish
        assert "Source: SCB" in english or "Own computation on open data from SCB" in english


def test_no_key_of_a_text_is_on_screen(swedish, english):
    pattern = (
        r"\b(?:overview|segregation|districts|methods|figure|map|reason|note|level|cities|peers|measure)\.[a-z_]+\b"
    )
    assert around(pattern, swedish) == []
    assert around(pattern, english) == []


def test_no_placeholder_or_python_value_is_on_screen(swedish, english):
    for text in (swedish, english):
        assert around(r"\{[a-z_]*\}|\bNone\b|\bnan\b|\bNaT\b|\bTrue\b|<class", text) == []


def test_the_words_for_areas_are_never_blunt(swedish, english):
    """Both ends of the city are named alike; no area is the worst, a problem or vulnerable."""
    assert around(r"\b(?:värst|sämst|problemområde|utsatt|utsatta|särskilt utsatt|getto)\w*", swedish) == []
    assert around(r"\b(?:worst|problem area|vulnerable|ghetto|deprived)\w*", english) == []


def test_the_language_can_be_changed_on_every_page(at_home, page):
    visitor = Visitor().open(page)
    before = visitor.headline
    visitor.choose("lang", "en")
    assert visitor.is_well()
    assert visitor.headline != before
    assert visitor.at.query_params["lang"] == "en"
    visitor.choose("lang", "sv")
    assert visitor.headline == before
    assert visitor.at.query_params == {}


def test_the_language_stays_from_page_to_page(at_home):
    visitor = Visitor("en")
    for name in PAGES:
        visitor.open(name)
        assert visitor.widget("lang").value == "en"
    assert visitor.headline == "Every figure has a source, a formula and a file to download"
