"""What titles call an area."""

import pytest

from dashboard.views.areas import short_name


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Björndalen-Vårvik · 1488C1250", "Björndalen-Vårvik · C1250"),
        ("Bygg 50 i A · 1488A0010. Riv 3 i B · 1488B2010", "Bygg 50 i A · A0010. Riv 3 i B · B2010"),
        ("Södra Skoftebyn", "Södra Skoftebyn"),
        ("1488C1250", "1488C1250"),
        ("24,6 · Halvorstorp", "24,6 · Halvorstorp"),
    ],
)
def test_the_number_of_the_municipality_is_left_out(text: str, short: str) -> None:
    assert short_name(text) == short
