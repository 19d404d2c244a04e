"""The form by which anybody is heard, without an account; the receipt; the way to take something back."""

from __future__ import annotations

import streamlit as st

from dashboard.views import circle_kept as kept
from dashboard.views import html
from dashboard.views.circle_contact import contact_words
from dashboard.views.circle_finds import find_words
from dashboard.views.circle_give_photo import show_photo
from dashboard.views.circle_give_where import show_where
from dashboard.views.circle_sending import FAULTS, LONGEST, VOUCHED, Fault, open_faults, send, texts_asked_about
from dashboard.views.circle_take_back import CODE, GONE, RECEIPT, may_take_back, show_taking_back
from dashboard.views.circle_way_in import is_open
from dashboard.views.circle_words import THEMES, own_language_name
from dashboard.views.context import View, current_view
from dashboard.views.entry_choices import LANGUAGES
from dashboard.views.entry_focus import move_focus
from dashboard.views.page_links import link_html, page_address
from dashboard.views.words import listed, plain_markup


def show_give(view: View) -> None:
    """Lay out the form, the receipt of what was just sent, or why nothing is taken; and the way to take back."""
    if not is_open(view):
        _show_closed(view)
        return
    _show_open()


def _show_closed(view: View) -> None:
    """Say in a resident's words where else to go, and only in a fold what whoever runs the dashboard can do."""
    t = view.t
    contact = contact_words(view)
    if st.session_state.pop(GONE, False):
        _show_gone(view)
    st.html(html.headline(t("circle.closed"), t("circle.closed_go", contact=contact) if contact else ""))
    circles = link_html(page_address(view, "knowledge_circle", **{"del": "circles"}), t("circle.closed_meetings"))
    st.html(
        html.section(t("circle.closed_circle"))
        + html.paragraph(t("circle.offline_how"))
        + f'<p class="hs-text">{circles}</p>'
    )
    with st.expander(t("circle.closed_operator")):
        st.html(html.paragraph(t("circle.closed_operator_why")))
    if may_take_back(view):
        show_taking_back(view)


@st.fragment
def _show_open() -> None:
    view = current_view()
    t = view.t
    with st.container(key="give"):
        if receipt := st.session_state.get(RECEIPT):
            _show_receipt(view, receipt)
            show_taking_back(view)
            return
        if st.session_state.get(GONE):
            _show_gone(view)
            st.button(t("circle.give_another"), key="give-another", on_click=_begin_again)
            return
        st.html(html.headline(t("circle.give_headline"), t("circle.give_lead")))
        _show_faults(view)
        _part(view, "circle.give_where")
        show_where(view, faulty=any(one.field == kept.POSITION for one in open_faults(view)))
        _show_theme(view)
        _part(view, "circle.give_text")
        _show_text(view)
        _part(view, "circle.give_photo")
        show_photo(view)
        _part(view, "circle.give_consent")
        _show_consent(view)
        st.button(t("circle.send"), key="give-send", type="primary", on_click=send)
        _show_offline(view)
        show_taking_back(view)


def _show_offline(view: View) -> None:
    t = view.t
    contact = contact_words(view)
    ways = [t("circle.offline_how"), t("circle.offline_contact", contact=contact) if contact else ""]
    said = "".join(html.paragraph(way) for way in (*ways, t("circle.offline_help")) if way)
    st.html(html.section(t("circle.offline")) + said)


def _part(view: View, key: str) -> None:
    st.html(html.section(view.t(key)))


def _show_theme(view: View) -> None:
    t = view.t
    names = {"": t("circle.no_theme"), **{code: t(f"circle.theme_{code}") for code in THEMES}}
    kept.restore(kept.THEME)
    st.selectbox(t("circle.theme"), list(names), format_func=lambda code: names.get(code, code), key=kept.THEME)
    kept.keep(kept.THEME)


def _show_text(view: View) -> None:
    t = view.t
    st.html(html.paragraph(t("circle.text_help")))
    kept.restore(kept.TEXT)
    faults = [one for one in open_faults(view) if one.field == kept.TEXT]
    label = t("circle.text", most=view.fmt.number(LONGEST))
    if faults:
        # In the label it is read out with the field; the sentence below is for the eye.
        label = t("edit.with_fault", field=label, fault=" ".join(t(one.text) for one in faults))
    with st.container(key="give-field-text"):
        text = st.text_area(label, max_chars=LONGEST, height=200, key=kept.TEXT)
        kept.keep(kept.TEXT)
        finds = "".join(f"<li>{html.escape(find_words(view, found))}</li>" for one in faults for found in one.found)
        if faults:
            # By this the stylesheet knows that the field has to be put right.
            st.html(f'<div class="hs-field-fault">{f"<ul>{finds}</ul>" if finds else ""}</div>')
    written = t("circle.text_count", n=view.fmt.number(len(text or "")), most=view.fmt.number(LONGEST))
    st.html(f'<p class="hs-note" role="status">{html.escape(written)}</p>')
    _ask_about_names(view)
    kept.begin_with(kept.LANGUAGE, view.language)
    kept.restore(kept.LANGUAGE)
    st.selectbox(
        t("circle.language"), LANGUAGES, format_func=lambda code: own_language_name(view, code), key=kept.LANGUAGE
    )
    kept.keep(kept.LANGUAGE)


