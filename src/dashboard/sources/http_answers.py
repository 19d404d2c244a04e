"""Asks a publisher's service over HTTP, again where that may help, and gives whole JSON answers or a fault in words."""

from __future__ import annotations

import datetime as dt
import json
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Self

import httpx

from dashboard.sources.call_pace import CallPace, Clock
from dashboard.sources.fetch_faults import (
    FetchError,
    HalfAnswerError,
    NoConnectionError,
    NotFoundError,
    OtherHostError,
    RefusedCallError,
    ServiceFaultError,
    SlowAnswerError,
    TooLargeAnswerError,
    TooManyCallsError,
    WrongContentTypeError,
)

JSON_TYPE = re.compile(r"application/([\w.-]+\+)?json(stat)?", re.IGNORECASE | re.ASCII)
MOST_REDIRECTS = 3


@dataclass(frozen=True, slots=True)
class Source:
    """Whom is asked: the name for messages, the address down to the version, and the setting that holds it."""

    name: str
    url: str
    setting: str


@dataclass(frozen=True, slots=True)
class Call:
    """One question to a service.

    ``about`` says in a word or two what is asked for, for messages. With a ``body`` the call is a POST, of JSON or,
    with ``form``, of the fields of a form. ``accept`` is the media type of the answer: JSON, or a kind of it. A call
    that takes longer or is larger than others brings its own ``patience``.
    """

    about: str
    path: str
    parameters: tuple[tuple[str, str], ...] = ()
    body: Mapping[str, object] | None = None
    form: bool = False
    accept: str = "application/json"
    patience: Patience | None = None


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often something is tried, and how much is taken."""

    seconds_without_a_byte: float = 30.0
    seconds_for_an_answer: float = 300.0
    tries: int = 5
    first_pause: float = 1.0
    #: Longer than this is not waited for, whatever the service asks.
    longest_pause: float = 120.0
    most_bytes: int = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; ``content`` is None when nothing has changed since the last one (304)."""

    content: bytes | None
    marks: Mapping[str, str] = field(default_factory=dict)


