"""Who lives in an area, beside the whole city: ages, and forms of tenure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.colours import text_on
from dashboard.i18n import Translator
from dashboard.views.charts.base import (
    BOLD_LETTER,
    LETTER,
    LINE,
    SILENT,
    Spec,
    fitted,
    frame,
    in_lines,
    quantity,
    tip,
    type_size,
    values,
)
from dashboard.views.numbers import NumberFormat
from dashboard.views.theme import Theme


@dataclass(frozen=True)
class AgeBand:
    """An age band: men and women as shares of all people, per cent, in the area and in the city."""

    label: str
    men: float | None
    women: float | None
    men_city: float | None = None
    women_city: float | None = None


@dataclass(frozen=True)
class StackedRow:
    """A bar of shares that add up to about 100; None where a share is not known."""

    label: str
    shares: Sequence[float | None]


def age_pyramid(
    bands: Sequence[AgeBand],
    *,
    theme: Theme,
    t: Translator,
    fmt: NumberFormat,
    description: str,
    city: str,
) -> Spec:
    """Age pyramid: men to the left, women to the right, the whole city as a line across every bar.

    Parameters
    ----------
    bands : sequence of AgeBand
        Bands from the youngest to the oldest.
    theme, t, fmt, description
        Colours, texts, number format, the chart in words.
    city : str
        What the lines stand for, such as “the whole city”.
    """
    rows = [row for band in bands for row in _sides(band, t, fmt)]
    labels = [band.label for band in bands]
    reach = max([max(abs(row["share"] or 0.0), abs(row["city"] or 0.0)) for row in rows], default=1.0) * 1.05
    title = t("charts.pyramid_axis", city=city)
    axis = {"title": title, "tickCount": 6, "labelExpr": "format(abs(datum.value),'~g')"}
    x = quantity("share", scale={"domain": [-reach, reach], "nice": False}, axis=axis)
    y = {
        "field": "band",
        "type": "ordinal",
        "sort": labels[::-1],
        "axis": {"title": None, "labelFontSize": type_size(12), "labelOverlap": False},
        "scale": {"paddingInner": 0.16},
    }
    read = tip(("band", "title"), ("sex", t("charts.sex")), ("text", t("charts.value")), ("city_text", city))
    colors = {"domain": ["men", "women"], "range": [theme.categories[0], theme.categories[2]]}
    tick = {"type": "tick", "orient": "vertical", "opacity": 1, **SILENT}
    over = {"type": "text", "baseline": "bottom", "dy": -6, "fontWeight": 700, **SILENT}
    layers: list[Spec] = [
        {
            "data": values(rows),
            "mark": {"type": "bar", "cornerRadiusEnd": 2},
            "encoding": {
                "x": x,
                "y": y,
                "color": {"field": "side", "type": "nominal", "scale": colors, "legend": None},
                "tooltip": read,
                "description": {"field": "said"},
            },
        },
        # The stroke of the city stands out on a bar and beside it: dark on a light one below.
        *(
            {
                "data": values(rows),
                "mark": {**tick, **look},
                "encoding": {"x": {**x, "field": "city"}, "y": y},
            }
            for look in (
                {"thickness": 5, "color": theme.background},
                {"thickness": 2, "color": theme.ink},
            )
        ),
    ]
    layers += [
        {
            "data": values([{"share": 0}]),
            "mark": {**over, "align": align, "dx": dx, "text": t(key), "color": theme.ink},
            "encoding": {"x": x, "y": {"value": 0}},
        }
        for key, align, dx in (("charts.men", "right", -8), ("charts.women", "left", 8))
    ]
    return frame(layers, theme=theme, t=t, description=description, height=len(bands) * 20, top=24)


def _sides(band: AgeBand, t: Translator, fmt: NumberFormat) -> list[Spec]:
    sides = (("men", -1, band.men, band.men_city), ("women", 1, band.women, band.women_city))
    rows: list[Spec] = []
    for side, sign, share, city in sides:
        sex = t("charts.men") if side == "men" else t("charts.women")
        text = fmt.percent(share, 1)
        rows.append(
            {
                "band": band.label,
                "side": side,
                "sex": sex,
                "share": None if share is None else round(sign * share, 3),
                "city": None if city is None else round(sign * city, 3),
                "text": text,
                "city_text": fmt.percent(city, 1),
                "said": f"{band.label}, {sex}: {text}",
            }
        )
    return rows


def tenure_bar(
    rows: Sequence[StackedRow],
    parts: Sequence[str],
    *,
    theme: Theme,
    t: Translator,
    fmt: NumberFormat,
    description: str,
    colors: Sequence[str] | None = None,
) -> Spec:
    """Bars of 100 per cent in parts, one an area; a part is named inside the bar where there is room.

    Parameters
    ----------
    rows : sequence of StackedRow
        Areas from the top.
    parts : sequence of str
        Names of the parts, in the order of the shares.
    theme, t, fmt, description
        Colours, texts, number format, the chart in words.
    colors : sequence of str, optional
        Fills of the parts; those of the theme's categories when left out. Parts in an order take an ordered scale.

    Raises
    ------
    ValueError
        If a row has another number of shares than there are parts.
    """
    data: list[Spec] = []
    names: list[Spec] = []
    height = 0
    for row in rows:
        lines = in_lines(row.label)
        # A name of several lines on a phone has one on a large screen: it stands close to its bar there too.
        more = LINE * (len(lines or [row.label]) - 1)
        names.append({"top": height + 2, "area": row.label, "lines": lines, "more": more})
        data += _segments(height + more, row, parts, fmt)
        height += 60 + more
    y = {"field": "top", "type": "quantitative", "scale": None, "axis": None}
    # Colours repeat after seven parts; the names inside the bars and the order still tell them apart.
    usual = [theme.categories[i % len(theme.categories)] for i in (4, 0, 1, 3, 2, 5, 6)]
    palette = list(colors or usual)[: len(parts)]
    color = {
        "field": "part",
        "type": "nominal",
        "scale": {"domain": list(parts), "range": palette},
        "legend": {
            "orient": "top",
            "title": None,
            "columns": {"expr": "width<420?2:4"},
            "symbolType": "square",
            "offset": 12,
            "rowPadding": 4,
        },
    }
    scale = {"domain": [0, 100]}
    x = quantity("start", scale=scale, axis=None)
    read = tip(("area", "title"), ("part", t("charts.part")), ("text", t("charts.value")))
    ink = {
        "condition": [{"test": f"datum.place=={i}", "value": text_on(fill)} for i, fill in enumerate(palette)],
        "value": theme.ink,
    }
    layers: list[Spec] = [
        {
            "data": values(data),
            "mark": {"type": "bar", "stroke": theme.background, "strokeWidth": 2},
            "encoding": {
                "x": x,
                "x2": {"field": "end"},
                "y": y,
                "y2": {"field": "bottom"},
                "color": color,
                "tooltip": read,
                "description": {"field": "said"},
            },
        },
        {
            "data": values(names),
            "transform": fitted("area", "width", letter=BOLD_LETTER),
            # A name that is longer than the chart would push the bars together.
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "top",
                "fontWeight": 700,
                "lineHeight": LINE,
                "dy": {"expr": "datum.narrow?0:datum.more"},
                "limit": {"expr": "width"},
                **SILENT,
            },
            "encoding": {"x": {"value": 0}, "y": y, "text": {"field": "fits"}},
        },
        {
            "data": values(data),
            "transform": [{"calculate": _fitting(), "as": "fits"}],
            "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 8, **SILENT},
            "encoding": {"x": x, "y": {**y, "field": "middle"}, "text": {"field": "fits"}, "color": ink},
        },
    ]
    return frame(layers, theme=theme, t=t, description=description, height=height)


def _segments(above: int, row: StackedRow, parts: Sequence[str], fmt: NumberFormat) -> list[Spec]:
    if len(row.shares) != len(parts):
        raise ValueError(f"{row.label}: {len(row.shares)} shares for {len(parts)} parts")
    found: list[Spec] = []
    start = 0.0
    for place, (part, share) in enumerate(zip(parts, row.shares, strict=True)):
        if share is None or share <= 0:
            continue
        text = fmt.percent(share, 0)
        found.append(
            {
                "area": row.label,
                "part": part,
                "place": place,
                "share": share,
                "start": round(start, 3),
                "end": round(start + share, 3),
                "top": above + 22,
                "middle": above + 37,
                "bottom": above + 52,
                "text": text,
                "long": f"{part} {text}",
                "said": f"{row.label}: {part} {text}",
            }
        )
        start += share
    return found


def _fitting() -> str:
    """The longest text that fits: name and share, the share alone, or nothing."""
    room = "(datum.share/100*width-14)"
    return f"{room}>{LETTER}*length(datum.long)?datum.long:{room}>{LETTER}*length(datum.text)?datum.text:''"
