"""How long the interval of D takes for as many areas as all of Sweden has, beside PySAL's bootstrap in one process.

The areas are simulated (no real data). PySAL draws areas anew (its null approach “bootstrap”), the dashboard persons:
the two answer different questions, and only what one draw costs is compared. The rounds take turns, so that other
work on the machine slows both down; it is processor time that is held against the goal.

Run: python -m benchmarks.interval
"""

from __future__ import annotations

import sys
import time
import warnings
from statistics import median

import numpy as np
import pandas as pd
from segregation.inference import SingleValueTest
from segregation.singlegroup import Dissim

from benchmarks.results import Result, report
from dashboard.measures.inference import DRAWS, interval

AREAS = 6160
PYSAL_DRAWS = 50
ROUNDS = 5


def measure() -> list[Result]:
    """Measure 1 000 draws here and a part of as many by PySAL, in turns."""
    rng = np.random.default_rng(1)
    t = rng.integers(600, 2500, AREAS).astype(float)
    x = np.round(t * rng.beta(1.5, 5, AREAS))
    frame = pd.DataFrame({"x": x, "t": t})
    # PySAL takes the logarithm of zero on its way to the right limit.
    warnings.filterwarnings("ignore", category=RuntimeWarning, module="segregation")
    fitted = Dissim(frame, "x", "t")
    ours, theirs = [], []
    for _ in range(ROUNDS):
        start = time.process_time()
        interval(x, t)
        ours.append(time.process_time() - start)
        start = time.process_time()
        SingleValueTest(
            fitted, null_approach="bootstrap", iterations_under_null=PYSAL_DRAWS, n_jobs=1, backend="threading"
        )
        theirs.append((time.process_time() - start) / PYSAL_DRAWS)
    return [
        Result(
            f"Interval of D for {AREAS} areas, {DRAWS} draws: processor time",
            median(ours),
            "s",
            1.5,
            f"median of {ROUNDS}",
        ),
        Result(
            f"– a draw of it, against one of PySAL's bootstrap: {median(ours) / DRAWS * 1e3:.2f} ms against"
            f" {median(theirs) * 1e3:.2f} ms",
            median(theirs) / (median(ours) / DRAWS),
            "times faster",
            1,
            f"medians of {ROUNDS}, in turns",
            more_is_better=True,
        ),
    ]


if __name__ == "__main__":
    sys.exit(report(measure))
