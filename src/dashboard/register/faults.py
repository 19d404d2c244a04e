"""What is wrong with values that somebody wrote, as codes: the text `register.fault_<code>` says each in words."""

from __future__ import annotations

from pydantic import ValidationError

#: The words of pydantic → ours, where they are not ours already.
_CODES = {
    "missing": "required",
    "string_too_short": "required",
    "too_short": "required",
    "string_too_long": "too_long",
    "too_long": "too_long",
    "string_pattern_mismatch": "not_in_list",
    "enum": "not_in_list",
    "literal_error": "not_in_list",
    "extra_forbidden": "unknown_field",
    "finite_number": "no_number",
    "greater_than": "out_of_range",
    "greater_than_equal": "out_of_range",
    "less_than": "out_of_range",
    "less_than_equal": "out_of_range",
    "bool_parsing": "not_in_list",
    "bool_type": "not_in_list",
    "string_type": "no_text",
    "string_unicode": "no_text",
    "none_required": "not_in_list",
}
#: Faults that tell of two fields or of the whole → the field beside which the sentence stands.
_FIELDS = {
    "why_missing": {"project": "status_why", "contribution": "refused_for", "trace_step": "text"},
    "end_before_start": {"project": "end", "funder": "call_closes", "grant": "used_until"},
    "target_before_baseline": {"linked_indicator": "target_year"},
    "decided_before_applied": {"grant": "decided_on"},
    "reported_before_decided": {"grant": "reported_on"},
    "granted_too_early": {"grant": "granted_amount"},
    "text_missing": {"contribution": "text"},
    "half_a_position": {"contribution": "latitude"},
    "statistics_missing": {"contribution": "statistics_say"},
    "project_missing": {"trace_step": "project"},
}


def faults_of(error: ValidationError, kind: str) -> dict[str, str]:
    """Give the first fault of each field.

    Parameters
    ----------
    error
        What pydantic says of an entry.
    kind
        The kind of entry.

    Returns
    -------
    Field → code of the fault.
    """
    faults: dict[str, str] = {}
    for one in error.errors(include_url=False, include_context=False, include_input=False):
        code = _code(one["type"])
        # An empty place stands for the whole entry: one of the rules that look at several fields.
        field = str(one["loc"][0]) if one["loc"] else _FIELDS.get(code, {}).get(kind, "")
        faults.setdefault(field, code)
    return faults


def _code(said: str) -> str:
    if said.startswith(("int_", "float_")):
        return "no_number"
    if said.startswith(("date_", "datetime_")):
        return "no_date"
    if said.startswith(("tuple_", "dict_", "list_")):
        return "no_list"
    return _CODES.get(said, said)
