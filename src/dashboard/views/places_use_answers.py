"""How a place is experienced: answers to the short survey, and the twelve quality criteria."""

from __future__ import annotations

import streamlit as st

from dashboard.sources.use_fields import CRITERIA_GROUPS, QUESTIONS
from dashboard.views import html, tables
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.views.numbers import EN_DASH
from dashboard.views.use_figures import Breakdown, Part, answers
from dashboard.views.use_parts import Bars, Line, said_of_parts, show_bars
from dashboard.views.use_words import code_label, field_label
from dashboard.views.use_words import question as question_of
from dashboard.views.words import lower_first
from dashboard.warehouse.connection import Row, query_text


def show_answers(view: View, place_id: str, place_name: str) -> None:
    """Lay out the answers to each question of the survey that somebody answered."""
    st.html(html.subsection(view.t("use.survey")))
    for column, question in zip(st.columns(len(QUESTIONS), gap="large"), QUESTIONS, strict=True):
        with column:
            _show_question(view, place_id, place_name, question, answers(view.warehouse, place_id, question))


def _show_question(view: View, place_id: str, place_name: str, question: str, found: Breakdown) -> None:
    t, fmt = view.t, view.fmt
    what = field_label(t, question)
    if found.total is None:
        st.html(html.empty_state(what, t("use.question_few"), t("use.question_few_fill")))
        return
    lines = [
        Line(_label(view, question, part), part.share, fmt.percent(part.share, 0), [fmt.number(part.people)])
        for part in found.parts
    ]
    total, title = fmt.number(found.total), question_title(view, question, found)
    thirds = question != "visits" and any(len(part.codes) > 1 for part in found.parts)
    show_bars(
        view,
        Bars(
            key=f"use-{question}",
            title=title,
            summary=said_of_parts(view, lines),
            caption=t("use.question_caption", what=what, place=place_name, n=total),
            columns=[t("use.answer"), t("use.share"), t("use.answered")],
            lines=lines,
            rows=[
                {
                    "place": place_id,
                    "question": question,
                    "answer": "-".join(dict.fromkeys((part.codes[0], part.codes[-1]))),
                    "people": part.people,
                    "share_percent": part.share,
                    "all_answers": found.total,
                    "mean": found.mean,
                    "status": "hidden" if part.people is None else "shown",
                }
                for part in found.parts
            ],
            query="use_answers",
            notes=[t("use.note_survey"), *([t("use.note_thirds")] if thirds else [])],
            credit=t("use.credit_answered"),
        ),
        place_id,
    )


def question_title(view: View, question: str, found: Breakdown) -> str:
    """Say how many answered a question, and the mean where it may be told; that few did, where only that may."""
    t, what = view.t, field_label(view.t, question)
    if found.total is None:
        return t("use.part", label=what, value=lower_first(t("use.question_few")))
    total = view.fmt.number(found.total)
    if found.mean is not None:
        return t("use.question_mean", what=what, mean=view.fmt.number(found.mean, 1), n=total)
    return t.n("use.question_title", found.total, what=what, n=total)


def _label(view: View, question: str, part: Part) -> str:
    first, last = part.codes[0], part.codes[-1]
    if question == "visits":
        return code_label(view.t, question, first)
    steps = first if first == last else f"{first}{EN_DASH}{last}"
    # The ends of the scale have words; what lies between them is told by its number.
    word = {"1": "low", "5": "high"}.get(first if first == "1" else last)
    return view.t(f"use.scale_{question}_{word}", steps=steps) if word else steps


def show_criteria(view: View, place_id: str, place_name: str) -> None:
    """Lay out the twelve criteria as a table; they judge a place, not people, and are shown from the first rating."""
    t = view.t
    found = {str(row["criterion"]): row for row in view.warehouse.rows("use_criteria", {"place": place_id})}
    lines = [(group, name, found.get(name)) for group, names in CRITERIA_GROUPS.items() for name in names]
    content = Figure(
        key=f"use-criteria-{place_id}",
        title=criteria_title(view, found),
        summary=t("use.criteria_not_for_ranking"),
        table=_criteria_table(view, lines, place_name),
        rows=[
            {
                "place": place_id,
                "group": group,
                "criterion": name,
                "ratings": None if row is None else row["ratings"],
                "mean": None if row is None else row["mean"],
                "lowest": None if row is None else row["lowest"],
                "highest": None if row is None else row["highest"],
            }
            for group, name, row in lines
        ],
        evidence=Evidence(
            credits=[t("use.credit_rated")],
            queries=[Query("use_criteria", query_text("use_criteria"), {"place": place_id})],
            notes=[t("use.note_criteria")],
        ),
        drawn_as_table=True,
    )
    show_figure(view, content, lambda: st.html(content.table_html()))


def criteria_title(view: View, found: dict[str, Row]) -> str:
    """Say how many of the rated criteria are rather good, and how many rather bad."""
    t = view.t
    means = {name: float(str(row["mean"])) for name, row in found.items()}
    good, bad = (sum(one > 0 for one in means.values()), sum(one < 0 for one in means.values()))
    return t("use.criteria_title", n=view.fmt.number(len(means)), good=view.fmt.number(good), bad=view.fmt.number(bad))


def _criteria_table(view: View, lines: list[tuple[str, str, Row | None]], place_name: str) -> str:
    t, fmt = view.t, view.fmt

    def score(row: Row | None, column: str, decimals: int) -> tables.Cell:
        value = None if row is None else float(str(row[column]))
        return tables.Cell(fmt.signed(value, decimals), t("use.criterion_unrated"))

    rows: list[dict[str, str | tables.Cell]] = [
        {
            "name": f"{field_label(t, name)}. {question_of(t, name)}",
            "group": t(f"use.group_{group}"),
            "mean": score(row, "mean", 1),
            "lowest": score(row, "lowest", 0),
            "highest": score(row, "highest", 0),
            "ratings": fmt.number(0 if row is None else int(str(row["ratings"]))),
        }
        for group, name, row in lines
    ]
    columns = [
        tables.Column("name", t("use.criterion")),
        # The mean comes first, so that a phone shows it without scrolling.
        tables.Column("mean", t("use.mean"), numeric=True),
        tables.Column("lowest", t("use.lowest"), numeric=True),
        tables.Column("highest", t("use.highest"), numeric=True),
        tables.Column("ratings", t("use.rated"), numeric=True),
        tables.Column("group", t("use.criterion_group")),
    ]
    return tables.table_html(columns, rows, caption=t("use.criteria_caption", place=place_name), t=t)
