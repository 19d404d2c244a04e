"""Made-up rows of observations, surveys and ratings at made-up places; nothing here was ever seen or said."""

from __future__ import annotations

from pathlib import Path

from dashboard.sources.use_fields import ALL_CRITERIA, KINDS

PLACES = {"kronogards-torg": (58.2707, 12.3080), "drottningtorget": (58.2836, 12.2900)}

_USUAL = {
    "observations": {
        "session": "kt-2026-05-04-1",
        "place": "kronogards-torg",
        "date": "2026-05-04",
        "start": "10:00",
        "end": "10:30",
        "weather": "sunny",
        "method": "counting",
        "observer": "municipality",
        "count": "7",
        "gender": "woman",
        "age": "25_64",
        "mode": "staying",
        "posture": "sitting_bench",
        "activity": "conversing",
    },
    "surveys": {
        "response": "kt-1",
        "place": "kronogards-torg",
        "date": "2026-05-04",
        "time": "10:15",
        "safety": "4",
        "belonging": "3",
        "visits": "weekly",
    },
    "criteria": {
        "rating": "kt-r1",
        "place": "kronogards-torg",
        "date": "2026-05-04",
        "rater": "resident",
        **dict.fromkeys(ALL_CRITERIA, "1"),
    },
}


def row(kind: str, **cells: str) -> dict[str, str]:
    """Give a row with every column: the usual one with some cells changed."""
    return dict.fromkeys(KINDS[kind].columns, "") | _USUAL[kind] | cells


def nobody(**cells: str) -> dict[str, str]:
    """Give the row of a session in which nobody was there."""
    people = ("gender", "age", "mode", "posture", "activity")
    return row("observations", count="0", **dict.fromkeys(people, ""), **cells)


def write(path: Path, kind: str, *rows: dict[str, str], delimiter: str = ",") -> Path:
    """Write rows as a file."""
    columns = KINDS[kind].columns
    lines = [columns, *([one[column] for column in columns] for one in rows)]
    path.write_text("".join(delimiter.join(line) + "\n" for line in lines), "utf-8")
    return path


def data_folder(folder: Path, municipality: str = "1488") -> Path:
    """Make a data folder with two places and nothing else."""
    (folder / "register").mkdir(parents=True)
    entries = "".join(f"  - {{id: {name}, lat: {lat}, lon: {lon}}}\n" for name, (lat, lon) in PLACES.items())
    (folder / "register" / "places.yaml").write_text(f'municipality: "{municipality}"\nplaces:\n{entries}', "utf-8")
    return folder
