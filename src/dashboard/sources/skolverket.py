"""Fetches the compulsory schools with year 9 of a municipality from Skolverket, with what is published about each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import shapely
from pyproj import Transformer

from dashboard.sources.answer_cache import AnswerCache
from dashboard.sources.answer_fields import Fields, checksum, fields_of, list_in, text_in
from dashboard.sources.call_pace import CallPace, Clock
from dashboard.sources.fetch_faults import UnreadableAnswerError
from dashboard.sources.fetched import Fetched, FetchedFile, Tell, Wanted
from dashboard.sources.places import LATITUDES, LONGITUDES, SCHOOL_COLUMNS
from dashboard.sources.scb_areas import SWEREF_99_TM, WGS_84
from dashboard.sources.skolverket_pages import SkolverketPages
from dashboard.sources.skolverket_values import NONE_GIVEN, SchoolFigure, newest_year, number_of, series
from dashboard.sources.tidy import FileReport, Harvest

SOURCE = "skolverket"
COMPULSORY, YEAR_9 = "gr", "9"
#: Column of ``schools.csv`` → Skolverket's measure and the largest figure that it can have. The years in the names of
#: columns are those of the first figures.
MEASURES = {
    "pupils_2025_26": ("totalNumberOfPupils", 5000),
    "merit_value_2025_26": ("averageGradesMeritRating9thGrade", 340),
    "all_subjects_passed_share": ("ratioOfPupilsIn9thGradeWithAllSubjectsPassed", 100),
    "upper_secondary_eligible_share": ("ratioOfPupils9thGradeEligibleForNationalProgramYR", 100),
    "certified_teacher_share": ("certifiedTeachersQuota", 100),
    "pupils_per_teacher": ("studentsPerTeacherQuota", 200),
}
SAFETY, SURVEYED_YEAR = "perceived_safety_0_10", "ak8"
SURVEY, SURVEYS = "nestedsurveys/pupilsgr", "schoolYearMetrics"
FIGURES = f"statistics/{COMPULSORY}"


def pace_of_skolverket(clock: Clock | None = None) -> CallPace:
    """Give the pace that Skolverket is asked at; it documents no limit, so it is a modest one."""
    return CallPace(calls=4, window=1.0, clock=clock)


@dataclass(frozen=True, slots=True)
class _School:
    code: str
    name: str
    principal: str
    lat: float
    lon: float


class Skolverket:
    """Skolverket's service for planned educations as a publisher of schools.

    Parameters
    ----------
    cache
        Answers of ``https://api.skolverket.se``.
    areas
        Small areas as in ``Fetched.boundaries``: ``code`` and ``geometry`` in SWEREF 99 TM, to tell where each school
        lies. None leaves that out.
    """

    name = "skolverket"

    def __init__(self, cache: AnswerCache, areas: gpd.GeoDataFrame | None = None) -> None:
        self._pages, self._areas = SkolverketPages(cache), areas

    def fetch(self, wanted: Wanted, tell: Tell) -> Fetched:
        """Fetch the schools of the home municipality; other municipalities are not asked for.

        Raises
        ------
        FetchError
            When a call fails, an answer is of another form than documented, or no school or no figure is found.
        """
        report = FileReport("Skolverket: schools with year 9")
        tell("Skolverket: schools", 0, 0)
        units = self._units(wanted.municipality)
        tell("Skolverket: where they lie", 0, 0)
        schools, positions = self._placed(units, report)
        answers: dict[str, Fields] = {}
        surveys: dict[str, Fields] = {}
        for done, school in enumerate(schools):
            tell("Skolverket: figures of schools", done, len(schools))
            answers[school.code] = self._pages.of_school(school.code, FIGURES) or {}
            surveys[school.code] = self._pages.of_school(school.code, SURVEY) or {}
        tell("Skolverket: figures of schools", len(schools), len(schools))
        figures, years = _figures(answers, wanted.municipality)
        figures[SAFETY] = {code: _safety(survey, code) for code, survey in surveys.items()}
        files = [
            FetchedFile("school-units", checksum(units), len(units)),
            FetchedFile("compact-school-units", checksum(positions), len(positions)),
            *(
                FetchedFile(
                    measure, checksum(one.get(measure) for one in answers.values()), len(schools), years[column]
                )
                for column, (measure, _) in MEASURES.items()
            ),
            FetchedFile(SURVEY, checksum(surveys.values()), len(schools), _term(surveys.values())),
        ]
        rows = [self._row(school, figures) for school in schools]
        return Fetched(harvest=Harvest(reports=[report, _report(figures)]), files={SOURCE: files}, schools=rows)

    def _units(self, municipality: str) -> list[Fields]:
        """Give the municipality's units that teach year 9; the service's own filter is not relied on."""
        where = "Skolverket (school-units)"
        asked = (("typeOfSchooling", COMPULSORY), ("geographicalAreaCode", municipality))
        found = [
            row
            for row in self._pages.rows("school-units", "listedSchoolUnits", asked)
            if row.get("geographicalAreaCode") == municipality and _teaches_year_9(row, where)
        ]
        codes = [text_in(row, "code", where) for row in found]
        if twice := [code for code in dict.fromkeys(codes) if codes.count(code) > 1]:
            raise UnreadableAnswerError(f"{where} tells of {twice[0]} twice, so nothing of it is used: try again.")
        if not found:
            raise UnreadableAnswerError(
                f"{where} tells of no school with year 9 in municipality {municipality}, so the schools are left as"
                " they are: check the code, and try again later."
            )
        return sorted(found, key=lambda row: text_in(row, "code", where))

    def _placed(self, units: Sequence[Fields], report: FileReport) -> tuple[list[_School], list[Fields]]:
        """Give the schools with their positions, from the list that has nothing about persons in it."""
        where = "Skolverket (compact-school-units)"
        lacking = {text_in(unit, "code", where) for unit in units}
        report.rows = len(lacking)
        rows: dict[str, Fields] = {}
        asked = (("typeOfSchooling", COMPULSORY), ("coordinateSystemType", "WGS84"))
        for row in self._pages.rows("compact-school-units", "compactSchoolUnits", asked):
            code = text_in(row, "schoolUnitCode", where)
            if code in lacking:
                rows[code] = row
                lacking.discard(code)
            if not lacking:
                break
        schools = []
        for unit in units:
            code = text_in(unit, "code", where)
            position = _position(rows.get(code, {}))
            if position is None:
                report.leave_out("no position")
                continue
            principal = unit.get("principalOrganizerType")
            schools.append(_School(code, text_in(unit, "name", where), str(principal or ""), *position))
        if not schools:
            raise UnreadableAnswerError(f"{where} gives no position of any school, so nothing is used: try again.")
        report.kept = len(schools)
        return schools, [rows[code] for code in sorted(rows)]

    def _row(self, school: _School, figures: Mapping[str, Mapping[str, SchoolFigure]]) -> dict[str, str]:
        row = {
            "school_unit_code": school.code,
            "name": " ".join(school.name.split()),
            "lat": str(round(school.lat, 6)),
            "lon": str(round(school.lon, 6)),
            "principal_type": school.principal,
            "desokod": self._area(school),
        }
        for column, of_schools in figures.items():
            one = of_schools[school.code]
            decimals = 0 if column == "pupils_2025_26" else 1
            row[column] = one.mark if one.number is None else f"{one.number:.{decimals}f}"
        return {column: row[column] for column in SCHOOL_COLUMNS}

    def _area(self, school: _School) -> str:
        """Give the code of the small area that a school lies in; empty when that is not known."""
        if self._areas is None:
            return ""
        point = shapely.Point(
            Transformer.from_crs(WGS_84, SWEREF_99_TM, always_xy=True).transform(school.lon, school.lat)
        )
        inside = self._areas.loc[shapely.intersects(self._areas.geometry.to_numpy(), point), "code"]
        return min(map(str, inside), default="")


def _teaches_year_9(unit: Fields, where: str) -> bool:
    kinds = [fields_of(one, where) for one in list_in(unit, "typeOfSchooling", where)]
    return any(
        one.get("code") == COMPULSORY and YEAR_9 in map(str, list_in(one, "schoolYears", where)) for one in kinds
    )


def _position(row: Fields) -> tuple[float, float] | None:
    """Give latitude and longitude in degrees; None where there are none, or none in Sweden."""
    lat, lon = (number_of(str(row.get(f"wgs84{axis}"))) for axis in ("Latitude", "Longitude"))
    if lat is None or lon is None:
        return None
    inside = LATITUDES[0] <= lat <= LATITUDES[1] and LONGITUDES[0] <= lon <= LONGITUDES[1]
    return (lat, lon) if inside else None


def _figures(
    answers: Mapping[str, Fields], municipality: str
) -> tuple[dict[str, dict[str, SchoolFigure]], dict[str, str | None]]:
    """Give the figures of each column by school, all of one school year, and that year by column."""
    figures: dict[str, dict[str, SchoolFigure]] = {}
    years: dict[str, str | None] = {}
    for column, (measure, most) in MEASURES.items():
        known = {code: series(body, measure, most, f"Skolverket ({code})") for code, body in answers.items()}
        years[column] = newest_year(known)
        figures[column] = {code: one.get(years[column] or "", NONE_GIVEN) for code, one in known.items()}
    if not any(years.values()):
        raise UnreadableAnswerError(
            f"Skolverket gave no figure for any school in municipality {municipality}, so the schools are left as they"
            " are: try again later."
        )
    return figures, years


def _safety(survey: Fields, code: str) -> SchoolFigure:
    """Give how safe pupils in year 8 say that they are, 0–10, in the newest survey that the school took part in."""
    where = f"Skolverket ({SURVEY} of {code})"
    for row in list_in({SURVEYS: [], **survey}, SURVEYS, where):
        fields = fields_of(row, where)
        if fields.get("schoolYear") == SURVEYED_YEAR and fields.get("securityMetrics") is not None:
            average = fields_of(fields["securityMetrics"], where).get("average")
            number = number_of(str(average))
            if number is not None and number <= 10:
                return SchoolFigure(number)
            if average not in (None, "", "-", ".", ".."):
                raise UnreadableAnswerError(f"{where}: “{str(average)[:20]}” is no index of 0–10, so nothing is used.")
    return NONE_GIVEN


def _term(surveys: Iterable[Fields]) -> str | None:
    """Give the newest term of the surveys, ``VT26``; autumn comes after spring."""
    rows = [fields_of(row, SURVEY) for one in surveys for row in list_in({SURVEYS: [], **one}, SURVEYS, SURVEY)]
    terms = {str(row["semester"]) for row in rows if row.get("semester")}
    return max(terms, key=lambda term: (term[-2:], term[:2] == "HT"), default=None)


def _report(figures: Mapping[str, Mapping[str, SchoolFigure]]) -> FileReport:
    """Tell how many figures there are, and by column how many schools have none and why."""
    report = FileReport("Skolverket: figures of schools")
    for column, of_schools in figures.items():
        for one in of_schools.values():
            report.rows += 1
            if one.number is None:
                report.leave_out(f"{column}: {one.why}")
            else:
                report.kept += 1
    return report
