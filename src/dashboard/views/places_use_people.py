"""People seen at a place: when, and how they were perceived and what they did."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.views.context import View
from dashboard.views.use_figures import PARTS, Part, TimePart, people, times
from dashboard.views.use_parts import Bars, Line, said_of_parts, show_bars
from dashboard.views.use_words import code_label, field_label
from dashboard.views.words import lower_first


def show_times(view: View, place_id: str, place_name: str) -> None:
    """Lay out people by hour and by day of the week, side by side."""
    t = view.t
    hours, days = times(view.warehouse, place_id)
    left, right = st.columns(2, gap="large")
    with left:
        names = [t("use.hour", start=f"{part.number:02d}", end=f"{part.number + 1:02d}") for part in hours]
        _show_time(view, (place_id, place_name), "hour", hours, names)
    with right:
        names = [t(f"use.weekday_{part.number}") for part in days]
        _show_time(view, (place_id, place_name), "weekday", days, names)


def _show_time(view: View, place: tuple[str, str], unit: str, parts: Sequence[TimePart], names: Sequence[str]) -> None:
    place_id, place_name = place
    t, fmt = view.t, view.fmt
    lines = [
        Line(name, part.rate, fmt.number(part.rate, 1), [fmt.number(part.people), fmt.number(part.minutes)])
        for part, name in zip(parts, names, strict=True)
    ]
    what = field_label(t, unit)
    # Where an hour is hidden, it may be the one with the most people for its time.
    most = None if any(line.value is None for line in lines) else _most([line.value for line in lines])
    title = t("use.time_title", what=what)
    if most is not None:
        title = t("use.time_most", what=what, name=_inside(view, lines[most].label, unit), rate=lines[most].text)
    show_bars(
        view,
        Bars(
            key=f"use-{unit}",
            title=title,
            summary=said_of_parts(view, lines),
            caption=t("use.time_caption", what=what, place=place_name),
            columns=[what, t("use.rate"), t("use.seen"), t("use.minutes")],
            lines=lines,
            rows=[
                {
                    "place": place_id,
                    unit: part.number,
                    "people": part.people,
                    "minutes_observed": part.minutes,
                    "people_per_hour": part.rate,
                    "status": "hidden" if part.people is None else "shown",
                }
                for part in parts
            ],
            query="use_times",
            notes=[t("use.note_times"), t("use.note_days")],
            credit=t("use.credit_observed"),
        ),
        place_id,
    )


def show_people(view: View, place_id: str, place_name: str) -> None:
    """Lay out people by gender, age, what they did and what they were busy with."""
    fields = list(PARTS)
    for pair in (fields[:2], fields[2:]):
        for column, field in zip(st.columns(2, gap="large"), pair, strict=True):
            with column:
                _show_field(view, place_id, place_name, field)


def _show_field(view: View, place_id: str, place_name: str, field: str) -> None:
    t, fmt = view.t, view.fmt
    found = people(view.warehouse, place_id, field)
    lines = [
        Line(code_label(t, field, part.codes[0]), part.share, fmt.percent(part.share, 0), [fmt.number(part.people)])
        for part in found.parts
    ]
    what = field_label(t, field)
    # What is hidden is never more than what is shown.
    noted = [part.share if part.codes[0] else None for part in found.parts]
    most = _most(noted)
    title = t("use.people_title", what=what, place=place_name)
    if most is not None:
        title = t("use.people_most", what=what, name=_inside(view, lines[most].label, field), share=lines[most].text)
    show_bars(
        view,
        Bars(
            key=f"use-{field}",
            title=title,
            summary=said_of_parts(view, lines),
            caption=t("use.people_caption", what=what, place=place_name, n=fmt.number(found.total)),
            columns=[what, t("use.share"), t("use.seen")],
            lines=lines,
            rows=[_row(place_id, field, part, found.total) for part in found.parts],
            draws_zeros=False,
            query="use_people",
            notes=[t("use.note_perceived")],
            credit=t("use.credit_observed"),
        ),
        place_id,
    )


def _row(place_id: str, field: str, part: Part, total: int | None) -> dict[str, object]:
    return {
        "place": place_id,
        "field": field,
        "code": part.codes[0] or "not_noted",
        "people": part.people,
        "share_percent": part.share,
        "all_people": total,
        "status": "hidden" if part.people is None else "shown",
    }


def _inside(view: View, label: str, field: str) -> str:
    """Give a label as it stands inside a sentence; days have capital letters in English."""
    return label if field == "weekday" and view.language == "en" else lower_first(label)


def _most(values: Sequence[float | None]) -> int | None:
    """Give the position of the largest value, when there are several parts and one is larger than all others."""
    known = [value for value in values if value is not None]
    if len(values) < 2 or not known or known.count(max(known)) > 1:
        return None
    return list(values).index(max(known))
