"""Fetches all features of a layer from a Web Feature Service (WFS 2.0.0), page by page, so that none is cut off."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from dashboard.sources.answer_cache import AnswerCache
from dashboard.sources.fetch_faults import ChangedMeanwhileError, NotFoundError, UnreadableAnswerError
from dashboard.sources.http_answers import Call

#: Features of one answer: boundaries in full precision are some 10 to 50 kB each, and 50 MB is the most that is taken.
FEATURES_A_PAGE = 200
#: The ways in which services write the same coordinate system.
_EPSG = re.compile(r"(?:urn:ogc:def:crs:EPSG:[\d.]*:|EPSG:|https?://www\.opengis\.net/\S*[/#])(\d+)", re.IGNORECASE)

Feature = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LayerQuery:
    """Which features of which layer are asked for.

    Attributes
    ----------
    layer
        With its namespace, for example ``stat:DeSO_2025``.
    key
        The attribute that is different in every feature; pages are cut from the order that it gives.
    condition
        In CQL, for example ``kommunkod IN ('1488')``.
    epsg
        The coordinate system in which the geometry is wanted, and must be told to be.
    """

    layer: str
    key: str
    condition: str
    epsg: int


@dataclass(frozen=True, slots=True)
class LayerFeatures:
    """All features that a query matches: each as GeoJSON has it, with ``properties`` and ``geometry``."""

    features: tuple[Feature, ...]
    #: The version that the layer gives itself, where its features tell one.
    version: str | None

    @property
    def sha256(self) -> str:
        """A fingerprint of the features, whatever the pages that they came in."""
        text = json.dumps(self.features, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Page:
    matched: int
    features: tuple[Feature, ...]

    @property
    def version(self) -> str | None:
        told = self.features[0]["properties"].get("version") if self.features else None
        return None if told is None else str(told)

    @property
    def stamp(self) -> str | None:
        """What a kept page must agree with; without a version there is nothing to go by but the service itself."""
        return None if self.version is None else f"{self.version}, {self.matched} features"


def fetch_layer(
    cache: AnswerCache,
    query: LayerQuery,
    tell: Callable[[int, int], None],
    page: int = FEATURES_A_PAGE,
) -> LayerFeatures:
    """Fetch all features that a query matches.

    Parameters
    ----------
    cache
        The service, and what was fetched from it before: pages of the same version of a layer are not fetched again.
    query
        What is asked for.
    tell
        Called with the features that are there and how many there are in all, after each page.
    page
        The most features of one answer.

    Raises
    ------
    NotFoundError
        When the query matches nothing.
    ChangedMeanwhileError
        When the layer changed between two pages.
    UnreadableAnswerError
        When an answer is none of features, is in another coordinate system, or holds fewer features than it says.
    FetchError
        As for every call.
    """
    told = f"{cache.answers.source.name} ({query.layer})"
    first = _page(cache, query, 0, 1, None)
    if not first.matched:
        raise NotFoundError(
            f"{told} has no area where {query.condition}: check the codes of the municipalities,"
            f" and that {cache.answers.source.setting} leads to this layer."
        )
    before, found, pages = cache.fetched, list[Feature](), 0
    while len(found) < first.matched:
        more = _page(cache, query, len(found), page, first.stamp)
        pages += 1
        if more.matched != first.matched:
            raise _changed(told)
        if not more.features:
            raise UnreadableAnswerError(
                f"{told} says that there are {first.matched} areas and gives {len(found)}: try again later."
            )
        found += more.features
        tell(len(found), first.matched)
    if len(found) > first.matched:
        raise UnreadableAnswerError(f"{told} gives more areas than the {first.matched} that it says: try again later.")
    # One page is of one moment; several need a look whether the layer is still the one that the first was of.
    if pages > 1 and cache.fetched > before and _page(cache, query, 0, 1, None).stamp != first.stamp:
        raise _changed(told)
    return LayerFeatures(tuple(found), first.version)


def _changed(told: str) -> ChangedMeanwhileError:
    return ChangedMeanwhileError(f"{told} changed while it was fetched: try again, and all of it is fetched anew.")


def _page(cache: AnswerCache, query: LayerQuery, start: int, count: int, stamp: str | None) -> _Page:
    call = Call(
        query.layer,
        "",
        (
            ("service", "WFS"),
            ("version", "2.0.0"),
            ("request", "GetFeature"),
            ("typeNames", query.layer),
            ("outputFormat", "application/json"),
            ("srsName", f"EPSG:{query.epsg}"),
            ("cql_filter", query.condition),
            ("sortBy", query.key),
            ("count", str(count)),
            ("startIndex", str(start)),
        ),
    )
    return _read(cache.document(call, stamp), query, f"{cache.answers.source.name} ({query.layer})")


def _read(document: object, query: LayerQuery, told: str) -> _Page:
    """Read one answer: features in the coordinate system that was asked for, as many as it says."""
    if isinstance(document, dict) and document.get("exceptions"):
        texts = [str(one.get("text", one)) if isinstance(one, dict) else str(one) for one in document["exceptions"]]
        raise UnreadableAnswerError(f"{told} reports a fault: {'; '.join(texts)[:300]}.")
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise UnreadableAnswerError(f"{told} gave JSON that is no collection of features: check its address.")
    matched, returned = document.get("numberMatched"), document.get("numberReturned")
    features = document.get("features")
    if not (_is_count(matched) and _is_count(returned) and isinstance(features, list)):
        raise UnreadableAnswerError(
            f"{told} does not say how many areas there are (numberMatched, numberReturned),"
            " so that nobody can tell whether some are cut off."
        )
    if returned != len(features):
        raise UnreadableAnswerError(
            f"{told} says that it gives {returned} areas and gives {len(features)}: try again later."
        )
    if not all(_is_feature(one) for one in features):
        raise UnreadableAnswerError(f"{told} gave features without attributes or geometry.")
    if features:
        _check_coordinate_system(document.get("crs"), query.epsg, told)
    return _Page(matched, tuple(features))


def _is_count(told: object) -> TypeGuard[int]:
    return isinstance(told, int) and not isinstance(told, bool) and told >= 0


def _is_feature(one: object) -> bool:
    if not isinstance(one, dict):
        return False
    geometry = one.get("geometry")
    return isinstance(one.get("properties"), dict) and isinstance(geometry, dict) and "coordinates" in geometry


def _check_coordinate_system(crs: object, epsg: int, told: str) -> None:
    """Hold an answer to the coordinate system that was asked for; GeoJSON that tells none would be in WGS 84."""
    name = crs.get("properties", {}).get("name") if isinstance(crs, dict) else None
    match = _EPSG.fullmatch(str(name))
    if match is None or int(match[1]) != epsg:
        raise UnreadableAnswerError(
            f"{told} gave boundaries in {name or 'a coordinate system that it does not tell'}"
            f" where EPSG:{epsg} was asked for."
        )


def in_cql(attribute: str, values: Sequence[str]) -> str:
    """Give the condition that an attribute is one of some values; quotes within them are doubled."""
    quoted = ",".join("'" + one.replace("'", "''") + "'" for one in values)
    return f"{attribute} IN ({quoted})"
