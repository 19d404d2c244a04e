"""Visitors of the embedded data."""

import pytest
from visitor import Visitor


@pytest.fixture
def at_home(home_city):
    """Point the pages at the embedded data."""
    with home_city.in_use():
        yield home_city


@pytest.fixture
def visitor(at_home) -> Visitor:
    """Give a visitor of the embedded data who reads Swedish."""
    return Visitor()


@pytest.fixture
def english_visitor(at_home) -> Visitor:
    """Give a visitor of the embedded data who reads English."""
    return Visitor("en")
