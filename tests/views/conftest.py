"""Texts and number formats for the tests of the views."""

from pathlib import Path

import pytest

from dashboard.i18n import Translator, get_translator
from dashboard.views.numbers import NumberFormat

LOCALES = Path(__file__).parents[2] / "locales"


@pytest.fixture
def t() -> Translator:
    return get_translator("sv", LOCALES)


@pytest.fixture
def english() -> Translator:
    return get_translator("en", LOCALES)


@pytest.fixture
def fmt() -> NumberFormat:
    return NumberFormat("sv")
