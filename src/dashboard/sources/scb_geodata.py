"""SCB's boundaries of DeSO and RegSO: fetched from its geodata service, or read from GeoPackages that a user has."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas as gpd
import pyogrio
import shapely

from dashboard.sources.answer_cache import AnswerCache
from dashboard.sources.fetch_faults import FetchError, NotFoundError, UnreadableAnswerError
from dashboard.sources.fetched import Fetched, FetchedFile, Tell, Wanted
from dashboard.sources.scb_areas import SWEREF_99_TM
from dashboard.sources.scb_layers import (
    DESO_2025,
    DIVISIONS,
    REGSO_2025,
    ScbLayer,
    UnsoundBoundariesError,
    check_division,
    check_layer,
    layer_frame,
)
from dashboard.sources.wfs_layer import Feature, LayerQuery, fetch_layer, in_cql

NAMESPACE = "stat"
#: Municipalities of one query, so that its address stays short.
MUNICIPALITIES_A_QUERY = 50
TODAY = (DESO_2025, REGSO_2025)


def municipalities_of(layer: ScbLayer, wanted: Wanted) -> tuple[str, ...]:
    """Give the municipalities whose areas are wanted of a layer.

    Of the division of today they are the home municipality and those that it is compared with: their areas are some
    hundred more, and they give the neighbourhood and the map of each. Trends across the re-cut are worked out for the
    home municipality alone, so of the old division only its areas are wanted.
    """
    return wanted.municipalities if layer in TODAY else (wanted.municipality,)


class ScbGeodata:
    """The layers of SCB's geodata service (GeoServer, WFS 2.0.0).

    Parameters
    ----------
    cache
        The service down to and including ``/wfs``, and what was fetched from it before.
    """

    name = "scb-geo"

    def __init__(self, cache: AnswerCache) -> None:
        self._cache = cache

    def fetch(self, wanted: Wanted, tell: Tell) -> Fetched:
        """Fetch the areas of both divisions in full precision.

        Parameters
        ----------
        wanted
            The home municipality, and those that it is compared with.
        tell
            Called with the layer, how many areas of it there are and how many there will be.

        Raises
        ------
        FetchError
            When a layer cannot be had whole, or what it holds cannot be right.
        """
        fetched = Fetched()
        for division in DIVISIONS:
            for layer in division:
                told = f"{self._cache.answers.source.name} ({NAMESPACE}:{layer.published})"
                frame, file = self._layer(layer, municipalities_of(layer, wanted), tell, told)
                check_layer(frame, layer, municipalities_of(layer, wanted), told)
                fetched.boundaries[layer.name] = frame
                fetched.files[layer.catalogue] = [file]
            deso, regso = (fetched.boundaries[layer.name] for layer in division)
            check_division(deso, regso, f"{self._cache.answers.source.name} ({division[0].published})")
        return fetched

    def _layer(
        self, layer: ScbLayer, municipalities: tuple[str, ...], tell: Tell, told: str
    ) -> tuple[gpd.GeoDataFrame, FetchedFile]:
        """Fetch one layer, some municipalities at a time."""
        features: list[Feature] = []
        prints, versions = [], dict[str, None]()
        for start in range(0, len(municipalities), MUNICIPALITIES_A_QUERY):
            some = municipalities[start : start + MUNICIPALITIES_A_QUERY]
            query = LayerQuery(f"{NAMESPACE}:{layer.published}", layer.key, in_cql("kommunkod", some), SWEREF_99_TM)
            found = fetch_layer(self._cache, query, _about(tell, layer, len(features)))
            features += found.features
            prints.append(found.sha256)
            versions |= {found.version: None} if found.version else {}
        whole = prints[0] if len(prints) == 1 else hashlib.sha256("".join(prints).encode()).hexdigest()
        # The version is a name of the layer's, no day on which it was renewed; the service tells none.
        name = " ".join([f"{NAMESPACE}:{layer.published}", *versions])
        return _frame(layer, features, told), FetchedFile(name, whole, len(features))


def _about(tell: Tell, layer: ScbLayer, there: int) -> Callable[[int, int], None]:
    return lambda done, total: tell(f"boundaries {layer.published}", there + done, there + total)


def _frame(layer: ScbLayer, features: list[Feature], told: str) -> gpd.GeoDataFrame:
    second, _ = layer.second
    if absent := [name for name in (layer.key, second) if name not in features[0]["properties"]]:
        raise UnreadableAnswerError(
            f"{told} has no attribute {', '.join(absent)}; it has {', '.join(features[0]['properties'])}."
        )
    rows = [(one["properties"].get(layer.key), one["properties"].get(second)) for one in features]
    try:
        shapes = list(shapely.from_geojson([json.dumps(one["geometry"]) for one in features]))
    except shapely.errors.ShapelyError as error:
        raise UnreadableAnswerError(f"{told} gave a boundary that cannot be read as GeoJSON: {error}.") from error
    return layer_frame(layer, rows, shapes, told)


class GeoPackageFolder:
    """SCB's layers in GeoPackages that somebody has downloaded, instead of the service.

    The layers of today must be there. Those of the old division are taken when they are there, because a user may have
    no use for years before 2024.

    Parameters
    ----------
    path
        A GeoPackage, or a folder with some. A layer is known by SCB's name (``DeSO_2025``), whatever the file is
        called; a file may have several, and areas of the whole country.
    """

    name = "scb-geo"

    def __init__(self, path: Path) -> None:
        self._path = path

    def fetch(self, wanted: Wanted, tell: Tell) -> Fetched:
        """Read the areas of the municipalities that are wanted.

        Parameters
        ----------
        wanted
            The home municipality, and those that it is compared with.
        tell
            Called with the layer, how many areas of it there are and how many there will be.

        Raises
        ------
        FetchError
            When a layer is not there or cannot be read, or what it holds cannot be right.
        """
        places = dict(self._layers())
        if absent := [layer.published for layer in TODAY if layer.published.lower() not in places]:
            raise NotFoundError(
                f"{self._path} has no layer {', '.join(absent)}: download it from SCB's open geodata as a GeoPackage."
            )
        fetched = Fetched()
        for division in DIVISIONS:
            found = [layer for layer in division if layer.published.lower() in places]
            if len(found) == 1:
                raise NotFoundError(
                    f"{self._path} has the layer {found[0].published} and not the one that belongs to it"
                    f" ({' and '.join(layer.published for layer in division)} go together)."
                )
            for layer in found:
                file, name = places[layer.published.lower()]
                frame = _read(file, name, layer, municipalities_of(layer, wanted))
                check_layer(frame, layer, municipalities_of(layer, wanted), f"{file.name} ({name})")
                fetched.boundaries[layer.name] = frame
                fetched.files[layer.catalogue] = [FetchedFile(file.name, _sha256(file), len(frame))]
                tell(f"boundaries {layer.published}", len(frame), len(frame))
            if found:
                deso, regso = (fetched.boundaries[layer.name] for layer in division)
                check_division(deso, regso, f"{self._path.name} ({division[0].published})")
        return fetched

    def _layers(self) -> Iterator[tuple[str, tuple[Path, str]]]:
        """Give every layer that is one of SCB's: its name in small letters → file and name there."""
        files = sorted(self._path.glob("*.gpkg")) if self._path.is_dir() else [self._path]
        known = {layer.published.lower() for division in DIVISIONS for layer in division}
        seen: dict[str, Path] = {}
        for file in files:
            for name in _names(file):
                if (low := name.lower()) not in known:
                    continue
                if low in seen:
                    raise UnsoundBoundariesError(
                        f"{seen[low].name} and {file.name} both have the layer {name}: keep the right one."
                    )
                seen[low] = file
                yield low, (file, name)


