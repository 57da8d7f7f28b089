"""Trims the official contracts to facts and shapes: names of fields, their types, what refers to what; no prose.

python -m tests.replica.trimming    writes tests/fixtures/contracts from the recorded contracts beside the checkout
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
TRIMMED = ROOT / "tests" / "fixtures" / "contracts"
SAMPLES = ROOT.parent / "shared" / "samples"
APIS, PAGES = Path("api-contracts"), Path("govuk-content-api/_schemas")
# what of a schema is a shape; the names of fields stand under `properties`
SHAPE = frozenset(
    (
        "$ref", "additionalProperties", "allOf", "anyOf", "enum", "items", "maxItems", "minItems", "nullable", "oneOf",
        "pattern", "patternProperties", "properties", "required", "type",
    )
)  # fmt: skip


def shape(schema: Any) -> Any:
    """Return what of a schema is a shape."""
    if isinstance(schema, list):
        return [shape(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found: dict[str, Any] = {}
    for name, part in schema.items():
        if name in ("properties", "patternProperties"):
            found[name] = {field: shape(told) for field, told in part.items()}
        elif name in SHAPE:
            found[name] = shape(part)
    return found


def named_in(schema: Any) -> Iterator[str]:
    """Yield the names that a schema refers to."""
    if isinstance(schema, dict):
        if isinstance(target := schema.get("$ref"), str):
            yield target.rsplit("/", 1)[-1]
        for part in schema.values():
            yield from named_in(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from named_in(part)


def reached(schemas: dict[str, Any], start: list[Any]) -> dict[str, Any]:
    """Return those of the named schemas to which something leads from the start."""
    waiting, found = [name for each in start for name in named_in(each)], dict[str, Any]()
    while waiting:
        name = waiting.pop()
        if name not in found and name in schemas:
            found[name] = shape(schemas[name])
            waiting += named_in(found[name])
    return dict(sorted(found.items()))


def trimmed_api(whole: dict[str, Any], asked: list[str]) -> dict[str, Any]:
    """Return of a contract the answers to the paths asked, or the schemas asked for by name (`#Name`)."""
    is_old = "swagger" in whole
    schemas = whole["definitions"] if is_old else whole["components"]["schemas"]
    paths = {}
    for path in asked:
        if not path.startswith("#"):
            answer = whole["paths"][path]["get"]["responses"]["200"]
            schema = answer["schema"] if is_old else answer["content"]["application/json"]["schema"]
            told = {"schema": shape(schema)} if is_old else {"content": {"application/json": {"schema": shape(schema)}}}
            paths[path] = {"get": {"responses": {"200": told}}}
    named = [{"$ref": path[1:]} for path in asked if path.startswith("#")]
    kept = reached(schemas, [paths, *named])
    head = {"swagger": whole["swagger"]} if is_old else {"openapi": whole["openapi"]}
    return {**head, "paths": paths, **({"definitions": kept} if is_old else {"components": {"schemas": kept}})}


def trimmed_page(whole: dict[str, Any]) -> dict[str, Any]:
    """Return the shape of a page of GOV.UK; its links, of which only the form is held, are left out."""
    told = shape({name: part for name, part in whole.items() if name != "definitions"})
    told["properties"] = {name: part for name, part in told["properties"].items() if name != "links"}
    return {**told, "definitions": reached(whole.get("definitions", {}), [told])}


def trimmed(samples: Path) -> dict[str, Any]:
    """Return the trimmed contracts, by the name of their file."""
    # what is asked stands beside the tests that ask it
    from tests.replica.test_contracts import ASKED, RECORDED  # noqa: PLC0415

    found: dict[str, Any] = {}
    for name in sorted({row[0] for row in (*ASKED, *RECORDED)}):
        asked = sorted({row[1] for row in (*ASKED, *RECORDED) if row[0] == name})
        found[name] = trimmed_api(json.loads((samples / APIS / f"{name}.json").read_bytes()), asked)
    for file in sorted((samples / PAGES).iterdir()):
        found[file.name.removesuffix(".frontend.schema.json")] = trimmed_page(json.loads(file.read_bytes()))
    fields = json.loads((samples / "govuk-search-api" / "field_definitions.json").read_bytes())
    answer = json.loads((samples / "govuk-search-api" / "search_q_tax_with_autocomplete.json").read_bytes())
    found["search"] = {"answer": list(answer), "fields": sorted(fields)}
    return found


if __name__ == "__main__":
    TRIMMED.mkdir(parents=True, exist_ok=True)
    for name, told in trimmed(SAMPLES).items():
        (TRIMMED / f"{name}.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
