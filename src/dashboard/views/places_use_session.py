"""A session of observation on a phone: begin, tap once for each person, end, take home or save."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dashboard.sources.use_fields import (
    ACTIVITIES,
    AGES,
    GENDERS,
    GROUP_SIZES,
    METHODS,
    OBJECTS,
    OBSERVATIONS,
    POSTURES,
    ROLES,
    WEATHERS,
)
from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.use_notes import Session, doing, now_in
from dashboard.views.use_saving import offer_file_and_saving
from dashboard.views.use_words import DOING, MOVING, code_label, field_label

#: What is noted of a person besides gender and age; stays chosen from one person to the next.
WHAT, ACTIVITY, GROUP, THINGS = "use-doing", "use-activity", "use-group", "use-objects"
COLDEST, WARMEST = -40, 45
SAVED = "use-session-saved"


def show_session(view: View, place_id: str) -> None:
    """Lay out the session of a place at the step that it has reached."""
    key = f"use-session-{place_id}"
    session: Session | None = st.session_state.get(key)
    if st.session_state.pop(SAVED, False):
        st.success(view.t("use.saved"))
    if session is None:
        _show_start(view, place_id, key)
    elif not session.end:
        _show_tally(view, session)
    else:
        _show_end(view, session, key)


def _forget(key: str, saved: bool = False) -> None:
    st.session_state.pop(key, None)
    st.session_state[SAVED] = saved


def _pills(view: View, field: str, codes: Sequence[str], key: str, **more: object) -> None:
    t = view.t
    names = {code: code_label(t, field, code) for code in codes}
    more.setdefault("wrap", True)
    st.pills(field_label(t, field), codes, format_func=names.__getitem__, key=key, **more)  # type: ignore[call-overload]


def _show_start(view: View, place_id: str, key: str) -> None:
    t = view.t
    for field, codes in (("method", METHODS), ("observer", ROLES), ("weather", WEATHERS)):
        _pills(view, field, codes, f"use-{field}", required=True, default=codes[0])
    st.number_input(
        field_label(t, "temperature"),
        min_value=COLDEST,
        max_value=WARMEST,
        value=None,
        step=1,
        key="use-temperature",
    )
    st.button(t("use.begin"), key="use-begin", type="primary", width="stretch", on_click=_begin, args=(place_id, key))
    st.html(html.note(t("use.begin_note")))


def _begin(place_id: str, key: str) -> None:
    state = st.session_state
    degrees = state.get("use-temperature")
    said = {field: str(state[f"use-{field}"]) for field in ("weather", "method", "observer")}
    said["temperature"] = "" if degrees is None else str(degrees)
    state[key] = Session.begin(place_id, now_in(st.context.timezone), said)


def _show_tally(view: View, session: Session) -> None:
    t = view.t
    with st.container(key="use-count", horizontal=True, vertical_alignment="center"):
        counted = t.n("use.counted", len(session.people), start=session.of_all["start"])
        st.html(f'<p class="hs-text" role="status"><strong>{html.escape(counted)}</strong></p>')
        st.button(t("use.undo"), key="use-undo", disabled=not session.people, on_click=session.undo)
    st.html(html.note(_last(view, session)))
    _pills(view, DOING, (*POSTURES, *MOVING), WHAT, required=True, default=POSTURES[0], wrap=False)
    _pills(view, "activity", ACTIVITIES, ACTIVITY, wrap=False)
    st.html(html.subsection(t("use.tap")))
    with st.container(key="use-tally", horizontal=True):
        for age in AGES:
            for gender in GENDERS:
                who = t("use.who", gender=code_label(t, "gender", gender), age=code_label(t, "age", age).lower())
                count = view.fmt.number(session.count(age=age, gender=gender))
                st.button(
                    t("use.tap_button", who=who, n=count),
                    key=f"use-tap-{age}-{gender}",
                    width="stretch",
                    on_click=_tap,
                    args=(session, age, gender),
                )
    with st.expander(t("use.more_fields")):
        _pills(view, "group_size", GROUP_SIZES, GROUP)
        _pills(view, "objects", OBJECTS, THINGS, selection_mode="multi")
    st.button(t("use.finish"), key="use-finish", type="primary", width="stretch", on_click=_finish, args=(session,))


def _tap(session: Session, age: str, gender: str) -> None:
    state = st.session_state
    session.add(
        {
            "gender": gender,
            "age": age,
            **doing(str(state.get(WHAT) or POSTURES[0])),
            "activity": str(state.get(ACTIVITY) or ""),
            "group_size": str(state.get(GROUP) or ""),
            "objects": " ".join(state.get(THINGS) or ()),
        }
    )


def _finish(session: Session) -> None:
    session.finish(now_in(st.context.timezone))


def _last(view: View, session: Session) -> str:
    t = view.t
    if not session.people:
        return t("use.nobody_yet")
    person = session.people[-1]
    fields: list[tuple[str, str]] = [("gender", person["gender"]), ("age", person["age"])]
    fields.append((DOING, person["posture"] or person["mode"]))
    fields += [("activity", person["activity"])] if person["activity"] else []
    return t("use.last", what=", ".join(code_label(t, field, code).lower() for field, code in fields))


def _show_end(view: View, session: Session, key: str) -> None:
    t = view.t
    rows = session.rows()
    of = {"start": session.of_all["start"], "end": session.end}
    st.html(html.paragraph(t.n("use.ended", len(session.people), **of)))
    offer_file_and_saving(view, OBSERVATIONS, rows, partial(_forget, key, saved=True))
    st.button(t("use.resume"), key="use-resume", width="stretch", on_click=session.resume)
    _show_throwing_away(view, partial(_forget, key))


def _show_throwing_away(view: View, forget: Callable[[], None]) -> None:
    t = view.t
    # Two steps, because what is thrown away is gone.
    with st.expander(t("use.next")):
        st.html(html.paragraph(t("use.next_warning")))
        st.button(t("use.throw_away"), key="use-forget", width="stretch", on_click=forget)
