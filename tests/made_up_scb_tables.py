"""The tables of SCB that the dashboard reads, for a made-up service to serve.

Figures that the embedded data hold are served as they are, or as counts that give the same share to the last digit.
All others are made up: they follow from the codes and mean nothing. Codes of the division until 2023 are made up too:
they are those of 2025 without the last of each kind.
"""

from __future__ import annotations

import csv
import zlib
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
from made_up_scb import MadeUpTable

from dashboard.sources.area_codes import AreaCode, existed
from dashboard.sources.false_zeros import area_of_service

DATA = Path(__file__).parents[1] / "data"
HOME_AND_PEER = ("1488", "1487")
BANDS = ("-4", *(f"{start}-{start + 4}" for start in range(5, 80, 5)), "80-")
TENURES = {
    "1": "dwellings_rented",
    "2": "dwellings_tenant_owned",
    "3": "dwellings_owner_occupied",
    "ÖVRIGT": "dwellings_tenure_unknown",
}
BUILDINGS = ("SMÅHUS", "FLERBOST", "ÖVRHUS", "SPEC")
COMPONENTS = ("10", "30", "230", "70", "80", "90", "100", "110", "120", "140", "150", "160", "170", "180", "200", "350")
QUARTILES = ("000008A6", "000008A7", "000008A8", "000008A9")
#: The first and the last year of each table.
YEARS = {
    "TAB6574": (2010, 2025),
    "TAB6568": (2011, 2025),
    "TAB6571": (2010, 2025),
    "TAB6683": (2011, 2024),
    "TAB6684": (2011, 2024),
    "TAB6685": (2011, 2024),
    "TAB6680": (2020, 2024),
    "TAB6534": (2024, 2025),
    "TAB5956": (2015, 2023),
    "TAB6638": (2024, 2025),
    "TAB6258": (2015, 2023),
    "TAB6586": (2011, 2024),
    "TAB6065": (2012, 2025),
    "TAB824": (1990, 2025),
    "TAB6260": (2020, 2025),
    "TAB4590": (2016, 2025),
    "TAB1541": (2012, 2025),
}
CLOSED = ("TAB5956", "TAB6258")


def all_tables(
    municipalities: Iterable[str] = HOME_AND_PEER, years: Iterable[int] | None = None
) -> dict[str, MadeUpTable]:
    """Give every table, for some municipalities, the country, a county and a municipality that nobody asks for.

    Parameters
    ----------
    municipalities
        Four-digit codes. Those that the embedded data have areas of come with these, others with made-up ones.
    years
        The years that the tables have at most; None is all that SCB's have.
    """
    codes = tuple(dict.fromkeys([*municipalities, "0114"]))
    return {
        name: MadeUpTable(
            {
                "Region": regions(name, codes),
                **{dimension: list(some) for dimension, some in DIMENSIONS[name].items()},
                "Tid": _periods(name, years),
            },
            _figure_of(name),
            updated="2026-03-24T07:00:00Z",
            discontinued=name in CLOSED,
            label=_label,
        )
        for name in YEARS
    }


def regions(table: str, municipalities: Iterable[str]) -> list[str]:
    """Give the codes of a table's areas, those of two divisions side by side as SCB has them."""
    levels, divisions = LEVELS.get(table, ("kommun deso regso", "old new"))
    found = ["00", "14"] if "kommun" in levels and table != "TAB6684" else []
    for code in municipalities:
        if "kommun" in levels:
            found.append(code)
        for level, suffix in (("deso", "_DeSO2025"), ("regso", "_RegSO2025")):
            for place, area in enumerate(areas_of(code, level)):
                if level in levels and "new" in divisions:
                    found.append(area + suffix)
                if level in levels and "old" in divisions and (place + 1 < len(areas_of(code, level)) or not place):
                    found.append(area)
    return found


@lru_cache
def areas_of(municipality: str, level: str) -> tuple[str, ...]:
    """Give the plain codes of a municipality's areas: of the embedded data, or made up."""
    table = pd.read_parquet(DATA / "areas" / f"{level}_2025.parquet", columns=["code", "municipality"])
    own = table.loc[table["municipality"] == municipality, "code"].tolist()
    made_up = {"deso": ("A0010", "C1010", "C1020"), "regso": ("R001", "R002")}[level]
    return tuple(sorted(own)) or tuple(municipality + one for one in made_up)


