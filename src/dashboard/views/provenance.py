"""What every file tells of where it comes from: source and years, day, version of the method, checksum, the view."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version

from dashboard.views import clock
from dashboard.views.context import View


def method_version() -> str:
    """Give the version of the program that worked the figures out."""
    return version("hela-staden")


def provenance(view: View, credit: str = "", link: str = "") -> Mapping[str, str]:
    """Give what a file of rows tells, by names that programs can read.

    Parameters
    ----------
    view
        The view of this run.
    credit
        How the sources are to be named, with the years.
    link
        The whole address of the view that the rows are from.
    """
    return {
        "credit": credit,
        "made_on": clock.today().isoformat(),
        "method_version": method_version(),
        "data_sha256": view.warehouse.meta["fingerprint"],
        "view": link,
    }


def paper_line(view: View) -> str:
    """Give the line at the foot of a paper: version of the method, and checksum of the data."""
    checksum = view.t("sheet.fingerprint", sum=view.warehouse.meta["fingerprint"])
    return f"{view.t('sheet.version', version=method_version())} {checksum}"
