"""A report of several pages as an accessible PDF (PDF/UA-1): tagged, with its fonts, its tables' headings repeated."""

from __future__ import annotations

from dataclasses import asdict

from dashboard.exports import typst_file
from dashboard.sheets import Report

TEMPLATE = typst_file.FOLDER / "typst" / "report.typ"


def report_pdf(report: Report) -> bytes:
    """Give a report as a PDF.

    Parameters
    ----------
    report
        What it says.

    Raises
    ------
    SheetFileError
        When a font is missing, or the template cannot be set.
    """
    inputs = {"report": asdict(report)}
    return typst_file.set_pdf(TEMPLATE, typst_file.FONTS, inputs, what=f"The report “{report.document}”")
