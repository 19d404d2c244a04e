"""Small grammar in both languages."""

import pytest

from dashboard.views.words import genitive, listed, sentence, told_apart


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("Trollhättan", "sv", "Trollhättans"),
        ("Borås", "sv", "Borås"),
        ("Sax", "sv", "Sax"),
        ("Alingsås", "en", "Alingsås’"),
        ("Trollhättan", "en", "Trollhättan’s"),
        ("MARKS", "sv", "MARKS"),
    ],
)
def test_genitives(name, language, expected):
    assert genitive(name, language) == expected


@pytest.mark.parametrize(
    ("names", "swedish", "in_english"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a och b", "a and b"),
        (["a", "b", "c"], "a, b och c", "a, b and c"),
    ],
)
def test_lists(names, swedish, in_english, t, english):
    assert listed(names, t) == swedish
    assert listed(names, english) == in_english


def test_names_that_occur_twice_are_told_apart():
    found = told_apart({"a": "Torget", "b": "Bron", "c": "Torget", "d": "Torget (2)", "e": "Torget"})
    assert found == {"a": "Torget", "b": "Bron", "c": "Torget (2)", "d": "Torget (2) (2)", "e": "Torget (3)"}
    assert told_apart({}) == {}


def test_sentences_leave_out_what_is_empty():
    assert sentence("En.", "", "Två.") == "En. Två."
    assert sentence() == ""