def _names(file: Path) -> list[str]:
    try:
        return [str(name) for name, _ in pyogrio.list_layers(file)]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise _unreadable(file) from error


def _read(file: Path, name: str, layer: ScbLayer, municipalities: tuple[str, ...]) -> gpd.GeoDataFrame:
    """Read the areas of some municipalities: by their code's first four figures, which every file has."""
    told = f"{file.name} ({name})"
    some = " OR ".join(f"{layer.key} LIKE '{code}%'" for code in municipalities)
    second, _ = layer.second
    try:
        columns = {str(one) for one in pyogrio.read_info(file, layer=name)["fields"]}
        if absent := [one for one in (layer.key, second) if one not in columns]:
            raise UnreadableAnswerError(f"{told} has no column {', '.join(absent)}.")
        found = gpd.read_file(file, layer=name, where=some, columns=[layer.key, second])
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise _unreadable(file) from error
    if found.crs is None or found.crs.to_epsg() != SWEREF_99_TM:
        raise UnreadableAnswerError(f"{told} is not in SWEREF 99 TM (EPSG:3006); save it in that coordinate system.")
    rows = list(zip(found[layer.key], found[second], strict=True))
    return layer_frame(layer, rows, found.geometry, told)


def _unreadable(file: Path) -> FetchError:
    return UnreadableAnswerError(f"{file} is not a readable GeoPackage: download it again.")


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