class HttpAnswers:
    """Answers of one service, one call after the other.

    Parameters
    ----------
    source
        Whom is asked.
    pace
        Keeps the calls below the service's limit.
    patience, clock
        How long and how often, and where the time comes from.
    """

    def __init__(
        self, source: Source, pace: CallPace, patience: Patience | None = None, clock: Clock | None = None
    ) -> None:
        self.source, self.pace = source, pace
        self._patience, self._clock = patience or Patience(), clock or Clock()
        self._client = httpx.Client(
            verify=_trusted(),
            timeout=self._patience.seconds_without_a_byte,
            follow_redirects=False,
            headers={"User-Agent": "hela-staden"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def address(self, call: Call) -> httpx.URL:
        """Give the whole address of a call."""
        return httpx.URL(self.source.url.rstrip("/") + call.path, params=call.parameters or None)

    def ask(self, call: Call, conditions: Mapping[str, str] | None = None) -> Answer:
        """Ask, again after a pause when the fault may pass.

        Parameters
        ----------
        call
            What is asked.
        conditions
            Headers that let the service say that nothing has changed (``If-None-Match``, ``If-Modified-Since``).

        Raises
        ------
        FetchError
            The class of the fault, with a sentence that names the source and what to try.
        """
        patience = call.patience or self._patience
        pause = patience.first_pause
        for left in reversed(range(patience.tries)):
            self.pace.wait()
            try:
                return self._ask_once(call, conditions or {})
            except FetchError as fault:
                wait = pause if fault.wait is None else fault.wait
                if not fault.passing or not left or wait > patience.longest_pause:
                    raise
            self._clock.sleep(wait)
            pause = min(pause * 2, patience.longest_pause)
        raise AssertionError("at least one try is made")

    def _ask_once(self, call: Call, conditions: Mapping[str, str]) -> Answer:
        told = f"{self.source.name} ({call.about})"
        try:
            return self._follow(call, conditions, told)
        except httpx.TimeoutException as error:
            raise SlowAnswerError(
                f"{told} did not answer in time: try again later; what is fetched is kept."
            ) from error
        except httpx.RemoteProtocolError as error:
            raise HalfAnswerError(
                f"{told} broke off in the middle of an answer: try again; what is fetched is kept."
            ) from error
        except httpx.DecodingError as error:
            raise HalfAnswerError(f"{told} sent an answer that cannot be unpacked: try again.") from error
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise NoConnectionError(
                f"{told} cannot be reached at {self.source.url}:"
                f" check the network, the proxy and {self.source.setting}."
            ) from error

    def _follow(self, call: Call, conditions: Mapping[str, str], told: str) -> Answer:
        """Ask, and follow redirects within the host."""
        url = self.address(call)
        headers = {"Accept": call.accept, **conditions}
        as_json, as_form = (None, call.body) if call.form else (call.body, None)
        patience = call.patience or self._patience
        until = self._clock.seconds() + patience.seconds_for_an_answer
        most = patience.most_bytes
        for _ in range(MOST_REDIRECTS + 1):
            with self._client.stream(
                "GET" if call.body is None else "POST",
                url,
                headers=headers,
                json=as_json,
                data=as_form,
                timeout=patience.seconds_without_a_byte,
            ) as response:
                if not response.has_redirect_location:
                    if conditions and response.status_code == httpx.codes.NOT_MODIFIED:
                        return Answer(None, _marks(response))
                    return self._take(response, told, until, most)
                url = self._next(url, response.headers["Location"], told)
        raise RefusedCallError(f"{told} sends calls round in a circle: check {self.source.setting}.")

    def _next(self, url: httpx.URL, location: str, told: str) -> httpx.URL:
        """Give the address of a redirect, or refuse it: another host is somebody else, http can be read on the way."""
        new = url.join(location)
        if (new.scheme, new.host, new.port) != (url.scheme, url.host, url.port):
            raise OtherHostError(
                f"{told} sends calls on to {new.scheme}://{new.netloc.decode('ascii', 'replace')},"
                " which is not followed: find out whether the service has moved,"
                f" and write its address into {self.source.setting}."
            )
        return new

    def _take(self, response: httpx.Response, told: str, until: float, most: int) -> Answer:
        """Take the content of an answer that is one."""
        if fault := self._fault(response, told):
            raise fault
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
        if not JSON_TYPE.fullmatch(kind):
            raise WrongContentTypeError(
                f"{told} answered with “{kind[:60]}” where JSON was asked for:"
                f" open {self.source.url} in a browser, and check {self.source.setting} and the proxy."
            )
        return Answer(self._whole(response, told, until, most), _marks(response))

    def _whole(self, response: httpx.Response, told: str, until: float, most: int) -> bytes:
        """Take an answer piece by piece, never more of it than is expected; it must be whole JSON."""
        content = bytearray()
        for piece in response.iter_bytes():
            content += piece
            if len(content) > most:
                raise TooLargeAnswerError(
                    f"{told} sent more than {most // 2**20} MB in one answer, which was stopped:"
                    f" check {self.source.setting}, or ask for fewer areas or years."
                )
            if self._clock.seconds() > until:
                raise SlowAnswerError(f"{told} sends too slowly: try again later; what is fetched is kept.")
        try:
            parse_json(bytes(content))
        except (ValueError, RecursionError) as error:
            raise HalfAnswerError(f"{told} sent an answer that is not whole: try again.") from error
        return bytes(content)

    def _fault(self, response: httpx.Response, told: str) -> FetchError | None:
        """Give the fault that a status stands for."""
        status, wait = response.status_code, self._asked_wait(response.headers.get("Retry-After"))
        if status == httpx.codes.TOO_MANY_REQUESTS:
            return TooManyCallsError(f"{told} asks for fewer calls (429): try again {_when(wait)}.", wait)
        if status >= 500:
            return ServiceFaultError(f"{told} has a fault of its own ({status}): try again {_when(wait)}.", wait)
        if status in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
            return NotFoundError(f"{told} is not there ({status}): check its name and {self.source.setting}.")
        if status != httpx.codes.OK:
            return RefusedCallError(
                f"{told} does not accept the call ({status}): check {self.source.setting} and what is asked for."
            )
        return None

    def _asked_wait(self, text: str | None) -> float | None:
        """Read ``Retry-After``, which is seconds or a date; what is neither is passed by."""
        if text is None:
            return None
        if re.fullmatch("[0-9]{1,9}", text.strip()):
            return float(text)
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=dt.UTC)
        return max(0.0, (moment - self._clock.now()).total_seconds())


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """Give whose certificates are believed; reading them takes as long as many calls, so it is done once."""
    return httpx.create_ssl_context()


def parse_json(content: bytes) -> object:
    """Parse JSON that may begin with a byte order mark."""
    document: object = json.loads(content.decode("utf-8-sig"))
    return document


def _marks(response: httpx.Response) -> dict[str, str]:
    """Give what an answer can be known by the next time."""
    return {name: response.headers[name] for name in ("ETag", "Last-Modified") if name in response.headers}


def _when(wait: float | None) -> str:
    return "later" if wait is None else f"in {wait:.0f} seconds"
