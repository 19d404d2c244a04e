"""The measures equal PySAL's ``segregation`` where it is right, and differ where it is known to be wrong."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from segregation.multigroup import MultiDissim, MultiInfoTheory
from segregation.singlegroup import (
    CorrelationR,
    DensityCorrectedDissim,
    Dissim,
    Entropy,
    Gini,
    Interaction,
    Isolation,
)

from dashboard.measures.inference import corrected_dissimilarity
from dashboard.measures.segregation import multigroup_panel, panel

ORACLES = {
    "dissimilarity": Dissim,
    "gini": Gini,
    "isolation": Isolation,
    "exposure": Interaction,
    "correlation_ratio": CorrelationR,
    "entropy": Entropy,
}


def city(seed):
    """Return whole counts with areas of share 0 and 1 and ties; no empty areas (PySAL divides by them)."""
    rng = np.random.default_rng(seed)
    t = rng.integers(1, 2500, rng.integers(2, 60)).astype(float)
    x = rng.binomial(t.astype(int), rng.beta(0.6, 2, len(t))).astype(float)
    x[0], x[-1] = 0, t[-1]
    return x, t


# PySAL takes the logarithm of 0 and of 1/0 before it puts the limit 0 in place.
@pytest.mark.filterwarnings("ignore:divide by zero encountered:RuntimeWarning")
@pytest.mark.filterwarnings("ignore:invalid value encountered:RuntimeWarning")
@pytest.mark.parametrize("seed", range(25))
def test_two_groups(relations, seed):
    x, t = city(seed)
    frame = pd.DataFrame({"x": x, "t": t})
    found = {row.measure: row.value for row in panel(relations.two_groups(x, t))}
    for measure, oracle in ORACLES.items():
        expected = oracle(frame, group_pop_var="x", total_pop_var="t").statistic
        assert found[measure] == pytest.approx(expected, rel=0, abs=1e-12), measure


@pytest.mark.filterwarnings("ignore:divide by zero encountered:RuntimeWarning")
@pytest.mark.filterwarnings("ignore:invalid value encountered:RuntimeWarning")
@pytest.mark.parametrize("seed", range(15))
def test_several_groups(relations, seed):
    rng = np.random.default_rng(seed)
    n = rng.negative_binomial(0.7, 0.002, (rng.integers(2, 60), rng.integers(2, 6))).astype(float)
    n[:, 0] += 1
    n[0] += 1
    groups = [f"g{i}" for i in range(n.shape[1])]
    frame = pd.DataFrame(n, columns=groups)
    found = {row.measure: row.value for row in multigroup_panel(relations.several_groups(n))}
    for measure, oracle in (
        ("multigroup_entropy", MultiInfoTheory),
        ("multigroup_dissimilarity", MultiDissim),
    ):
        assert found[measure] == pytest.approx(oracle(frame, groups).statistic, rel=0, abs=1e-12), measure


@pytest.mark.filterwarnings("ignore:divide by zero encountered:RuntimeWarning")
@pytest.mark.filterwarnings("ignore:invalid value encountered:RuntimeWarning")
@pytest.mark.filterwarnings("ignore:There are NAs present:UserWarning")
def test_missing_value_where_pysal_answers_zero(relations):
    """One missing count: PySAL says that H is 0.0; here there is no value, and a reason."""
    frame = pd.DataFrame({"x": [5, np.nan, 10], "t": [10.0, 10, 20]})
    assert Entropy(frame, "x", "t").statistic == 0.0
    row = panel(relations.two_groups([5, None, 10], [10, 10, 20]), measures=["entropy"])[0]
    assert (row.value, row.reason) == (None, "missing_values")


@pytest.mark.parametrize("seed", range(10))
def test_corrected_d_where_no_area_is_far_from_chance(seed):
    rng = np.random.default_rng(seed)
    t = rng.integers(50, 150, 30)
    x = rng.binomial(t, rng.uniform(0.02, 0.15, 30))
    frame = pd.DataFrame({"x": x.astype(float), "t": t.astype(float)})
    expected = DensityCorrectedDissim(frame, "x", "t").statistic
    assert corrected_dissimilarity(x, t) == pytest.approx(expected, rel=1e-4)


def test_corrected_d_where_pysal_loses_the_most_segregated_areas():
    """Two separated areas far from chance: the correction is small; PySAL's optimiser stays at 0 there."""
    x, t = np.array([5000.0, 20, 2500]), np.array([5020.0, 5000, 5000])
    frame = pd.DataFrame({"x": x, "t": t})
    plain = Dissim(frame, "x", "t").statistic
    assert corrected_dissimilarity(x, t) == pytest.approx(plain, abs=0.002)
    assert DensityCorrectedDissim(frame, "x", "t").statistic < plain / 2
