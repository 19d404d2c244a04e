"""The report of an update: what came, what changed, what was checked and what is left to do, as plain text."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.sources.fetched import Fetched, FetchedFile, Wanted
from dashboard.update.changes import Changes

#: Of a long list so many rows are written out; the number of all stands before them.
MOST_ROWS = 25


@dataclass(frozen=True)
class Outcome:
    """How an update went.

    Attributes
    ----------
    wanted
        Municipalities and years.
    began
        With its time zone.
    seconds
        How long it took.
    fetched
        Word of ``--source`` → what was given.
    answers
        Word of ``--source`` → how many answers were sent whole, those that were kept from before not counted.
    changes
        Against the figures of before.
    checks
        What was checked and passed, in words.
    swapped
        Whether the new figures took the place of the old ones.
    """

    wanted: Wanted
    began: dt.datetime
    seconds: float
    fetched: Mapping[str, Fetched]
    answers: Mapping[str, int]
    changes: Changes
    checks: Sequence[str]
    swapped: bool


def report_lines(outcome: Outcome) -> list[str]:
    """Give the report as lines of Markdown that read well as they are."""
    return [
        *_head(outcome),
        *_fetched(outcome),
        *_new_years(outcome.changes),
        *_revised(outcome.changes),
        *_gone(outcome.changes),
        *_areas(outcome.changes),
        *_checks(outcome),
        *_to_do(outcome),
    ]


def _head(outcome: Outcome) -> Iterator[str]:
    wanted = outcome.wanted
    yield f"# Update of {outcome.began:%Y-%m-%d %H:%M %Z}".rstrip()
    yield ""
    peers = ", ".join(wanted.peers) or "none"
    years = "all" if wanted.years is None else ", ".join(map(str, sorted(wanted.years)))
    yield f"Municipality {wanted.municipality}; compared with: {peers}; years: {years}."
    if not outcome.swapped:
        yield "Nothing was replaced: this was a trial (`--dry-run`)."
    elif outcome.changes.nothing:
        yield "No figure differs from those of before."
    else:
        yield "The new figures have taken the place of the old ones."
    yield f"It took {outcome.seconds:.0f} s. Figures with a value: {outcome.changes.before} before,"
    yield f"{outcome.changes.after} now; {outcome.changes.came} came to years that had some before."


def _fetched(outcome: Outcome) -> Iterator[str]:
    yield from ("", "## What was fetched", "")
    for name, gave in outcome.fetched.items():
        yield f"- {name}: {outcome.answers.get(name, 0)} answers sent, the rest kept from before"
        for found in _files(gave):
            stamp = f", as of {found.updated.partition('T')[0]}" if found.updated else ""
            yield f"  - {found.name}: {found.rows} rows{stamp}"
        for report in gave.harvest.reports:
            for why, rows in sorted(report.left_out.items()):
                yield f"  - {report.name}: {rows} left out: {why}"


def _files(gave: Fetched) -> list[FetchedFile]:
    return list(dict.fromkeys(found for files in gave.files.values() for found in files))


def _new_years(changes: Changes) -> Iterator[str]:
    yield from ("", "## New years", "")
    if changes.new_years.empty:
        yield "None."
    alike: dict[str, list[str]] = {}
    for indicator, rows in changes.new_years.groupby("indicator"):
        alike.setdefault(_spans(list(rows["year"])), []).append(str(indicator))
    for years, indicators in alike.items():
        figures = changes.new_years.loc[changes.new_years["indicator"].isin(indicators), "figures"].sum()
        yield f"- {years}: {', '.join(indicators)} ({int(figures)} figures)"


def _spans(years: Sequence[int]) -> str:
    """Write years as spans: 2011–2013, 2015."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)


def _revised(changes: Changes) -> Iterator[str]:
    yield from ("", "## Figures that the publishers have revised", "")
    if changes.revised.empty:
        yield "None."
        return
    counts = changes.revised.groupby("indicator").size().sort_values(ascending=False)
    yield f"{len(changes.revised)} in all: " + ", ".join(f"{name} {count}" for name, count in counts.items()) + "."
    yield "The largest, in relation to the value:"
    yield ""
    for row in changes.revised.head(MOST_ROWS).itertuples(index=False):
        yield f"- {row.indicator}, {row.area_code}, {row.year}: {_plain(row.before)} → {_plain(row.after)}"


def _gone(changes: Changes) -> Iterator[str]:
    yield from ("", "## Figures that had a value and have none now", "")
    if changes.gone.empty:
        yield "None."
        return
    pairs = zip(changes.gone["indicator"].astype(str), changes.gone["status"].astype(str), strict=True)
    for (indicator, status), count in sorted(Counter(pairs).items()):
        yield f"- {indicator}: {count} ({status or 'not told any more'})"


def _areas(changes: Changes) -> Iterator[str]:
    yield from ("", "## Areas", "")
    yield f"- new: {_some(changes.new_areas)}"
    yield f"- gone: {_some(changes.gone_areas)}"
    if changes.left_out:
        yield f"- municipalities that were there before and were not asked for: {', '.join(changes.left_out)}"


def _some(codes: Sequence[str]) -> str:
    if not codes:
        return "none"
    more = f" and {len(codes) - MOST_ROWS} more" if len(codes) > MOST_ROWS else ""
    return f"{len(codes)}: " + ", ".join(codes[:MOST_ROWS]) + more


def _checks(outcome: Outcome) -> Iterator[str]:
    yield from ("", "## Checks", "")
    yield from (f"- {line}" for line in outcome.checks)


def _to_do(outcome: Outcome) -> Iterator[str]:
    yield from ("", "## What to do", "")
    things = list(_things_to_do(outcome))
    yield from (f"- {thing}" for thing in things)
    if not things:
        yield "Nothing."


def _things_to_do(outcome: Outcome) -> Iterator[str]:
    changes, home = outcome.changes, outcome.wanted.municipality
    if not outcome.swapped:
        yield "Run the same command without `--dry-run` to put the new figures in."
    if len(changes.revised):
        yield "Figures shown earlier have changed: name it where they were used in a decision or a report."
    if _has_break(changes.new_years):
        yield (
            "From 2025 SCB alters small counts slightly to protect people (cell-key method): a change from 2024 to 2025"
            " may come from that. The pages say so; say it too where you write about it."
        )
    if changes.gone_areas:
        yield "Areas are gone: look whether projects, places or observations of the register refer to them."
    if changes.undrawn_areas:
        yield (
            f"{len(changes.undrawn_areas)} areas of {home} have no boundary and are not on the maps:"
            " fetch with `--source scb-geo`, or give a downloaded file with `--geopackage`."
        )
    if all(gave.network is None for gave in outcome.fetched.values()):
        yield "The walk network was not fetched: distances rest on the network that was there before."


def _has_break(years: pd.DataFrame) -> bool:
    return bool(((years["year"] == 2025) & years["indicator"].str.startswith("population")).any())


def _plain(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
