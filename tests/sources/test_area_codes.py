"""Area codes and their divisions: two divisions never meet."""

import pytest

from dashboard.sources.area_codes import existed, parse_area_code, under_the_division_of


@pytest.mark.parametrize(
    ("text", "full", "level", "vintage", "kind"),
    [
        ("1488C1010", "1488C1010_DeSO2025", "deso", 2025, "C"),
        ("1488C1010_DeSO2025", "1488C1010_DeSO2025", "deso", 2025, "C"),
        ("1488A0010_DeSO2018", "1488A0010_DeSO2018", "deso", 2018, "A"),
        ("1488R007", "1488R007_RegSO2025", "regso", 2025, None),
        ("1488R007_RegSO2020", "1488R007_RegSO2020", "regso", 2020, None),
        (" 1488 ", "1488", "municipality", None, None),
    ],
)
def test_codes_are_taken_apart(text, full, level, vintage, kind):
    area = parse_area_code(text)
    assert (area.full, area.level, area.vintage, area.kind) == (full, level, vintage, kind)
    assert area.municipality == "1488"
    assert area.code == full.partition("_")[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "148",
        "14888",
        "1488D1010",
        "1488C101",
        "1488R07",
        "1488_DeSO2025",
        "1488C1010_RegSO2025",
        "1488R007_DeSO2025",
    ],
)
def test_other_texts_are_refused(text):
    with pytest.raises(ValueError, match=r"is not a municipality|has no division|mixes"):
        parse_area_code(text)


@pytest.mark.parametrize(
    ("code", "year", "answer"),
    [
        ("1488C1010_DeSO2025", 2023, False),
        ("1488C1010_DeSO2025", 2024, True),
        ("1488C1010_DeSO2018", 2023, True),
        ("1488C1010_DeSO2018", 2024, False),
        ("1488R007_RegSO2025", 2023, False),
        ("1488R007_RegSO2020", 2023, True),
        ("1488", 1990, True),
    ],
)
def test_a_code_has_figures_only_under_its_division(code, year, answer):
    assert existed(parse_area_code(code), year) is answer


@pytest.mark.parametrize(
    ("code", "year", "full"),
    [
        ("1488C1010", 2024, "1488C1010_DeSO2025"),
        ("1488C1010", 2023, "1488C1010_DeSO2018"),
        ("1488R007", 2023, "1488R007_RegSO2020"),
        ("1488", 2010, "1488"),
    ],
)
def test_a_year_names_its_division(code, year, full):
    assert under_the_division_of(parse_area_code(code), year).full == full
