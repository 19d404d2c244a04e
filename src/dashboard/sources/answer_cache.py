"""Keeps answers of services on disk: an interrupted fetch goes on, and what has not changed is not sent again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from dashboard.file_swap import file_swapped_in
from dashboard.sources.http_answers import Call, HttpAnswers, parse_json

#: The header of an answer → the header of a question that asks whether it still holds.
CONDITIONS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}


@dataclass(frozen=True, slots=True)
class _Kept:
    marks: dict[str, str]
    stamp: str | None
    content: bytes


class AnswerCache:
    """Answers of one service, one file each.

    Parameters
    ----------
    answers
        The service.
    folder
        Where the files lie; it is made when it is missing.
    """

    def __init__(self, answers: HttpAnswers, folder: Path) -> None:
        self.answers, self._folder = answers, folder
        #: How many answers the service sent whole, since this began.
        self.fetched = 0
        folder.mkdir(parents=True, exist_ok=True)

    def document(self, call: Call, stamp: str | None = None) -> object:
        """Give the parsed answer to a call.

        Parameters
        ----------
        call
            What is asked.
        stamp
            The state of the data that the answer is of. A kept answer of the same state is given without asking.
            Without a stamp, or with another one, the service is asked, and may say that nothing has changed.

        Raises
        ------
        FetchError
            When it must be asked for and cannot be had; what was kept before is still there.
        """
        file = self._file(call)
        kept = _read(file)
        if kept and stamp is not None and kept.stamp == stamp:
            return parse_json(kept.content)
        # HTTP knows conditions of this kind for questions without a body alone.
        marks = kept.marks if kept and call.body is None else {}
        answer = self.answers.ask(call, {CONDITIONS[mark]: text for mark, text in marks.items()})
        if answer.content is None and kept:
            fresh = _Kept(dict(answer.marks) or kept.marks, stamp, kept.content)
        else:
            fresh = _Kept(dict(answer.marks), stamp, answer.content or b"")
            self.fetched += 1
        _write(file, fresh)
        return parse_json(fresh.content)

    def _file(self, call: Call) -> Path:
        body = None if call.body is None else json.dumps(call.body, sort_keys=True)
        whole = json.dumps([str(self.answers.address(call)), body])
        return self._folder / f"{hashlib.sha256(whole.encode()).hexdigest()[:32]}.answer"


def _read(file: Path) -> _Kept | None:
    """Read a kept answer: a line about it, then its bytes. One that is damaged is as good as none."""
    try:
        line, _, content = file.read_bytes().partition(b"\n")
        about = json.loads(line)
        if about["sha256"] != hashlib.sha256(content).hexdigest():
            return None
        return _Kept(
            {name: about["marks"][name] for name in CONDITIONS if name in about["marks"]}, about["stamp"], content
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _write(file: Path, kept: _Kept) -> None:
    about = {"marks": kept.marks, "stamp": kept.stamp, "sha256": hashlib.sha256(kept.content).hexdigest()}
    with file_swapped_in(file) as new:
        new.write_bytes(json.dumps(about).encode() + b"\n" + kept.content)
