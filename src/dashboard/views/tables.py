"""Tables that anybody can read: by eye, by keyboard, by screen reader."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dashboard.i18n import Translator
from dashboard.views.classes import Scheme
from dashboard.views.html import attributes, escape
from dashboard.views.numbers import MISSING
from dashboard.views.theme import Theme


@dataclass(frozen=True)
class Column:
    """A column: the key of its cells, its heading, and whether it holds numbers."""

    key: str
    label: str
    numeric: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell's text and, for what is missing, the reason."""

    text: str
    reason: str = ""


@dataclass(frozen=True)
class RankedBar:
    """A row of `ranked_bars`: name, value as a number and as text, class, and whether it is pointed out."""

    label: str
    value: float | None
    text: str
    class_index: int | None
    marked: bool = False
    reason: str = ""


def table_html(
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, str | Cell]],
    *,
    caption: str,
    t: Translator,
    highlighted: Collection[int] = (),
    notes: Sequence[str] = (),
    hide_caption: bool = False,
    max_height: int | None = None,
) -> str:
    """Table with a caption, headings for rows and columns, and reasons for what is missing.

    Parameters
    ----------
    columns : sequence of Column
        The first one heads the rows.
    rows : sequence of mapping
        Column key → text or `Cell`; a key that is not there becomes ``..``.
    caption : str
        What the table shows.
    t : Translator
        Texts ``table.*``.
    highlighted : collection of int
        Positions of the rows that are pointed out.
    notes : sequence of str
        Lines below the table.
    hide_caption : bool
        Whether the caption is only read out, because a heading above says the same.
    max_height : int or None
        Height in pixels above which the table scrolls.

    Returns
    -------
    str
        HTML; a region that the keyboard can scroll.
    """
    reasons: dict[str, int] = {}
    head = "".join(_heading(column) for column in columns)
    body = "".join(
        _table_row(columns, row, reasons, t, marked=position in highlighted) for position, row in enumerate(rows)
    )
    numbered = [f"<li><sup>{number}</sup> {escape(reason)}</li>" for reason, number in reasons.items()]
    lines = numbered + [f"<li>{escape(note)}</li>" for note in notes]
    below = f'<ul class="hs-table-notes">{"".join(lines)}</ul>' if lines else ""
    style = f"max-height:{max_height}px" if max_height else None
    region = {"class": "hs-scroll", "role": "region", "tabindex": "0", "aria-label": caption, "style": style}
    shown = ' class="hs-hidden"' if hide_caption else ""
    return (
        f"<div{attributes(region)}>"
        f'<table class="hs-table"><caption{shown}>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{below}"
    )


def ranked_bars(
    bars: Sequence[RankedBar],
    scheme: Scheme,
    theme: Theme,
    *,
    caption: str,
    label_header: str,
    value_header: str,
    t: Translator,
    mean: tuple[float, str] | None = None,
    whole: float | None = None,
) -> str:
    """All areas in order, each with a bar in the colour of its class.

    Both ends are there, and the mark of the whole city runs through all rows: no area stands alone.

    Parameters
    ----------
    bars : sequence of RankedBar
        Rows in the order in which they are shown; values of 0 or more.
    scheme : Scheme
        Classes of the bars.
    theme : Theme
        Colours.
    caption, label_header, value_header : str
        What the table shows, and its two headings (read out, not shown).
    t : Translator
        Texts ``table.*`` and ``bars.*``.
    mean : tuple of float and str, optional
        The whole city's value and its text.
    whole : float, optional
        What a bar as long as its track stands for, where values are parts of something; by default a little more than
        the largest value.

    Returns
    -------
    str
        HTML table.

    Raises
    ------
    ValueError
        If a value is negative: bars start at nothing.
    """
    values = [bar.value for bar in bars if bar.value is not None]
    if any(value < 0 for value in values):
        raise ValueError("bars start at nothing: a value is below 0")
    longest = whole or max([*values, mean[0] if mean else 0.0], default=0.0) * 1.04 or 1.0
    mark = f'<i class="hs-bar-mean" style="left:{100 * mean[0] / longest:.2f}%"></i>' if mean else ""
    rows = "".join(_bar_row(bar, scheme, theme, longest, mark) for bar in bars)
    below = ""
    if mean:
        said = t("bars.mean", value=mean[1])
        below = f'<p class="hs-bar-legend"><i class="hs-bar-mean-key" aria-hidden="true"></i>{escape(said)}</p>'
    heads = f'<th scope="col">{escape(label_header)}</th><td></td><th scope="col">{escape(value_header)}</th>'
    return (
        f'<table class="hs-bars"><caption class="hs-hidden">{escape(caption)}</caption>'
        '<colgroup><col class="hs-bars-name"><col><col class="hs-bars-value"></colgroup>'
        f'<thead class="hs-hidden"><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{below}'
    )


def _bar_row(bar: RankedBar, scheme: Scheme, theme: Theme, longest: float, mark: str) -> str:
    marked = ' class="hs-marked"' if bar.marked else ""
    fill = ""
    if bar.value is not None:
        color = theme.accent if bar.class_index is None else scheme.colors[bar.class_index]
        fill = f'<i class="hs-bar-fill" style="width:{100 * bar.value / longest:.2f}%;background:{color}"></i>'
    meaning = scheme.label(bar.class_index)
    text = _abbreviation(bar.text, bar.reason) if bar.value is None else escape(bar.text)
    return (
        f'<tr{marked}><th scope="row" title="{escape(bar.label)}"><span>{escape(bar.label)}</span></th>'
        f'<td class="hs-bar-cell" title="{escape(meaning)}" aria-hidden="true">'
        f'<div class="hs-bar">{fill}{mark}</div></td><td class="hs-bar-value">{text}</td></tr>'
    )


def _heading(column: Column) -> str:
    numeric = ' class="hs-num"' if column.numeric else ""
    return f'<th scope="col"{numeric}>{escape(column.label)}</th>'


def _table_row(
    columns: Sequence[Column],
    row: Mapping[str, str | Cell],
    reasons: dict[str, int],
    t: Translator,
    *,
    marked: bool,
) -> str:
    cells = []
    for position, column in enumerate(columns):
        found = row.get(column.key, Cell(MISSING))
        cell = Cell(found) if isinstance(found, str) else found
        content = _content(cell, reasons, t)
        numeric = ' class="hs-num"' if column.numeric else ""
        cells.append(f'<th scope="row">{content}</th>' if position == 0 else f"<td{numeric}>{content}</td>")
    pointed_out = ' class="hs-marked"' if marked else ""
    return f"<tr{pointed_out}>{''.join(cells)}</tr>"


def _content(cell: Cell, reasons: dict[str, int], t: Translator) -> str:
    if cell.text != MISSING:
        return escape(cell.text)
    reason = cell.reason or t("table.missing")
    number = reasons.setdefault(reason, len(reasons) + 1)
    return f"{_abbreviation(cell.text, reason)}<sup>{number}</sup>"


def _abbreviation(text: str, reason: str) -> str:
    return f'<abbr title="{escape(reason)}">{escape(text)}</abbr>' if reason else escape(text)
