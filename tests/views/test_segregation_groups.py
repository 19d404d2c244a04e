"""The groups of the neighbourhoods: which of them stand at the ends."""

from dashboard.views.segregation_groups import in_order


def test_an_area_without_shares_is_at_no_end():
    shares = {"empty": [None, None], "most": [90.0, 10.0], "least": [0.0, 100.0]}
    assert in_order(shares) == (["least", "most", "empty"], ["least", "most"])
    assert in_order({"empty": [None, None]}) == (["empty"], [])
