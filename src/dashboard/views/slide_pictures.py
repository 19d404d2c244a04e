"""Pictures of slides in HTML: drawings, large numbers, tables and quotes, and the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.slides import (
    BarPicture,
    ChartPicture,
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
from dashboard.views.slide_table_room import UNBROKEN


def picture_html(view: View, slide: Slide) -> str:
    """Give the picture of a slide; nothing where it has none."""
    theme, t, drawn = view.theme, view.t, ""
    match slide.picture:
        case BarPicture() as picture:
            drawn = bars(picture, theme, t, slide.summary)
        case LinePicture() as picture:
            drawn = lines(picture, theme, t, view.fmt, slide.summary)
        case MapPicture() as picture:
            drawn = map_of_areas(picture, theme, t, slide.summary)
        case ChartPicture() as picture:
            drawn = _chart(picture, slide)
        case NumberPicture() as picture:
            drawn = _numbers(picture)
        case TablePicture() as picture:
            drawn = _table(picture.headings, picture.rows, slide.summary)
        case QuotePicture() as picture:
            drawn = _quotes(picture)
    return drawn


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
    if isinstance(picture, ChartPicture):
        return picture.headings, picture.rows
    return None


def _chart(picture: ChartPicture, slide: Slide) -> str:
    """Give a drawing as it was made; its parts are named after the slide, for all slides lie in one page."""
    given = attributes({"class": "hp-svg hp-chart", "role": "img", "aria-label": slide.summary})
    named = picture.svg.replace('id="part-', f'id="{slide.key}-part-').replace("url(#part-", f"url(#{slide.key}-part-")
    return named.replace("<svg ", f"<svg{given} ", 1)


def _numbers(picture: NumberPicture) -> str:
    items = "".join(
        f'<div><dt>{escape(one.label)}</dt><dd class="hp-number">{escape(one.text)}</dd>'
        f"{f'<dd>{escape(one.note)}</dd>' if one.note else ''}</div>"
        for one in picture.numbers
    )
    return f'<dl class="hp-numbers hp-numbers-{len(picture.numbers)}">{items}</dl>'


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' if one else "<td></td>" for one in headings)
    body = "".join(f'<tr><th scope="row">{escape(row[0])}</th>{"".join(map(_cell, row[1:]))}</tr>' for row in rows)
    return (
        f'<table class="hp-table"><caption class="hs-hidden">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _cell(text: str) -> str:
    """Give a cell; a number and its unit, or both ends of an interval, stay on one line."""
    return f"<td{' class=hp-whole' if len(text) <= UNBROKEN else ''}>{escape(text)}</td>"


def _quotes(picture: QuotePicture) -> str:
    items = "".join(
        f"<li><blockquote{attributes({'lang': one.language, 'dir': 'auto'})}>{escape(one.text)}</blockquote>"
        f"<p>{escape(one.said_by)}</p></li>"
        for one in picture.quotes
    )
    return f'<ul class="hp-quotes">{items}</ul>'
