"""Contributions in words: themes, languages, in whose words, and what came of them."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError

from dashboard.i18n import get_translator
from dashboard.register.circle_entries import Agreement, Contribution, Form
from dashboard.register.contents import Contents
from dashboard.register.trace import Outcome
from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.entry_choices import language_name

#: Themes that the form offers, in the order of the screen; each has a text `circle.theme_…`.
THEMES = (
    "safety",
    "ways",
    "meeting",
    "homes",
    "school",
    "leisure",
    "service",
    "traffic",
    "green",
    "work",
    "neighbours",
    "other",
)


def theme_words(view: View, theme: str) -> str:
    """Give a theme in the visitor's language; one that somebody wrote freely as it was written.

    Themes are stored in Swedish words, as all that people write, so that exports can be read without the dashboard.
    """
    swedish = get_translator("sv", view.settings.locales_folder)
    code = next((one for one in THEMES if swedish(f"circle.theme_{one}") == theme), None)
    return theme if code is None else view.t(f"circle.theme_{code}")


def stored_theme(view: View, code: str) -> str:
    """Give a theme of the form as it is stored."""
    t = get_translator("sv", view.settings.locales_folder)
    return t(f"circle.theme_{code}") if code in THEMES else ""


def outcome_words(view: View, outcome: Outcome) -> str:
    """Give how far a contribution has come."""
    return view.t(f"circle.outcome_{outcome.value}")


def own_language_name(view: View, code: str) -> str:
    """Give what a language is called in the visitor's language and in itself."""
    name = language_name(view, code)
    try:
        own = str(Locale.parse(code).get_language_name(code) or "")
    except (UnknownLocaleError, ValueError):
        own = ""
    return view.t("circle.language_both", name=name, own=own) if own and own != name else name


def writing_direction(code: str) -> str:
    """Give the direction of a language that is written from the right; other texts find their own."""
    try:
        return "rtl" if Locale.parse(code).text_direction == "rtl" else "auto"
    except (UnknownLocaleError, ValueError):
        return "auto"


def form_words(view: View, said: Contribution) -> str:
    """Say in whose words a contribution is, and in which language when it is another than the visitor's."""
    quote = said.form is Form.QUOTE
    if said.language == view.language:
        return view.t("circle.quote" if quote else "circle.summary")
    name = language_name(view, said.language)
    return view.t("circle.quote_in" if quote else "circle.summary_in", language=name)


def swedish_html(view: View, text: str) -> str:
    """Give what people of the city wrote: in Swedish, whatever the language of the page, which then says so."""
    said = f'<span lang="sv">{html.escape(text)}</span>'.replace("\n", "<br>")
    return said if view.language == "sv" else f"{said} {html.escape(view.t('circle.in_swedish'))}"


def agreement_words(view: View, said: Contribution) -> str:
    """Say whether the circle was of one mind; nothing when nobody noted it."""
    if said.agreement is None:
        return ""
    return view.t("circle.agreed" if said.agreement is Agreement.AGREED else "circle.disputed")


def focus_area_words(view: View, contents: Contents, said: Contribution) -> str:
    """Give the focus area that a contribution belongs to; nothing when it belongs to none."""
    area = next((one for one in contents.focus_areas if one.id == said.focus_area), None)
    return "" if area is None else area.said("name").in_(view.language)