def _ask_about_names(view: View) -> None:
    """Lay out the box by which somebody says that what looks like a name is none, with the very words it is about."""
    asked = texts_asked_about()
    if not asked or not set(asked) <= set(st.session_state.get(VOUCHED, ())):
        # What is new since the box was ticked is not what they have looked at.
        kept.forget(kept.NOT_NAMES)
    st.session_state[VOUCHED] = asked
    if not asked:
        return
    t = view.t
    found = listed([t("circle.quoted", text=plain_markup(one)) for one in asked], t)
    kept.restore(kept.NOT_NAMES)
    st.checkbox(t.n("circle.not_names", len(asked), found=found), key=kept.NOT_NAMES)
    kept.keep(kept.NOT_NAMES)


def _show_consent(view: View) -> None:
    t = view.t
    months = view.fmt.number(view.settings.contribution_months)
    st.html(
        html.definition_list(
            [
                (t("circle.consent_what"), t("circle.consent_what_text")),
                (t("circle.consent_why"), t("circle.consent_why_text")),
                (t("circle.consent_who"), t("circle.consent_who_text")),
                (t("circle.consent_long"), t("circle.consent_long_text", months=months)),
                (t("circle.consent_regret"), t("circle.consent_regret_text")),
            ]
        )
    )
    kept.restore(kept.CONSENT)
    st.checkbox(t("circle.consent"), key=kept.CONSENT)
    kept.keep(kept.CONSENT)
    kept.restore(kept.TRAP)
    # Hidden from everybody by the stylesheet, from screen readers too.
    st.text_input(t("circle.trap"), key=kept.TRAP, autocomplete="off")
    kept.keep(kept.TRAP)


def _show_faults(view: View) -> None:
    faults = open_faults(view)
    if not faults:
        return
    lines = "".join(_fault_html(view, one) for one in faults)
    st.html(html.alert(view.t("circle.refused"), view.t("circle.text_kept"), f"<ul>{lines}</ul>", focus="give-faults"))
    # Only right after it was tried to send, not with every letter that puts something right.
    if st.session_state.get("give-faults-told") is not st.session_state[FAULTS]:
        st.session_state["give-faults-told"] = st.session_state[FAULTS]
        move_focus('[data-focus="give-faults"]')


def _fault_html(view: View, fault: Fault) -> str:
    said = html.escape(view.t(fault.text))
    # The fields of Streamlit have no addresses of their own; the link is worked by `entry_focus`.
    link = f'<a href="#{fault.field}" data-to="{fault.field}">{said}</a>' if fault.field else said
    finds = "".join(f"<li>{html.escape(find_words(view, one))}</li>" for one in fault.found)
    return f"<li>{link}{f'<ul>{finds}</ul>' if finds else ''}</li>"


def _show_receipt(view: View, receipt: str) -> None:
    t = view.t
    st.html(
        f'<div tabindex="-1" data-focus="give-receipt">{html.headline(t("circle.sent"), t("circle.sent_lead"))}</div>'
    )
    code = html.escape(receipt)
    st.html(
        f'<p class="hs-text">{html.escape(t("circle.receipt"))}</p><p class="hs-receipt"><strong>{code}</strong></p>'
        f"{html.paragraph(t('circle.receipt_save'))}"
    )
    steps = "".join(
        f"<li>{html.escape(t(key))}</li>" for key in ("circle.next_read", "circle.next_shown", "circle.next_told")
    )
    st.html(f'{html.subsection(t("circle.next"))}<ol class="hs-next">{steps}</ol>')
    st.button(t("circle.give_another"), key="give-another", on_click=_begin_again)
    move_focus('[data-focus="give-receipt"]')


def _show_gone(view: View) -> None:
    gone = html.headline(view.t("circle.gone"), view.t("circle.gone_lead"))
    st.html(f'<div tabindex="-1" data-focus="give-gone">{gone}</div>')
    move_focus('[data-focus="give-gone"]')


def _begin_again() -> None:
    for key in (RECEIPT, GONE, CODE):
        st.session_state.pop(key, None)
