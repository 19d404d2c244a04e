"""The municipality's own grid in the profile over scales: its line, its sentence, its column and where it is from."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from dashboard.catalogue import Split
from dashboard.views import scale_reports, tables
from dashboard.views.charts import ScaleDot
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Query
from dashboard.views.scale_reports import OwnGrid
from dashboard.views.segregation import value_text
from dashboard.views.words import lower_first, sentence
from dashboard.warehouse.connection import query_text

#: From this share of all people on, a scale says hardly more than the areas or cells do.
MOSTLY = 0.5


def nearest(view: View, split: Split, k: int) -> str:
    """Say how many of the nearest a scale looks at."""
    return view.t(f"scale.nearest_{split.unit}", k=view.fmt.number(k))


@dataclass(frozen=True)
class GridLine:
    """A grid beside the areas, in a split and a measure."""

    split: Split
    measure: str
    grid: OwnGrid

    def name(self, view: View) -> str:
        """Say what the line is: the size of its cells, where they have one, and its year."""
        year, metres = view.fmt.year(self.grid.year), self.grid.cell_metres
        if metres is None:
            return view.t("scale.grid_any", year=year)
        return view.t("scale.grid", metres=view.fmt.number(metres), year=year)

    def summary(self, view: View) -> str:
        """Say what the line shows, and where it says no more than the cells."""
        (first_k, first), (last_k, last) = self.grid.known[0], self.grid.known[-1]
        inside = [k for k, one in self.grid.known if (one.at_home or 0.0) >= MOSTLY]
        return sentence(
            view.t(
                "scale.grid_summary",
                grid=lower_first(self.name(view)),
                first=value_text(view, self.measure, first.value),
                first_k=nearest(view, self.split, first_k),
                last=value_text(view, self.measure, last.value),
                last_k=nearest(view, self.split, last_k),
            ),
            view.t("scale.grid_within", k=nearest(view, self.split, inside[-1])) if inside else "",
        )

    def dots(self, view: View) -> list[ScaleDot]:
        """Give the values as the chart draws them."""
        scale, name = view.catalogue.measures[self.measure].scale, self.name(view)
        return [
            ScaleDot(
                k,
                (one.value or 0.0) * scale,
                view.t("scale.grid_dot", k=nearest(view, self.split, k), grid=lower_first(name)),
                value_text(view, self.measure, one.value),
                within=(one.at_home or 0.0) >= MOSTLY,
            )
            for k, one in self.grid.known
        ]

    def label_of_cells(self, view: View) -> str:
        """Say how many cells there are and how many live in one, for the row of the cells themselves."""
        cells, people = self.grid.cells, self.grid.people
        return view.t(
            f"scale.mean_{self.split.unit}",
            level=view.t.n("scale.grid_cells", cells, n=view.fmt.number(cells)),
            people=view.fmt.number(people / cells),
        )

    def cell(self, view: View, k: int | None) -> str | tables.Cell:
        """Give the value at a scale, for the column beside that of the areas; empty where the grid lacks the scale."""
        one = next((one for one in self.grid.points if one.k == k), None)
        if one is None:
            return ""
        return tables.Cell(
            value_text(view, self.measure, one.value), view.t(f"reason.{one.reason}") if one.reason else ""
        )

    def download_rows(self) -> list[dict[str, object]]:
        """Give the values for the files, as those of the areas are given; of the cells themselves ``k`` is empty."""
        return [
            {"counted_in": "grid", "year": self.grid.year, **asdict(one), "lower": None, "upper": None}
            for one in self.grid.points
        ]

    def evidence(self, view: View, found: Evidence, year: int) -> Evidence:
        """Add to what the areas rest on what the grid rests on."""
        t, fmt, grid = view.t, view.fmt, self.grid
        how = t(
            f"scale.grid_how_{self.split.unit}",
            grid=self.name(view),
            source=grid.source,
            cells=t.n("scale.grid_cells", grid.cells, n=fmt.number(grid.cells)),
            people=fmt.number(grid.people),
        )
        return replace(
            found,
            further_credits=[t("scale.grid_credit", source=grid.source)],
            years=fmt.year(year)
            if year == grid.year
            else t("scale.grid_years", areas=fmt.year(year), grid=fmt.year(grid.year)),
            queries=[*found.queries, Query("grid_profile", query_text("grid_profile"), self.key(year))],
            notes=[*found.notes, how, t("scale.grid_border"), t("scale.grid_chance")],
        )

    def key(self, year: int) -> dict[str, object]:
        """Give what the query for the grid was asked with, for a year of the areas."""
        return scale_reports.grid_key(self.split.id, year, self.measure)


def without_grid(view: View, found: Evidence) -> Evidence:
    """Add what would show finer differences."""
    return replace(found, notes=[*found.notes, view.t("scale.grid_none")])
