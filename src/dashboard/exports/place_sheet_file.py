"""The pages on a place as an accessible PDF (PDF/UA-1): two pages of A4, tagged, with their fonts."""

from __future__ import annotations

import io
from dataclasses import asdict, replace
from pathlib import Path

import segno

from dashboard.exports import typst_file
from dashboard.exports.place_sheet_map import legend_svg, map_svg
from dashboard.exports.typst_file import FONTS, missing_files
from dashboard.place_sheets import PlaceMap, PlaceSheet

TEMPLATE = typst_file.FOLDER / "typst" / "place_sheet.typ"


def place_sheet_pdf(sheet: PlaceSheet) -> bytes:
    """Give the pages as a PDF.

    Parameters
    ----------
    sheet
        What they say.

    Raises
    ------
    SheetFileError
        When a font is missing, or the template cannot be set.
    """
    # What the map is drawn from would be many times what is set.
    data = asdict(replace(sheet, map=replace(sheet.map, areas=(), lines=(), marks=())))
    inputs = {"sheet": data, "drawn": _drawn(sheet.map), "code": _code(sheet.link)}
    return typst_file.set_pdf(TEMPLATE, FONTS, inputs, what=f"The pages on {sheet.name}")


def missing_parts() -> list[Path]:
    """Give the files that all pages need and that are not there."""
    return missing_files(TEMPLATE, FONTS)


def _drawn(shown: PlaceMap) -> dict[str, object]:
    if shown.window is None:
        return {"map": "", "legend": []}
    legend = [{"sign": legend_svg(kind), "words": words} for kind, words in shown.legend]
    return {"map": map_svg(shown, shown.window), "legend": legend}


def _code(link: str) -> str:
    """Draw the code that a telephone reads the address from; nothing without an address."""
    if not link:
        return ""
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="svg", border=2)
    return out.getvalue().decode("utf-8")
