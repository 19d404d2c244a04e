"""Charts drawn on the server, without a browser and without the network: as SVG, and as PNG for PowerPoint."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from dashboard.exports.safe_svg import cleaned

_FONTS = Path(__file__).with_name("fonts")
_PROGRAM = Path(__file__).with_name("chart_program.py")
#: A chart takes about a second of a free processor.
_SECONDS = 60
#: However many visitors ask at once, no more charts than this are drawn at a time.
_TURNS = threading.BoundedSemaphore(2)
#: The family of the fonts in that folder, which stands at the root of a drawing that has no surroundings.
FAMILY = "Atkinson Hyperlegible Next"
#: Keys by which a specification would read something from elsewhere.
_READS = frozenset({"url", "href"})


class ChartError(ValueError):
    """A chart cannot be drawn on the server."""


def chart_svg(spec: dict[str, Any]) -> str:
    """Draw a chart.

    Parameters
    ----------
    spec
        A specification of Vega-Lite with its data and its width.

    Returns
    -------
    SVG without anything but shapes and words; see `safe_svg.cleaned`.

    Raises
    ------
    ChartError
        When the specification reads data from elsewhere, or cannot be drawn.
    """
    if _reads(spec):
        raise ChartError("a chart that is drawn on the server brings its data along")
    asked = json.dumps({"fonts": str(_FONTS), "spec": spec}).encode("utf-8")
    try:
        # In a process of its own: what draws takes 90 MB, and nothing of the dashboard waits for it in vain.
        with _TURNS:
            done = subprocess.run(  # noqa: S603  our own program, the specification on its standard input
                [sys.executable, "-I", str(_PROGRAM)], input=asked, capture_output=True, check=True, timeout=_SECONDS
            )
    except subprocess.CalledProcessError as error:
        raise ChartError(f"a chart cannot be drawn: {error.stderr.decode('utf-8', 'replace')[-2000:]}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ChartError(f"a chart cannot be drawn: {error}") from error
    return cleaned(done.stdout.decode("utf-8"))


def svg_png(svg: str, scale: float) -> bytes:
    """Give a drawing of `safe_svg.cleaned` as PNG, so many times as large as its units."""
    whole = svg.replace("<svg ", f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{FAMILY}" ', 1)
    try:
        png: bytes = _converter().svg_to_png(whole, scale=scale)
    except ValueError as error:
        raise ChartError(f"a drawing cannot be made a picture: {error}") from error
    return png


@lru_cache(maxsize=1)
def _converter() -> ModuleType:
    # Imported here: most servers never write a chart into a file. Without charts to work out it is small.
    import vl_convert

    vl_convert.register_font_directory(str(_FONTS))
    return vl_convert


def _reads(part: object) -> bool:
    if isinstance(part, dict):
        return any(key in _READS or _reads(value) for key, value in part.items())
    return isinstance(part, list) and any(map(_reads, part))
