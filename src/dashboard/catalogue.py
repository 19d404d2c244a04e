"""
The catalogue: what every indicator, source, split and measure means.

Each is one YAML file under ``data/catalogue``, so that a person can read and change it, and is held to
``schema.json`` beside them. Names, units, caveats and source lines on screen all come from here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, cast

import yaml

from dashboard.catalogue_checks import (
    Document,
    Documents,
    check_indicators,
    check_readings,
    check_splits,
    fault_in,
)
from dashboard.catalogue_model import (
    Catalogue,
    CatalogueError,
    Family,
    Indicator,
    Level,
    Measure,
    Source,
    SourceFile,
    Split,
    Text,
)

__all__ = [
    "LEVELS",
    "Catalogue",
    "CatalogueError",
    "Family",
    "Indicator",
    "Level",
    "Measure",
    "Source",
    "SourceFile",
    "Split",
    "Text",
    "load_catalogue",
]

LEVELS: tuple[Level, ...] = ("deso", "regso", "municipality")
_FOLDERS = {"indicators": "indicator", "sources": "source", "splits": "split", "measures": "measure"}

_T = TypeVar("_T")


def load_catalogue(folder: Path, *, validate: bool = True) -> Catalogue:
    """
    Read the whole catalogue and see to it that it hangs together.

    Parameters
    ----------
    folder
        The folder with ``indicators/``, ``sources/``, ``splits/``, ``measures/`` and ``schema.json``.
    validate
        Whether to hold each file to the schema. Only leave it out for files that are known to have passed:
        a file of the wrong form may then raise another error than CatalogueError.

    Returns
    -------
    Catalogue
        With the members of families as indicators of their own.

    Raises
    ------
    CatalogueError
        If a file is missing, broken, not as the schema says, or names something that does not exist.
    """
    documents = {name: _read_folder(folder / name) for name in _FOLDERS}
    if validate:
        _validate(folder / "schema.json", documents)
    for path, document in chain.from_iterable(group.values() for group in documents.values()):
        if document["id"] != path.stem:
            raise fault_in(
                path,
                "id",
                f"it is {document['id']!r}, but the file is called {path.name!r}",
                "make them the same",
            )
    indicators, families = _indicators(documents["indicators"])
    catalogue = Catalogue(
        indicators=MappingProxyType(indicators),
        families=MappingProxyType(families),
        sources=_each(documents["sources"], _source),
        splits=_each(documents["splits"], _split),
        measures=_each(documents["measures"], _measure),
    )
    check_indicators(documents["indicators"], catalogue)
    check_splits(documents["splits"], catalogue)
    check_readings(documents["measures"], catalogue)
    return catalogue


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader, except that a key written twice is an error, where the last one would win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping = cast("dict[Any, Any]", super().construct_mapping(node, deep=deep))
        if len(mapping) != len(node.value):
            raise yaml.constructor.ConstructorError(None, None, "a key is written twice", node.start_mark)
        return mapping


def _read_folder(folder: Path) -> Documents:
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise CatalogueError(
            f"There are no catalogue files in {folder}; put back the folder data/catalogue as it came."
        )
    return {path.stem: (path, _read(path)) for path in paths}


def _read(path: Path) -> Document:
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506, a safe loader
    except UnicodeDecodeError as error:
        raise fault_in(path, "the whole file", "it is not UTF-8 text", "save it as UTF-8") from error
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or "it cannot be read as YAML"
        mark = getattr(error, "problem_mark", None)
        raise fault_in(
            path, f"line {mark.line + 1}" if mark else "the whole file", problem, "correct that line"
        ) from error
    if not isinstance(document, dict) or not isinstance(document.get("id"), str):
        raise fault_in(path, "id", "it is missing", "begin the file with 'id: ' and the name of the file")
    return document


def _validate(schema_path: Path, documents: Mapping[str, Documents]) -> None:
    # Imported here: the build holds the files to the schema, the server only reads them.
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    try:
        definitions = json.loads(schema_path.read_text(encoding="utf-8"))["$defs"]
    except (OSError, ValueError, KeyError) as error:
        raise fault_in(schema_path, "$defs", "it cannot be read", "put back the file as it came") from error
    for folder, definition in _FOLDERS.items():
        validator = Draft202012Validator({"$ref": f"#/$defs/{definition}", "$defs": definitions})
        for path, document in documents[folder].values():
            fault = best_match(validator.iter_errors(document))
            if fault is not None:
                field = ".".join(str(part) for part in fault.absolute_path) or "the whole file"
                raise fault_in(path, field, fault.message, f"correct it as $defs/{definition} in schema.json says")


def _each(documents: Documents, make: Callable[[Document], _T]) -> Mapping[str, _T]:
    return MappingProxyType({name: make(document) for name, (_, document) in documents.items()})


def _text(value: Mapping[str, str]) -> Text:
    return Text(value["sv"], value["en"])


def _optional(value: Mapping[str, str] | None) -> Text | None:
    return None if value is None else _text(value)


def _texts(values: Iterable[Mapping[str, str]]) -> tuple[Text, ...]:
    return tuple(_text(value) for value in values)


def _by_level(values: Mapping[str, Any], make: Callable[[Any], _T]) -> Mapping[Level, _T]:
    return MappingProxyType({level: make(values[level]) for level in LEVELS if level in values})


def _indicators(documents: Documents) -> tuple[dict[str, Indicator], dict[str, Family]]:
    """Make the indicators, each member of a family one of its own, and refuse an id that is used twice."""
    indicators: dict[str, Indicator] = {}
    families: dict[str, Family] = {}
    for path, document in documents.values():
        members = document.get("members")
        if members:
            ids = tuple(member["id"] for member in members)
            families[document["id"]] = Family(document["id"], _text(document["name"]), ids)
        for member in members or [document]:
            if member["id"] in indicators or (members and member["id"] in documents):
                raise fault_in(path, "id", f"{member['id']!r} is used twice", "give it another id")
            family = document["id"] if members else None
            indicators[member["id"]] = _indicator(document | member, family)
    return indicators, families


def _indicator(document: Document, family: str | None) -> Indicator:
    return Indicator(
        id=document["id"],
        family=family,
        name=_text(document["name"]),
        short_name=_text(document["short_name"]),
        question=_text(document["question"]),
        definition=_text(document["definition"]),
        kind=document["kind"],
        unit=document["unit"],
        unit_label=_optional(document["unit_label"]),
        decimals=document["decimals"],
        minimum=document["minimum"],
        maximum=document["maximum"],
        denominator=_optional(document["denominator"]),
        population=_text(document["population"]),
        direction=document["direction"],
        direction_reason=_text(document["direction_reason"]),
        origin=document["origin"],
        derivation=_optional(document["derivation"]),
        caveats=_texts(document["caveats"]),
        sources=_by_level(document["sources"], str),
        years=_by_level(document["years"], lambda span: (span[0], span[1])),
        method_break=_by_level(document["method_break"], tuple),
        next_update=_optional(document["next_update"]),
        next_update_reason=_optional(document["next_update_reason"]),
    )


def _source(document: Document) -> Source:
    return Source(
        id=document["id"],
        publisher=_text(document["publisher"]),
        name=_text(document["name"]),
        table=document["table"],
        licence=_text(document["licence"]),
        licence_url=document["licence_url"],
        citation=_text(document["citation"]),
        own_computation_citation=_optional(document["own_computation_citation"]),
        url=document["url"],
        updated=document["updated"],
        access_date=document["access_date"],
        access_note=_text(document["access_note"]),
        files=tuple(SourceFile(file["name"], file["sha256"], file["rows"]) for file in document["files"]),
    )


def _split(document: Document) -> Split:
    return Split(
        id=document["id"],
        kind=document["kind"],
        name=_text(document["name"]),
        group=_optional(document["group"]),
        rest=_optional(document["rest"]),
        group_short=_optional(document["group_short"]),
        rest_short=_optional(document["rest_short"]),
        base=_optional(document["base"]),
        unit=document["unit"],
        group_kind=document["group_kind"],
        group_indicator=document["group_indicator"],
        total_indicator=document["total_indicator"],
        groups=tuple(document["groups"]),
        estimated=document["estimated"],
        approximation=_optional(document["approximation"]),
        caveats=_texts(document["caveats"]),
        sources=tuple(document["sources"]),
    )


def _measure(document: Document) -> Measure:
    return Measure(
        id=document["id"],
        name=_text(document["name"]),
        short_name=_text(document["short_name"]),
        question=_text(document["question"]),
        reading=_text(document["reading"]),
        reading_dwellings=_optional(document["reading_dwellings"]),
        formula=document["formula"],
        formula_words=_text(document["formula_words"]),
        low=document["range"]["low"],
        high=document["range"]["high"],
        scale=document["scale"],
        decimals=document["decimals"],
        reference=document["reference"],
        traps=_texts(document["traps"]),
        level=document["level"],
    )
