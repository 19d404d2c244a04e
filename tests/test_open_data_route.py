"""Catalogue and files of the open data over HTTP: each address answers, once for each warehouse, and fails in words."""

import asyncio
import hashlib
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph
from rdflib.namespace import DCAT
from starlette.applications import Starlette
from starlette.middleware import Middleware

from dashboard import open_data_route as route
from dashboard.cli import _parser, main
from dashboard.exports.dcat_catalogue import IANA, SPDX
from dashboard.i18n import get_translator
from dashboard.open_data_route import (
    SECONDS_UNTIL_TRIED_AGAIN,
    Files,
    OpenDataError,
    Publication,
    made_apart,
    open_data_route,
)
from dashboard.security_headers import CONTENT_SECURITY_POLICY, SecurityHeaders
from dashboard.settings import Settings

PUBLISHED = {"public_url": "https://stad.example/", "publisher_name": "Exempelstads kommun"}
FILES = {
    "catalogue.rdf": b"<rdf/>",
    "catalogue.ttl": b"# made up",
    "segregation-measures.csv": b"a,b\r\n1,2\r\n",
    "areas-with-indicators.gpkg": b"SQLite format 3\x00",
}


class Making:
    """Stands for the command; counts how often it was run."""

    def __init__(self, files: Files | None = FILES) -> None:
        self.files = files
        self.times = 0

    def __call__(self, settings: Settings) -> Files:
        self.times += 1
        if self.files is None:
            raise OpenDataError("no space left")
        return self.files


class Server:
    """The route under the headers of the real server, asked without a network."""

    def __init__(self, make: Any, **settings: Any) -> None:
        self.settings = Settings(**(PUBLISHED | settings))
        middleware = [Middleware(SecurityHeaders)]
        self.app = Starlette(routes=[open_data_route(self.settings, make)], middleware=middleware)

    def ask(
        self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> tuple[int, dict[str, str], bytes]:
        sent: list[dict[str, Any]] = []

        async def send(message: Any) -> None:
            sent.append(dict(message))

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        path, _, query = path.partition("?")
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()],
        }
        asyncio.run(self.app(scope, receive, send))
        found = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        return sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:])


@pytest.fixture
def warehouse(tmp_path):
    file = tmp_path / "warehouse.duckdb"
    file.write_bytes(b"made up")
    return file


@pytest.mark.parametrize(
    ("name", "kind", "saved"),
    [
        ("catalogue.rdf", "application/rdf+xml", False),
        ("catalogue.ttl", "text/turtle; charset=utf-8", False),
        ("segregation-measures.csv", "text/csv; charset=utf-8", True),
        ("areas-with-indicators.gpkg", "application/geopackage+sqlite3", True),
    ],
)
def test_each_file_comes_with_its_type_and_under_the_headers_of_every_answer(warehouse, name, kind, saved):
    status, headers, body = Server(Making(), warehouse_file=warehouse).ask(f"/data/{name}")
    assert (status, body) == (200, FILES[name])
    assert headers["content-type"] == kind
    assert ("content-disposition" in headers) == saved
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith(CONTENT_SECURITY_POLICY)
    assert "set-cookie" not in headers


def test_the_answer_is_the_same_in_every_language(warehouse):
    server = Server(Making(), warehouse_file=warehouse)
    plain, english = (server.ask(f"/data/catalogue.rdf{query}") for query in ("", "?lang=en"))
    assert plain == english
    assert "content-language" not in plain[1]


@pytest.mark.parametrize("wrapped", ["{}", "W/{}", '"other", {}', "*"])
def test_who_has_it_already_is_told_that_nothing_is_new(warehouse, wrapped):
    server = Server(Making(), warehouse_file=warehouse)
    _, headers, _ = server.ask("/data/catalogue.ttl")
    status, again, body = server.ask("/data/catalogue.ttl", {"if-none-match": wrapped.format(headers["etag"])})
    assert (status, body, again["etag"]) == (304, b"", headers["etag"])


def test_a_harvester_may_ask_for_the_head_alone(warehouse):
    status, headers, _ = Server(Making(), warehouse_file=warehouse).ask("/data/catalogue.rdf", method="HEAD")
    assert status == 200
    assert headers["content-length"] == str(len(FILES["catalogue.rdf"]))


def test_nobody_can_write_there(warehouse):
    assert Server(Making(), warehouse_file=warehouse).ask("/data/catalogue.rdf", method="POST")[0] == 405


def test_files_are_made_once_and_again_for_a_new_warehouse(warehouse):
    making = Making()
    server = Server(making, warehouse_file=warehouse)
    first = server.ask("/data/catalogue.rdf")[1]["etag"]
    server.ask("/data/segregation-measures.csv")
    assert making.times == 1
    new = warehouse.with_name("new")
    new.write_bytes(b"another")
    new.replace(warehouse)
    making.files = FILES | {"catalogue.rdf": b"<rdf>new</rdf>"}
    status, headers, body = server.ask("/data/catalogue.rdf", {"if-none-match": first})
    assert (status, body, making.times) == (200, b"<rdf>new</rdf>", 2)
    assert headers["etag"] != first


