"""Publishing or refusing a contribution: saved by the register, which checks the right; told once on the screen."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import streamlit as st

from dashboard.register.circle_entries import Contribution, ContributionState
from dashboard.register.contents import Contents
from dashboard.register.errors import InvalidError, RegisterError
from dashboard.views import circle_kept as kept
from dashboard.views import html, register_access
from dashboard.views.circle_way_in import SAID_ABOUT
from dashboard.views.context import View, current_view
from dashboard.views.page_links import link_html, page_address

log = logging.getLogger(__name__)

_DONE, _REFUSED = "moderate-done", "moderate-refused"


def decide(said: Contribution, values: Mapping[str, str], what: str, why: str = "", note: str = "") -> None:
    """Save what was decided on a contribution, or note why not (in a button's callback).

    Parameters
    ----------
    said
        The contribution as the moderator read it.
    values
        What changes.
    what
        What to tell afterwards: `published`, `refused` or `undone`.
    why, note
        The fields that say why it is refused: to whoever gave it, and to moderators alone.
    """
    if why and not kept.written(why):
        # Whoever gave it is promised a reason; the register takes an internal one too.
        st.session_state[_REFUSED] = ["circle.no_reason_chosen"]
        return
    written = {"refused_for": kept.written(why), "refused_because": kept.written(note)} if why else {}
    try:
        # The roles of this very moment: the page may have been open for long.
        view = current_view()
        saved = register_access.register(view).save(
            view.actor, said.kind, {**values, **written}, id=said.id, version=said.version
        )
    except InvalidError as error:
        st.session_state[_REFUSED] = [f"register.fault_{code}" for code in dict.fromkeys(error.faults.values())]
    except RegisterError as error:
        log.warning("a contribution was not decided on: %s", error)
        st.session_state[_REFUSED] = [f"register.refused_{error.code}"]
    else:
        st.session_state[_DONE] = (what, saved.id, saved.version)
        kept.forget(*(key for key in (why, note) if key))


def told(view: View, contents: Contents) -> None:
    """Tell what was done last, where it can be seen and how it is undone; or why it was not done."""
    if faults := st.session_state.pop(_REFUSED, None):
        st.html(html.alert(view.t("circle.not_decided"), " ".join(view.t(fault) for fault in faults)))
    what, changed, version = st.session_state.get(_DONE) or ("", "", 0)
    now = next((one for one in contents.contributions if (one.id, one.version) == (changed, version)), None)
    if now is None:
        # Changed since, by this moderator or another: there is nothing to undo any more.
        st.session_state.pop(_DONE, None)
        return
    st.html(f'<p class="hs-done" role="status">{html.escape(view.t(f"circle.done_{what}"))}</p>')
    if what == "undone":
        st.session_state.pop(_DONE, None)
        return
    if what == "published":
        about = now.place or now.area or ""
        address = page_address(view, "knowledge_circle", **{SAID_ABOUT: about})
        st.html(f'<p class="hs-text">{link_html(address, view.t("circle.done_see"))}</p>')
    undo = {"state": ContributionState.SUBMITTED.value}
    st.button(view.t("circle.undo"), key=f"undo-{now.id}", on_click=decide, args=(now, undo, "undone"))