@lru_cache
def published() -> dict[tuple[str, str, int], float]:
    """Give the values of the embedded data: area, indicator and year."""
    found = {}
    for path in sorted((DATA / "observations").glob("scb_*.csv")):
        with path.open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["value"]:
                    found[row["area_code"], row["indicator"], int(row["year"])] = float(row["value"])
    return found


def is_missing(area: AreaCode, indicator: str, year: int) -> bool:
    """Tell whether the embedded data say that there is no figure, while they have others of the area."""
    known = published()
    return (area.full, indicator, year) not in known and (area.full, indicator, year - 1) in known and year == 2025


def known(area: AreaCode, indicator: str, year: int, low: float, high: float, decimals: int = 0) -> float:
    """Give a figure of the embedded data, or one that is made up."""
    value = published().get((area.full, indicator, year))
    return value if value is not None else made_up(f"{area.full} {indicator} {year}", low, high, decimals)


@cache
def made_up(text: str, low: float, high: float, decimals: int = 0) -> float:
    """Give a number between two that follows from a text."""
    return round(low + (high - low) * (zlib.crc32(text.encode()) % 10_007) / 10_007, decimals)


@cache
def counts(area: AreaCode, indicator: str, year: int, about: int) -> tuple[int, int]:
    """Give a part and a whole, both whole numbers, that give the share of the embedded data to the third decimal.

    Where there is none, a share between 10 and 50 per cent is made up.
    """
    told = published().get((area.full, indicator, year))
    share = made_up(f"{area.full} {indicator}", 10, 50, 3) if told is None else told
    if told is None:
        return round(share * about / 100), about
    whole = whole_of((share,), about)
    return round(share * whole / 100), whole


