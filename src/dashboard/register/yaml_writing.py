"""Writes YAML that reads back as exactly what was written, and that people can read and compare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

import yaml

WIDTH = 120
# Lines that a block can hold as they are: it would lose or misread spaces at their ends, tabs and odd line ends.
_BLOCK = re.compile(r"[!-~¡-\u2027\u202a-\ud7ff\ue000-\ufdff][^\t\r\x85\u2028\u2029\ufeff]*")

# What other readers of YAML take for a number, where ours does not.
_NUMBER_ELSEWHERE = re.compile(r"[-+]?(0o[0-7]+|\.?[0-9][0-9_]*(\.[0-9]*)?([eE][-+]?[0-9]+)?)")


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """The safe writer, which writes texts of several lines as blocks and everything out in full."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def _represent_text(dumper: Any, text: str) -> yaml.Node:  # noqa: ANN401 - one of two classes without types
    lines = text.split("\n")
    plain = len(lines) > 1 and _BLOCK.fullmatch(text) and all(line == line.strip() for line in lines) and lines[-1]
    style = "|" if plain else "'" if _NUMBER_ELSEWHERE.fullmatch(text) else None
    node: yaml.Node = dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)
    return node


def _represent_state(dumper: Any, state: Enum) -> yaml.Node:  # noqa: ANN401
    return _represent_text(dumper, str(state.value))


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(tuple, _Dumper.represent_list)
_Dumper.add_multi_representer(Enum, _represent_state)


def as_yaml(content: Mapping[str, object]) -> bytes:
    """Give a file with one mapping, its keys in their order."""
    return _written(dict(content))


def list_as_yaml(entries: Iterable[Mapping[str, object]]) -> bytes:
    """Give a file with a list of mappings, an empty line between them."""
    return b"\n".join(_written([dict(entry)]) for entry in entries) or b"[]\n"


def _written(content: object) -> bytes:
    written: bytes = yaml.dump(
        content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH, encoding="utf-8"
    )
    return written
