"""How long it takes from the command `dashboard run` until a fresh browser shows the first page, text and map.

Run: python -m benchmarks.cold_start
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from benchmarks.clients import HOST
from benchmarks.results import Result, report
from benchmarks.servers import dashboard, wait_until_up

ROUNDS = 3
GOAL = 12
#: Fewer colours than this are an empty frame.
COLOURS_OF_A_MAP = 8
HEADLINE, MAP = "h1.hs-headline", ".stVegaLiteChart"


def seconds_until_painted(warehouse: Path) -> float:
    """Start the server and a fresh browser, and give the seconds until text and map are painted."""
    settings = {"DASHBOARD_WAREHOUSE_FILE": os.fspath(warehouse)}
    with dashboard(settings, wait=False) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=["--no-sandbox"]
        )
        try:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            wait_until_up(server.port)
            page.goto(f"http://{HOST}:{server.port}/")
            page.wait_for_selector(HEADLINE, timeout=60_000)
            page.wait_for_selector(f"{MAP} :is(canvas, svg)", timeout=60_000)
            _wait_for_colours(page)
            return time.perf_counter() - server.started
        finally:
            browser.close()


def _wait_for_colours(page: Page) -> None:
    # The frame of a map is there before it is painted; only its picture tells.
    end = time.monotonic() + 30
    while time.monotonic() < end:
        picture = Image.open(io.BytesIO(page.locator(MAP).first.screenshot()))
        if len(picture.convert("RGB").quantize(64).getcolors() or []) >= COLOURS_OF_A_MAP:
            return
        time.sleep(0.05)
    raise RuntimeError("the map was not painted in time")


def measure() -> list[Result]:
    """Measure with a warehouse from before, and without."""
    new, known = [], []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            warehouse = Path(folder) / "warehouse.duckdb"
            new.append(seconds_until_painted(warehouse))
            known.append(seconds_until_painted(warehouse))
    rounds = f"median of {ROUNDS}"
    return [
        Result("From the command to the first painted page, warehouse built before", median(known), "s", GOAL, rounds),
        Result("– and built in between, as at the very first start", median(new), "s", GOAL, rounds),
    ]


if __name__ == "__main__":
    sys.exit(report(measure))
