"""The official contracts of Parliament and schemas of GOV.UK in JSON Schema's own words, and what is relaxed in them.

What is relaxed, and why:
- Swagger 2.0 knows no null, and recorded answers are full of it: every field of Hansard and whatson may be null.
- Swagger calls `Source` of Hansard an enumeration of names; recorded answers give an integer. Both pass.
- OpenAPI 3.0 can't say of a reference that it may be null; recorded answers have nulls there.
- `resultType` of the Members API is a number by contract; a recorded answer gives words ("House, Status").
- Instants are compared by their names and types only: upstream writes them without a zone, against RFC 3339.
- The details of a written statement have by contract the type of a search: the single item is taken.
- GOV.UK: of the links, only that they are lists of objects; the schemas ask for fields of the publishing system
  (`analytics_identifier`, `schema_name`, `api_path` ...) that no reader uses.
"""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from typing import Any

import jsonschema

from tests.replica.trimming import TRIMMED


@cache
def contract(name: str) -> dict[str, Any]:
    """Return a contract, trimmed to its shapes."""
    found: dict[str, Any] = json.loads((TRIMMED / f"{name}.json").read_bytes())
    return found


def schemas_of_pages() -> set[str]:
    """Return the kinds of pages of GOV.UK whose official schema is at hand."""
    return {file.stem for file in TRIMMED.iterdir() if not file.stem.endswith("-api")} - {"search"}


def schema_of(definition: dict[str, Any], path: str) -> dict[str, Any]:
    """Return the schema of the answer with status 200, or a named one, with all it refers to."""
    named = definition.get("definitions") or definition["components"]["schemas"]
    if path.startswith("#"):
        answer = named[path[1:]]
    else:
        told = definition["paths"][path]["get"]["responses"]["200"]
        answer = told.get("schema") or told["content"]["application/json"]["schema"]
    is_old = "swagger" in definition
    named = {**named, "MatchedBy": {"type": "string"}}
    whole = {**deepcopy(answer), "definitions": deepcopy(named), "components": {"schemas": deepcopy(named)}}
    relaxed: dict[str, Any] = relax(whole, is_old=is_old)
    return relaxed


def relax(schema: Any, *, is_old: bool) -> Any:
    """Return a schema in JSON Schema's own words: nullable fields, and nothing on formats."""
    if isinstance(schema, list):
        return [relax(part, is_old=is_old) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: relax(part, is_old=is_old) for name, part in schema.items() if name != "format"}
    if set(found) == {"$ref"}:
        return {"anyOf": [found, {"type": "null"}]}
    if "enum" in found and is_old:
        return {}
    if "type" in found and isinstance(found["type"], str) and (is_old or found.get("nullable")):
        found["type"] = [found["type"], "null"]
    if found.get("nullable") and "enum" in found:
        found["enum"] = [*found["enum"], None]
    if "allOf" in found and found.get("nullable"):
        return {"anyOf": [{"allOf": found["allOf"]}, {"type": "null"}]}
    return found


def page_validator(schema: str) -> Any:
    """Return the validator of a GOV.UK page of a schema."""
    whole = deepcopy(contract(schema))
    whole["properties"]["links"] = {
        "type": "object",
        "additionalProperties": {"type": "array", "items": {"type": "object"}},
    }
    return jsonschema.Draft7Validator(whole)
