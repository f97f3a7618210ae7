"""The schemas in `geodata/schemas/` (JSON Schema, draft 2020-12), and what in a document is not as they say.

The description of each field there is what a fault report gives as expected.
"""

import json
from collections.abc import Iterator
from functools import cache, reduce
from operator import getitem
from pathlib import PurePosixPath
from typing import Any

from jsonschema_rs import Draft202012Validator, Registry, ValidationError

from layers.data.folders import GEODATA
from layers.data.problems import Problem, shortened

Json = Any
SCHEMAS = GEODATA / "schemas"
_ABOUT_NAMES = ("required", "additionalProperties", "propertyNames")  # what they find is in the message


@cache
def schema(name: str) -> Json:
    """Return the schema of a file by its name without endings."""
    return _content(f"{name}.schema.json")


def schema_problems(file: str, feature: str, document: Json, name: str, part: str = "") -> Iterator[Problem]:
    """Yield what in a document, of a feature in a file, is not as the schema says, or a part of it."""
    reference = f"{name}.schema.json{part}"
    try:
        faults = list(_validator(reference).iter_errors(document))
    except (ValueError, TypeError) as error:  # too deep, or half a letter
        yield Problem(file, feature, str(error), "values of JSON (RFC 8259)")
        return
    for fault in faults:
        broken = _schema_at(reference, fault.evaluation_path[1:-1])
        otherwise = "the schema" if fault.kind.name in _ABOUT_NAMES else fault.message
        yield Problem(file, feature, _found(document, fault), broken.get("description", otherwise))


def _found(document: Json, fault: ValidationError) -> str:
    """Return where in a document a fault is and what is there, as Python has read it."""
    where = ".".join(str(step) for step in fault.instance_path if step != "properties")
    label = f"{where} = " if where else ""
    if fault.kind.name in _ABOUT_NAMES:
        return label + fault.message
    return label + shortened(reduce(getitem, fault.instance_path, document))


@cache
def _validator(reference: str) -> Draft202012Validator:
    files = {path.name: _content(path.name) for path in SCHEMAS.glob("*.schema.json")}
    return Draft202012Validator(
        {"$ref": reference}, registry=Registry(list(files.items())), validate_formats=True
    )


@cache
def _content(file: str) -> Json:
    return json.loads((SCHEMAS / file).read_text(encoding="utf-8"))


def _schema_at(reference: str, steps: list[str | int]) -> Json:
    """Return what the steps lead to from a reference: keys and places, and references to follow."""
    file, _, pointer = reference.partition("#")
    found = _content(file)
    for step in [*PurePosixPath(pointer).parts[1:], *steps]:
        if step == "$ref":
            other, _, inside = found["$ref"].partition("#")
            file = other or file
            found = _schema_at(f"{file}#{inside}", [])
        else:
            found = found[step]
    return found
