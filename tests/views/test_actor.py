"""Who looks at a page: in local editor mode, only somebody at the machine itself."""

from types import SimpleNamespace

import pytest

from dashboard.access import LOCAL_EDITOR, PUBLIC
from dashboard.settings import Settings
from dashboard.views import actor

HERE = {"Host": "localhost:8501", "Origin": "http://localhost:8501"}


def looks(monkeypatch, headers, address=None, *, local_editor=True):
    asked = SimpleNamespace(headers=headers, ip_address=address)
    monkeypatch.setattr(actor, "st", SimpleNamespace(context=asked, user={}))
    return actor.current_actor(Settings(local_editor=local_editor))


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "localhost"])
@pytest.mark.parametrize("address", [None, "127.0.0.1", "::1"])
def test_whoever_sits_at_the_machine_is_the_local_editor(monkeypatch, host, address):
    assert looks(monkeypatch, {"Host": host, "Origin": f"http://{host}"}, address) is LOCAL_EDITOR


def test_nobody_is_the_local_editor_unless_it_was_switched_on(monkeypatch):
    assert looks(monkeypatch, HERE, local_editor=False) is PUBLIC


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        pytest.param(HERE, "192.168.1.20", id="from another machine"),
        pytest.param(HERE | {"X-Forwarded-For": "127.0.0.1"}, None, id="through a proxy that says so"),
        pytest.param(HERE | {"Forwarded": "for=127.0.0.1"}, None, id="through a proxy that says so by the standard"),
        pytest.param(HERE | {"Via": "1.1 proxy"}, None, id="through a proxy that gives its name"),
        pytest.param(HERE | {"Origin": "https://example.org"}, None, id="through a proxy that says nothing"),
        pytest.param(HERE | {"Origin": "http://localhost:9000"}, None, id="from a page of another server here"),
        pytest.param({"Host": "evil.example.org", "Origin": "http://evil.example.org"}, None, id="by another name"),
        pytest.param({"Host": "localhost.example.org", "Origin": "http://localhost.example.org"}, None, id="alike"),
        pytest.param({"Host": "localhost:8501"}, None, id="by a program"),
        pytest.param({}, None, id="gone already"),
    ],
)
def test_everybody_else_is_a_reader(monkeypatch, headers, address):
    assert looks(monkeypatch, headers, address) is PUBLIC
