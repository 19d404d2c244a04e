"""The register as pages reach it: a database that is gone is asked by one visitor, and the others do not queue up."""

import socket
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace

from dashboard.register import database
from dashboard.register.errors import UnavailableError
from dashboard.settings import Settings
from dashboard.views import register_access

VISITORS = 4


def test_a_machine_that_says_nothing_is_asked_once_for_all_who_come(monkeypatch):
    monkeypatch.setattr(database, "SECONDS_TO_WAIT", 2)
    register_access.forget()
    together = Barrier(VISITORS)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(16)
        url = f"postgresql://register@127.0.0.1:{silent.getsockname()[1]}/register"
        view = SimpleNamespace(settings=Settings(database_url=url))

        def ask(_: int) -> str:
            together.wait()
            try:
                register_access.register(view)
            except UnavailableError as error:
                return error.code
            return ""

        with ThreadPoolExecutor(VISITORS) as pool:
            assert list(pool.map(ask, range(VISITORS))) == ["unavailable"] * VISITORS
        silent.setblocking(False)
        asked = 0
        try:
            while True:
                silent.accept()[0].close()
                asked += 1
        except BlockingIOError:
            pass
    register_access.forget()
    assert asked == 1
