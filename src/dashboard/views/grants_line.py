"""The life of a grant as a line of states, in words and in order."""

from __future__ import annotations

from datetime import date

from dashboard.register.grant_entries import Grant, GrantState
from dashboard.register.grant_life import line_of
from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.grants_words import day_or_missing
from dashboard.views.words import upper_first

#: State → the field that tells when it was reached; of a plan no day is kept.
STATE_DAYS = {
    GrantState.APPLIED: "applied_on",
    GrantState.GRANTED: "decided_on",
    GrantState.REFUSED: "decided_on",
    GrantState.ONGOING: "used_from",
    GrantState.REPORTED: "reported_on",
    GrantState.CLOSED: "closed_on",
}


def line_html(view: View, grant: Grant) -> str:
    """Give the states as an ordered list; what is behind, here and to come stands in words too."""
    states = line_of(grant.state)
    here = states.index(grant.state)
    items = "".join(_step(view, grant, state, place - here) for place, state in enumerate(states))
    label = html.escape(view.t("grants.line", name=grant.said("name").in_(view.language)))
    return f'<ol class="hs-steps" aria-label="{label}">{items}</ol>'


def _step(view: View, grant: Grant, state: GrantState, ahead: int) -> str:
    t = view.t
    when = "now" if ahead == 0 else "coming" if ahead > 0 else "done"
    reached = ahead <= 0 and state in STATE_DAYS
    day: date | None = getattr(grant, STATE_DAYS[state]) if reached else None
    known = f'<span class="hs-step-day">{html.escape(day_or_missing(view, day))}</span>' if reached else ""
    name = html.escape(upper_first(t(f"grants.state_{state.value}")))
    current = ' aria-current="step"' if ahead == 0 else ""
    said = html.escape(t(f"grants.step_{when}"))
    return f'<li class="hs-step-{when}"{current}><strong>{name}</strong><span>{said}</span>{known}</li>'
