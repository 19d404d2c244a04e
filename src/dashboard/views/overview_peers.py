"""The home municipality beside its peers, one strip an indicator."""

from __future__ import annotations

from dashboard.views import charts, tables
from dashboard.views.area_figures import shown
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.views.municipality_figures import Series, home_series, series
from dashboard.views.pictures import show_chart
from dashboard.views.words import listed, lower_first, sentence
from dashboard.warehouse.connection import query_text

INDICATORS = (
    "low_economic_standard_share",
    "disposable_income_median",
    "employment_rate_december",
    "unemployment_rate_december",
    "post_secondary_education_share",
    "foreign_background_share",
    "rental_tenure_share",
    "one_person_household_share",
    "age_20_34_share",
)
FEWEST = 2


def show_peers(view: View) -> None:
    """Lay out one strip an indicator, with the home municipality marked among its peers."""
    lines = [(name, *_newest(view, name)) for name in INDICATORS if home_series(view.warehouse, name)]
    lines = [line for line in lines if len(line[2]) >= FEWEST]
    if not lines:
        return
    content = _figure(view, lines)

    def draw() -> None:
        spec = charts.strip_plot(
            [
                charts.StripRow(
                    label=view.catalogue.indicator(name).short_name.in_(view.language),
                    dots=[
                        charts.Dot(one.name, one.at(year) or 0.0, shown(view, name, one.at(year)), home=one.home)
                        for one in found
                    ],
                    sub_label=view.fmt.year(year),
                )
                for name, year, found in lines
            ],
            theme=view.theme,
            t=view.t,
            description=content.summary,
        )
        show_chart(spec, key="peers-chart", alt=content.summary)

    show_figure(view, content, draw)


def _newest(view: View, name: str) -> tuple[int, list[Series]]:
    line = home_series(view.warehouse, name)
    year = line.known[-1].year if line else 0
    return year, [one for one in series(view.warehouse, name) if one.at(year) is not None]


def _position(year: int, found: list[Series]) -> tuple[int, int]:
    """Count the peers above and below the home municipality."""
    home = next(one.at(year) or 0.0 for one in found if one.home)
    values = [one.at(year) or 0.0 for one in found if not one.home]
    return sum(value > home for value in values), sum(value < home for value in values)


def _figure(view: View, lines: list[tuple[str, int, list[Series]]]) -> Figure:
    t = view.t
    places = {name: _position(year, found) for name, year, found in lines}
    label = {name: lower_first(view.catalogue.indicator(name).short_name.in_(view.language)) for name, _, _ in lines}
    top = [label[name] for name, (above, _) in places.items() if above == 0]
    bottom = [label[name] for name, (_, below) in places.items() if below == 0]
    parts = [
        t("peers.highest", names=listed(top, t)) if top else "",
        t("peers.lowest", names=listed(bottom, t)) if bottom else "",
        t("peers.middle"),
    ]
    peers = max(len(found) for _, _, found in lines) - 1
    return Figure(
        key="peers",
        title=t(
            "peers.title",
            city=view.home.name,
            all=view.fmt.number(peers + 1),
            figures=view.fmt.number(len(lines)),
            top=view.fmt.number(len(top)),
            bottom=view.fmt.number(len(bottom)),
        ),
        summary=sentence(*parts),
        table=_table(view, lines),
        rows=[
            {
                "municipality": one.municipality,
                "name": one.name,
                "indicator": name,
                "year": year,
                "value": one.at(year),
                "source": one.source,
            }
            for name, year, found in lines
            for one in found
        ],
        evidence=Evidence(
            indicators=[name for name, _, _ in lines],
            credits=[view.catalogue.credit(name, "municipality").in_(view.language) for name, _, _ in lines],
            sources=list(dict.fromkeys(found[0].source for _, _, found in lines)),
            queries=[
                Query(
                    "municipality_series",
                    query_text("municipality_series"),
                    {"indicators": [name for name, _, _ in lines]},
                )
            ],
        ),
    )


def _table(view: View, lines: list[tuple[str, int, list[Series]]]) -> str:
    t = view.t
    rows = []
    for name, year, found in lines:
        entry = view.catalogue.indicator(name).short_name.in_(view.language)
        by_code = {one.municipality: one for one in found}
        row: dict[str, str | tables.Cell] = {"indicator": f"{entry}, {view.fmt.year(year)}"}
        for city in view.municipalities:
            one = by_code.get(city.code)
            text = shown(view, name, one.at(year) if one else None)
            row[city.code] = tables.Cell(text, "" if one else t("note.absent_in_source"))
        rows.append(row)
    return tables.table_html(
        [
            tables.Column("indicator", t("peers.indicator")),
            *(tables.Column(city.code, city.name, numeric=True) for city in view.municipalities),
        ],
        rows,
        caption=t("peers.table"),
        t=t,
    )
