import datetime as dt
import math
from pathlib import Path

import pytest

from dashboard.i18n import Translator, get_translator
from dashboard.views.numbers import NumberFormat

EN = NumberFormat("en")
LOCALES = Path(__file__).parents[2] / "locales"


@pytest.mark.parametrize(
    ("value", "decimals", "swedish", "english"),
    [
        (59265, 0, "59\u00a0265", "59,265"),
        (1234.5, 1, "1\u00a0234,5", "1,234.5"),
        (1234567, 0, "1\u00a0234\u00a0567", "1,234,567"),
        (45.43, 1, "45,4", "45.4"),
        (-1.3, 1, "\u22121,3", "\u22121.3"),
        (0, 1, "0,0", "0.0"),
        (-0.04, 1, "0,0", "0.0"),
        (2.5, 0, "3", "3"),
        (-2.5, 0, "\u22123", "\u22123"),
        (2.675, 2, "2,68", "2.68"),
        (None, 1, "..", ".."),
        (math.nan, 0, "..", ".."),
        (math.inf, 0, "..", ".."),
    ],
)
def test_number(fmt: NumberFormat, value: float | None, decimals: int, swedish: str, english: str) -> None:
    assert fmt.number(value, decimals) == swedish
    assert EN.number(value, decimals) == english


def test_percent_has_a_hard_space_in_swedish_only(fmt: NumberFormat) -> None:
    assert fmt.percent(45.43) == "45,4\u00a0%"
    assert fmt.percent(-0.25, 2) == "\u22120,25\u00a0%"
    assert fmt.percent(None) == ".."
    assert EN.percent(45.43) == "45.4%"


def test_signed(fmt: NumberFormat) -> None:
    assert fmt.signed(1.3, 1) == "+1,3"
    assert fmt.signed(-1.3, 1) == "\u22121,3"
    assert fmt.signed(0.04, 1) == "0,0"
    assert fmt.signed(None) == ".."


def test_with_unit(fmt: NumberFormat) -> None:
    assert fmt.with_unit(45.43, "percent", 1) == "45,4\u00a0%"
    assert fmt.with_unit(312.4, "SEK thousand", 0, "tkr") == "312\u00a0tkr"
    assert fmt.with_unit(32.5, "index", 1) == "32,5"
    assert fmt.with_unit(None, "SEK thousand", 0, "tkr") == ".."


def test_interval(fmt: NumberFormat) -> None:
    assert fmt.interval(44.6, 46.2) == "44,6\u201346,2"
    assert fmt.interval(-1.1, 1.1) == "\u22121,1\u00a0\u2013 1,1"
    assert fmt.interval(None, 1.1) == ".."
    assert EN.interval(44.6, 46.2) == "44.6\u201346.2"


@pytest.mark.parametrize(
    ("language", "ends", "cell", "said"),
    [
        ("sv", (-0.71, -0.56), "−0,71 till −0,56", "mellan −0,71 och −0,56"),
        ("sv", (-0.001, 0.56), "0,00–0,56", "mellan 0,00 och 0,56"),
        ("en", (-0.71, 0.56), "−0.71 to 0.56", "between −0.71 and 0.56"),
        ("sv", (None, 0.56), "..", ".."),
    ],
)
def test_intervals_in_words(language: str, ends: tuple[float | None, float], cell: str, said: str) -> None:
    fmt = NumberFormat(language, get_translator(language, LOCALES))
    assert fmt.interval(*ends, 2) == cell
    assert fmt.between(*ends, 2) == said


def test_year_is_never_grouped(fmt: NumberFormat) -> None:
    assert fmt.year(2025) == "2025"


def test_date(fmt: NumberFormat) -> None:
    assert fmt.date(dt.date(2025, 12, 31)) == "31\u00a0december\u00a02025"
    assert EN.date(dt.date(2025, 12, 31)) == "December\u00a031,\u00a02025"
    assert fmt.date(dt.date(2026, 6, 23), "medium") == "23\u00a0juni\u00a02026"


@pytest.mark.parametrize(
    ("values", "unit", "decimals", "expected"),
    [
        ((59265, 59249), "persons", 0, "16 fler än 2020"),
        ((59000, 60200), "persons", 0, "1\u00a0200 färre än 2020"),
        ((16, 18), "percent", 0, "2 procentenheter lägre än 2020"),
        ((17, 16), "percent", 0, "1 procentenhet högre än 2020"),
        ((6.7, 9.9), "percent", 1, "3,2 procentenheter lägre än 2020"),
        ((16.2, 15.9), "percent", 0, "samma som 2020"),
        ((32.5, 31.2), "index", 1, "1,3 högre än 2020"),
        ((None, 31.2), "index", 1, ""),
        ((32.5, None), "index", 1, ""),
    ],
)
def test_change_in_words(
    t: Translator, values: tuple[float | None, float | None], unit: str, decimals: int, expected: str
) -> None:
    assert NumberFormat("sv").change(*values, "2020", t, unit=unit, decimals=decimals) == expected


def test_change_names_its_unit_and_speaks_english(fmt: NumberFormat, t: Translator, english: Translator) -> None:
    changed = fmt.change(312, 300, "2020", t, unit="SEK thousand", unit_label="tkr")
    assert changed == "12\u00a0tkr högre än 2020"
    assert EN.change(17, 16, "2020", english, unit="percent") == "1 percentage point higher than 2020"
