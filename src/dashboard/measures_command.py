"""The command that prints the measures: of one split or of income in one city with intervals, or a panel."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from typing import TYPE_CHECKING

from dashboard.measures.spark_engine import THIS_MACHINE, spark_cursor
from dashboard.settings import Settings

if TYPE_CHECKING:
    from dashboard.measures.cursor import Cursor
    from dashboard.warehouse.connection import Warehouse

COLUMNS = (
    "municipality",
    "level",
    "year",
    "split",
    "measure",
    "value",
    "lower",
    "upper",
    "random_floor",
    "areas",
    "reason",
)
REPORT_TABLE = ("year", "measure", "value", "lower", "upper", "random_floor", "areas", "reason")
PANEL_COLUMNS = ("municipality", "level", "year", "split", "measure", "value", "areas", "reason")
LEVELS = ("deso", "regso")


class MeasuresCommandError(Exception):
    """The command was refused; the text is the sentence for stderr."""


def add_measures_command(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `dashboard measures`."""
    measured = parser.add_mutually_exclusive_group()
    measured.add_argument("--split", help="for example foreign_background; see data/catalogue/splits")
    measured.add_argument(
        "--income", action="store_true", help="by rank of income, where the data hold quartiles; see docs/data.md"
    )
    parser.add_argument("--level", choices=LEVELS, help="deso unless something else is asked for")
    parser.add_argument("--year", type=int, help="by default every year that has figures")
    parser.add_argument("--of", metavar="CODE", help="a municipality in the data; by default the home one")
    parser.add_argument(
        "--panel",
        action="store_true",
        help="every municipality, level, year and split in one query, or those named; values without intervals;"
        " with --income those of income instead",
    )
    parser.add_argument("--format", choices=("json", "csv", "table"), default="table")
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb", help="what runs the queries")
    parser.add_argument(
        "--spark-master", metavar="MASTER", default=THIS_MACHINE, help=f"by default this machine, {THIS_MACHINE}"
    )
    parser.add_argument(
        "--spark-tables",
        metavar="FOLDER",
        help="Parquet files that Spark reads, in split_count/ and group_count/; by default those of the warehouse",
    )
    parser.set_defaults(command=_measures, refuse=parser.error)


def _measures(options: argparse.Namespace, settings: Settings) -> int:
    from dashboard.catalogue import load_catalogue
    from dashboard.warehouse.connection import Warehouse
    from dashboard.warehouse.freshness import ensure_fresh

    if not options.panel and not options.income and options.split is None:
        options.refuse("name a split with --split, ask for income with --income, or for all splits with --panel")
    if options.income and options.engine == "spark":
        options.refuse("--income needs the engine duckdb: Spark has the splits alone")
    if options.engine != "spark" and (options.spark_tables or options.spark_master != THIS_MACHINE):
        options.refuse("--spark-master and --spark-tables need --engine spark")
    # Built first: that is also what checks the catalogue.
    ensure_fresh(settings, _tell)
    splits = load_catalogue(settings.data_folder / "catalogue", validate=False).splits
    if options.split is not None and options.split not in splits:
        raise MeasuresCommandError(f"There is no split {options.split}; choose one of {', '.join(sorted(splits))}.")
    warehouse = Warehouse(settings.warehouse_file, settings.memory_limit)
    rows = _income(warehouse, options) if options.income else _of_splits(warehouse, options)
    columns = PANEL_COLUMNS if options.panel else COLUMNS
    in_table = PANEL_COLUMNS if options.panel else REPORT_TABLE
    sys.stdout.writelines(_formatted(rows, options.format, columns, in_table))
    return 0


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _of_splits(warehouse: Warehouse, options: argparse.Namespace) -> list[dict[str, object]]:
    with ExitStack() as stack:
        cursor: Cursor = stack.enter_context(warehouse.cursor())
        if options.engine == "spark":
            source = options.spark_tables or stack.enter_context(warehouse.cursor())
            cursor = stack.enter_context(spark_cursor(source, options.spark_master))
        if options.panel:
            return _panel(cursor, options)
        return _report(cursor, options, options.of or warehouse.meta["municipality"])


def _report(cursor: Cursor, options: argparse.Namespace, municipality: str) -> list[dict[str, object]]:
    from dashboard.measures.report import measure_report

    level = options.level or LEVELS[0]
    rows = measure_report(cursor, municipality, level, options.year, options.split)
    if all(row.reason == "no_areas" for row in rows):
        year = f" in {options.year}" if options.year else ""
        raise MeasuresCommandError(
            f"There are no figures for {options.split} in municipality {municipality} at level {level}{year}."
        )
    return [asdict(row) for row in rows]


def _panel(cursor: Cursor, options: argparse.Namespace) -> list[dict[str, object]]:
    from dashboard.measures.segregation import multigroup_panel, panel

    rows = [
        row
        for ask in (panel, multigroup_panel)
        for row in ask(cursor, municipality=options.of, level=options.level, year=options.year, split=options.split)
        if row.reason != "no_areas"
    ]
    if not rows:
        raise MeasuresCommandError("There are no figures for what was asked for: leave out --of, --level or --year.")
    return [{name: getattr(row, name) for name in PANEL_COLUMNS} for row in rows]


def _income(warehouse: Warehouse, options: argparse.Namespace) -> list[dict[str, object]]:
    from dashboard.measures.income import income_panel, income_report
    from dashboard.warehouse.income_quartiles import read_quartiles

    if options.panel:
        municipality, level = options.of, options.level
    else:
        municipality, level = options.of or warehouse.meta["municipality"], options.level or LEVELS[0]
    held = read_quartiles(warehouse, municipality, level)
    found = [one for one in held if options.year in (None, one.year)]
    if not found:
        raise MeasuresCommandError(_no_quartiles(municipality, level, options.year, sorted({one.year for one in held})))
    for one in found:
        if one.stand_in:
            _tell(
                f"Municipality {one.municipality}, level {one.level}, {one.year}: the population stands in for the"
                " persons of the income statistics in at least one area."
            )
    ask = income_panel if options.panel else income_report
    return [asdict(row) for one in found for row in ask(one.municipality, one.level, one.year, one.shares, one.persons)]


def _no_quartiles(municipality: str | None, level: str | None, year: int | None, years: list[int]) -> str:
    """Say that the data lack income quartiles, and what would fill them."""
    words = ["There are no income quartiles"]
    words += [f"for municipality {municipality}"] if municipality else []
    words += [f"at level {level}"] if level else []
    words += [f"in {year}"] if year else []
    if years:
        return f"{' '.join(words)}; there are for {', '.join(map(str, years))}."
    return (
        f"{' '.join(words)}: add the rows income_quartile_1 to income_quartile_4 and income_persons of SCB's table"
        " TAB6684 to its files, and run `dashboard bundle` again (docs/data.md)."
    )


def _formatted(
    rows: list[dict[str, object]], form: str, columns: tuple[str, ...], in_table: tuple[str, ...]
) -> Iterator[str]:
    if form == "json":
        yield json.dumps([{name: row[name] for name in columns} for row in rows], indent=2, allow_nan=False) + "\n"
    elif form == "csv":
        text = io.StringIO()
        writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        yield text.getvalue()
    else:
        cells = [list(in_table), *([_cell(row[name]) for name in in_table] for row in rows)]
        widths = [max(len(line[column]) for line in cells) for column in range(len(in_table))]
        for line in cells:
            yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n"


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.4f}" if isinstance(value, float) else str(value)
