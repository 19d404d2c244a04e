"""Pictures of slides in HTML: drawings, large numbers, tables and quotes, and the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.slides import (
    BarPicture,
    LinePicture,
    MapPicture,
    NumberPicture,
    Picture,
    QuotePicture,
    Slide,
    TablePicture,
)
from dashboard.views.context import View
from dashboard.views.html import attributes, escape
from dashboard.views.slide_drawing_bars import bars
from dashboard.views.slide_drawing_lines import lines
from dashboard.views.slide_drawing_maps import map_of_areas


def picture_html(view: View, slide: Slide) -> str:
    """Give the picture of a slide; nothing where it has none."""
    picture, theme, t = slide.picture, view.theme, view.t
    if isinstance(picture, BarPicture):
        return bars(picture, theme, t, slide.summary)
    if isinstance(picture, LinePicture):
        return lines(picture, theme, t, view.fmt, slide.summary)
    if isinstance(picture, MapPicture):
        return map_of_areas(picture, theme, t, slide.summary)
    if isinstance(picture, NumberPicture):
        return _numbers(picture)
    if isinstance(picture, TablePicture):
        return _table(picture.headings, picture.rows, slide.summary)
    return _quotes(picture) if isinstance(picture, QuotePicture) else ""


def table_html(view: View, slide: Slide) -> str:
    """Give the table that says the same as a drawing; nothing for what is words and numbers already."""
    found = _as_table(view, slide.picture)
    return "" if found is None else _table(*found, slide.summary)


def _as_table(view: View, picture: Picture | None) -> tuple[Sequence[str], Sequence[Sequence[str]]] | None:
    t = view.t
    if isinstance(picture, BarPicture):
        rows = [(name, *(one.texts[n] for one in picture.series)) for n, name in enumerate(picture.categories)]
        if picture.reference is not None:
            rows.append((picture.reference[0], picture.reference[2]))
        return ("", *(one.name for one in picture.series)), rows
    if isinstance(picture, LinePicture):
        years = [
            (view.fmt.year(year), *(one.texts[n] for one in picture.series)) for n, year in enumerate(picture.years)
        ]
        return (t("presentation.year"), *(one.name for one in picture.series)), years
    if isinstance(picture, MapPicture):
        return (t("level.regso"), t("overview.tile_value")), [(area.name, area.text) for area in picture.areas]
    return None


def _numbers(picture: NumberPicture) -> str:
    items = "".join(
        f'<div><dt>{escape(one.label)}</dt><dd class="hp-number">{escape(one.text)}</dd>'
        f"{f'<dd>{escape(one.note)}</dd>' if one.note else ''}</div>"
        for one in picture.numbers
    )
    return f'<dl class="hp-numbers hp-numbers-{len(picture.numbers)}">{items}</dl>'


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' if one else "<td></td>" for one in headings)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(one)}</td>" for one in row[1:])}</tr>'
        for row in rows
    )
    return (
        f'<table class="hp-table"><caption class="hs-hidden">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _quotes(picture: QuotePicture) -> str:
    items = "".join(
        f"<li><blockquote{attributes({'lang': one.language, 'dir': 'auto'})}>{escape(one.text)}</blockquote>"
        f"<p>{escape(one.said_by)}</p></li>"
        for one in picture.quotes
    )
    return f'<ul class="hp-quotes">{items}</ul>'
