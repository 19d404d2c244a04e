"""Ready-made stories: which slides are shown in which order, and what the room may talk about (`data/stories/`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from dashboard.catalogue import Catalogue

#: What a slide of each kind is about → whether it must be said; `area` and `place` may be chosen with the story.
KINDS: Mapping[str, Mapping[str, bool]] = MappingProxyType(
    {
        "people": {},
        "index_map": {"area": False, "place": False},
        "both_ends": {"indicator": True},
        "dissimilarity": {"split": True},
        "dissimilarity_years": {"split": True},
        "trend": {"indicator": True},
        "peers": {"split": True},
        "roadmap_status": {},
        "projects": {"place": False},
        "deadlines": {},
        "grants": {},
        "quotes": {"place": False},
        "place_reach": {"place": True},
        "place_people": {"place": True, "split": True},
        "place_ways": {"place": True},
        "area_numbers": {"area": True},
        "area_shares": {"area": True},
        "tenure": {"area": True},
        "question": {},
    }
)
#: Letters that a question and the name of a story have room for on a screen that is read from ten metres.
LONGEST_QUESTION, LONGEST_NAME, LONGEST_NOTES = 90, 50, 900
#: How many slides a meeting has patience for.
MOST_SLIDES = 20


class StoryError(Exception):
    """A file of a story cannot be used; the text says which file, which field, what is wrong and what to do."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Model):
    """A text in Swedish and in English."""

    sv: Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
    en: Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]

    def in_(self, language: str) -> str:
        """Give the text in one language."""
        return self.en if language == "en" else self.sv


class StorySlide(_Model):
    """What one slide shows, what the room may talk about, and what whoever presents may say.

    Attributes
    ----------
    kind
        One of `KINDS`.
    key
        Its name within the story, for links; by default its kind.
    parameters
        What it is about, such as an indicator.
    question, notes
        On the screen, and beside it.
    """

    kind: str
    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]*$")] = ""
    parameters: dict[str, str] = Field(default_factory=dict)
    question: Words | None = None
    notes: Words | None = None

    @property
    def name(self) -> str:
        """Its name within the story."""
        return self.key or self.kind.replace("_", "-")


class Story(_Model):
    """A story.

    Attributes
    ----------
    id
        The name of its file; stands in links and never changes.
    name
        What it is called on the screen.
    position
        Where it stands among the stories, the first first.
    minutes
        How long it usually takes.
    parameter
        What whoever opens it chooses: an area, a place or nothing.
    slides
        Its slides in their order.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    name: Words
    position: int = 100
    minutes: Annotated[int, Field(ge=1, le=120)]
    parameter: Literal["area", "place"] | None = None
    slides: Annotated[tuple[StorySlide, ...], Field(min_length=1, max_length=MOST_SLIDES)]


def read_stories(folder: Path, catalogue: Catalogue) -> tuple[Story, ...]:
    """Read all stories of a data folder, in their order; none when there is no such folder.

    Parameters
    ----------
    folder
        `data/stories`.
    catalogue
        What slides may name: indicators and splits.

    Raises
    ------
    StoryError
        At the first fault.
    """
    return tuple(sorted((_read(path, catalogue) for path in _files(folder)), key=lambda one: (one.position, one.id)))


def stories_of(folder: Path, catalogue: Catalogue) -> tuple[Story, ...]:
    """Give the stories of a data folder, read anew only when a file has changed.

    Raises
    ------
    StoryError
        At the first fault.
    """
    return _kept(folder, tuple((path.name, path.stat().st_mtime_ns) for path in _files(folder)), _ById(catalogue))


class _ById:
    """A catalogue as part of a key: the same object is the same catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __hash__(self) -> int:
        return id(self.catalogue)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.catalogue is self.catalogue


@lru_cache(maxsize=4)
def _kept(folder: Path, files: tuple[tuple[str, int], ...], catalogue: _ById) -> tuple[Story, ...]:
    del files  # Only tells one state of the folder from another.
    return read_stories(folder, catalogue.catalogue)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml"))


def _read(path: Path, catalogue: Catalogue) -> Story:
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise _fault(path, "the whole file", "it is not UTF-8 text", "save it as UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be read as YAML"
        where = f"line {mark.line + 1}" if mark else "the whole file"
        raise _fault(path, where, problem, "correct that line") from error
    try:
        story = Story.model_validate(document)
    except ValidationError as error:
        first: Any = error.errors()[0]
        where = ".".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"]) or "the whole file"
        raise _fault(path, where, first["msg"], "correct it as docs/presentation.md says") from error
    if story.id != path.stem:
        raise _fault(path, "id", f"it is {story.id!r}, but the file is {path.name!r}", "make them the same")
    _check(path, story, catalogue)
    return story


def _check(path: Path, story: Story, catalogue: Catalogue) -> None:
    _check_length(path, "name", story.name, LONGEST_NAME)
    names: set[str] = set()
    for number, slide in enumerate(story.slides, start=1):
        where = f"slides.{number}"
        if slide.kind not in KINDS:
            known = ", ".join(KINDS)
            raise _fault(path, f"{where}.kind", f"there is no kind {slide.kind!r}", f"take one of {known}")
        if slide.name in names:
            raise _fault(path, f"{where}.key", f"{slide.name!r} is there already", "give the slide a key of its own")
        names.add(slide.name)
        _check_parameters(path, where, story, slide, catalogue)
        if slide.question is not None:
            _check_length(path, f"{where}.question", slide.question, LONGEST_QUESTION)
        elif slide.kind == "question":
            raise _fault(path, f"{where}.question", "it is missing", "write the question that the slide is for")
        if slide.notes is not None:
            _check_length(path, f"{where}.notes", slide.notes, LONGEST_NOTES)


def _check_parameters(path: Path, where: str, story: Story, slide: StorySlide, catalogue: Catalogue) -> None:
    wanted = KINDS[slide.kind]
    for name, value in slide.parameters.items():
        if name not in wanted:
            remedy = f"leave it out, or take one of {', '.join(wanted)}" if wanted else "leave it out"
            raise _fault(path, f"{where}.parameters.{name}", f"{slide.kind} has no such parameter", remedy)
        known: Mapping[str, object] | None = {"indicator": catalogue.indicators, "split": catalogue.splits}.get(name)
        if known is not None and value not in known:
            problem = f"there is no {name} {value!r} in the catalogue"
            raise _fault(path, f"{where}.parameters.{name}", problem, "correct the name")
    for name, needed in wanted.items():
        if needed and name not in slide.parameters and name != story.parameter:
            raise _fault(path, f"{where}.parameters", f"{slide.kind} needs {name!r}", "add it")


def _check_length(path: Path, where: str, words: Words, longest: int) -> None:
    for language, text in (("sv", words.sv), ("en", words.en)):
        if len(text) > longest:
            problem = f"it has {len(text)} letters, and there is room for {longest}"
            raise _fault(path, f"{where}.{language}", problem, "say it in fewer words")


def _fault(path: Path, field: str, problem: str, remedy: str) -> StoryError:
    return StoryError(f"{path.parent.name}/{path.name}, {field}: {problem}; {remedy}.")
