"""Centralities of a walk network, worked out once for each network: that takes minutes for a real one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard.file_swap import file_swapped_in
from dashboard.reach.centrality import RADII, centralities
from dashboard.reach.network import WalkNetwork
from dashboard.sources.network_tables import NetworkFiles
from dashboard.warehouse.fingerprint import CODE_OF_CENTRALITIES

COLUMNS = ["node", "radius", "closeness", "betweenness"]
#: Nodes from which on the operator is told that it takes a while.
MANY_NODES = 2000


def centrality_rows(network: NetworkFiles, folder: Path, say: Callable[[str], None]) -> pd.DataFrame:
    """Give the centralities of a network, from the store or worked out and put there.

    Parameters
    ----------
    network
        The walk network.
    folder
        Where the store is: beside the warehouse.
    say
        Takes a line of text for the operator.

    Returns
    -------
    Columns `COLUMNS`, one row a node and radius.
    """
    file = folder / f"centrality-{_digest(network)}.parquet"
    if file.is_file():
        found: pd.DataFrame = pd.read_parquet(file)
        return found[COLUMNS]
    if network.x.size >= MANY_NODES:
        say(f"Working out how central {network.x.size} points of the walk network are; once for each network")
    walk = WalkNetwork.of(network.x, network.y, network.a, network.b, network.length)
    frames = [
        pd.DataFrame(
            {
                "node": np.arange(walk.nodes),
                "radius": radius,
                "closeness": found.closeness,
                "betweenness": found.betweenness,
            }
        )
        for radius, found in centralities(walk, RADII).items()
    ]
    table = pd.concat(frames, ignore_index=True)
    with file_swapped_in(file) as new:
        table.to_parquet(new)
        for older in folder.glob("centrality-*.parquet"):
            older.unlink(missing_ok=True)
    return table


def _digest(network: NetworkFiles) -> str:
    """Give a digest of what centralities hang on: nodes, ends and lengths of edges, radii, and how it is worked out."""
    digest = hashlib.sha256(repr(RADII).encode())
    for path in CODE_OF_CENTRALITIES:
        digest.update(path.read_bytes())
    for values in (network.a, network.b, np.round(network.length, 2)):
        digest.update(np.ascontiguousarray(values).tobytes())
    digest.update(str(network.x.size).encode())
    return digest.hexdigest()[:16]
