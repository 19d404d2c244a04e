"""The page on an area: what it says, worked out by the same views as the screen, without a visitor."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

from dashboard.register.contents import Contents
from dashboard.register.project_life import ProjectState, states
from dashboard.sheets import AreaSheet, KeyFigure, Listed
from dashboard.views import area_figures
from dashboard.views.area_changes import changes
from dashboard.views.area_sheet_bars import age_bars, share_of, tenure_bars
from dashboard.views.area_sheet_map import small_map
from dashboard.views.areas import SMALL_AREA_SEPARATOR, Area, home_areas, short_name
from dashboard.views.context import View
from dashboard.views.districts_compare import city_value
from dashboard.views.districts_selection import KEYS
from dashboard.views.figure import Evidence, source_text
from dashboard.views.numbers import NBSP
from dashboard.views.page_links import page_address
from dashboard.views.places_register import projects_in
from dashboard.views.provenance import paper_line
from dashboard.views.roadmap_words import state_word
from dashboard.views.words import genitive, lower_first

#: What the page shows, as far as the data have it, and how many of them fit.
FIGURES = (
    "population",
    "foreign_background_share",
    "low_economic_standard_share",
    "disposable_income_median",
    "employment_rate_20_64",
    "unemployment_rate_20_64",
    "post_secondary_education_share",
    "rental_tenure_share",
    "one_person_household_share",
    "socio_economic_index",
    "apartment_building_share",
)
MOST_FIGURES, MOST_CHANGES, MOST_PROJECTS, MOST_CAVEATS = 10, 5, 4, 2


def sheet_areas(view: View, level: str) -> tuple[Area, ...]:
    """Give the areas of the home municipality that there can be a page on."""
    return home_areas(view.warehouse, view.home.code, level)


def area_sheet(view: View, level: str, area: Area, contents: Contents | None, *, today: date, public: str) -> AreaSheet:
    """Give what the page on an area says.

    Parameters
    ----------
    view
        The view; its language is that of the page.
    level, area
        Which area, and of which level.
    contents
        What the public may see of the register; None when it did not answer.
    today
        The day that the page is made.
    public
        Where the dashboard is served; empty where that is not known.
    """
    # A line never ends in the dot before a code.
    t, name = view.t, (short_name(area.label) or area.code).replace(SMALL_AREA_SEPARATOR, f"{NBSP}·{NBSP}")
    shown = _indicators(view, level)
    address = page_address(view, "districts", niva=level, **{KEYS[level]: area.code})
    return AreaSheet(
        language=view.language,
        name=name,
        kind=_kind(view, level, area),
        document=t("sheet.document", area=name, city=view.home.name),
        title=_title(view, area),
        lead=_lead(view),
        map=small_map(view, level, area),
        figures_heading=t("sheet.figures"),
        headings=(t("sheet.figure"), t("sheet.area"), t("sheet.city"), t("sheet.place")),
        legend=(t("sheet.area"), t("sheet.city"), t("sheet.others")),
        figures_note=t(
            "sheet.ends_deso" if level == "deso" else "sheet.ends_regso", owner=genitive(view.home.name, view.language)
        ),
        figures=tuple(_key_figure(view, level, one, area) for one in shown),
        ages=age_bars(view, area),
        tenure=tenure_bars(view, area),
        change=_change(view, level, area, shown),
        roadmap=_roadmap(view, level, area, contents, today),
        caveats=_caveats(view, shown),
        how=_how(view, level, area, shown),
        made=t("sheet.made", date=view.fmt.date(today)),
        fingerprint=paper_line(view),
        link=f"{public}/{address}" if public else "",
        link_text=t("sheet.link"),
        file_name=file_name(view, level, area),
    )


def file_name(view: View, level: str, area: Area) -> str:
    """Give the name of the file of an area's page, without ending: letters of ASCII, digits and hyphens."""
    kind = view.t("sheet.file_deso" if level == "deso" else "sheet.file_regso")
    plain = unicodedata.normalize("NFKD", area.name).encode("ascii", "ignore").decode("ascii").lower()
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return "-".join([kind, area.code, *words])[:120]


def _indicators(view: View, level: str) -> list[str]:
    there = area_figures.choices(view, level)
    return [name for name in FIGURES if name in there][:MOST_FIGURES]


def _kind(view: View, level: str, area: Area) -> str:
    if level == "regso":
        return view.t("sheet.kind_regso", code=area.code, city=view.home.name)
    return view.t("sheet.kind_deso", code=area.code, city=view.home.name, kind=lower_first(view.t(f"kind.{area.kind}")))


def _title(view: View, area: Area) -> str:
    t, fmt = view.t, view.fmt
    persons, young, rented = share_of(view, area.area_code)
    if persons is None:
        return t("sheet.title_none")
    people = fmt.number(persons)
    if young is None or rented is None:
        return t("sheet.title_persons", persons=people)
    return t("sheet.title", persons=people, young=fmt.percent(young, 0), rented=fmt.percent(rented, 0))


def _lead(view: View) -> str:
    _, young, rented = share_of(view, view.home.code)
    if young is None or rented is None:
        return view.t("sheet.lead_none")
    fmt = view.fmt
    return view.t("sheet.lead", city=view.home.name, young=fmt.percent(young, 0), rented=fmt.percent(rented, 0))


