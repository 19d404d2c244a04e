"""The command on bespoke neighbourhoods of a grid file: who the k nearest people of every cell are."""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.file_swap import file_swapped_in
from dashboard.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dashboard.measures.grid_profile import GridPoint
    from dashboard.neighbourhood_run import Neighbourhoods
    from dashboard.sources.grid_file import Grid

ENDINGS = (".csv", ".parquet")
LARGEST_K, MOST_KS = 10_000_000, 20


class NeighbourhoodCommandError(Exception):
    """The command was refused; the text is the sentence for stderr."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What the profile becomes on the page, and which cells of the grid lie in the municipality."""

    municipality: str
    split: str
    year: int
    source: str
    inside: NDArray[np.bool_]


def add_neighbourhood_command(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `dashboard neighbourhoods`."""
    parser.add_argument("file", type=Path, metavar="GRID", help="CSV or Parquet: a point and counts of each cell")
    parser.add_argument(
        "--output", type=Path, required=True, metavar="FILE", help="where the shares go: .csv or .parquet"
    )
    parser.add_argument("--k", default="200,400,800,1600,3200,6400,12800", metavar="K,K,…", help="how many people")
    parser.add_argument("--x", default="x", metavar="COLUMN", help="metres east in SWEREF 99 TM (EPSG:3006)")
    parser.add_argument("--y", default="y", metavar="COLUMN", help="metres north")
    parser.add_argument("--total", metavar="COLUMN", help="all people of the cell; the rest of them becomes a group")
    parser.add_argument("--groups", metavar="COLUMN,…", help="counts of the groups; by default all other columns")
    page = parser.add_argument_group("for the page", "what puts the profile, without the cells, into the data folder")
    page.add_argument("--split", metavar="SPLIT", help="the split of the catalogue that the groups are")
    page.add_argument("--year", metavar="YEAR", help="the year that the counts are of")
    page.add_argument("--source", metavar="TEXT", help="where the counts come from, as the page is to tell it")
    page.add_argument("--municipality", metavar="CODE", help="whose page; by default the home municipality's")
    parser.set_defaults(command=_neighbourhoods)


def _neighbourhoods(options: argparse.Namespace, settings: Settings) -> int:
    from dashboard.measures.grid_profile import grid_profile
    from dashboard.measures.neighbourhoods import possible_scales
    from dashboard.neighbourhood_run import NeighbourhoodRun, RunBusyError
    from dashboard.sources.grid_file import read_grid
    from dashboard.sources.progress import Progress

    ks = _scales(options.k)
    output = _output(options)
    year = _year(options)
    groups = [name.strip() for name in (options.groups or "").split(",") if name.strip()]
    grid = read_grid(options.file, options.x, options.y, groups=groups, total=options.total)
    people = float(grid.n.sum())
    possible = possible_scales(ks, people)
    _say(f"{options.file}: {len(grid.n)} inhabited cells, {people:.0f} people, {', '.join(grid.groups)}.")
    if grid.empty:
        _say(f"    {grid.empty} cells where nobody lives are left out.")
    if not possible:
        raise NeighbourhoodCommandError(f"There are fewer than {ks[0]} people in the file: ask for smaller --k.")
    page = None if year is None else _page(options, settings, grid, year)
    asked = {"x": options.x, "y": options.y, "total": options.total, "groups": grid.groups, "k": ks}
    run = NeighbourhoodRun(
        grid.x, grid.y, grid.n, possible, output=output, fingerprint=_fingerprint(options.file, asked)
    )
    if finished := run.finished_cells():
        _say(f"    goes on where it was interrupted: {finished} cells are done.")
    progress = Progress()
    progress.begin(f"the {', '.join(map(str, possible))} nearest people", len(grid.n))
    try:
        found = run.work(progress.at)
    except KeyboardInterrupt:
        sys.stderr.write(f"\nInterrupted: {output} is not written; the same command goes on from here.\n")
        raise
    except RunBusyError:
        raise NeighbourhoodCommandError(
            f"Another run is working on {output}: wait for it, or name another --output."
        ) from None
    progress.end()
    points = grid_profile(grid.n, found.shares, ks, people_in=possible)
    _write(output, grid, found, possible, asked)
    profile = output.with_name(f"{output.stem}.profile.csv")
    with file_swapped_in(profile) as new:
        new.write_text(_profile_csv(points), "utf-8")
    _say(_profile_text(points).rstrip())
    _say(f"Written: {output}, {profile}.")
    if page is not None:
        inside = grid_profile(grid.n[page.inside], found.shares[:, page.inside], ks, people_in=possible)
        _put_on_page(page, inside, grid, options, settings)
    run.clear()
    return 0


def _year(options: argparse.Namespace) -> int | None:
    """Give the year of a profile for the page, None when none is asked for."""
    from dashboard.sources.grid_profiles import source_fault

    wanted = {"--split": options.split, "--year": options.year, "--source": options.source}
    if absent := [name for name, given in wanted.items() if given is None]:
        if len(absent) < len(wanted) or options.municipality:
            raise NeighbourhoodCommandError(f"A profile for the page needs {', '.join(absent)} too.")
        return None
    if not re.fullmatch("[1-9][0-9]{3}", options.year):
        raise NeighbourhoodCommandError(f"--year: “{options.year}” is not a year with four digits.")
    if fault := source_fault(options.source):
        raise NeighbourhoodCommandError(f"--source: {fault}.")
    return int(options.year)


def _page(options: argparse.Namespace, settings: Settings, grid: Grid, year: int) -> _Page:
    """Hold the grid to what the page can show, before the work begins."""
    from dashboard.sources.grid_profiles import cells_within, split_for
    from dashboard.sources.network_import import bundled_municipality

    municipality = settings.municipality or bundled_municipality(settings.data_folder)
    split = split_for(settings.data_folder, options.split, grid.groups)
    inside = cells_within(settings.data_folder, municipality, grid.x, grid.y)
    counts = grid.n[inside].sum(axis=0)
    shares = ", ".join(f"{name} {share:.1%}" for name, share in zip(grid.groups, counts / counts.sum(), strict=True))
    # Before the split is known, what the file counts is called people.
    unit = "people" if split.unit == "persons" else split.unit
    _say(f"    {inside.sum()} cells with {counts.sum():.0f} {unit} lie in municipality {municipality}: {shares}.")
    return _Page(municipality, split.id, year, options.source, inside)


def _put_on_page(
    page: _Page, points: Sequence[GridPoint], grid: Grid, options: argparse.Namespace, settings: Settings
) -> None:
    from dashboard.sources.grid_profiles import GridMeta, GridProfile, ProfilePoint, cell_size, write_profile

    if not page.inside.all():
        _say(f"Of the cells in municipality {page.municipality} alone:")
        _say(_profile_text(points).rstrip())
    meta = GridMeta(
        municipality=page.municipality,
        split=page.split,
        year=page.year,
        source=page.source,
        made=dt.datetime.now(dt.UTC).date().isoformat(),
        groups=grid.groups,
        cells=int(page.inside.sum()),
        people=round(float(grid.n[page.inside].sum())),
        cell_metres=cell_size(grid.x, grid.y),
        file=options.file.name,
        file_sha256=_digest(options.file),
        output_sha256=_digest(options.output),
    )
    profile = GridProfile(meta, tuple(ProfilePoint(*astuple(one)) for one in points))
    folder = write_profile(settings.data_folder, profile)
    _say(f"For the page: {folder}; the dashboard builds its warehouse anew by itself.")


def _output(options: argparse.Namespace) -> Path:
    output: Path = options.output
    if output.suffix.lower() not in ENDINGS:
        raise NeighbourhoodCommandError(f"{output.name} must end in .csv or .parquet: that says how it is written.")
    if not output.parent.is_dir():
        raise NeighbourhoodCommandError(f"There is no folder {output.parent} to write to.")
    if output.exists() and options.file.exists() and output.samefile(options.file):
        raise NeighbourhoodCommandError("The result would replace the grid file itself: name another --output.")
    return output


def _scales(text: str) -> list[int]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if wrong := [part for part in parts if not part.isdecimal() or not 0 < int(part) <= LARGEST_K]:
        raise NeighbourhoodCommandError(f"--k: “{wrong[0]}” is not a whole number of people, from 1 to {LARGEST_K}.")
    if not 0 < len(parts) <= MOST_KS:
        raise NeighbourhoodCommandError(f"--k: name from 1 to {MOST_KS} numbers of people, such as 200,1600,12800.")
    return sorted({int(part) for part in parts})


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _fingerprint(file: Path, asked: dict[str, object]) -> str:
    return hashlib.sha256((_digest(file) + json.dumps(asked, sort_keys=True)).encode()).hexdigest()


def _write(output: Path, grid: Grid, found: Neighbourhoods, ks: Sequence[int], asked: dict[str, object]) -> None:
    import pyarrow as pa
    from pyarrow import csv, parquet

    columns: dict[str, object] = {"x": grid.x, "y": grid.y, "people": grid.n.sum(axis=1)}
    for place, k in enumerate(ks):
        for group, name in enumerate(grid.groups):
            columns[f"share_{name}_{k}"] = found.shares[place, :, group]
        columns[f"metres_{k}"] = found.metres[place]
    table = pa.table(columns).replace_schema_metadata({"dashboard": json.dumps(asked)})
    with file_swapped_in(output) as new:
        if output.suffix.lower() == ".csv":
            csv.write_csv(table, new)
        else:
            parquet.write_table(table, new)


def _profile_csv(points: Sequence[GridPoint]) -> str:
    from dashboard.sources.grid_profiles import ProfilePoint, profile_csv

    return profile_csv([ProfilePoint(*astuple(one)) for one in points])


def _profile_text(points: Sequence[GridPoint]) -> str:
    names = list(dict.fromkeys(one.measure for one in points))
    rows = [["k", *names]]
    for k in dict.fromkeys(one.k for one in points):
        cells = ["" if one.value is None else f"{one.value:.4f}" for one in points if one.k == k]
        rows.append(["cell" if k is None else str(k), *cells])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "".join("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() + "\n" for row in rows)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - what a command answers
