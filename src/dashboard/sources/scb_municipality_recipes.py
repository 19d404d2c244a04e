"""Recipes of the tables of Statistics Sweden that tell of whole municipalities only."""

from __future__ import annotations

from dashboard.sources.scb_recipe_form import (
    BOTH_SEXES,
    BUILDING_TYPES,
    MUNICIPALITY,
    TENURE_CODES,
    Made,
    Recipe,
    share,
    tenure,
)

DWELLINGS = Recipe(
    "TAB824",
    "scb_tab824",
    MUNICIPALITY,
    {"Hustyp": BUILDING_TYPES, "Upplatelseform": TENURE_CODES, "ContentsCode": ("BO0104AH",)},
    (
        *tenure(BUILDING_TYPES),
        share(
            "apartment_dwelling_share",
            {"Hustyp": "FLERBOST", "Upplatelseform": TENURE_CODES},
            {"Hustyp": BUILDING_TYPES, "Upplatelseform": TENURE_CODES},
        ),
    ),
)

MONTHS = {"december": "M12", "june": "M06"}
MONTHLY_WORK = Recipe(
    "TAB6260",
    "scb_tab6260",
    MUNICIPALITY,
    {"Alder": ("20-64",), "Kon": (BOTH_SEXES,), "Fodelseregion": ("tot",), "ContentsCode": ("000006II", "000006IK")},
    tuple(
        Made(f"{name}_{month}", {"ContentsCode": code}, month=mark)
        for name, code in {"unemployment_rate": "000006II", "employment_rate": "000006IK"}.items()
        for month, mark in MONTHS.items()
    ),
)

RENT = Recipe(
    "TAB4590",
    "scb_tab4590",
    MUNICIPALITY,
    {"Hyresuppg": ("Ah_kvm",), "ContentsCode": ("000000J4", "000000J3", "000000RZ", "000000MQ")},
    (
        Made("rent_median", {"ContentsCode": "000000J4"}, margin={"ContentsCode": "000000J3"}),
        Made("rent_mean", {"ContentsCode": "000000RZ"}, margin={"ContentsCode": "000000MQ"}),
    ),
)

FLOOR_SPACE = Recipe(
    "TAB1541",
    "scb_tab1541",
    MUNICIPALITY,
    {"Hushallstyp": ("SAMTLH",), "Boendeform": ("TOT",), "ContentsCode": ("HE0111DJ",)},
    (Made("floor_space_per_person", {}),),
)

MUNICIPALITY_RECIPES = (DWELLINGS, MONTHLY_WORK, RENT, FLOOR_SPACE)
