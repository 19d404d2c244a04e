"""The report of an update says what a person has to know afterwards, and no more than is so."""

import datetime as dt
from dataclasses import replace

import pandas as pd

from dashboard.sources.fetched import Fetched, FetchedFile, Wanted
from dashboard.sources.tidy import FileReport, Harvest
from dashboard.update.changes import Changes
from dashboard.update.report import MOST_ROWS, Outcome, report_lines

KEY = ["area_code", "indicator", "year"]
NOTHING = Changes(
    before=3,
    after=3,
    new_years=pd.DataFrame(columns=["indicator", "year", "figures"]).astype({"year": int}),
    revised=pd.DataFrame(columns=[*KEY, "before", "after"]),
    gone=pd.DataFrame(columns=[*KEY, "before", "status"]),
    came=0,
    new_areas=(),
    gone_areas=(),
    left_out=(),
    undrawn_areas=(),
)


def outcome(changes: Changes = NOTHING, *, swapped: bool = True) -> Outcome:
    left_out = FileReport("TAB6571", rows=5, kept=3)
    left_out.leave_out("the area did not exist in that year", 2)
    file = FetchedFile("TAB6571", "0" * 64, 3, "2027-03-24T07:00:00Z")
    scb = Fetched(Harvest([], [left_out]), files={"scb_tab6571": [file]})
    return Outcome(
        wanted=Wanted("1488", ("1487",), frozenset({2024, 2025})),
        began=dt.datetime(2027, 3, 25, 3, 0, tzinfo=dt.UTC),
        seconds=61.4,
        fetched={"scb": scb},
        answers={"scb": 4},
        changes=changes,
        checks=["3 rows of figures pass"],
        swapped=swapped,
    )


def told(changes: Changes = NOTHING, *, swapped: bool = True) -> str:
    return "\n".join(report_lines(outcome(changes, swapped=swapped)))


def part(text: str, head: str) -> str:
    return text.partition(f"## {head}\n\n")[2].partition("\n\n## ")[0]


def test_it_says_for_whom_what_was_fetched_and_what_was_left_out() -> None:
    text = told()
    assert "Municipality 1488; compared with: 1487; years: 2024, 2025." in text
    assert "No figure differs from those of before." in text
    assert part(text, "What was fetched").splitlines() == [
        "- scb: 4 answers sent, the rest kept from before",
        "  - TAB6571: 3 rows, as of 2027-03-24",
        "  - TAB6571: 2 left out: the area did not exist in that year",
    ]
    assert part(text, "Checks") == "- 3 rows of figures pass"


def test_a_trial_says_that_nothing_was_replaced_and_how_to_put_it_in() -> None:
    text = told(swapped=False)
    assert "Nothing was replaced: this was a trial" in text
    assert "without `--dry-run`" in part(text, "What to do")


def test_new_years_stand_as_spans() -> None:
    rows = [("population", year, 6) for year in (2011, 2012, 2013, 2025)] + [("tax", 2026, 1), ("water", 2026, 2)]
    changes = replace(NOTHING, new_years=pd.DataFrame(rows, columns=["indicator", "year", "figures"]))
    text = told(changes)
    assert part(text, "New years").splitlines() == [
        "- 2011–2013, 2025: population (24 figures)",
        "- 2026: tax, water (3 figures)",
    ]
    assert "cell-key method" in part(text, "What to do")


def test_revisions_are_counted_and_the_largest_written_out() -> None:
    rows = [(f"1488C{n:04d}_DeSO2025", "share", 2024, 10.0 + n, 11.0) for n in range(MOST_ROWS + 5)]
    changes = replace(NOTHING, revised=pd.DataFrame(rows, columns=[*KEY, "before", "after"]))
    revised = part(told(changes), "Figures that the publishers have revised")
    assert revised.startswith("30 in all: share 30.")
    assert revised.count("→") == MOST_ROWS
    assert "share, 1488C0000_DeSO2025, 2024: 10 → 11" in revised
    assert "Figures shown earlier have changed" in part(told(changes), "What to do")


def test_what_is_gone_stands_with_its_reason() -> None:
    rows = [
        ("1488", "index", 2024, 1.0, "suppressed"),
        ("1487", "index", 2024, 1.0, ""),
        ("1487", "tax", 2024, 1.0, ""),
    ]
    changes = replace(NOTHING, gone=pd.DataFrame(rows, columns=[*KEY, "before", "status"]))
    assert part(told(changes), "Figures that had a value and have none now").splitlines() == [
        "- index: 1 (not told any more)",
        "- index: 1 (suppressed)",
        "- tax: 1 (not told any more)",
    ]


def test_areas_that_came_went_or_are_not_drawn() -> None:
    changes = replace(
        NOTHING, new_areas=("a", "b"), gone_areas=("c",), left_out=("1463", "1480"), undrawn_areas=("a", "b")
    )
    text = told(changes)
    assert part(text, "Areas").splitlines() == [
        "- new: 2: a, b",
        "- gone: 1: c",
        "- municipalities that were there before and were not asked for: 1463, 1480",
    ]
    assert "2 areas of 1488 have no boundary" in part(text, "What to do")
    assert "register" in part(text, "What to do")
