"""The slide with what residents said in the knowledge circle; only what everybody may read, whoever shows it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.access import PUBLIC
from dashboard.register.circle_entries import Contribution, ContributionState
from dashboard.register.contents import Contents
from dashboard.register.errors import RegisterError
from dashboard.register.trace import public_traces
from dashboard.slides import Quote, QuotePicture
from dashboard.views import register_access
from dashboard.views.circle_said import headline
from dashboard.views.circle_way_in import SAID_ABOUT
from dashboard.views.circle_where import where_words
from dashboard.views.circle_words import form_words
from dashboard.views.context import View
from dashboard.views.entry_choices import place_names, shortened
from dashboard.views.slides_common import Asked, Said, nothing
from dashboard.views.words import listed

#: Quotes beside each other, and letters of all of them together.
MOST, LONGEST = 3, 420


def quotes(asked: Asked) -> Said:
    """Show the newest contributions that are published, of the whole city or of one place."""
    view, t, place = asked.view, asked.view.t, asked.of("place")
    link = asked.link("knowledge_circle", **{SAID_ABOUT: place})
    name = place_names(view).get(place, "")
    if place and not name:
        return nothing(t("slide.place_none"), t("slide.place_none_why", city=view.home.name), link=link)
    try:
        # A room is full of people who have not signed in: nothing of what moderators alone may read.
        contents = register_access.register(view).contents(PUBLIC, view.home.code)
    except RegisterError as error:
        return nothing(t("circle.headline_none"), register_access.said(view, error), link=link)
    traces = public_traces(contents)
    published = [one for one in traces if one.contribution.state is ContributionState.PUBLISHED]
    said = [one.contribution for one in published if not place or one.contribution.place == place]
    if not said and place:
        return nothing(t("slide.quotes_none_place", place=name), t("slide.quotes_none_place_why"), link=link)
    if not said:
        return nothing(t("circle.headline_none"), t("circle.none_why"), link=link)
    shown = [_quote(view, one) for one in _fitting(said)]
    title = t.n("slide.quotes_place", len(said), place=name) if place else headline(view, traces, len(traces))
    return Said(
        title,
        t("slide.quotes_lead", n=view.fmt.number(len(shown)), all=view.fmt.number(len(said))),
        QuotePicture(tuple(shown)),
        summary=listed([one.text for one in shown], t),
        source=_source(view, contents),
        link=link,
    )


def _fitting(said: Sequence[Contribution]) -> list[Contribution]:
    """Give the newest that have room together; the newest alone always has."""
    kept: list[Contribution] = []
    for one in said:
        if len(kept) < MOST and sum(len(other.text) for other in [*kept, one]) <= LONGEST:
            kept.append(one)
    return kept or list(said[:1])


def _quote(view: View, said: Contribution) -> Quote:
    whose = view.t("slide.said_by", whose=form_words(view, said), where=where_words(view, said))
    return Quote(shortened(said.text, LONGEST), whose, said.language)


def _source(view: View, contents: Contents) -> str:
    names = [one.said("name").in_(view.language) for one in contents.circles]
    return view.t("slide.source_circle", circle=listed(names, view.t) if names else view.t("page.knowledge_circle"))
