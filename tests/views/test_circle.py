"""Contributions in words and in filters: themes, directions of writing, what was found in a text."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from dashboard.i18n import get_translator
from dashboard.register.circle_entries import Contribution
from dashboard.register.personal_data import find_personal_data
from dashboard.register.trace import trace
from dashboard.settings import PROJECT_FOLDER
from dashboard.views.circle_filter import SaidFilter, passes
from dashboard.views.circle_finds import marked_html
from dashboard.views.circle_words import THEMES, own_language_name, stored_theme, theme_words, writing_direction
from dashboard.views.entry_choices import LANGUAGES

LOCALES = PROJECT_FOLDER / "locales"


def view_in(language: str) -> SimpleNamespace:
    return SimpleNamespace(
        t=get_translator(language, LOCALES), language=language, settings=SimpleNamespace(locales_folder=LOCALES)
    )


@pytest.mark.parametrize("code", THEMES)
def test_a_theme_is_stored_in_swedish_and_read_in_both_languages(code):
    stored = stored_theme(view_in("en"), code)
    assert stored == view_in("sv").t(f"circle.theme_{code}")
    assert theme_words(view_in("sv"), stored) == stored
    assert theme_words(view_in("en"), stored) == view_in("en").t(f"circle.theme_{code}")


def test_a_theme_that_somebody_wrote_freely_stays_as_it_is():
    assert theme_words(view_in("en"), "Bron") == "Bron"
    assert stored_theme(view_in("sv"), "javascript:") == ""


def test_languages_are_named_in_themselves_too():
    names = [own_language_name(view_in("sv"), code) for code in LANGUAGES]
    assert "arabiska (العربية)" in names
    assert "svenska" in names
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("code", "direction"), [("ar", "rtl"), ("fa", "rtl"), ("so", "auto"), ("xx", "auto")])
def test_the_direction_of_writing(code, direction):
    assert writing_direction(code) == direction


def test_what_was_found_is_marked_and_everything_is_escaped():
    text = "<b>Ring</b> 070-123 45 67 & kom"
    found = marked_html(view_in("sv"), text, find_personal_data(text))
    assert found == (
        '&lt;b&gt;Ring&lt;/b&gt; <mark>070-123 45 67<span class="hs-mark-kind"> (telefonnummer)</span></mark> &amp; kom'
    )


@pytest.mark.parametrize(
    ("chosen", "through"),
    [
        (SaidFilter(), True),
        (SaidFilter(about=("torget",)), True),
        (SaidFilter(about=("elsewhere", "1488R007")), True),
        (SaidFilter(about=("elsewhere",)), False),
        (SaidFilter(themes=("motesplatser",)), True),
        (SaidFilter(themes=("trygghet",)), False),
        (SaidFilter(focus_areas=("homes",)), False),
        (SaidFilter(outcomes=("waiting",)), True),
        (SaidFilter(about=("torget",), outcomes=("declined",)), False),
    ],
)
def test_a_filter_lets_through_what_has_everything_that_is_chosen(chosen, through):
    said = Contribution(id="a", municipality="1488", text="Bänkar", theme="Mötesplatser", place="torget")
    assert passes(chosen, trace(said, ()), {"torget": "Torget", "1488R007": "Området"}) is through
