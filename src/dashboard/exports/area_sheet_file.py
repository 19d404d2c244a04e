"""The page on an area as an accessible PDF (PDF/UA-1): one page of A4, tagged, with its fonts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

from dashboard.exports import typst_file
from dashboard.exports.typst_file import FONTS, missing_files
from dashboard.sheets import AreaSheet, Ring, SmallMap, Window

TEMPLATE = typst_file.FOLDER / "typst" / "area_sheet.typ"
_INK, _ACCENT, _LAND, _EDGE = "#4c5b69", "#0b5c8a", "#e9eef2", "#a9b4bd"
#: Pixels of a map's height; points of an outline that are nearer to each other than a part of one are left out.
_HEIGHT, _NEAREST = 220.0, 0.35


def area_sheet_pdf(sheet: AreaSheet) -> bytes:
    """Give the page as a PDF.

    Parameters
    ----------
    sheet
        What it says.

    Raises
    ------
    SheetFileError
        When a font is missing, or the template cannot be set.
    """
    data = asdict(replace(sheet, map=replace(sheet.map, shapes=())))
    inputs = {"sheet": data, "maps": list(_maps(sheet.map))}
    return typst_file.set_pdf(TEMPLATE, FONTS, inputs, what=f"The page on {sheet.name}")


def missing_parts() -> list[Path]:
    """Give the files that every page needs and that are not there."""
    return missing_files(TEMPLATE, FONTS)


def _maps(small: SmallMap) -> Iterator[dict[str, str]]:
    """Give each window of the map as a picture of its own and what is written below it."""
    for number, window in enumerate(small.windows):
        frame = small.windows[number + 1] if number + 1 < len(small.windows) else None
        yield {"svg": _svg(small, window, frame, framed=number > 0), "caption": window.caption}


def _svg(small: SmallMap, window: Window, frame: Window | None, *, framed: bool) -> str:
    scale = _HEIGHT / (window.north - window.south)
    width = (window.east - window.west) * scale
    paths = []
    for shape in sorted(small.shapes, key=lambda one: one.chosen):
        outline = " ".join(_path(ring, window, scale) for ring in shape.rings)
        fill, edge = (_ACCENT, _ACCENT) if shape.chosen else (_LAND, _EDGE)
        paths.append(f'<path d="{outline}" fill="{fill}" stroke="{edge}" stroke-width="0.8" fill-rule="evenodd"/>')
    # What the next window shows stands framed in this one, and that one has the same frame.
    for one in [*([window] if framed else []), *([frame] if frame else [])]:
        x, y = (one.west - window.west) * scale, (window.north - one.north) * scale
        wide, high = (one.east - one.west) * scale, (one.north - one.south) * scale
        paths.append(
            f'<rect x="{x + 0.7:.1f}" y="{y + 0.7:.1f}" width="{wide - 1.4:.1f}" height="{high - 1.4:.1f}"'
            f' fill="none" stroke="{_INK}" stroke-width="1.4"/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.1f}" height="{_HEIGHT:.1f}"'
        f' viewBox="0 0 {width:.1f} {_HEIGHT:.1f}">{"".join(paths)}</svg>'
    )


def _path(ring: Ring, window: Window, scale: float) -> str:
    points: list[tuple[float, float]] = []
    for east, north in ring:
        x, y = (east - window.west) * scale, (window.north - north) * scale
        if not points or abs(x - points[-1][0]) + abs(y - points[-1][1]) >= _NEAREST:
            points.append((x, y))
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"
