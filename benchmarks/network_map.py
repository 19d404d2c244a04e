"""How long the network map takes to draw 8 000 and 40 000 edges in Chromium, and what a change of place sends.

The networks are made up: a grid of streets 50 m apart, a third of them bent, places and lengths scattered. Drawn is
the ground of the map at 1 000 × 600 pixels with all edges in view; the time ends when the pixels can be read.

Run: python -m benchmarks.network_map
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from playwright.sync_api import Page, sync_playwright

from benchmarks.results import Result, report
from benchmarks.servers import PROJECT_FOLDER
from dashboard.i18n import get_translator
from dashboard.views.extents import Extent
from dashboard.views.network_map import NetworkMap
from dashboard.views.network_payload import payload
from dashboard.views.theme import LIGHT
from dashboard.warehouse.screen_network import write_network_map

VIEWS = PROJECT_FOLDER / "src" / "dashboard" / "views"
SCRIPTS = ("network_data.js", "network_drawing.js")
BLOCK = 50.0
#: Crossings along each side, and the most milliseconds that drawing may take.
GOALS = {64: 50.0, 142: 120.0}
ROUNDS = 21

DRAW = """([file, data, rounds]) => {
    const [west, south, east, north] = data.extent;
    const [width, height] = [1000, 600];
    const scale = Math.min(width / (east - west), height / (north - south));
    const view = { width, height, scale, x: (west + east) / 2, y: (south + north) / 2 };
    const network = decodeNetwork(file);
    const { breaks, closed, distances } = data.ground;
    const classes = cutNetwork(network, decodeDistances(distances), breaks, closed);
    const files = { areas: [], edges: network.edges, pieces: [{ classes, origin: network.origin }] };
    const canvas = document.querySelector('canvas');
    return Array.from({ length: rounds }, () => {
        const start = performance.now();
        drawGround(canvas, view, files, { ...data, origin: [west, south] });
        canvas.getContext('2d').getImageData(0, 0, 1, 1);
        return performance.now() - start;
    });
}"""


def made_up_town(side: int, folder: Path) -> tuple[dict[str, Any], NetworkMap]:
    """Write a grid of streets for the screen; give the file's content, and the map from the crossing in its middle."""
    rng = np.random.default_rng(1)
    column, row = np.meshgrid(np.arange(side), np.arange(side))
    x, y = (BLOCK * values.ravel() + rng.normal(0, 8, side * side) for values in (column, row))
    node = np.arange(side * side).reshape(side, side)
    a = np.concatenate([node[:, :-1].ravel(), node[:-1].ravel()])
    b = np.concatenate([node[:, 1:].ravel(), node[1:].ravel()])
    inner = [
        np.linspace((x[i], y[i]), (x[j], y[j]), 5)[1:-1] + rng.normal(0, 6, (3, 2))
        if rng.random() < 1 / 3
        else np.empty((0, 2))
        for i, j in zip(a, b, strict=True)
    ]
    length = 1.05 * np.hypot(x[a] - x[b], y[a] - y[b])
    name = write_network_map("0000", folder, x=x, y=y, a=a, b=b, length=length, inner=inner)
    distances = 1.05 * BLOCK * (np.abs(column - side // 2) + np.abs(row - side // 2)).ravel()
    extent = Extent(0, 0, BLOCK * side, BLOCK * side)
    town = NetworkMap(extent, "", network_url=name, distances=distances)
    return json.loads((folder / name).read_text("utf-8")), town


def draw(page: Page, side: int, folder: Path) -> list[Result]:
    """Draw one town many times."""
    file, town = made_up_town(side, folder)
    data = payload(town, key="", theme=LIGHT, t=get_translator("sv", PROJECT_FOLDER / "locales"))
    milliseconds = page.evaluate(DRAW, [file, data, ROUNDS])
    ground: Any = data["ground"]
    edges, nodes = len(file["a"]), len(file["x"])
    return [
        Result(
            f"Network map of {edges} edges, drawn anew at 1 000 × 600 pixels",
            median(milliseconds),
            "ms",
            GOALS[side],
            f"median of {ROUNDS}",
        ),
        Result(
            f"– sent for another place, its {nodes} nodes, before compression",
            len(ground["distances"]["text"]) / 1000,
            "kB",
            2 * nodes / 1000,
            "1",
        ),
    ]


def measure() -> list[Result]:
    """Draw each town in a tab of its own."""
    script = "\n".join((VIEWS / name).read_text("utf-8") for name in SCRIPTS)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        results = []
        for side in GOALS:
            page = browser.new_page()
            page.set_content("<canvas></canvas>")
            page.add_script_tag(content=script)
            results += draw(page, side, Path(folder))
            page.close()
        browser.close()
    return results


if __name__ == "__main__":
    sys.exit(report(measure))
