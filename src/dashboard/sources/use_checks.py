"""Checks rows of observations, surveys and ratings: every field, what must fit together, and that nobody is named."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence

from dashboard.sources.tidy import InputError
from dashboard.sources.use_fields import CRITERIA, OBSERVATIONS, OF_PEOPLE, QUESTIONS, STAYING, Field, Kind

Row = dict[str, str]
#: Id of a place → its latitude and longitude.
Places = Mapping[str, tuple[float, float]]

FIRST_DAY = dt.date(2000, 1, 1)
MOST_MINUTES = 240
FARTHEST_METRES = 500
METRES_A_DEGREE = 111_320

_ID = re.compile(r"(?=.*\d)[a-z0-9][a-z0-9-]{2,59}")
_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_SPOT_CODE = re.compile(r"[A-Za-z]?\d{1,2}|[A-Za-z]")
_SPOT_POINT = re.compile(r"(\d{2}\.\d{2,7})[ ,]+(\d{1,2}\.\d{2,7})")

# Parts of headings that stand for something about a single person.
_PERSONAL_HEADING = re.compile(
    "name|namn|mail|epost|phone|telefon|mobil|tel|person|pnr|ssn|address|adress|birth|fodelse|fodd|photo|foto|bild"
    "|image|comment|kommentar|note|fritext"
)
_PERSONAL_VALUES = {
    "an e-mail address": re.compile(r"\S@\S"),
    "a phone number": re.compile(r"(?<![\d-])(?:\+\d{2}|0)[ -]?\d{1,3}[ -]?\d{2,3}(?:[ -]?\d{2,3}){1,3}(?!\d)"),
    "a personal identity number": re.compile(r"(?<!\d)(?:19|20)?\d{6}[-+]?\d{4}(?!\d)"),
}
_NOT_KEPT = "no names, addresses, numbers, photos or free text about people are kept"


def check_columns(columns: Sequence[str], kind: Kind, name: str) -> None:
    """Check the headings of a file.

    Raises
    ------
    InputError
        When a heading is missing, unknown, or looks like something about a person.
    """
    for column in columns:
        if column not in kind.columns:
            plain = unicodedata.normalize("NFKD", column).encode("ascii", "ignore").decode().lower()
            if _PERSONAL_HEADING.search(re.sub(r"[^a-z]", "", plain)):
                raise InputError(
                    f"{name}: the column “{column}” looks like personal data; {_NOT_KEPT}. Remove the column."
                )
            raise InputError(
                f"{name}: the column “{column}” is unknown; remove it. The columns are {', '.join(kind.columns)}."
            )
    if absent := [column for column in kind.columns if column not in columns]:
        raise InputError(
            f"{name} lacks the column {', '.join(absent)}: begin with `dashboard use template {kind.name}`."
        )


def check_rows(rows: Sequence[tuple[int, Row]], kind: Kind, places: Places, name: str) -> list[Row]:
    """Check rows and give them as they are kept: trimmed, with times and numbers written in one way.

    Parameters
    ----------
    rows
        Number of the row in its file, and its cells by column.
    kind
        What they are rows of.
    places
        The places of the municipality that may be observed.
    name
        What the file is called.

    Raises
    ------
    InputError
        With file and row, when a cell cannot be used or rows do not fit together.
    """
    found: list[Row] = []
    by_id: dict[str, list[Row]] = {}
    for number, row in rows:
        where = f"{name}, row {number}"
        checked = _check_row(row, kind, places, where)
        before = by_id.setdefault(checked[kind.key], [])
        if before:
            _check_together(checked, before, kind, where)
        before.append(checked)
        found.append(checked)
    return found


def _check_row(row: Row, kind: Kind, places: Places, where: str) -> Row:
    cells = {column: row[column].strip() for column in kind.columns}
    nobody = kind is OBSERVATIONS and cells["count"] == "0"
    checked: Row = {}
    for field in kind.fields:
        cell = cells[field.name]
        if nobody and field.name in OF_PEOPLE:
            if cell:
                raise InputError(f"{where}: count is 0, so {field.name} must be empty.")
        elif cell:
            cell = _check_cell(field, cell, places, f"{where}, {field.name}")
        elif field.required:
            raise InputError(f"{where}: {field.name} is empty; fill it in.")
        checked[field.name] = cell
    _check_meaning(checked, kind, places, where)
    return checked


def _check_cell(field: Field, cell: str, places: Places, where: str) -> str:
    match field.type:
        case "date":
            return _date(cell, where).isoformat()
        case "time":
            return _time(cell, where).isoformat("minutes")
        case "number":
            return _number(field, cell, where)
        case "spot":
            return _spot(cell, where)
        case _:
            _refuse_personal(cell, where)
            return _word(field, cell, places, where)


def _word(field: Field, cell: str, places: Places, where: str) -> str:
    if field.type == "id":
        return _id(cell, where)
    if field.type == "codes":
        codes = {_code(code, field.codes, where) for code in cell.replace(",", " ").split()}
        return " ".join(sorted(codes, key=field.codes.index))
    return _code(cell, sorted(places) if field.type == "place" else field.codes, where)


def _refuse_personal(cell: str, where: str) -> None:
    # What it looks like is said, what it is is not repeated: the message may end up in a log.
    for what, pattern in _PERSONAL_VALUES.items():
        if pattern.search(cell):
            raise InputError(f"{where}: the cell looks like {what}; {_NOT_KEPT}. Remove it.")


def _id(cell: str, where: str) -> str:
    if _ID.fullmatch(cell):
        return cell
    raise InputError(
        f"{where}: “{cell}” is no id; write small letters, digits and hyphens, 3 to 60 of them and at least one digit,"
        " for example a1-2026-06-01."
    )


def _code(cell: str, codes: Sequence[str], where: str) -> str:
    # A spreadsheet may write a plus sign, or the minus sign of typesetters.
    code = cell.replace("\u2212", "-").removeprefix("+")
    if code in codes:
        return code
    raise InputError(f"{where}: “{cell}” is unknown; write one of {', '.join(codes)}.")


def _date(cell: str, where: str) -> dt.date:
    try:
        date = dt.date.fromisoformat(cell if len(cell) == 10 else "")
    except ValueError:
        raise InputError(f"{where}: “{cell}” is not a date; write it as 2026-06-01.") from None
    # A day's grace, because the server's clock may be in another time zone.
    if not FIRST_DAY <= date <= dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1):
        raise InputError(f"{where}: {cell} lies before {FIRST_DAY.year} or after today; correct the date.")
    return date


def _time(cell: str, where: str) -> dt.time:
    match = _TIME.fullmatch(cell)
    if match and int(match[1]) < 24 and int(match[2]) < 60:
        return dt.time(int(match[1]), int(match[2]))
    raise InputError(f"{where}: “{cell}” is not a time; write it as 09:30.")


def _number(field: Field, cell: str, where: str) -> str:
    try:
        value = float(cell.replace(",", ".").replace("\u2212", "-").replace("_", "?"))
    except ValueError:
        raise InputError(f"{where}: “{cell}” is not a number; write digits.") from None
    if not math.isfinite(value) or not field.low <= value <= field.high or (field.whole and value != int(value)):
        what = "a whole number" if field.whole else "a number"
        raise InputError(f"{where}: “{cell}” is not {what} from {field.low:g} to {field.high:g}.")
    return f"{value:g}"


def _spot(cell: str, where: str) -> str:
    if _SPOT_CODE.fullmatch(cell):
        return cell.upper()
    if match := _SPOT_POINT.fullmatch(cell):
        # Five decimals are a metre.
        return f"{float(match[1]):.5f} {float(match[2]):.5f}"
    raise InputError(
        f"{where}: “{cell}” is no spot; write a code such as B2, or latitude and longitude as 58.27070 12.30800."
    )


def _check_meaning(row: Row, kind: Kind, places: Places, where: str) -> None:
    """Check what fields of one row say together."""
    if kind is OBSERVATIONS:
        minutes = minutes_between(row["start"], row["end"])
        if not 0 < minutes <= MOST_MINUTES:
            raise InputError(
                f"{where}: from {row['start']} to {row['end']} is not between 1 and {MOST_MINUTES} minutes;"
                " correct the times, and note a session past midnight as two."
            )
        if row["posture"] and row["mode"] != STAYING:
            raise InputError(f"{where}: posture is for those who stay; empty it, or write {STAYING} as mode.")
        if " " in row["spot"]:
            _check_distance(row["spot"], places[row["place"]], where)
        return
    asked = QUESTIONS if kind is not CRITERIA else tuple(f.name for f in kind.fields if not f.required)
    if not any(row[name] for name in asked):
        raise InputError(f"{where}: none of {', '.join(asked)} is filled in; remove the row or fill one in.")


def minutes_between(start: str, end: str) -> int:
    """Give the minutes from one time of a day to another, below 0 when the second is earlier."""
    first, last = (dt.time.fromisoformat(text) for text in (start, end))
    return (last.hour - first.hour) * 60 + last.minute - first.minute


def _check_distance(spot: str, place: tuple[float, float], where: str) -> None:
    lat, lon = (float(part) for part in spot.split())
    north = (lat - place[0]) * METRES_A_DEGREE
    east = (lon - place[1]) * METRES_A_DEGREE * math.cos(math.radians(place[0]))
    if math.hypot(north, east) > FARTHEST_METRES:
        raise InputError(
            f"{where}: the spot lies more than {FARTHEST_METRES} m from the place;"
            " are latitude and longitude swapped, or is it another place?"
        )


def _check_together(row: Row, before: Sequence[Row], kind: Kind, where: str) -> None:
    """Check a row against the earlier ones with the same id."""
    if not kind.rows_share_id:
        raise InputError(f"{where}: the {kind.key} {row[kind.key]} stands there twice; give each one an id of its own.")
    for field in kind.fields:
        if field.of_all and row[field.name] != before[0][field.name]:
            raise InputError(
                f"{where}: {field.name} is “{row[field.name]}” but “{before[0][field.name]}” earlier in the session"
                f" {row[kind.key]}; a session has one."
            )
    if "0" in {row["count"], before[0]["count"]}:
        raise InputError(
            f"{where}: the session {row[kind.key]} has a row with count 0, which says that nobody was there;"
            " remove it or the others."
        )