def test_many_who_ask_at_once_wait_for_one_making(warehouse):
    making = Making()
    publication = Publication(Settings(**PUBLISHED, warehouse_file=warehouse), making)

    async def all_at_once() -> list[Files]:
        return await asyncio.gather(*(publication.files() for _ in range(20)))

    assert all(found is FILES for found in asyncio.run(all_at_once()))
    assert making.times == 1


@pytest.mark.parametrize("missing", ["public_url", "publisher_name"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_without_address_or_publisher_it_says_what_to_set(warehouse, missing, language):
    making = Making()
    server = Server(making, warehouse_file=warehouse, **{missing: None})
    status, headers, body = server.ask(f"/data/catalogue.rdf?lang={language}")
    assert (status, headers["content-language"], making.times) == (404, language, 0)
    said = body.decode()
    assert said == get_translator(language, server.settings.locales_folder)("open_data.switched_off")
    assert "DASHBOARD_PUBLIC_URL" in said
    assert "DASHBOARD_PUBLISHER_NAME" in said


@pytest.mark.parametrize("name", ["nothing.csv", "register.csv", "..%2Fregister.yaml", "warehouse.duckdb", ".env"])
def test_any_other_name_leads_to_the_catalogue(warehouse, name):
    status, headers, body = Server(Making(), warehouse_file=warehouse).ask(f"/data/{name}")
    assert (status, headers["cache-control"]) == (404, "no-store")
    assert "https://stad.example/data/catalogue.rdf" in body.decode()


def test_what_cannot_be_made_is_told_in_words_and_tried_again_later(warehouse):
    making, now = Making(None), [0.0]
    publication = Publication(Settings(**PUBLISHED, warehouse_file=warehouse), making, lambda: now[0])
    for seconds, times in ((0.0, 1), (SECONDS_UNTIL_TRIED_AGAIN, 1), (SECONDS_UNTIL_TRIED_AGAIN + 1, 2)):
        now[0] = seconds
        with pytest.raises(OpenDataError):
            asyncio.run(publication.files())
        assert making.times == times
    server = Server(making, warehouse_file=warehouse)
    status, headers, body = server.ask("/data/catalogue.rdf")
    assert (status, headers["retry-after"], headers["cache-control"]) == (503, "600", "no-store")
    assert body.decode() == get_translator("sv", server.settings.locales_folder)("open_data.unavailable")
    assert "no space left" not in body.decode()


def test_a_command_that_fails_is_told_with_its_words(monkeypatch):
    settings = Settings()
    monkeypatch.setenv("DASHBOARD_PORT", "eighty")
    with pytest.raises(OpenDataError, match="The setting port cannot be used"):
        made_apart(settings)


def test_a_command_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(route, "SECONDS_IT_MAY_TAKE", 0.01)
    with pytest.raises(OpenDataError, match=r"longer than 0\.01 s"):
        made_apart(Settings())


def test_the_command_of_the_process_hands_over_what_it_wrote(monkeypatch):
    """What it is called with is what the command line takes, and only files of the known kinds come back."""

    def run(command: list[str], **how: Any) -> subprocess.CompletedProcess[str]:
        assert command[1:-1] == ["-m", "dashboard", "export", "dcat", "--to"]
        for name in ("catalogue.rdf", "a.csv", ".new-a.csv-1"):
            (Path(command[-1]) / name).write_bytes(b"x")
        assert _parser().parse_args(command[3:]).to == Path(command[-1])
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(route.subprocess, "run", run)
    assert made_apart(Settings()) == {"catalogue.rdf": b"x", "a.csv": b"x"}


def test_every_address_in_the_catalogue_answers_with_what_it_promises(made_up_city, tmp_path, capsys):
    with made_up_city.in_use(), pytest.MonkeyPatch.context() as patch:
        for name, value in PUBLISHED.items():
            patch.setenv(f"DASHBOARD_{name.upper()}", value)
        assert main(["export", "dcat", "--to", str(tmp_path)]) == 0
    written = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    server = Server(Making(written), warehouse_file=made_up_city.warehouse)
    status, _, body = server.ask("/data/catalogue.rdf")
    assert status == 200
    graph = Graph().parse(data=body, format="xml")
    assert graph.isomorphic(Graph().parse(data=server.ask("/data/catalogue.ttl")[2], format="turtle"))
    files = list(graph.subject_objects(DCAT.downloadURL))
    assert len(files) == len(written) - 2 >= 3
    for file, address in files:
        status, headers, content = server.ask(str(address).removeprefix("https://stad.example"))
        assert status == 200, address
        assert int(graph.value(file, DCAT.byteSize)) == len(content)
        checksum = graph.value(graph.value(file, SPDX.checksum), SPDX.checksumValue)
        assert str(checksum) == hashlib.sha256(content).hexdigest()
        media_type = str(graph.value(file, DCAT.mediaType)).removeprefix(str(IANA))
        assert headers["content-type"].partition(";")[0] == media_type
