"""The field sheet: every field and code stands on it, and it asks nobody for anything."""

import re

import pytest
from bs4 import BeautifulSoup

from dashboard.exports.field_sheet import ROWS, Choice, Question, Sheet, field_sheet
from dashboard.i18n import LANGUAGES, get_translator
from dashboard.settings import PROJECT_FOLDER
from dashboard.sources.use_fields import ALL_CRITERIA, KINDS, OBSERVATIONS
from dashboard.views.use_sheet import sheet_of
from dashboard.views.use_words import code_label, field_label


@pytest.fixture(params=LANGUAGES)
def t(request):
    return get_translator(request.param, PROJECT_FOLDER / "locales")


@pytest.fixture
def page(t):
    return BeautifulSoup(field_sheet(sheet_of(t, "Kronogårds Torg")), "html.parser")


def test_all_that_is_noted_stands_on_the_sheet(t, page):
    first, second = (section.get_text(" ") for section in page.find_all("section"))
    ids = {kind.key for kind in KINDS.values()} | {"place", "time", "count", "rater"}
    fields = [field for kind in KINDS.values() for field in kind.fields if field.name not in ids]
    where = {field: first if field in OBSERVATIONS.fields else second for field in fields if field.name != "date"}
    assert [field.name for field, text in where.items() if field_label(t, field.name) not in text] == []
    told = ("mode", "posture", "activity", "objects", "weather", "method", "observer")
    assert [
        (name, code)
        for name in told
        for code in OBSERVATIONS.field(name).codes
        if code_label(t, name, code) not in first
    ] == []
    assert len(page.find_all("section")) == 2
    assert page.find("html")["lang"] == t.language


def test_there_are_rows_for_people_and_boxes_for_the_twelve_criteria(page):
    tally, criteria, _ = page.find_all("table")
    assert len(tally.find("tbody").find_all("tr")) == ROWS
    judged = [row for row in criteria.find_all("tr") if row.find("td")]
    assert len(judged) == len(ALL_CRITERIA) == 12
    assert {len(row.find_all(class_="box")) for row in judged} == {3}


def test_it_asks_nobody_for_anything(page):
    markup = str(page)
    assert not page.find_all(["script", "link", "img", "iframe", "form"])
    assert not re.search(r"https?:|url\(|@import|src=", markup)


def test_texts_are_made_safe():
    bad = Question("<b>&", [Choice("<", ">")], '"')
    sheet = Sheet("sv", "<i>", "<u>", "<", [bad], "<", [bad], [bad], "<", "<", [("<", [bad])], "<", "<", [bad], "<")
    page = BeautifulSoup(field_sheet(sheet), "html.parser")
    assert not page.find_all("u")
    assert page.find("h1").get_text() == "<i>: <u>"
