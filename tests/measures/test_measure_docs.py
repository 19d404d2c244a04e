"""Every measure and every reason is explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.measures.report import REPORT_MEASURES
from dashboard.measures.segregation import REASONS

DOCS = Path(__file__).parents[2] / "docs" / "measures"
SECTIONS = ["Formula", "Reading", "Traps", "Reference value", "Source"]
OTHERS = (
    "location_quotient",
    "contribution",
    "random_floor",
    "interval",
    "bespoke_neighbourhood",
    "entropy_score",
    "effective_groups",
    "entropy_contribution",
    "morans_i",
    "local_morans_i",
    "housing_scenario",
    "rank_order_entropy",
    "change",
)
OF_PLACES = (
    "network_distance",
    "detour_ratio",
    "closeness",
    "betweenness",
    "barrier",
    "catchment",
    "social_mix",
    "access_gap",
)


@pytest.mark.parametrize("measure", [*REPORT_MEASURES, *OTHERS, *OF_PLACES])
def test_measure_is_explained(measure):
    lines = (DOCS / f"{measure}.md").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith(f"# `{measure}`: ")
    assert [line.removeprefix("## ") for line in lines if line.startswith("## ")] == SECTIONS
    assert f"[{measure}]({measure}.md)" in (DOCS / "README.md").read_text(encoding="utf-8")


def test_every_reason_is_explained():
    text = (DOCS / "README.md").read_text(encoding="utf-8")
    explained = [line.split("`")[1] for line in text.splitlines() if line.startswith("| `")]
    assert explained == list(REASONS)
