"""The words that tell personal data from other text: `personal_words.yaml`, by their keys."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).with_suffix(".yaml")


@cache
def _lists() -> dict[str, str]:
    lists: dict[str, str] = yaml.safe_load(_FILE.read_text("utf-8"))
    return lists


def words_of(key: str) -> frozenset[str]:
    """Give the words of a list."""
    return frozenset(_lists()[key].split())


def one_of(key: str) -> str:
    """Give a pattern that fits any word of a list, the longest that fits first."""
    return "|".join(re.escape(word) for word in sorted(words_of(key), key=lambda word: (-len(word), word)))
