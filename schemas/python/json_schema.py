"""JSON Schema (draft 2020-12), as much of it as the schemas in the folder above use."""

import functools
import json
import pathlib
import re
from datetime import date
from urllib.parse import urlsplit

FOLDER = pathlib.Path(__file__).resolve().parent.parent


@functools.cache
def load(name):
    """The schema of that name, or None where there is none."""
    path = FOLDER / f"{name}.json"
    return json.loads(path.read_text("utf-8")) if path.is_file() else None


def fits(schema, value):
    """Whether a value, as json reads it, fits a schema. An unknown keyword is an error."""
    return all(
        _rules[keyword](says, value, schema)
        for keyword, says in schema.items()
        if keyword not in _annotations
    )


# What only tells people and other programs something.
_annotations = {
    "$schema", "$id", "title", "description", "default", "contentMediaType", "contentSchema"
}


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


_types = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "number": _is_number,
    "integer": lambda value: _is_number(value) and float(value).is_integer(),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}


def _only(kind, right):
    """A rule for values of one type; others fit it in any case."""
    return lambda says, value, _: not _types[kind](value) or right(says, value)


def _same(a, b):
    # For Python True equals 1.
    return isinstance(a, bool) == isinstance(b, bool) and a == b


def _matches(pattern, value):
    # As in ECMAScript, \w and \d mean ASCII, and $ the very end.
    return re.search(re.sub(r"\$$", r"\\Z", pattern), value, re.ASCII) is not None


def _is_day(text):
    try:
        return date.fromisoformat(text) is not None
    except ValueError:
        return False


def _is_address(text):
    """An absolute address without a user."""
    try:
        parts = urlsplit(text)
        return bool(parts.scheme and parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


_formats = {"date": _is_day, "uri": _is_address}


def _additional(says, value, schema):
    extra = [value[name] for name in value if name not in schema.get("properties", {})]
    return not extra if says is False else all(fits(says, each) for each in extra)


_rules = {
    "$ref": lambda says, value, _: fits(load(says.rsplit("/", 1)[1].removesuffix(".json")), value),
    "type": lambda says, value, _: any(
        _types[each](value) for each in (says if isinstance(says, list) else [says])
    ),
    "const": lambda says, value, _: _same(says, value),
    "enum": lambda says, value, _: any(_same(each, value) for each in says),
    "not": lambda says, value, _: not fits(says, value),
    "anyOf": lambda says, value, _: any(fits(each, value) for each in says),
    "allOf": lambda says, value, _: all(fits(each, value) for each in says),
    "minLength": _only("string", lambda says, value: len(value) >= says),
    "maxLength": _only("string", lambda says, value: len(value) <= says),
    "pattern": _only("string", _matches),
    "format": _only("string", lambda says, value: _formats.get(says, bool)(value)),
    "minimum": _only("number", lambda says, value: value >= says),
    "maximum": _only("number", lambda says, value: value <= says),
    "minItems": _only("array", lambda says, value: len(value) >= says),
    "maxItems": _only("array", lambda says, value: len(value) <= says),
    "uniqueItems": _only("array", lambda _, value: len(set(map(json.dumps, value))) == len(value)),
    "items": _only("array", lambda says, value: all(fits(says, each) for each in value)),
    "prefixItems": _only("array", lambda says, value: all(map(fits, says, value))),
    "required": _only("object", lambda says, value: all(name in value for name in says)),
    "properties": _only("object", lambda says, value: all(
        fits(schema, value[name]) for name, schema in says.items() if name in value
    )),
    "propertyNames": _only("object", lambda says, value: all(fits(says, name) for name in value)),
    "additionalProperties": lambda says, value, schema: (
        not isinstance(value, dict) or _additional(says, value, schema)
    ),
}
