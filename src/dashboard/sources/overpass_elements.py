"""Reads what an Overpass service answers into the same ways and places that are read from a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.sources.answer_fields import Fields, fields_of, list_in
from dashboard.sources.fetch_faults import HalfAnswerError, ServiceFaultError, UnreadableAnswerError
from dashboard.sources.network_tables import Floats, Ints
from dashboard.sources.osm_reader import DEGREES, Box, OsmExtract, OsmWay, take_outline, take_place, take_way

WHERE = "Overpass"


@dataclass(frozen=True, eq=False)
class _Points:
    """Where nodes are: their numbers, ascending, and degrees, each of shape (n,)."""

    number: Ints
    lon: Floats
    lat: Floats

    def way(self, tags: dict[str, str], nodes: Ints) -> OsmWay:
        """Give a way along nodes, which must all be there."""
        place = np.searchsorted(self.number, nodes)
        if nodes.size and (place.max() >= self.number.size or (self.number[place] != nodes).any()):
            raise HalfAnswerError(
                f"{WHERE} sent ways without all their points, so nothing of them is used: try again later."
            )
        return OsmWay(tags, nodes, self.lon[place], self.lat[place])


def elements_of(document: object) -> tuple[list[object], str | None]:
    """Give the elements of an answer, and the moment that they are of.

    Raises
    ------
    ServiceFaultError
        When the service gave up, which it tells within an answer that looks like a good one.
    UnreadableAnswerError
        When the answer has another form.
    """
    fields = fields_of(document, WHERE)
    if remark := fields.get("remark"):
        raise ServiceFaultError(
            f"{WHERE} gave up: “{' '.join(str(remark).split())[:160]}”. What it sent is not used: try again when fewer"
            " people use it, at night for example, or give an extract with --pbf."
        )
    about = fields.get("osm3s")
    moment = about.get("timestamp_osm_base") if isinstance(about, dict) else None
    return list_in(fields, "elements", WHERE), moment if isinstance(moment, str) else None


def extract_of(elements: Sequence[object], box: Box) -> OsmExtract:
    """Give ways and places of an answer, in the order in which a file has them: by kind and number.

    Parameters
    ----------
    elements
        Nodes, ways and relations; the same one may stand twice, with its tags and as a part of another.
    box
        The degrees that were asked for.

    Raises
    ------
    FetchError
        When an element has another form than documented, or points of a way are lacking.
    """
    nodes, ways, relations = (_by_number(elements, kind) for kind in ("node", "way", "relation"))
    if others := {str(fields_of(one, WHERE).get("type")) for one in elements} - {"node", "way", "relation"}:
        raise UnreadableAnswerError(f"{WHERE} sent “{min(others)[:40]}”, which was not asked for: nothing is used.")
    try:
        points = _points(nodes)
        read = {number: points.way(_tags(way), np.array(way["nodes"], np.int64)) for number, way in ways.items()}
        extract = OsmExtract()
        for node in nodes.values():
            if tags := _tags(node):
                take_place(tags, np.array([node["lon"]], float), np.array([node["lat"]], float), box, extract)
        for way in read.values():
            if way.tags:
                take_way(way, box, extract)
        for relation in relations.values():
            if outline := _outline(relation, read):
                take_outline(_tags(relation), outline, box, extract)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise UnreadableAnswerError(
            f"{WHERE} sent an element of another form than documented ({type(error).__name__}), so nothing is used:"
            " look for a newer version of this program."
        ) from error
    return extract


def _by_number(elements: Iterable[object], kind: str) -> dict[int, Fields]:
    """Give the elements of a kind by their number, ascending; of two of the same the one that has tags."""
    found: dict[int, Fields] = {}
    for one in elements:
        fields = fields_of(one, WHERE)
        if fields.get("type") != kind:
            continue
        number = fields.get("id")
        if not isinstance(number, int):
            raise UnreadableAnswerError(f"{WHERE} sent a {kind} without a number, so nothing is used: try again.")
        if number not in found or "tags" in fields:
            found[number] = fields
    return dict(sorted(found.items()))


def _points(nodes: dict[int, Fields]) -> _Points:
    degrees = np.array([(node["lon"], node["lat"]) for node in nodes.values()], np.float64).reshape(-1, 2)
    if not np.isfinite(degrees).all() or (np.abs(degrees) > (180, 90)).any():
        raise UnreadableAnswerError(f"{WHERE} sent points that lie nowhere on earth, so nothing is used: try again.")
    # Files hold whole numbers of this many degrees: the same point is to be the same number.
    whole = np.asarray(np.rint(degrees / DEGREES).astype(np.int64) * DEGREES, np.float64)
    return _Points(np.array(list(nodes), np.int64), whole[:, 0], whole[:, 1])


def _outline(relation: Fields, ways: dict[int, OsmWay]) -> list[OsmWay]:
    """Give the ways that bound an area from outside, by number; those far away were not asked for."""
    members = [fields_of(member, WHERE) for member in list_in(relation, "members", WHERE)]
    numbers = [one["ref"] for one in members if one["type"] == "way" and one.get("role", "") in ("outer", "")]
    known = [number for number in numbers if isinstance(number, int) and number in ways]
    return [OsmWay({}, ways[one].nodes, ways[one].lon, ways[one].lat) for one in sorted(known)]


def _tags(element: Fields) -> dict[str, str]:
    tags = element.get("tags")
    if tags is None:
        return {}
    return {str(key): str(value) for key, value in fields_of(tags, WHERE).items()}
