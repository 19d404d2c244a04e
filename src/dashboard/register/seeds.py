"""Reads what an empty register begins with: the published facts in `data/register/*.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from dashboard.register.circle_entries import Circle, Meeting
from dashboard.register.contact import read_contact
from dashboard.register.entries import Decision, Entry, FocusAreaEntry, LinkedIndicator, Milestone, Project
from dashboard.register.entry_reading import check_ids, read_entry, read_id
from dashboard.register.errors import RegisterFileError
from dashboard.register.grant_entries import Funder, Grant, Spending
from dashboard.register.yaml_reading import read_yaml

#: File → the parts it may have, and the kind of the entries in each.
FILES: Mapping[str, Mapping[str, type[Entry]]] = MappingProxyType(
    {
        "focus_areas.yaml": {"focus_areas": FocusAreaEntry},
        "projects.yaml": {
            "projects": Project,
            "milestones": Milestone,
            "linked_indicators": LinkedIndicator,
            "decisions": Decision,
        },
        "grants.yaml": {"funders": Funder, "grants": Grant, "spending": Spending},
        "circles.yaml": {"circles": Circle, "meetings": Meeting},
    }
)
FILE_OF = {kind.kind: file for file, parts in FILES.items() for kind in parts.values()}
#: What stands at the head of a file and holds for all its entries.
_HEAD = frozenset({"municipality", "source", "source_date"})
#: Fields that name what is not in the register → the set of `Known` that they may name.
_OUTSIDE = {
    "place": "places",
    "areas": "areas",
    "indicators": "indicators",
    "splits": "indicators",
    "indicator": "indicators",
}


@dataclass(frozen=True)
class Known:
    """What entries may name outside the register: areas of the data, indicators and splits of the catalogue."""

    areas: frozenset[str]
    indicators: frozenset[str]


def read_seeds(folder: Path) -> list[Entry]:
    """Read what an empty register begins with.

    Parameters
    ----------
    folder
        ``data/register``; without its files the register begins empty.

    Returns
    -------
    Entries, each after those that it names.

    Raises
    ------
    RegisterFileError
        When a file cannot be read, an entry does not hold, has no English beside its Swedish, or names an entry or a
        place that is not there; the message names file, entry and fault.
    """
    entries = [entry for file in FILES if (folder / file).is_file() for entry in _read_file(folder / file)]
    check_ids(entries, FILE_OF)
    _check_named(entries, "places", _place_ids(folder / "places.yaml"))
    return entries


def check_seeds(folder: Path, known: Known) -> None:
    """Check what an empty register begins with against the data that it names.

    Raises
    ------
    RegisterFileError
        When a file cannot be used (that of the contact too), or an entry names an area or an indicator that is not
        in the data.
    """
    entries = read_seeds(folder)
    # Where the data are about another city, the first one's entries wait for its data to come back.
    cities = {code[:4] for code in known.areas}
    _check_named(
        (entry for entry in entries if getattr(entry, "municipality", None) in {None, *cities}), "areas", known.areas
    )
    _check_named(entries, "indicators", known.indicators)
    read_contact(folder)


def _read_file(path: Path) -> Iterator[Entry]:
    content = read_yaml(path.read_bytes(), path.name)
    if not isinstance(content, Mapping):
        raise RegisterFileError(f"{path.name} cannot be read: it has no parts such as “municipality: …”.")
    parts = FILES[path.name]
    if unknown := [name for name in content if name not in parts and name not in _HEAD]:
        raise RegisterFileError(f"{path.name}: nobody knows {unknown[0]}; write one of {', '.join(parts)}.")
    head = {name: content[name] for name in _HEAD if name in content}
    for part, kind in parts.items():
        listed = content.get(part) or []
        if not isinstance(listed, list):
            raise RegisterFileError(f"{path.name}: {part} is no list: begin each entry with “- id: …”.")
        for values in listed:
            yield read_entry(kind.kind, _with_head(kind, values, head, path.name), path.name)


def _with_head(kind: type[Entry], values: object, head: Mapping[str, object], file: str) -> object:
    """Give the fields of an entry: with what the head of its file says of all, and each text in two fields."""
    if not isinstance(values, Mapping):
        return values
    # The date at the head is that of the source at the head.
    inherited = {"municipality"} if "source" in values else _HEAD
    given = {name: head[name] for name in head if name in inherited and name in kind.model_fields} | dict(values)
    name = read_id(given.get("id"), file)
    fields: dict[str, object] = {}
    for field, value in given.items():
        if f"{field}_en" in kind.model_fields:
            swedish, english = _both(value, f"{file}, {name}, {field}")
            fields |= {field: swedish, f"{field}_en": english}
        else:
            fields[str(field)] = value
    return fields


def _both(value: object, where: str) -> tuple[str, str]:
    if not isinstance(value, Mapping) or set(value) != {"sv", "en"}:
        raise RegisterFileError(f"{where}: write it in Swedish and in English, as “sv: …” and “en: …”.")
    swedish, english = value["sv"], value["en"]
    if not (isinstance(swedish, str) and isinstance(english, str) and swedish.strip() and english.strip()):
        raise RegisterFileError(f"{where}: one of the two texts is empty or no text; put it in quotation marks.")
    return swedish, english


def _place_ids(path: Path) -> frozenset[str]:
    if not path.is_file():
        return frozenset()
    content = read_yaml(path.read_bytes(), path.name)
    places = content.get("places") if isinstance(content, Mapping) else None
    if not isinstance(places, list):
        raise RegisterFileError(f"{path.name} cannot be read: it has no list “places: …”.")
    return frozenset(str(place["id"]) for place in places if isinstance(place, Mapping) and "id" in place)


def _check_named(entries: Iterable[Entry], outside: str, known: frozenset[str]) -> None:
    where = {
        "places": "is not in places.yaml",
        "areas": "is not an area of the data",
        "indicators": "is not in the catalogue",
    }[outside]
    for entry in entries:
        for field in (field for field, kind in _OUTSIDE.items() if kind == outside and hasattr(entry, field)):
            value = getattr(entry, field)
            for named in value if isinstance(value, tuple) else [value]:
                if named and named not in known:
                    raise RegisterFileError(f"{FILE_OF[entry.kind]}: {entry.id} names {named}, which {where}.")