def whole_of(shares: tuple[float, ...], about: int) -> int:
    """Give the whole number nearest to ``about`` that every share can be of."""
    for first, last in ((about * 3 // 4, about * 5 // 4), (1, about + 150_000)):
        wholes = np.arange(max(1, first), last + 2)
        fits = np.ones(len(wholes), dtype=bool)
        for share in shares:
            fits &= np.abs(np.round(100 * np.round(share * wholes / 100) / wholes, 3) - share) < 1e-9
        if fits.any():
            return int(wholes[fits][np.abs(wholes[fits] - about).argmin()])
    raise AssertionError(f"no counts give {shares}")


@cache
def population(area: AreaCode, year: int) -> int:
    """Give the inhabitants of an area."""
    low, high = {"deso": (700, 2700), "regso": (1500, 7500), "municipality": (20_000, 60_000)}[area.level]
    base = made_up(area.full, low, high)
    return int(published().get((area.full, "population", year), base + (year - 2018) * made_up(area.code, -9, 12)))


@cache
def ages(area: AreaCode, year: int) -> dict[tuple[str, str], int]:
    """Give persons by band and sex; the bands of 20 to 34 years of both sexes give the published share."""
    everybody = population(area, year)
    found = {}
    for band in BANDS:
        name = {"-4": "0_4", "80-": "80_plus"}.get(band, band.replace("-", "_"))
        for sex, word in (("1", "men"), ("2", "women")):
            made = made_up(f"{area.full} {band} {sex}", 0.02, 0.039, 4) * everybody
            found[band, sex] = int(published().get((area.full, f"population_{word}_{name}", year), round(made)))
        found[band, "1+2"] = found[band, "1"] + found[band, "2"]
    share = published().get((area.full, "age_20_34_share", year))
    if share is not None:
        young = round(share * everybody / 100)
        found["30-34", "1+2"] = young - found["20-24", "1+2"] - found["25-29", "1+2"]
    for sex in ("1", "2"):
        found["totalt", sex] = sum(found[band, sex] for band in BANDS)
    found["totalt", "1+2"] = everybody
    return found


def _tab6574(area: AreaCode, year: int, codes: dict[str, str]) -> float:
    return ages(area, year)[codes["Alder"], codes["Kon"]]


def _tab6568(area: AreaCode, year: int, codes: dict[str, str]) -> float:
    alone, whole = counts(area, "one_person_household_share", year, population(area, year) // 2)
    return {"ESUB": alone, "TOTALT": whole}.get(codes["Hushallstyp"], (whole - alone) // 4)


def _tab6571(area: AreaCode, year: int, codes: dict[str, str]) -> float:
    foreign, whole = counts(area, "foreign_background_share", year, population(area, year))
    both = {"1": foreign, "2": whole - foreign, "SA": whole}[codes["UtlBakgrund"]]
    return {"1+2": both, "1": both // 2, "2": both - both // 2}[codes["Kon"]]


def _tab6683(area: AreaCode, year: int, codes: dict[str, str]) -> float:
    which, of, kon = codes["Inkomstkomponenter"], codes["ContentsCode"], codes["Kon"]
    if of == "000008A4":
        indicator = "net_income_mean" if which == "240" else f"income_component_{which}_mean"
        return known(area, indicator, year, 1, 330, 1) + (0 if kon == "1+2" else 0.5)
    if of == "000008A2":
        return known(area, "capital_income_share" if which == "230" else f"have {which}", year, 20, 90)
    return round(0.75 * population(area, year))


def _tab6684(area: AreaCode, year: int, codes: dict[str, str]) -> float:
    of = codes["ContentsCode"]
    if of in QUARTILES:
        lowest = known(area, "income_quartile_1", year, 10, 45)
        return (lowest, 25, 25, 50 - lowest)[QUARTILES.index(of)]
    median = known(area, "disposable_income_median", year, 200, 350, 1)
    return {"000008AB": median, "000008AA": median + 20}.get(of, round(0.97 * population(area, year)))


def _tab6685(area: AreaCode, year: int, codes: dict[str, str]) -> float:
    share = known(area, "low_economic_standard_share", year, 4, 40)
    return {"000008AC": share, "000008AD": 100 - 2 * share}.get(codes["ContentsCode"], population(area, year) - 1)


def _tab6680(area: AreaCode, year: int, codes: dict[str, str]) -> float:
    employed, people = counts(area, "employment_rate_20_64", year, round(0.57 * population(area, year)))
    rate = published().get((area.full, "unemployment_rate_20_64", year), 10)
    out_of_work, force = counts(area, "unemployment_rate_20_64", year, round(employed / (1 - rate / 100)))
    told = {"0000089X": employed, "0000089W": out_of_work, "0000089V": force, "0000089Y": people}
    return told.get(codes["ContentsCode"], people - force)


def _education(area: AreaCode, year: int, codes: dict[str, str]) -> float:
    higher, whole = counts(area, "post_secondary_education_share", year, round(0.5 * population(area, year)))
    low = (whole - higher) // 4
    return {"21": low, "3+4": whole - higher - low, "5": higher // 3, "6": higher - higher // 3, "US": 7}[
        codes["UtbildningsNiva"]
    ]


def _tenure(area: AreaCode, year: int, codes: dict[str, str]) -> float:
    form = codes["Upplatelseform"]
    counted = published().get((area.full, TENURES[form], year))
    if counted is not None:
        return counted
    rented, whole = counts(area, "rental_tenure_share", year, population(area, year) // 2)
    tenant_owned = (whole - rented) // 3
    return {"1": rented, "2": tenant_owned, "3": whole - rented - tenant_owned}.get(form, 0)


def _tab6586(area: AreaCode, year: int, codes: dict[str, str]) -> float:
    index = known(area, "socio_economic_index", year, 2, 33, 1)
    return {"000008IT": index, "000008IU": 1 + int(index < 20) + int(index < 10)}.get(codes["ContentsCode"], index)


def _tab6065(area: AreaCode, year: int, codes: dict[str, str]) -> float | None:
    if is_missing(area, "apartment_building_share", year):
        return None
    flats, whole = counts(area, "apartment_building_share", year, population(area, year))
    other = (whole - flats) // 9
    return {"FLERBOST": flats, "SMÅHUS": whole - flats - 2 * other}.get(codes["Hustyp"], other)


@cache
def dwellings(area: AreaCode, year: int) -> dict[tuple[str, str], int]:
    """Give a municipality's dwellings by type of building and tenure."""
    told = published()
    of_tenure = {form: told.get((area.full, name, year)) for form, name in TENURES.items()}
    flats = told.get((area.full, "apartment_dwelling_share", year))
    rented = told.get((area.full, "rental_tenure_share", year))
    whole = population(area, year) // 2
    if None not in of_tenure.values():
        whole = int(sum(count or 0 for count in of_tenure.values()))
    elif flats is not None and rented is not None:
        whole = whole_of((flats, rented), whole)
    if of_tenure["1"] is None:
        own = round(whole * (rented if rented is not None else 40) / 100)
        of_tenure = {"1": own, "2": (whole - own) // 3, "3": whole - own - (whole - own) // 3, "ÖVRIGT": 0}
    left = round(whole * (flats if flats is not None else 55) / 100)
    found = dict.fromkeys(((building, form) for building in BUILDINGS for form in TENURES), 0)
    for form, count in of_tenure.items():
        found["FLERBOST", form] = min(left, int(count or 0))
        found["SMÅHUS", form] = int(count or 0) - found["FLERBOST", form]
        left -= found["FLERBOST", form]
    return found


def _tab824(area: AreaCode, year: int, codes: dict[str, str]) -> float:
    return dwellings(area, year)[codes["Hustyp"], codes["Upplatelseform"]]


def _tab6260(area: AreaCode, year: int, codes: dict[str, str]) -> float:
    name, low, high = {"000006II": ("unemployment_rate", 4, 9), "000006IK": ("employment_rate", 70, 84)}[
        codes["ContentsCode"]
    ]
    month = {"M12": "december", "M06": "june"}.get(codes["Tid"][4:], codes["Tid"])
    return known(area, f"{name}_{month}", year, low, high, 1)


def _tab4590(area: AreaCode, year: int, codes: dict[str, str]) -> float:
    name = {"000000J4": "rent_median", "000000RZ": "rent_mean"}.get(codes["ContentsCode"])
    return known(area, name, year, 900, 1300) if name else margin_of_rent(area, year)


def margin_of_rent(area: AreaCode, year: int) -> float:
    """Give a margin of error that is made up."""
    return made_up(f"{area.full} {year}", 10, 40)


def _tab1541(area: AreaCode, year: int, codes: dict[str, str]) -> float:
    return known(area, "floor_space_per_person", year, 35, 45)


Figure = Callable[[AreaCode, int, dict[str, str]], float | None]
FIGURES: dict[str, Figure] = {
    "TAB6574": _tab6574,
    "TAB6568": _tab6568,
    "TAB6571": _tab6571,
    "TAB6683": _tab6683,
    "TAB6684": _tab6684,
    "TAB6685": _tab6685,
    "TAB6680": _tab6680,
    "TAB6534": _education,
    "TAB5956": _education,
    "TAB6638": _tenure,
    "TAB6258": _tenure,
    "TAB6586": _tab6586,
    "TAB6065": _tab6065,
    "TAB824": _tab824,
    "TAB6260": _tab6260,
    "TAB4590": _tab4590,
    "TAB1541": _tab1541,
}
SEXES, EDUCATION = ("1", "2", "1+2"), ("21", "3+4", "5", "6", "US")
#: Every dimension but areas and time. The codes of contents of the two closed tables are made up.
DIMENSIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "TAB6574": {"Alder": ("totalt", *BANDS), "Kon": SEXES, "ContentsCode": ("000007Y7",)},
    "TAB6568": {
        "Hushallstyp": ("SBMB", "SBUB", "ESMB", "ESUB", "OVRIGA", "TOTALT"),
        "ContentsCode": ("000007Y1",),
    },
    "TAB6571": {"UtlBakgrund": ("2", "1", "SA"), "Kon": SEXES, "ContentsCode": ("000007Y4",)},
    "TAB6683": {
        "Inkomstkomponenter": (*COMPONENTS, "240"),
        "Kon": SEXES,
        "ContentsCode": ("000008A4", "000008A2", "000008A3"),
    },
    "TAB6684": {"ContentsCode": (*QUARTILES, "000008AB", "000008AA", "000008A5")},
    "TAB6685": {
        "Alder": ("tot", "0-19", "20-64", "20-65", "65+", "66+"),
        "ContentsCode": ("000008AC", "000008AD", "000008AE"),
    },
    "TAB6680": {
        "Kon": SEXES,
        "Alder": ("15-74", "16-64", "16-65", "16-66", "20-64", "20-65", "20-66"),
        "ContentsCode": ("0000089X", "0000089W", "0000089V", "0000089Z", "0000089Y"),
    },
    "TAB6534": {"UtbildningsNiva": EDUCATION, "ContentsCode": ("000007Z6",)},
    "TAB5956": {"UtbildningsNiva": EDUCATION, "ContentsCode": ("MADE_UP_1",)},
    "TAB6638": {"Upplatelseform": tuple(TENURES), "ContentsCode": ("00000864",)},
    "TAB6258": {"Upplatelseform": tuple(TENURES), "ContentsCode": ("MADE_UP_2",)},
    "TAB6586": {"ContentsCode": ("000008IT", "000008IU", "000008IV", "000008IW", "000008IX")},
    "TAB6065": {"Hustyp": BUILDINGS, "ContentsCode": ("0000077F",)},
    "TAB824": {"Hustyp": BUILDINGS, "Upplatelseform": tuple(TENURES), "ContentsCode": ("BO0104AH",)},
    "TAB6260": {
        "Kon": SEXES,
        "Alder": ("16-64", "20-64"),
        "Fodelseregion": ("tot", "83", "200"),
        "ContentsCode": ("000006II", "000006IK"),
    },
    "TAB4590": {
        "Hyresuppg": ("Ah_kvm", "Mh_lgh"),
        "ContentsCode": ("000000J4", "000000J3", "000000RZ", "000000MQ"),
    },
    "TAB1541": {"Hushallstyp": ("SAMTLH", "ESUB"), "Boendeform": ("TOT", "SMAG"), "ContentsCode": ("HE0111DJ",)},
}
#: Levels and divisions of the tables that do not have all of them.
LEVELS = {
    "TAB6680": ("deso regso", "old new"),
    "TAB6534": ("kommun deso regso", "new"),
    "TAB5956": ("kommun deso regso", "old"),
    "TAB6638": ("deso regso", "new"),
    "TAB6258": ("deso regso", "old"),
    "TAB6586": ("regso", "old new"),
    "TAB6065": ("deso regso", "old new"),
    **dict.fromkeys(("TAB824", "TAB6260", "TAB4590", "TAB1541"), ("kommun", "")),
}


def _figure_of(table: str) -> Callable[[dict[str, str]], float | None]:
    figure = FIGURES[table]

    wheres: dict[tuple[str, str], tuple[AreaCode | None, int, bool]] = {}

    def of(codes: dict[str, str]) -> float | None:
        key = codes["Region"], codes["Tid"]
        if key not in wheres:
            area, year = _area(key[0]), int(key[1][:4])
            wheres[key] = area, year, area is None or existed(area, year)
        area, year, there = wheres[key]
        if area is None:
            return 10_000_000
        return figure(area, year, codes) if there else 0

    return of


@cache
def _area(code: str) -> AreaCode | None:
    """Give the area of a code; a test may have made one up that is none."""
    try:
        return area_of_service(code)
    except ValueError:
        return None


def _periods(table: str, years: Iterable[int] | None) -> list[str]:
    first, last = YEARS[table]
    some = [year for year in range(first, last + 1) if years is None or year in set(years)]
    if table != "TAB6260":
        return [str(year) for year in some]
    return [f"{year}M{month:02}" for year in some for month in range(1, 13)] + (
        [f"2026M{month:02}" for month in range(1, 7)] if years is None or 2026 in set(years) else []
    )


@lru_cache
def _municipality_names() -> dict[str, str]:
    with (DATA / "catalogue" / "municipalities.csv").open(encoding="utf-8") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


@lru_cache
def _regso_names() -> dict[str, str]:
    table = pd.read_parquet(DATA / "areas" / "regso_2025.parquet", columns=["code", "name"]).dropna()
    return dict(zip(table["code"], table["name"], strict=True))


def _label(dimension: str, code: str) -> str:
    """Give labels as SCB has them: a neighbourhood with its municipality, and with its code in the division of 2025."""
    area = _area(code) if dimension == "Region" else None
    if area is None or area.level == "deso":
        return code
    place = _municipality_names()[area.municipality]
    if area.level == "municipality":
        return place
    name = _regso_names().get(area.code, f"område {area.code[-3:]}")
    return f"{area.code} {place} ({name})" if area.vintage == 2025 else f"{place} ({name})"
