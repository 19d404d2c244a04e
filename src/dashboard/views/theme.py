"""Colours of the dashboard, light and dark."""

from __future__ import annotations

from dataclasses import dataclass

FONT = "Atkinson Hyperlegible Next"
FONT_STACK = f"'{FONT}', system-ui, sans-serif"


@dataclass(frozen=True)
class Theme:
    """Named colours of one appearance, as ``#rrggbb``.

    ``line`` parts what is read, ``control`` surrounds what is pressed or written in. ``sequential`` runs from
    little to much in five steps, ``diverging`` from the one pole over “as the whole city” to the other.
    ``border`` and ``casing`` are drawn together between areas, the first on top of the second, so that one of
    them stands out against any class. ``walks`` are lines from near to far and ``unreached`` beyond them,
    ``water``, ``railway``, ``road`` and ``detour`` lines across them. ``categories``
    are those of Okabe & Ito.
    """

    kind: str
    ink: str
    muted: str
    background: str
    surface: str
    track: str
    line: str
    control: str
    accent: str
    on_accent: str
    link: str
    notice: str
    sequential: tuple[str, str, str, str, str]
    diverging: tuple[str, str, str, str, str]
    missing: str
    border: str
    casing: str
    peer: str
    walks: tuple[str, str, str, str]
    unreached: str
    water: str
    railway: str
    road: str
    detour: str
    categories: tuple[str, ...]


LIGHT = Theme(
    kind="light",
    ink="#1b2733",
    muted="#4c5b69",
    background="#ffffff",
    surface="#f4f6f8",
    track="#e9eef2",
    line="#dfe5ea",
    control="#7f8b95",
    accent="#0b5c8a",
    on_accent="#ffffff",
    link="#0b5c8a",
    notice="#eaf2f7",
    sequential=("#dcedea", "#b0d6d1", "#78b6b6", "#3c8c99", "#12607c"),
    diverging=("#5e3c99", "#b2abd2", "#e6eaed", "#fdb863", "#e66101"),
    missing="#ffffff",
    border="#3f4e5c",
    casing="#ffffff",
    peer="#76848f",
    walks=("#0a3a52", "#12607c", "#2f8093", "#5795a0"),
    unreached="#7e8b95",
    water="#4a7594",
    railway="#1b2733",
    road="#4c5b69",
    detour="#b34a00",
    categories=("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442"),
)

DARK = Theme(
    kind="dark",
    ink="#eef2f5",
    muted="#b3c0cb",
    background="#10161d",
    surface="#19222c",
    track="#25313d",
    line="#32404d",
    control="#66737f",
    accent="#6bb8e3",
    on_accent="#10161d",
    link="#84c6ec",
    notice="#16293a",
    sequential=("#25454f", "#2f6670", "#3f8d96", "#6dbbbb", "#b9e6df"),
    diverging=("#b59ce6", "#76689f", "#3c4854", "#a8742f", "#f9a54a"),
    missing="#10161d",
    border="#d3dce4",
    casing="#10161d",
    peer="#8797a5",
    walks=("#dcf5f0", "#8fd3d0", "#5fb3b8", "#45919b"),
    unreached="#6f7c88",
    water="#7fa6c2",
    railway="#eef2f5",
    road="#b3c0cb",
    detour="#f9a54a",
    categories=("#2b78b0", "#e69f00", "#2bc59a", "#e39bc4", "#9ad0f5", "#f08a4b", "#f0e442"),
)


def theme_for(kind: str | None) -> Theme:
    """Colours for an appearance as Streamlit names it (``light``, ``dark``); light when it is not known."""
    return DARK if kind == "dark" else LIGHT
