"""Vega-Lite's own schema, which comes with Streamlit's dependency Altair."""

import json
from functools import cache
from pathlib import Path

import altair as alt
from jsonschema import Draft7Validator, ValidationError
from jsonschema.exceptions import best_match


@cache
def _validator() -> Draft7Validator:
    file = next(Path(alt.__file__).parent.glob("vegalite/v6/schema/vega-lite-schema.json"))
    return Draft7Validator(json.loads(file.read_text(encoding="utf-8")))


def assert_valid(spec: dict[str, object]) -> None:
    """A spec that Vega-Lite understands, and that survives being sent as JSON."""
    sent = json.loads(json.dumps(spec, allow_nan=False))
    problem = best_match(_validator().iter_errors(sent), key=_depth)
    if problem is not None:
        raise AssertionError(f"{list(problem.absolute_path)}: {problem.message[:300]}")


def _depth(error: ValidationError) -> int:
    # A spec can be one of many kinds; the kind that goes wrong deepest inside is the one that was meant.
    return -max([len(error.absolute_path), *(-_depth(inner) for inner in error.context or ())])
