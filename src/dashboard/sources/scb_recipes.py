"""Which cells of which table of Statistics Sweden make which indicator: one recipe a table, to be read as a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dashboard.sources.indicator_names import age_sex_indicator
from dashboard.sources.scb_municipality_recipes import MUNICIPALITY_RECIPES
from dashboard.sources.scb_recipe_form import (
    BOTH_SEXES,
    EVERYWHERE,
    MUNICIPALITY,
    REGSO,
    SMALL_AREAS,
    TENURE_CODES,
    WORKED_OUT,
    Cells,
    Made,
    Recipe,
    Told,
    share,
    tenure,
)

BANDS = ("-4", *(f"{start}-{start + 4}" for start in range(5, 80, 5)), "80-")
SEXES = {"men": "1", "women": "2"}


def _first_age(band: str) -> int:
    return int(band.partition("-")[0] or 0)


def _band_name(band: str) -> str:
    return {"-4": "0-4", "80-": "80+"}.get(band, band)


def _bands(start: int, end: int) -> tuple[str, ...]:
    return tuple(band for band in BANDS if start <= _first_age(band) < end)


def _population() -> Iterator[Made]:
    """Give what is printed; sums of ages and their shares follow from it as they do from files (``derived.py``)."""
    everybody: Cells = {"Alder": "totalt", "Kon": BOTH_SEXES}
    yield Made("population", everybody)
    yield Made("population_growth", everybody, how="growth", note=WORKED_OUT)
    yield share("age_20_34_share", {"Alder": _bands(20, 35), "Kon": BOTH_SEXES}, everybody)
    for band in BANDS:
        for sex, code in SEXES.items():
            yield Made(age_sex_indicator(_band_name(band), sex), {"Alder": band, "Kon": code})


POPULATION = Recipe(
    "TAB6574",
    "scb_tab6574",
    EVERYWHERE,
    {"Alder": ("totalt", *BANDS), "Kon": ("1", "2", BOTH_SEXES), "ContentsCode": ("000007Y7",)},
    tuple(_population()),
)

HOUSEHOLDS = Recipe(
    "TAB6568",
    "scb_tab6568",
    EVERYWHERE,
    {"Hushallstyp": ("ESUB", "TOTALT"), "ContentsCode": ("000007Y1",)},
    (share("one_person_household_share", {"Hushallstyp": "ESUB"}, {"Hushallstyp": "TOTALT"}),),
)

BACKGROUND = Recipe(
    "TAB6571",
    "scb_tab6571",
    EVERYWHERE,
    {"UtlBakgrund": ("1", "SA"), "Kon": (BOTH_SEXES,), "ContentsCode": ("000007Y4",)},
    (share("foreign_background_share", {"UtlBakgrund": "1"}, {"UtlBakgrund": "SA"}),),
)

COMPONENTS = ("10", "30", "230", "70", "80", "100", "110", "120", "140", "150", "160", "170", "180")
MEAN, HAVE_IT = "000008A4", "000008A2"
NET_INCOME = Recipe(
    "TAB6683",
    "scb_tab6683",
    EVERYWHERE,
    {"Inkomstkomponenter": (*COMPONENTS, "240"), "Kon": (BOTH_SEXES,), "ContentsCode": (MEAN, HAVE_IT)},
    (
        Made("net_income_mean", {"Inkomstkomponenter": "240", "ContentsCode": MEAN}),
        Made("capital_income_share", {"Inkomstkomponenter": "230", "ContentsCode": HAVE_IT}),
        *(
            Made(
                f"income_component_{code}_mean",
                {"Inkomstkomponenter": code, "ContentsCode": MEAN},
                levels=REGSO | MUNICIPALITY,
            )
            for code in COMPONENTS
        ),
    ),
)

QUARTILES = ("000008A6", "000008A7", "000008A8", "000008A9")
DISPOSABLE_INCOME = Recipe(
    "TAB6684",
    "scb_tab6684",
    EVERYWHERE,
    {"ContentsCode": (*QUARTILES, "000008AB", "000008A5")},
    (
        Made("disposable_income_median", {"ContentsCode": "000008AB"}),
        *(
            Made(f"income_quartile_{number}", {"ContentsCode": code}, levels=SMALL_AREAS)
            for number, code in enumerate(QUARTILES, start=1)
        ),
        Made("income_persons", {"ContentsCode": "000008A5"}, levels=SMALL_AREAS),
    ),
)

LOW_STANDARD = Recipe(
    "TAB6685",
    "scb_tab6685",
    EVERYWHERE,
    {"Alder": ("tot",), "ContentsCode": ("000008AC",)},
    (Made("low_economic_standard_share", {}),),
)

EMPLOYED, UNEMPLOYED, LABOUR_FORCE, PEOPLE = "0000089X", "0000089W", "0000089V", "0000089Y"
WORK = Recipe(
    "TAB6680",
    "scb_tab6680",
    SMALL_AREAS,
    {"Kon": (BOTH_SEXES,), "Alder": ("20-64",), "ContentsCode": (EMPLOYED, UNEMPLOYED, LABOUR_FORCE, PEOPLE)},
    (
        share("unemployment_rate_20_64", {"ContentsCode": UNEMPLOYED}, {"ContentsCode": LABOUR_FORCE}),
        share("employment_rate_20_64", {"ContentsCode": EMPLOYED}, {"ContentsCode": PEOPLE}),
        # SCB's own number stands where one was estimated; the catalogue counts the indicator as worked out.
        Made("labour_force_estimated", {"ContentsCode": LABOUR_FORCE}, note=WORKED_OUT),
    ),
)

KNOWN_EDUCATION: Cells = {"UtbildningsNiva": ("21", "3+4", "5", "6")}
EDUCATION_MAKES = (
    share("post_secondary_education_share", {"UtbildningsNiva": ("5", "6")}, KNOWN_EDUCATION),
    Made("population_25_65_estimated", KNOWN_EDUCATION, note=WORKED_OUT, levels=SMALL_AREAS),
)
EDUCATION = Recipe(
    "TAB6534",
    "scb_tab6534",
    EVERYWHERE,
    {"UtbildningsNiva": ("21", "3+4", "5", "6"), "ContentsCode": ("000007Z6",)},
    EDUCATION_MAKES,
)
EDUCATION_BEFORE = Recipe(
    "TAB5956",
    "scb_tab6534",
    EVERYWHERE,
    {"UtbildningsNiva": ("21", "3+4", "5", "6"), "ContentsCode": Told.THE_ONLY},
    EDUCATION_MAKES,
    may_be_closed=True,
    last_year=2023,
)

TENURE = Recipe(
    "TAB6638",
    "scb_tab6638",
    SMALL_AREAS,
    {"Upplatelseform": TENURE_CODES, "ContentsCode": ("00000864",)},
    tuple(tenure()),
)
TENURE_BEFORE = Recipe(
    "TAB6258",
    "scb_tab6638",
    SMALL_AREAS,
    {"Upplatelseform": TENURE_CODES, "ContentsCode": Told.THE_ONLY},
    tuple(tenure()),
    may_be_closed=True,
    last_year=2023,
)

INDEX = Recipe(
    "TAB6586",
    "scb_tab6586",
    REGSO,
    {"ContentsCode": ("000008IT",)},
    (Made("socio_economic_index", {}),),
)

BUILDINGS = Recipe(
    "TAB6065",
    "scb_tab6065",
    SMALL_AREAS,
    {"Hustyp": Told.ALL, "ContentsCode": ("0000077F",)},
    (share("apartment_building_share", {"Hustyp": "FLERBOST"}, {"Hustyp": Told.WHOLE}),),
)

#: In the order in which they are asked for.
RECIPES: Mapping[str, Recipe] = {
    recipe.table: recipe
    for recipe in (
        POPULATION,
        HOUSEHOLDS,
        BACKGROUND,
        NET_INCOME,
        DISPOSABLE_INCOME,
        LOW_STANDARD,
        WORK,
        EDUCATION,
        EDUCATION_BEFORE,
        TENURE,
        TENURE_BEFORE,
        INDEX,
        BUILDINGS,
        *MUNICIPALITY_RECIPES,
    )
}
