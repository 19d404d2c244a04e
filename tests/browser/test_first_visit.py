"""The very first visitor of a server may come by a link to any page."""

from pathlib import Path

from conftest import OpenTab
from server import running_dashboard


def test_the_first_visit_may_be_a_link_to_a_page(tab: OpenTab, tmp_path: Path) -> None:
    with running_dashboard(tmp_path) as address:
        visit = tab(address=address).go("stadsdelar?omraden=1488C1070")
        assert visit.page.get_by_text("Page not found").count() == 0
        assert visit.page.get_by_role("link", name="Stadsdelar", exact=True).is_visible()
        assert visit.page.get_by_role("link").filter(has_text="Segregation").is_visible()
        assert visit.tags("omraden") == ["Kronogårds Torg-Frälsegården · 1488C1070"]
        assert visit.url().endswith("/stadsdelar?omraden=1488C1070")
        assert (visit.complaints, visit.outside) == ([], [])


def test_another_language_may_be_the_usual_one(tab: OpenTab, tmp_path: Path) -> None:
    with running_dashboard(tmp_path, DASHBOARD_DEFAULT_LANGUAGE="en") as address:
        visit = tab(address=address).go("segregation")
        assert visit.page.evaluate("document.documentElement.lang") == "en"
        assert visit.page.get_by_role("link", name="Overview").is_visible()
        assert visit.url() == f"{address}/segregation"
