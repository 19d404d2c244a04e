"""Who lives where in made-up towns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.reach.city import Grouping, People


def people_of(homes: Sequence[Sequence[int]], **counts: Sequence[Sequence[float]]) -> People:
    """Give people who live at some nodes of each area in equal shares.

    ``homes`` has the nodes of every area; ``counts`` the groups of every area, by the name of the grouping.
    """
    area = np.repeat(np.arange(len(homes)), [len(nodes) for nodes in homes])
    return People(
        area_codes=tuple(f"1488C{number:04d}" for number in range(len(homes))),
        node=np.concatenate([np.asarray(nodes, np.int64) for nodes in homes]),
        area=area,
        share=np.concatenate([np.full(len(nodes), 1 / len(nodes)) for nodes in homes]),
        groupings={name: Grouping(name, 2025, np.array(table, float)) for name, table in counts.items()},
    )
