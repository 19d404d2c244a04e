"""A drawing as SVG with nothing in it but shapes and words: no script, no style, no address that leads out of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from types import MappingProxyType
from xml.etree import ElementTree as ET

_NAMESPACE = "{http://www.w3.org/2000/svg}"
#: Element → its own attributes, beside those that every element may have.
ELEMENTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "svg": frozenset({"viewBox"}),
        "g": frozenset(),
        "defs": frozenset(),
        "clipPath": frozenset(),
        "path": frozenset({"d"}),
        "rect": frozenset({"x", "y", "width", "height", "rx", "ry"}),
        "circle": frozenset({"cx", "cy", "r"}),
        "line": frozenset({"x1", "y1", "x2", "y2"}),
        "text": frozenset({"x", "y", "dx", "dy"}),
        "tspan": frozenset({"x", "y", "dx", "dy"}),
        "linearGradient": frozenset({"x1", "y1", "x2", "y2", "gradientUnits"}),
        "stop": frozenset({"offset", "stop-color", "stop-opacity"}),
    }
)
ANYWHERE = frozenset(
    {
        *("id", "transform", "opacity", "clip-path", "fill", "fill-opacity", "fill-rule"),
        *("stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap"),
        *("stroke-linejoin", "stroke-miterlimit", "paint-order"),
        *("font-size", "font-weight", "font-style", "text-anchor"),
    }
)
#: What an element refers to is a part of the same drawing.
_REFERENCE = re.compile(r"url\(\s*[\"']?#([\w-]+)[\"']?\s*\)")
_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
#: Values: numbers, commands of paths, names. None of them reads from elsewhere.
_PLAIN = re.compile(r"[\w\s.,#%()+-]*")
_MOVES = re.compile(r"(?:(?:translate|rotate|scale|matrix)\([\d\s.,e+-]*\)\s*,?\s*)*")
_COLOUR = re.compile(r"(?:none|transparent|currentColor|[a-zA-Z]+|#[0-9a-fA-F]{3,8}|rgba?\([\d\s.,%]*\))?")

_FITTING = MappingProxyType({"transform": _MOVES, "fill": _COLOUR, "stroke": _COLOUR, "stop-color": _COLOUR})
_REFERRING = frozenset({"clip-path", "fill", "stroke"})


class SvgError(ValueError):
    """What should be a drawing is none."""


def cleaned(svg: str) -> str:
    """Give a drawing written anew: what is not known to be harmless is left out, as is what says nothing.

    Parameters
    ----------
    svg
        A whole document of SVG, with its namespace or as it stands within HTML.

    Returns
    -------
    The same with the elements and attributes of `ELEMENTS` and `ANYWHERE` alone, numbers rounded to hundredths of a
    unit, and parts that are referred to named ``part-1``, ``part-2`` … It has no namespace, and the font of its
    surroundings.

    Raises
    ------
    SvgError
        When it cannot be read, or declares a type or entities, which no drawing of ours does.
    """
    if "<!" in svg or "<?" in svg.removeprefix("<?xml"):
        raise SvgError("a drawing declares something of its own")
    try:
        root = ET.fromstring(svg)  # noqa: S314  without declarations nothing can unfold
    except (ET.ParseError, ValueError) as error:
        raise SvgError(f"a drawing cannot be read: {error}") from error
    if _name(root) != "svg":
        raise SvgError("a drawing begins with svg")
    names: dict[str, str] = {}
    for element in root.iter():
        if "id" in element.attrib:
            names.setdefault(element.attrib["id"], f"part-{len(names) + 1}")
    return _written(root, names)


def _name(element: ET.Element) -> str:
    return str(element.tag).removeprefix(_NAMESPACE)


def _written(element: ET.Element, names: Mapping[str, str]) -> str:
    name = _name(element)
    if name not in ELEMENTS or element.get("display") == "none" or element.get("d") == "":
        return ""
    given = "".join(
        f' {key}="{escape(value)}"'
        for key, found in element.attrib.items()
        if (value := _value(name, key, found, names)) is not None
    )
    says = name in ("text", "tspan")
    inner = escape(element.text or "", quote=False) if says else ""
    for child in element:
        inner += _written(child, names)
        inner += escape(child.tail or "", quote=False) if says else ""
    if name in ("g", "defs", "text", "tspan") and not inner.strip():
        return ""
    return f"<{name}{given}>{inner}</{name}>" if inner else f"<{name}{given}/>"


def _value(element: str, key: str, value: str, names: Mapping[str, str]) -> str | None:
    """Give an attribute as it may stand; None where it may not."""
    if key not in ANYWHERE and key not in ELEMENTS[element]:
        return None
    if key == "id":
        return names[value]
    reference = _REFERENCE.fullmatch(value.strip())
    if reference is not None or key == "clip-path":
        name = names.get(reference[1]) if reference and key in _REFERRING else None
        return f"url(#{name})" if name else None
    fits = _FITTING.get(key, _PLAIN).fullmatch(value.strip()) and "url" not in value.lower()
    if not fits or value == "translate(0,0)":
        return None
    return _rounded(value.removesuffix("px") if key in ("font-size", "stroke-width") else value)


def _rounded(value: str) -> str:
    return _NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), value)
