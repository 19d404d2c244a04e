"""What waits for a moderator: read, published, refused or rewritten; answers nobody was told of; what goes soon."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from dashboard.register.circle_entries import Contribution, ContributionState, RefusedFor
from dashboard.register.contents import Contents
from dashboard.register.personal_data import find_personal_data
from dashboard.register.trace import Trace, not_told_back, public_traces, trace, waiting
from dashboard.views import circle_kept as kept
from dashboard.views import clock, html
from dashboard.views.circle_card import card_html, cards_html, words_html
from dashboard.views.circle_decisions import decide, told
from dashboard.views.circle_filter import PAGE_SIZE
from dashboard.views.circle_finds import kind_words, marked_html
from dashboard.views.circle_where import where_words
from dashboard.views.circle_words import outcome_words
from dashboard.views.context import View
from dashboard.views.entry_choices import choice_word
from dashboard.views.entry_editing import offer_edit, offer_new
from dashboard.views.page_links import link_html, page_address
from dashboard.views.words import sentence

#: Days before a contribution is deleted within which moderators are told.
SOON = 60


def show_moderation(view: View, contents: Contents) -> None:
    """Lay out the queue and what else moderators look after; nothing at all for anybody else."""
    if not view.actor.may_see_unmoderated:
        return
    t = view.t
    queue = waiting(contents)
    open_ones = not_told_back(public_traces(contents))
    title = t.n("circle.moderate_headline", len(queue)) if queue else t("circle.moderate_headline_none")
    st.html(html.headline(title, t.n("circle.lead_not_told", len(open_ones)) if open_ones else ""))
    st.html(html.notice(t("circle.internal"), t("circle.moderate_internal")))
    told(view, contents)
    # The oldest ones; the next come as these are dealt with.
    for number, said in enumerate(queue[:PAGE_SIZE], start=1):
        _show_one(view, contents, said, number)
    _show_not_told(view, open_ones)
    _show_soon(view, contents)
    _show_refused(view, contents)
    # What was said at a meeting; it belongs to none of those above.
    st.html(html.section(t("circle.add_yourself"), t("circle.add_yourself_lead")))
    offer_new(view, "contribution", municipality=view.home.code, state=ContributionState.PUBLISHED.value)


def _show_one(view: View, contents: Contents, said: Contribution, number: int) -> None:
    """Lay out a contribution as everybody will read it, with what was found in it marked, and what can be decided."""
    t = view.t
    finds = find_personal_data(said.text)
    n = view.fmt.number(number)
    st.html(html.section(t("circle.number", n=n, where=where_words(view, said)), t("circle.as_shown")))
    if finds:
        kinds = ", ".join(dict.fromkeys(kind_words(view, one) for one in finds))
        st.html(html.notice(t("circle.finds"), sentence(kinds + ".", _said_no_names(view, said))))
    shown = said.model_copy(update={"state": ContributionState.PUBLISHED})
    card = card_html(view, contents, trace(shown, contents.trace_steps), marked_html(view, said.text, finds))
    below = html.note(sentence("" if finds else t("circle.finds_none"), _handling(view, said)))
    st.html(f'{cards_html([card])}<div class="hs-said-below">{below}</div>')
    refusing = f"refusing-{said.id}"
    with st.container(horizontal=True):
        st.button(
            t("circle.publish", n=n),
            key=f"publish-{said.id}",
            type="primary",
            on_click=decide,
            args=(said, {"state": ContributionState.PUBLISHED.value}, "published"),
        )
        st.button(t("circle.refuse_open", n=n), key=f"{refusing}-open", on_click=_open, args=(refusing,))
    if st.session_state.get(refusing):
        _show_refusing(view, said, n)
    offer_edit(view, said)


def _show_refusing(view: View, said: Contribution, n: str) -> None:
    """Lay out the reason that whoever gave the contribution is told, and a note that stays inside."""
    t = view.t
    why, note = f"refuse-for-{said.id}", f"refuse-because-{said.id}"
    names = {"": t("edit.choose")} | {
        one.value: choice_word(view, said.kind, "refused_for", one.value) for one in RefusedFor
    }
    with st.container(key=f"refusing-fields-{said.id}"):
        kept.restore(why)
        st.selectbox(t("circle.refuse_for"), list(names), format_func=lambda one: names.get(one, one), key=why)
        kept.keep(why)
        kept.restore(note)
        st.text_area(t("circle.refuse_because"), max_chars=1000, height=100, key=note)
        kept.keep(note)
        with st.container(horizontal=True):
            st.button(
                t("circle.refuse", n=n),
                key=f"refuse-{said.id}",
                on_click=decide,
                args=(said, {"state": ContributionState.REFUSED.value}, "refused", why, note),
            )
            shut = f"refusing-{said.id}"
            st.button(t("edit.cancel"), key=f"{shut}-shut", on_click=_shut, args=(shut,))


def _open(refusing: str) -> None:
    """Open the fields of a refusal; they close only by a button, for a click outside must not lose what was written."""
    st.session_state[refusing] = True


def _shut(refusing: str) -> None:
    st.session_state.pop(refusing, None)


def _said_no_names(view: View, said: Contribution) -> str:
    return view.t("circle.said_no_names" if said.not_names else "circle.not_asked")


def _handling(view: View, said: Contribution) -> str:
    t = view.t
    given = t("plan.day_missing") if said.submitted_on is None else view.fmt.date(said.submitted_on)
    goes = t("plan.day_missing") if said.delete_after is None else view.fmt.date(said.delete_after)
    channel = t(f"choice.channel_{said.channel.value}")
    return t("circle.handling", given=given, goes=goes, channel=channel)


def _show_not_told(view: View, open_ones: Sequence[Trace]) -> None:
    t = view.t
    st.html(html.section(t("circle.not_told_title"), t("circle.not_told_lead")))
    if not open_ones:
        st.html(html.paragraph(t("circle.not_told_none")))
    for one in open_ones[:PAGE_SIZE]:
        answer = one.answer
        day = "" if answer is None else view.fmt.date(answer.on)
        said = t("circle.not_told_one", where=where_words(view, one.contribution), outcome=_lower(view, one), day=day)
        st.html(html.paragraph(said) + words_html(view, one.contribution))
        offer_new(view, "trace_step", contribution=one.contribution.id, step="told_back")
    link = link_html(page_address(view, "knowledge_circle"), t("circle.all_steps"))
    st.html(f'<p class="hs-text">{link}</p>')


def _lower(view: View, one: Trace) -> str:
    return outcome_words(view, one.outcome).lower()


def _show_soon(view: View, contents: Contents) -> None:
    t = view.t
    limit = clock.today() + timedelta(days=SOON)
    soon = [one for one in contents.contributions if one.delete_after is not None and one.delete_after <= limit]
    if not soon:
        return
    words = [
        t("circle.soon_one", where=where_words(view, one), day=view.fmt.date(one.delete_after))
        for one in soon
        if one.delete_after is not None
    ]
    lines = "".join(f"<li>{html.escape(line)}</li>" for line in words)
    title = t.n("circle.soon_title", len(soon), days=view.fmt.number(SOON))
    st.html(f'{html.section(title, t("circle.soon_lead"))}<ul class="hs-entries">{lines}</ul>')


def _show_refused(view: View, contents: Contents) -> None:
    t = view.t
    refused = [one for one in contents.contributions if one.state is ContributionState.REFUSED]
    if not refused:
        return
    with st.expander(t.n("circle.refused_title", len(refused))):
        for one in refused:
            st.html(f"{html.subsection(where_words(view, one))}{words_html(view, one)}{_why_html(view, one)}")
            offer_edit(view, one)


def _why_html(view: View, said: Contribution) -> str:
    """Give both reasons, each with who is told it."""
    t = view.t
    public = "" if said.refused_for is None else choice_word(view, said.kind, "refused_for", said.refused_for.value)
    lines = [
        t("circle.refused_for", why=public) if public else t("circle.refused_for_none"),
        t("circle.refused_why", why=said.refused_because) if said.refused_because else "",
    ]
    return "".join(html.paragraph(line) for line in lines if line)
