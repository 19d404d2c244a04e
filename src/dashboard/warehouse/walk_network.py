"""Puts the walk network of the home municipality into the warehouse, and the people of each area onto its nodes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from dashboard.sources.network_files import network_folder, read_network
from dashboard.sources.network_tables import NetworkFiles
from dashboard.sources.scb_areas import SWEREF_99_TM
from dashboard.sources.tidy import InputError
from dashboard.warehouse.screen_network import write_network_map
from dashboard.warehouse.tables import insert, insert_frame

QUERIES = Path(__file__).parent / "queries"


def fill_network(
    connection: duckdb.DuckDBPyConnection,
    data_folder: Path,
    home: str,
    areas: gpd.GeoDataFrame,
    *,
    centralities: Callable[[NetworkFiles], pd.DataFrame],
) -> NetworkFiles | None:
    """Make the tables of the walk network and fill them; they stay empty for a municipality that has none.

    Parameters
    ----------
    connection
        The warehouse that is being built.
    data_folder
        The project's ``data``.
    home
        Code of the home municipality.
    areas
        Every area with its boundary.
    centralities
        Gives the rows of the table ``node_centrality``.

    Returns
    -------
    The network, or None when there is none.

    Raises
    ------
    InputError
        When the network's files cannot be used.
    """
    connection.execute((QUERIES / "schema_network.sql").read_text("utf-8"))
    folder = network_folder(data_folder, home)
    if not folder.is_dir():
        return None
    network = read_network(folder)
    if network.meta.municipality != home:
        raise InputError(f"{folder / 'network.yaml'} is of municipality {network.meta.municipality}, not {home}.")
    meta = network.meta
    insert(connection, "network", [(home, meta.kind, meta.length_factor, meta.made)])
    nodes = pd.DataFrame({"node": np.arange(network.x.size), "x": network.x, "y": network.y})
    insert_frame(connection, "node", nodes)
    columns = {name: getattr(network, name) for name in ("a", "b", "length", "kind", "name", "structure", "line")}
    insert_frame(connection, "edge", pd.DataFrame({"edge": np.arange(network.a.size), **columns}))
    insert_frame(connection, "node_area", people_nodes(network, areas[areas["municipality"] == home]))
    insert(connection, "barrier", [(one.barrier, one.kind, one.name, one.line, one.note) for one in network.barriers])
    insert(
        connection,
        "crossing",
        [
            (c.crossing, c.barrier, c.kind, c.name, c.x, c.y, c.walkable, " ".join(map(str, c.edges)), c.note)
            for c in network.crossings
        ],
    )
    insert_frame(connection, "node_centrality", centralities(network))
    return network


def write_screen_network(network: NetworkFiles, home: str, folder: Path) -> str:
    """Write the network for the screen; gives the name of the file."""
    inner = [
        np.array([[float(v) for v in point.split(" ")] for point in text.split(";")]) if text else np.empty((0, 2))
        for text in network.line
    ]
    return write_network_map(
        home, folder, x=network.x, y=network.y, a=network.a, b=network.b, length=network.length, inner=inner
    )


def people_nodes(network: NetworkFiles, areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """Spread the people of every small area over the nodes inside it, in equal shares.

    Nodes that lie on bridges or in tunnels alone carry nobody. An area without a node has its people on the node that
    is nearest to a point inside it.

    Parameters
    ----------
    network
        The walk network.
    areas
        Areas of the municipality; those of the level ``deso`` and the division of 2025 with a boundary count.

    Returns
    -------
    Columns ``node, area_code, share, nearest``; the shares of an area sum to 1.
    """
    drawn = areas[(areas["level"] == "deso") & (areas["vintage"] == 2025) & (areas["boundary"] != "none")]
    shapes = drawn.to_crs(SWEREF_99_TM)
    lived_beside = np.zeros(network.x.size, bool)
    on_ground = network.structure == ""
    lived_beside[network.a[on_ground]] = lived_beside[network.b[on_ground]] = True
    candidates = np.flatnonzero(lived_beside)
    points = shapely.points(network.x[candidates], network.y[candidates])
    tree = shapely.STRtree(points)
    frames = []
    for code, shape in zip(shapes["area_code"], shapes.geometry, strict=True):
        inside = candidates[tree.query(shape, predicate="contains")]
        nearest = not inside.size
        if nearest:
            inside = candidates[[tree.nearest(shape.representative_point())]]
        share = 1 / inside.size
        frames.append(pd.DataFrame({"node": np.sort(inside), "area_code": code, "share": share, "nearest": nearest}))
    if not frames:
        return pd.DataFrame({"node": [], "area_code": [], "share": [], "nearest": []})
    return pd.concat(frames, ignore_index=True)