def _ends(view: View, level: str) -> str:
    owner = genitive(view.home.name, view.language)
    return view.t("sheet.ends_deso" if level == "deso" else "sheet.ends_regso", owner=owner)


def _key_figure(view: View, level: str, name: str, area: Area) -> KeyFigure:
    found = area_figures.newest(view.warehouse, view.home.code, level)[name]
    year = next(iter(found.values())).year
    own, whole = found.get(area.area_code), city_value(view, name, year)
    value = None if own is None else own.value
    known = sorted(figure.value for figure in found.values() if figure.value is not None)
    written = KeyFigure(
        name=view.catalogue.indicator(name).short_name.in_(view.language),
        year=view.fmt.year(year),
        value=area_figures.shown(view, name, value),
        city=area_figures.shown(view, name, whole),
        reason=area_figures.reason(view, own),
    )
    if len(known) < 2 or known[0] == known[-1]:
        return written
    low, high = known[0], known[-1]

    def place(one: float | None) -> float | None:
        # The whole city's number of people lies beyond those of its areas, and has no place between them.
        return None if one is None or not low <= one <= high else (one - low) / (high - low)

    return replace(
        written,
        lowest=_end(view, name, low),
        highest=_end(view, name, high),
        place=place(value),
        city_place=place(whole),
        others=tuple((one - low) / (high - low) for one in known),
    )


def _end(view: View, name: str, value: float) -> str:
    """Give an end of a strip; the unit stands beside it in the same row, so only a per cent sign is written again."""
    entry = view.catalogue.indicator(name)
    return view.fmt.with_unit(value, entry.unit, entry.decimals)


def _change(view: View, level: str, area: Area, shown: list[str]) -> Listed:
    t, fmt = view.t, view.fmt
    lines, broken = [], False
    for one in changes(view, level, area.area_code, shown)[:MOST_CHANGES]:
        entry = view.catalogue.indicator(one.indicator)
        unit = "" if entry.unit_label is None else entry.unit_label.in_(view.language)
        words = fmt.change(
            one.new,
            one.old,
            fmt.year(one.points[-2].year),
            t,
            unit=entry.unit,
            decimals=entry.decimals,
            unit_label=unit,
        )
        broken = broken or one.marked
        star = "*" if one.marked else ""
        lines.append(t("sheet.change_line", indicator=entry.short_name.in_(view.language), change=words) + star)
    note = t("sheet.break_note") if broken else ""
    return Listed(t("sheet.change"), tuple(lines), note, t("districts.change_none"))


def _roadmap(view: View, level: str, area: Area, contents: Contents | None, today: date) -> Listed:
    t = view.t
    if contents is None:
        return Listed(t("sheet.roadmap"), none=t("sheet.roadmap_silent"))
    found = projects_in(view, contents, area, today) if level == "regso" else _of_small_area(area, contents, today)
    lines = [
        t("sheet.project", project=one.project.said("name").in_(view.language), status=state_word(view, one))
        for one in found[:MOST_PROJECTS]
    ]
    more = len(found) - len(lines)
    note = t.n("sheet.projects_more", more) if more else ""
    return Listed(t("sheet.roadmap"), tuple(lines), note, t("sheet.roadmap_none"))


def _of_small_area(area: Area, contents: Contents, today: date) -> list[ProjectState]:
    """Give the projects that concern a small area: those of itself, and those of its whole neighbourhood."""
    codes = {area.code, (area.regso_code or "").partition("_")[0]}
    return [one for one in states(contents, today) if codes & set(one.project.areas)]


def _caveats(view: View, shown: list[str]) -> Listed:
    """Give the caveats that hold for most of the figures, after the one that holds for all."""
    counts: dict[str, int] = {}
    for name in shown:
        for caveat in view.catalogue.indicator(name).caveats:
            text = caveat.in_(view.language)
            counts[text] = counts.get(text, 0) + 1
    common = sorted((text for text, times in counts.items() if times > 1), key=lambda text: -counts[text])
    return Listed(view.t("sheet.caveats"), (view.t("sheet.caveat_people"), *common[:MOST_CAVEATS]))


def _how(view: View, level: str, area: Area, shown: list[str]) -> Listed:
    """Say how the figures were worked out, and credit each source, also that of the boundaries."""
    t = view.t
    newest = area_figures.newest(view.warehouse, view.home.code, level)
    of_areas = [
        view.catalogue.credit(name, level, own.status if own else "published").in_(view.language)
        for name in shown
        for own in [newest[name].get(area.area_code)]
    ]
    parts = [
        view.catalogue.credit(name, level, "derived").in_(view.language)
        for name in ("population_0_19", "dwellings_rented")
        if name in newest
    ]
    whole = [view.catalogue.credit(name, "municipality").in_(view.language) for name in shown if _of_city(view, name)]
    drawn = [
        (source.own_computation_citation or source.citation).in_(view.language)
        for name, source in view.catalogue.sources.items()
        if name == f"scb_areas_{level}_2025" and f"map_{level}" in view.warehouse.meta
    ]
    sources = list(dict.fromkeys([*of_areas, *parts, *whole, *drawn]))
    return Listed(t("sheet.how"), (t("sheet.how_text"), *([_credited(view, sources)] if sources else [])))


def _of_city(view: View, name: str) -> bool:
    return "municipality" in view.catalogue.indicator(name).sources


def _credited(view: View, lines: list[str]) -> str:
    return f"{source_text(view, Evidence(credits=lines))}."
