"""The words of the command are read whole or refused in a sentence."""

import pytest

from dashboard.update.faults import UpdateError
from dashboard.update.words import codes_in, years_in


@pytest.mark.parametrize(
    ("text", "years"),
    [
        (None, None),
        ("2024", {2024}),
        ("2015-2017", {2015, 2016, 2017}),
        ("2011-2012, 2025", {2011, 2012, 2025}),
        ("2024,2024", {2024}),
    ],
)
def test_years(text: str | None, years: set[int] | None) -> None:
    assert years_in(text) == years


@pytest.mark.parametrize("text", ["", "24", "2024-", "2025-2024", "2024;2025", "2024-2025-2026", "²⁰²⁴"])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(UpdateError, match=r"write for example 2015-2023,2025"):
        years_in(text)


def test_codes() -> None:
    assert codes_in(None) is None
    assert codes_in("") == ()
    assert codes_in("1487, 1485,1487") == ("1487", "1485")
    with pytest.raises(UpdateError, match="“148” is no municipality code"):
        codes_in("1487,148")
