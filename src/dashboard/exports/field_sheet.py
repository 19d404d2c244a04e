"""The field sheet for observations at a place: two pages of A4 in one HTML file, to print from any browser."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

#: Rows for people that fit on the first page.
ROWS = 13


@dataclass(frozen=True)
class Choice:
    """Something to be ticked: its mark on the sheet and what it means."""

    mark: str
    label: str


@dataclass(frozen=True)
class Question:
    """A question or a column: what it is called, what can be ticked, and how it is asked."""

    label: str
    choices: Sequence[Choice] = ()
    asked: str = ""


@dataclass(frozen=True)
class Sheet:
    """All that stands on the sheet, ready to be read.

    Parameters
    ----------
    language
        Language code of the texts.
    title, place, lead
        Heading, name of the place, how the sheet is used.
    session
        What is noted once a session.
    people
        The columns of the tally; a row is for people who are alike in all of them.
    tally
        Heading of the column for the strokes.
    keys
        The questions whose marks are explained below the tally.
    criteria_title, criteria_lead, groups
        The second page: the criteria in their groups.
    survey_title, survey_lead, survey
        The questions of the short survey.
    privacy
        What must never be noted.
    """

    language: str
    title: str
    place: str
    lead: str
    session: Sequence[Question]
    tally: str
    people: Sequence[Question]
    keys: Sequence[Question]
    criteria_title: str
    criteria_lead: str
    groups: Sequence[tuple[str, Sequence[Question]]]
    survey_title: str
    survey_lead: str
    survey: Sequence[Question]
    privacy: str


_STYLE = """
@page { size: A4 portrait; margin: 11mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 188mm; font: 10pt/1.3 system-ui, sans-serif; color: #000; background: #fff; }
section { break-after: page; padding: 4mm 0; }
section:last-of-type { break-after: auto; }
h1 { font-size: 15pt; margin: 0 0 1mm; }
h2 { font-size: 12pt; margin: 3mm 0 1mm; }
p { margin: 0 0 2mm; }
.head { display: grid; grid-template-columns: repeat(4, 1fr); gap: 2mm; margin: 2mm 0; }
.head > div { border: 0.3mm solid #000; padding: 1mm 1.5mm; min-height: 12mm; font-size: 8pt; }
.head > .wide { grid-column: span 2; }
.head b, .keys b { display: block; font-size: 8.5pt; }
.box { display: inline-block; min-width: 4mm; height: 4mm; border: 0.3mm solid #000; }
.box { vertical-align: -0.7mm; margin-right: 1mm; }
.choice { display: inline-block; margin: 0.5mm 2.5mm 0.5mm 0; white-space: nowrap; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 0.3mm solid #000; padding: 1mm; text-align: left; vertical-align: middle; }
th { font-size: 8pt; }
.tally td { height: 9.4mm; }
.tally td.strokes { width: 26%; }
.marks { white-space: nowrap; font-size: 9pt; text-align: center; }
.marks span { display: inline-block; min-width: 4.5mm; padding: 0 0.6mm; }
.keys { display: grid; grid-template-columns: repeat(4, auto); gap: 0 4mm; margin-top: 2mm; font-size: 8.5pt; }
.criteria td, .survey td { padding: 1.1mm 1.5mm; }
.criteria td small { display: block; font-size: 8.5pt; }
.criteria td:last-child { white-space: nowrap; width: 1%; }
.criteria .box, .survey .box { width: 5mm; height: 5mm; vertical-align: -1.2mm; }
.privacy { border: 0.3mm solid #000; padding: 1.5mm 2mm; margin-top: 2mm; font-size: 9pt; }
@media screen { body { padding: 4mm; } }
"""


def field_sheet(sheet: Sheet) -> bytes:
    """Give the sheet as a file of its own, which asks nobody for anything.

    Parameters
    ----------
    sheet
        Its texts.

    Returns
    -------
    HTML in UTF-8.
    """
    page = (
        f'<!doctype html><html lang="{_safe(sheet.language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_safe(sheet.title)}: {_safe(sheet.place)}</title><style>{_STYLE}</style></head><body>"
        f"{_first_page(sheet)}{_second_page(sheet)}</body></html>"
    )
    return page.encode("utf-8")


def _first_page(sheet: Sheet) -> str:
    head = "".join(_noted(question) for question in sheet.session)
    columns = "".join(f"<th>{_safe(question.label)}</th>" for question in sheet.people)
    cells = "".join(f"<td{_marked(question)}</td>" for question in sheet.people)
    row = f'<tr><td class="strokes"></td>{cells}</tr>'
    keys = "".join(
        f"<div><b>{_safe(question.label)}</b>{_explained(question.choices)}</div>" for question in sheet.keys
    )
    return (
        f"<section><h1>{_safe(sheet.title)}: {_safe(sheet.place)}</h1><p>{_safe(sheet.lead)}</p>"
        f'<div class="head">{head}</div><table class="tally"><thead><tr><th>{_safe(sheet.tally)}</th>{columns}</tr>'
        f'</thead><tbody>{row * ROWS}</tbody></table><div class="keys">{keys}</div>'
        f'<p class="privacy">{_safe(sheet.privacy)}</p></section>'
    )


def _second_page(sheet: Sheet) -> str:
    criteria = "".join(
        f'<tr><th colspan="2">{_safe(group)}</th></tr>' + "".join(_judged(question) for question in questions)
        for group, questions in sheet.groups
    )
    survey = "".join(
        f"<tr><td><b>{_safe(question.label)}</b> {_safe(question.asked)}<br>{_boxes(question.choices)}</td></tr>"
        for question in sheet.survey
    )
    return (
        f"<section><h1>{_safe(sheet.criteria_title)}: {_safe(sheet.place)}</h1><p>{_safe(sheet.criteria_lead)}</p>"
        f'<table class="criteria"><tbody>{criteria}</tbody></table><h2>{_safe(sheet.survey_title)}</h2>'
        f'<p>{_safe(sheet.survey_lead)}</p><table class="survey"><tbody>{survey}</tbody></table></section>'
    )


def _noted(question: Question) -> str:
    wide = ' class="wide"' if len(question.choices) > 3 else ""
    return f"<div{wide}><b>{_safe(question.label)}</b>{_boxes(question.choices)}</div>"


def _marked(question: Question) -> str:
    """The cell of a row: marks to circle, or nothing but room to write in."""
    marks = "".join(f"<span>{_safe(choice.mark)}</span>" for choice in question.choices)
    return f' class="marks">{marks}'


def _judged(question: Question) -> str:
    asked = f"<small>{_safe(question.asked)}</small>" if question.asked else ""
    return f"<tr><td><b>{_safe(question.label)}</b>{asked}</td><td>{_boxes(question.choices)}</td></tr>"


def _boxes(choices: Sequence[Choice]) -> str:
    return "".join(f'<span class="choice"><i class="box"></i>{_safe(choice.label)}</span>' for choice in choices)


def _explained(choices: Sequence[Choice]) -> str:
    return "<br>".join(f"{_safe(choice.mark)} {_safe(choice.label)}" for choice in choices)


def _safe(text: str) -> str:
    return html.escape(text, quote=True)
