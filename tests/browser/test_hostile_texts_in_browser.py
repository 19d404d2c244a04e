"""Texts that are meant to be run instead of read, in every field of the register: a browser only ever shows them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from conftest import OpenTab
from hostile_texts import HOSTILE, make_one_of_each
from server import running_dashboard

from dashboard.register.store import Register

ADDRESSES = (
    "",
    "platser",
    "fardplan",
    "fardplan?projekt={project}",
    "fardplan?del=grants",
    "kunskapscirkel",
    "kunskapscirkel?del=circles",
    "kunskapscirkel?del=give",
    "kunskapscirkel?del=moderate",
)
#: What a text would have become, had a browser taken it for more than a text.
RUN = """() => [
    'hostile' in window,
    document.querySelectorAll('.hostile, img[src*="example.org"], a[href^="javascript:"]').length,
    [...document.scripts].filter(script => script.textContent.includes('hostile')).length,
]"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Run a dashboard for somebody who may see and edit everything; give its address and the id of a project."""
    folder = tmp_path_factory.mktemp("hostile")
    with closing(Register.open(f"sqlite:///{folder / 'register.sqlite3'}")) as register:
        made = [entry for text in HOSTILE for entry, _ in make_one_of_each(register, text)]
    project = [entry.id for entry in made if entry.kind == "project"][-3]
    with running_dashboard(folder, DASHBOARD_LOCAL_EDITOR="true") as address:
        yield address, project


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_text_is_shown_and_never_run(path: str, hostile: tuple[str, str], tab: OpenTab) -> None:
    address, project = hostile
    visit = tab(address=address).go(path.format(project=project))
    assert visit.page.evaluate(RUN) == [False, 0, 0]
    assert visit.outside == []
    assert visit.complaints == []


def test_the_texts_are_on_the_pages(hostile: tuple[str, str], tab: OpenTab) -> None:
    address, _ = hostile
    visit = tab(address=address)
    assert "<script>window.hostile = 1</script>" in visit.go("fardplan").page.locator("body").inner_text()
    assert "<script>window.hostile = 1</script>" in visit.go("kunskapscirkel").page.locator("body").inner_text()


def test_a_text_that_a_browser_took_for_more_would_be_found(hostile: tuple[str, str], tab: OpenTab) -> None:
    visit = tab(address=hostile[0]).go()
    visit.page.evaluate("text => document.body.insertAdjacentHTML('beforeend', text)", "".join(HOSTILE))
    _, elements, scripts = visit.page.evaluate(RUN)
    assert (elements, scripts) == (3, 1)
