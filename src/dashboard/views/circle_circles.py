"""The circles: their meetings, who took part by broad group, and what the district experts have worked together."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.access import Action
from dashboard.register.circle_entries import Circle, DistrictExpert, Meeting, WorkedTime
from dashboard.register.contents import Contents, WorkedSum
from dashboard.views import clock, html, tables
from dashboard.views.context import View
from dashboard.views.entry_choices import place_names
from dashboard.views.entry_editing import offer_edit, offer_new
from dashboard.views.roadmap_project import kronor
from dashboard.views.roadmap_words import day_words, source_credit
from dashboard.views.words import sentence


def show_circles(view: View, contents: Contents) -> None:
    """Lay out every circle, or say why there is none."""
    t = view.t
    circles, meetings = contents.circles, contents.meetings
    if not circles:
        st.html(html.headline(t("circle.circles_headline_none")))
        st.html(html.empty_state(t("circle.circles_none"), t("circle.circles_why"), t("circle.circles_fill")))
    else:
        st.html(html.headline(t("circle.circles_headline"), meetings_words(view, meetings)))
    for circle in circles:
        _show_circle(view, contents, circle)
    offer_new(view, "circle", municipality=view.home.code)


def meetings_words(view: View, meetings: Sequence[Meeting]) -> str:
    """Say when the next meeting is, or that nobody has told; and how many there have been."""
    t, today = view.t, clock.today()
    coming = min((one for one in meetings if one.on >= today), key=lambda one: one.on, default=None)
    held = sum(one.on < today for one in meetings)
    before = t.n("circle.meetings_held", held) if held else ""
    if coming is None:
        return sentence(t("circle.meeting_next_unknown"), before)
    return sentence(t("circle.meeting_next", when=_day_and_place(view, coming)), before)


def _show_circle(view: View, contents: Contents, circle: Circle) -> None:
    st.html(html.section(circle.said("name").in_(view.language), circle.said("theme").in_(view.language)))
    st.html(html.definition_list(_facts(view, contents, circle)))
    st.html(html.note(source_credit(view, [circle])))
    offer_edit(view, circle)
    _show_meetings(view, contents, circle)
    if view.actor.may_see_people:
        _show_experts(view, contents, circle)


def _facts(view: View, contents: Contents, circle: Circle) -> list[tuple[str, str]]:
    t = view.t
    began = circle.said("started_said").in_(view.language)
    if not began:
        began = t("plan.missing_said") if circle.started is None else day_words(view, circle.started)
    note = circle.said("note").in_(view.language)
    worked = next((one for one in contents.worked_sums if one.circle == circle.id), None)
    return [
        (t("circle.started"), began),
        (t("circle.note"), note or t("plan.missing_said")),
        (t("circle.experts"), worked_words(view, worked)),
        (t("circle.experts"), t("circle.experts_what")),
    ]


def worked_words(view: View, worked: WorkedSum | None) -> str:
    """Say what the experts have worked together, or why that is not shown."""
    t = view.t
    if worked is None:
        return t("circle.experts_none")
    if worked.experts is None or worked.hours is None or worked.pay is None or worked.until is None:
        return t("circle.experts_few")
    hours = _hours(view, worked.hours)
    until = view.fmt.date(worked.until)
    return t.n("circle.experts_sum", worked.experts, hours=hours, pay=kronor(view, worked.pay), until=until)


def _hours(view: View, hours: float) -> str:
    return view.fmt.number(hours, 0 if float(hours).is_integer() else 1)


def _show_meetings(view: View, contents: Contents, circle: Circle) -> None:
    t = view.t
    meetings = [meeting for meeting in contents.meetings if meeting.circle == circle.id]
    st.html(html.subsection(t("circle.meetings")))
    if not meetings:
        st.html(html.paragraph(t("circle.meetings_none")))
    # The newest first: that is what people look for.
    for meeting in reversed(meetings):
        st.html(meeting_html(view, meeting))
        offer_edit(view, meeting)
    offer_new(view, "meeting", circle=circle.id)


def meeting_html(view: View, meeting: Meeting) -> str:
    """Give a meeting: day and place, theme, what was said, and who took part by broad group."""
    t = view.t
    parts = [f"<h4>{html.escape(_day_and_place(view, meeting))}</h4>"]
    if meeting.theme:
        parts.append(f"<p><strong>{html.escape(meeting.theme)}</strong></p>")
    summary = meeting.summary or t("circle.meeting_bare")
    parts += [html.paragraph(one) for one in summary.split("\n\n") if one.strip()]
    parts.append(html.paragraph(participants_words(view, meeting)))
    return f'<div class="hs-meeting">{"".join(parts)}</div>'


def _day_and_place(view: View, meeting: Meeting) -> str:
    day = view.fmt.date(meeting.on)
    place = "" if meeting.place is None else place_names(view).get(meeting.place, meeting.place)
    return view.t("circle.meeting_at", day=day, place=place) if place else day


def participants_words(view: View, meeting: Meeting) -> str:
    """Say who took part by broad group; of a group below five nothing but that it is below five."""
    t = view.t
    if not meeting.participants:
        return t("circle.participants_none")
    groups = [
        t("circle.group", group=group, count=t("circle.few") if count is None else view.fmt.number(count))
        for group, count in meeting.participants.items()
    ]
    return t("circle.participants", groups="; ".join(groups))


def _show_experts(view: View, contents: Contents, circle: Circle) -> None:
    """Lay out each expert by pseudonym; the contents hold them for those alone who may see single people."""
    t = view.t
    st.html(html.subsection(t("circle.experts_each")))
    st.html(html.notice(t("circle.internal"), t("circle.experts_internal")))
    experts = [one for one in contents.district_experts if one.circle == circle.id]
    if not experts:
        st.html(html.paragraph(t("circle.experts_each_none")))
    for expert in experts:
        own = [one for one in contents.worked_times if one.district_expert == expert.id]
        st.html(_worked_table(view, expert, own))
        for one in own:
            if view.actor.may(Action.UPDATE, one.kind):
                # The button says no more than that something can be changed.
                st.html(html.note(view.fmt.date(one.on)))
            offer_edit(view, one)
        offer_edit(view, expert)
        offer_new(view, "worked_time", district_expert=expert.id)
    offer_new(view, "district_expert", circle=circle.id)


def _worked_table(view: View, expert: DistrictExpert, own: list[WorkedTime]) -> str:
    t = view.t
    columns = [
        tables.Column("on", t("circle.worked_on")),
        tables.Column("hours", t("circle.worked_hours"), numeric=True),
        tables.Column("pay", t("circle.worked_pay"), numeric=True),
    ]
    rows: list[dict[str, str | tables.Cell]] = [
        {"on": view.fmt.date(one.on), "hours": _hours(view, one.hours), "pay": kronor(view, one.pay)} for one in own
    ]
    total = {"hours": _hours(view, sum(one.hours for one in own)), "pay": kronor(view, sum(one.pay for one in own))}
    rows.append({"on": t("circle.worked_sum"), **total})
    return tables.table_html(columns, rows, caption=expert.pseudonym, t=t, highlighted=[len(own)])
