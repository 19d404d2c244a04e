"""Turns Kolada's rows, one a key figure, municipality and year, into observations."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from dashboard.sources.answer_fields import fields_of, list_in, number_in, text_in
from dashboard.sources.fetch_faults import UnreadableAnswerError
from dashboard.sources.kolada_recipes import KeyFigure
from dashboard.sources.tidy import FileReport, Harvest, Observation, Status

SOURCE = "kolada"
#: A status in lower case → what an empty figure is and why.
EMPTY: Mapping[str, tuple[Status, str]] = {
    "": ("missing", "absent_in_source"),
    ".": ("missing", "absent_in_source"),
    "missing": ("missing", "absent_in_source"),
    "-": ("missing", "not_relevant_at_source"),
    "..": ("suppressed", "suppressed_at_source"),
    "private": ("suppressed", "suppressed_at_source"),
    "privacy": ("suppressed", "suppressed_at_source"),
}


def read_values(rows: Iterable[object], figure: KeyFigure, municipalities: Collection[str]) -> Harvest:
    """Read the rows of a key figure.

    Parameters
    ----------
    rows
        The objects of Kolada's ``values``: ``kpi``, ``municipality``, ``period`` and ``values`` by gender.
    figure
        What they are of.
    municipalities
        The codes that were asked for.

    Returns
    -------
    Harvest
        One observation a municipality and year, with a report of what was left out.

    Raises
    ------
    UnreadableAnswerError
        When a row is of something else than was asked for, occurs twice, has a status that is not known, or a figure
        that no municipality can have.
    """
    report = FileReport(figure.code)
    found: dict[tuple[str, str, int], Observation] = {}
    for row in rows:
        fields = fields_of(row, f"Kolada ({figure.code})")
        code, year = _place_and_year(fields, figure, municipalities)
        where = f"Kolada ({figure.code} for {code} in {year})"
        report.rows += 1
        total = _total(fields, where, report)
        if total is None:
            continue
        one = _observation(total, figure, code, year, where)
        if one.key in found:
            raise UnreadableAnswerError(f"{where} stands twice in the answer, so nothing of it is used: try again.")
        found[one.key] = one
        report.kept += 1
    return Harvest(list(found.values()), [report])


def _place_and_year(fields: dict[str, object], figure: KeyFigure, municipalities: Collection[str]) -> tuple[str, int]:
    """Give municipality and year of a row, which must be of what was asked for."""
    where = f"Kolada ({figure.code})"
    kpi, code = text_in(fields, "kpi", where), text_in(fields, "municipality", where)
    if kpi != figure.code or code not in municipalities:
        raise UnreadableAnswerError(
            f"{where} answered with {kpi[:20]} for {code[:20]}, which was not asked for: check DASHBOARD_KOLADA_URL."
        )
    # A number in version 3, a text in version 2.
    period = str(fields.get("period"))
    if len(period) != 4 or not (period.isascii() and period.isdecimal()):
        raise UnreadableAnswerError(f"{where}: “{period[:20]}” is not a year, so nothing of it is used.")
    return code, int(period)


def _total(fields: dict[str, object], where: str, report: FileReport) -> dict[str, object] | None:
    """Give the figure for women and men together, or None when the row has none that stands."""
    by_gender = [fields_of(one, where) for one in list_in(fields, "values", where)]
    totals = [one for one in by_gender if one.get("gender") in ("T", None)]
    standing = [one for one in totals if not one.get("isdeleted")]
    if not totals:
        report.leave_out("women and men only, no total")
    elif not standing:
        report.leave_out("withdrawn by Kolada")
    elif len(standing) > 1:
        raise UnreadableAnswerError(f"{where} has {len(standing)} totals, so nothing of it is used: try again.")
    else:
        return standing[0]
    return None


def _observation(total: dict[str, object], figure: KeyFigure, code: str, year: int, where: str) -> Observation:
    published = number_in(total, "value", where)
    mark = total.get("status")
    mark = "" if mark is None else str(mark).strip()
    if published is None:
        if mark.lower() not in EMPTY:
            raise _unknown_status(where, mark)
        status, note = EMPTY[mark.lower()]
        return Observation(SOURCE, code, figure.indicator, year, None, status, note)
    if mark:
        raise _unknown_status(where, mark)
    # Adding nought makes 0 of -0.
    value = round(published * figure.factor, 9) + 0.0
    low, high = figure.likely
    if not low <= value <= high:
        raise UnreadableAnswerError(
            f"{where} is {published:g}, which no municipality can have; has Kolada changed unit or sign?"
            " Nothing of it is used: compare with kolada.se."
        )
    return Observation(SOURCE, code, figure.indicator, year, value, "published")


def _unknown_status(where: str, mark: str) -> UnreadableAnswerError:
    return UnreadableAnswerError(
        f"{where} has the status “{mark[:40]}”, whose meaning is not known, so nothing of it is used:"
        " look it up at kolada.se, and for a newer version of this program."
    )
