"""Fetches the statistical tables of Statistics Sweden and makes indicators of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dashboard.sources.area_codes import AreaCode
from dashboard.sources.false_zeros import without_false_zeros
from dashboard.sources.fetch_faults import ChangedMeanwhileError
from dashboard.sources.fetched import Fetched, Tell, Wanted
from dashboard.sources.json_stat import Structure
from dashboard.sources.observation_frame import together
from dashboard.sources.pxweb_client import PxWebClient, Table
from dashboard.sources.scb_cells import figures_of
from dashboard.sources.scb_choice import AREAS, Chosen, choose, name_of_regso
from dashboard.sources.scb_recipe_form import Recipe
from dashboard.sources.scb_recipes import RECIPES
from dashboard.sources.scb_rows import TableRows

NO_PERIOD = "the table has none of the years that are wanted"
NO_AREA = "the table has none of the municipalities"


class ScbStatistics:
    """The tables of SCB that the dashboard has a recipe for.

    Parameters
    ----------
    client
        The service.
    tables
        Identifiers of the tables that are fetched; None takes all that have a recipe.

    Raises
    ------
    ValueError
        When there is no recipe for a table.
    """

    name = "scb"

    def __init__(self, client: PxWebClient, tables: Sequence[str] | None = None) -> None:
        if unknown := [table for table in tables or () if table not in RECIPES]:
            raise ValueError(f"There is no recipe for {', '.join(unknown)}; there is one for {', '.join(RECIPES)}.")
        self._client = client
        self._recipes = [recipe for table, recipe in RECIPES.items() if tables is None or table in tables]

    def fetch(self, wanted: Wanted, tell: Tell) -> Fetched:
        """Fetch the tables and work the indicators out.

        Parameters
        ----------
        wanted
            Municipalities and years; all areas of each municipality are fetched, in both divisions.
        tell
            Called with each table, how many of its parts there are, and how many there will be.

        Returns
        -------
        Figures as a frame in the form of ``observation_frame``; one report a table, which counts figures by area and
        year; what was read, by source of the catalogue; names of the neighbourhoods.

        Raises
        ------
        FetchError
            When a table is not what its recipe takes it for, or cannot be had; answers that came are kept.
        """
        fetched, frames = Fetched(), []
        for recipe in self._recipes:
            table = self._client.table(recipe.table, may_be_closed=recipe.may_be_closed)
            chosen = choose(recipe, table.structure, wanted, _told(recipe))
            rows = TableRows(recipe, wanted)
            if chosen.areas and chosen.periods:
                self._read(table, chosen, rows, tell)
                fetched.files.setdefault(recipe.source, []).append(rows.file(table.updated))
            else:
                rows.report.leave_out(NO_PERIOD if chosen.areas else NO_AREA, 0)
            frames.append(together(rows.frames))
            fetched.harvest.reports.append(rows.report)
            fetched.regso_names |= _names(table.structure, chosen.areas)
        fetched.frame = together(frames)
        return fetched

    def _read(self, table: Table, chosen: Chosen, rows: TableRows, tell: Tell) -> None:
        """Fetch what was chosen of a table, and make its rows."""
        recipe, told = rows.recipe, _told(rows.recipe)
        selections = chosen.selections(self._client.most_cells())
        for number, selection in enumerate(selections, start=1):
            step = f"{table.identifier} {number}/{len(selections)}" if len(selections) > 1 else table.identifier
            cube = self._client.data(table, selection, _of_step(tell, step))
            rows.note(cube)
            areas = [chosen.areas[code] for code in selection[AREAS]]
            for figures in figures_of(without_false_zeros(cube, told), recipe, chosen.areas, told):
                rows.add(figures, areas)
        # Several selections are of several moments: the last must be of the same figures as the first.
        if len(selections) > 1:
            now = self._client.table(recipe.table, may_be_closed=recipe.may_be_closed)
            if now.updated != table.updated:
                raise ChangedMeanwhileError(
                    f"{told} got new figures while it was fetched: try again, and all of it is fetched anew."
                )


def _told(recipe: Recipe) -> str:
    return f"SCB ({recipe.table})"


def _of_step(tell: Tell, step: str) -> Callable[[int, int], None]:
    return lambda done, parts: tell(step, done, parts)


def _names(structure: Structure, areas: Mapping[str, AreaCode]) -> dict[str, str]:
    """Give the names of the neighbourhoods from the table's labels."""
    labels = structure.dimensions[structure.position(AREAS)].labels
    named = {
        area.full: name_of_regso(labels.get(code, ""), area.code)
        for code, area in areas.items()
        if area.level == "regso"
    }
    return {code: name for code, name in named.items() if name}
