"""Reads YAML that people write: safe, and strict where YAML is lax."""

from __future__ import annotations

from typing import Any, cast

import yaml

from dashboard.register.errors import RegisterFileError

DEEPEST = 40


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader, except that a key written twice is an error, where the last one would win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping = cast("dict[Any, Any]", super().construct_mapping(node, deep=deep))
        if len(mapping) != len(node.value):
            raise yaml.constructor.ConstructorError(None, None, "a key is written twice", node.start_mark)
        return mapping


def read_yaml(content: bytes, name: str) -> object:
    """Read a YAML file.

    Parameters
    ----------
    content
        What the file holds.
    name
        What it is called, for the complaint.

    Raises
    ------
    RegisterFileError
        When it is not UTF-8 or not YAML, writes a key twice, uses references (a short file can stand for gigabytes
        by them) or is nested too deep.
    """
    try:
        text = content.decode("utf-8")
        _check_shape(text, name)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
    except UnicodeDecodeError as error:
        raise RegisterFileError(f"{name} is not UTF-8 text: save it as UTF-8.") from error
    # The constructors of days and numbers complain of 2021-02-30 in their own way.
    except (yaml.YAMLError, ValueError, TypeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise RegisterFileError(f"{name}{where} cannot be read: {getattr(error, 'problem', None) or error}.") from error


def _check_shape(text: str, name: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            raise RegisterFileError(f"{name} refers by *{event.anchor} to another line: write the text out instead.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise RegisterFileError(f"{name} is nested deeper than {DEEPEST} levels: no file of the register is.")
