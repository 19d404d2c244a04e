"""A selection of areas as a workbook: the values of the screen, with all that is needed to use them elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from dashboard.exports.workbook_file import Cell, Column, Look, Number, Sheet, Workbook
from dashboard.views import area_figures
from dashboard.views.area_figures import Figure
from dashboard.views.areas import Area
from dashboard.views.context import View
from dashboard.views.numbers import MISSING
from dashboard.views.theme import LIGHT

#: Words for units that a label on the screen does not name.
UNIT_WORDS = {"percent": "%", "index": "workbook.unit_index", "ratio": "workbook.unit_ratio"}
SUPPRESSED = "suppressed"
#: Signs: of codes, names, texts to read, numbers.
CODE, NAME, READ, NUMBER = 14, 34, 60, 14


@dataclass(frozen=True)
class Part:
    """The areas of one level with their figures: years of each indicator, and (indicator, year, area) → figure."""

    level: str
    areas: Sequence[Area]
    years: Mapping[str, Sequence[int]]
    figures: Mapping[tuple[str, int, str], Figure]


def area_workbook(
    view: View, chosen: Mapping[str, Sequence[Area]], *, today: date, link: str = "", all_years: bool = False
) -> Workbook:
    """Give a workbook of areas.

    Parameters
    ----------
    view
        The view; its language is that of the workbook.
    chosen
        Level → its areas in their order.
    today
        The day that it is made.
    link
        The whole address of a view with the same areas; empty where the dashboard does not know its own.
    all_years
        Whether every year is in it, or the newest one of each figure alone.
    """
    t = view.t
    parts = [part_of(view, level, areas, all_years=all_years) for level, areas in chosen.items()]
    return Workbook(
        title=t("workbook.title", city=view.home.name),
        author=t("workbook.author", city=view.home.name),
        made=today,
        facts=_facts(view, parts, today, link),
        explained=_explained(view, parts),
        sheets=[*(_wide(view, part) for part in parts), _long(view, parts)],
        look=Look(ink=LIGHT.ink, head=LIGHT.on_accent, head_fill=LIGHT.accent, line=LIGHT.line),
    )


def unit_words(view: View, indicator: str) -> str:
    """Give the unit of an indicator in words that stand alone."""
    entry = view.catalogue.indicator(indicator)
    if entry.unit_label is not None:
        return entry.unit_label.in_(view.language)
    word = UNIT_WORDS[entry.unit]
    return view.t(word) if view.t.has(word) else word


def part_of(view: View, level: str, areas: Sequence[Area], *, all_years: bool = False) -> Part:
    """Give areas with their figures, of every year or of the newest alone."""
    newest = area_figures.newest(view.warehouse, view.home.code, level)
    names = area_figures.choices(view, level)
    found = (
        area_figures.all_years(view.warehouse, [area.area_code for area in areas], names)
        if all_years
        else [figure for name in names for figure in newest[name].values()]
    )
    # A year of which no area has a value has no column of its own.
    years = {name: {figure.year for figure in newest[name].values()} for name in names}
    for figure in found:
        if figure.value is not None or figure.status == SUPPRESSED:
            years[figure.indicator].add(figure.year)
    figures = {(figure.indicator, figure.year, figure.area_code): figure for figure in found}
    return Part(level, areas, {name: sorted(years[name]) for name in names}, figures)


def _facts(view: View, parts: Sequence[Part], today: date, link: str) -> list[tuple[str, str]]:
    t = view.t
    long = t("workbook.all_values")
    areas = [_counted(view, part) for part in parts if part.areas]
    facts = [
        (t("workbook.what"), t("workbook.what_text", city=view.home.name, long=long)),
        (t("workbook.municipality"), f"{view.home.name} ({view.home.code})"),
        (t("workbook.areas"), "; ".join(areas) or t("workbook.none")),
        (t("workbook.made"), view.fmt.date(today)),
        (t("workbook.link"), link),
        (t("workbook.version"), t("workbook.version_text", version=version("hela-staden"))),
        (t("workbook.fingerprint"), view.warehouse.meta["fingerprint"]),
        (t("workbook.empty"), t("workbook.empty_text", long=long, status=t("workbook.status"))),
        (t("workbook.decimals"), t("workbook.decimals_text")),
    ]
    return [(label, text) for label, text in facts if text]


def _counted(view: View, part: Part) -> str:
    """Give how many areas there are, and of which division of the country: the end of their codes."""
    n, division = len(part.areas), part.areas[0].area_code.partition("_")[2]
    words = view.t.n("level.regso_n", n) if part.level == "regso" else view.t.n("level.deso_n", n)
    return f"{words} ({division})" if division else words


def _explained(view: View, parts: Sequence[Part]) -> Sheet:
    t = view.t
    names = list(dict.fromkeys(name for part in parts for name in part.years))
    return Sheet(
        t("workbook.about"),
        [
            Column(t("workbook.indicator"), NAME),
            Column(t("workbook.definition"), READ),
            Column(t("workbook.unit"), NUMBER),
            Column(t("workbook.year"), NUMBER),
            Column(t("workbook.source"), NAME + 6),
            Column(t("workbook.fetched"), NUMBER),
            Column(t("workbook.caveats"), READ + 10),
        ],
        [explanation(view, name, [part for part in parts if name in part.years]) for name in names],
        t("workbook.no_rows"),
    )


def explanation(view: View, name: str, parts: Sequence[Part]) -> list[str]:
    """Say what a figure is: name, definition, unit, years, source, when that was fetched, caveats."""
    language, entry = view.language, view.catalogue.indicator(name)
    sources = list(dict.fromkeys(view.catalogue.source_of(name, part.level) for part in parts))
    years = sorted({year for part in parts for year in part.years[name]})
    statuses = {(part.level, one.status) for part in parts for key, one in part.figures.items() if key[0] == name}
    credited = sorted({view.catalogue.credit(name, *one).in_(language) for one in statuses}, reverse=True)
    breaks = sorted({year for part in parts for year in entry.breaks(part.level) if years[0] < year <= years[-1]})
    marked = view.t("methods.break_text", years=", ".join(map(view.fmt.year, breaks))) if breaks else ""
    definition = [entry.definition.in_(language), entry.derivation.in_(language) if entry.derivation else ""]
    return [
        entry.name.in_(language),
        " ".join(text for text in definition if text),
        unit_words(view, name),
        ", ".join(map(view.fmt.year, years)),
        "\n".join([*credited, *(source.name.in_(language) for source in sources)]),
        ", ".join(dict.fromkeys(source.access_date for source in sources)),
        "\n".join(text for text in [marked, *(caveat.in_(language) for caveat in entry.caveats)] if text),
    ]


def _wide(view: View, part: Part) -> Sheet:
    """Give the sheet with a row for each area and a column for each figure."""
    t, small = view.t, part.level == "deso"
    named = [Column(t("workbook.code"), CODE), _named(view, part.areas)]
    shown = [(name, year) for name, years in part.years.items() for year in years]
    headings = [Column(_heading(view, name, year), NUMBER, numeric=True) for name, year in shown]
    rows: list[list[Cell]] = []
    for area in part.areas:
        kind: list[Cell] = [t(f"kind.{area.kind}") if area.kind else None] if small else []
        values = [_value(view, name, part.figures.get((name, year, area.area_code))) for name, year in shown]
        rows.append([area.code, area.label, *kind, *values])
    return Sheet(
        t(f"level.{part.level}"),
        [*named, *([Column(t("workbook.kind"), NAME - 6)] if small else []), *headings],
        rows,
        t("workbook.no_rows"),
        kept=len(named),
    )


def _named(view: View, areas: Sequence[Area]) -> Column:
    """Give the column of names, as wide as the longest of them, within bounds."""
    return Column(view.t("workbook.area"), min(max([NAME, *(len(area.label) + 1 for area in areas)]), READ))


def _heading(view: View, name: str, year: int) -> str:
    short = view.catalogue.indicator(name).short_name.in_(view.language)
    return f"{short}, {view.fmt.year(year)} ({unit_words(view, name)})"


def _value(view: View, name: str, figure: Figure | None) -> Cell:
    """Give a value as a number, “..” for what the source does not show, and nothing for what is missing."""
    if figure is None:
        return None
    if figure.value is None:
        return MISSING if figure.status == SUPPRESSED else None
    return Number(figure.value, view.catalogue.indicator(name).decimals)


def _long(view: View, parts: Sequence[Part]) -> Sheet:
    """Give the sheet with a row for each value, also for those that are missing, with the reason."""
    t = view.t
    rows = [
        _long_row(view, part, area, name, year)
        for part in parts
        for area in part.areas
        for name, years in part.years.items()
        for year in years
    ]
    return Sheet(
        t("workbook.all_values"),
        [
            Column(t("workbook.code"), CODE),
            _named(view, [area for part in parts for area in part.areas]),
            Column(t("workbook.level"), CODE),
            Column(t("workbook.indicator"), NAME + 14),
            Column(t("workbook.year"), 8, numeric=True),
            Column(t("workbook.value"), NUMBER, numeric=True),
            Column(t("workbook.unit"), NUMBER),
            Column(t("workbook.status"), NAME),
            Column(t("workbook.source"), READ),
        ],
        rows,
        t("workbook.no_rows"),
        kept=2,
    )


def _long_row(view: View, part: Part, area: Area, name: str, year: int) -> list[Cell]:
    figure = part.figures.get((name, year, area.area_code))
    status = "missing" if figure is None else figure.status
    reason = area_figures.reason(view, figure)
    return [
        area.code,
        area.label,
        view.t(f"level.{part.level}"),
        view.catalogue.indicator(name).name.in_(view.language),
        Number(year, grouped=False),
        _value(view, name, figure),
        unit_words(view, name),
        view.t(f"status.{status}") + (f": {reason}" if reason else ""),
        view.catalogue.credit(name, part.level, status).in_(view.language),
    ]
