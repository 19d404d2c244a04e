"""Which indicator of the catalogue a column or row of the input files is."""

from __future__ import annotations

import re

AGE_BANDS = (
    *(f"{start}_{start + 4}" for start in range(0, 80, 5)),
    "80_plus",
)

# Names that the files use for something the catalogue calls otherwise. The same name in every file is the same
# thing, except where the level makes it another one (see below).
_RENAMED = {
    "population_derived": "population",
    "share_aged_20_34": "age_20_34_share",
    "one_person_households": "one_person_household_share",
    "foreign_background": "foreign_background_share",
    "equivalised_disposable_income_median": "disposable_income_median",
    "share_with_capital_income": "capital_income_share",
    "low_economic_standard": "low_economic_standard_share",
    "post_secondary_education": "post_secondary_education_share",
    "rented_dwellings": "rental_tenure_share",
    "persons_in_multi_dwelling_buildings": "apartment_building_share",
    "dwellings_in_multi_dwelling_buildings": "apartment_dwelling_share",
    "dwellings_data_missing": "dwellings_tenure_unknown",
    "self_sufficient_born_in_Sweden": "self_sufficient_born_in_sweden",
    "kt_ratio_smahus": "house_price_ratio",
    "purchase_price_mean_smahus": "house_price_mean",
    "sales_count_smahus": "house_sales",
    "equity_ratio_incl_pension": "equity_ratio",
    "reported_theft_robbery_chapter8": "reported_theft_robbery",
    "reported_criminal_damage_chapter12": "reported_criminal_damage",
}
_TENURES = {
    "hyresratt": "dwellings_rented",
    "bostadsratt": "dwellings_tenant_owned",
    "aganderatt": "dwellings_owner_occupied",
    "uppgift_saknas": "dwellings_tenure_unknown",
}
_MONTHS = {"M12": "december", "M06": "june"}

_AGE_SEX = re.compile(r"population_(men|women)_(\d+)(?:-(\d+)|\+)")
_INDUSTRY = re.compile(r"employed_industry_([A-Z+]+)")
_MONTHLY_TABLE = re.compile(r".*\d{4}(M\d{2})")


def catalogue_name(name: str, level: str, table: str = "") -> str | None:
    """Give the catalogue's id of a name in the files.

    Parameters
    ----------
    name
        The indicator as the file writes it.
    level
        ``deso``, ``regso`` or ``municipality``: unemployment is a yearly register figure for areas and a figure
        of one month for municipalities, so it is two indicators.
    table
        The source table as the file writes it, with the month where there is one.

    Returns
    -------
    The id, or None for a month that has no indicator. A name that is not known comes back as it is, so that the
    check against the catalogue can name it.
    """
    if match := _AGE_SEX.fullmatch(name):
        return age_sex_indicator(name.removeprefix(f"population_{match[1]}_"), match[1])
    if match := _INDUSTRY.fullmatch(name):
        return "employed_industry_" + match[1].lower().replace("+", "_")
    if name in {"unemployment", "employment_rate"}:
        base = "unemployment_rate" if name == "unemployment" else "employment_rate"
        if level != "municipality":
            return f"{base}_20_64"
        month = _MONTHLY_TABLE.fullmatch(table)
        suffix = _MONTHS.get(month[1]) if month else None
        return f"{base}_{suffix}" if suffix else None
    return _RENAMED.get(name, name)


def age_sex_indicator(age: str, sex: str) -> str:
    """Give the indicator of an age band and sex, ``0-4`` and ``men`` → ``population_men_0_4``."""
    return f"population_{sex}_{age.replace('-', '_').replace('+', '_plus')}"


def tenure_indicator(tenure: str) -> str | None:
    """Give the indicator of a form of tenure, or None when SCB has no such form."""
    return _TENURES.get(tenure)
