"""The schema that editors complete from says what the reader says."""

import copy
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from projects import ROOT, VALID

from leafletpress.model.blocks import KINDS
from leafletpress.read.schema import SCHEMA_NAME, leaflet_schema, schema_file

SCHEMA = leaflet_schema()
LEAFLETS = [*sorted((ROOT / "leaflets").glob("*.yaml")), VALID / "every-block.yaml"]


def faults(value: Any, schema: dict[str, Any], path: str = "") -> list[str]:
    """What a value breaks, by the keywords of draft 7 that the schema uses; an unknown keyword fails the test."""
    known = {"$schema", "$ref", "title", "description", "definitions", "type", "pattern", "minLength", "enum", "anyOf"}
    known |= {"minimum", "maximum"}
    known |= {"oneOf", "minItems", "items", "propertyNames", "additionalProperties", "required", "properties"}
    assert schema.keys() <= known
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/definitions/")
        return faults(value, SCHEMA["definitions"][name], path)
    found: list[str] = []
    kinds = {"string": str, "array": list, "object": dict, "boolean": bool, "integer": int}
    if "type" in schema and not isinstance(value, kinds[schema["type"]]):
        return [f"{path}: not {schema['type']}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{path}: not one of {schema['enum']}")
    if isinstance(value, str | int):
        found += faults_of_one(value, schema, path)
    elif isinstance(value, list):
        found += [f"{path}: too few"] if len(value) < schema.get("minItems", 0) else []
        for number, item in enumerate(value):
            found += faults(item, schema.get("items", {}), f"{path}/{number}")
    elif isinstance(value, dict):
        found += [f"{path}: lacks {name}" for name in schema.get("required", ()) if name not in value]
        properties, more = schema.get("properties", {}), schema.get("additionalProperties", {})
        for name, item in value.items():
            found += faults(name, schema.get("propertyNames", {}), f"{path}/{name}")
            if name not in properties and more is False:
                found.append(f"{path}: unknown {name}")
            else:
                found += faults(item, properties.get(name, more or {}), f"{path}/{name}")
    for keyword in schema.keys() & {"anyOf", "oneOf"}:
        fitting = sum(not faults(value, choice, path) for choice in schema[keyword])
        if not fitting or (keyword == "oneOf" and fitting > 1):
            found.append(f"{path}: {keyword}")
    return found


def faults_of_one(value: str | int, schema: dict[str, Any], path: str) -> list[str]:
    """What a text or a number breaks."""
    if isinstance(value, int):
        fits = schema.get("minimum", value) <= value <= schema.get("maximum", value)
        return [] if fits else [f"{path}: out of range"]
    fits = re.search(schema.get("pattern", ""), value) is not None and len(value) >= schema.get("minLength", 0)
    return [] if fits else [f"{path}: wrong form"]


def load(path: Path) -> Any:
    """The file as an editor sees it: dates are texts, an unquoted number is none."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return [plain(item) for item in value]
        return value.isoformat() if isinstance(value, date) else value

    return plain(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_the_committed_schema_is_the_one_that_the_code_makes() -> None:
    name, text = schema_file()
    assert name == f"leaflets/{SCHEMA_NAME}"
    assert (ROOT / name).read_text(encoding="utf-8") == text
    assert json.loads(text) == SCHEMA


@pytest.mark.parametrize("path", LEAFLETS, ids=lambda path: path.stem)
def test_a_leaflet_that_reads_well_passes_the_schema(path: Path) -> None:
    assert faults(load(path), SCHEMA) == []


@pytest.mark.parametrize("path", LEAFLETS, ids=lambda path: path.stem)
def test_a_leaflet_names_the_schema_in_its_first_line(path: Path) -> None:
    found = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text(encoding="utf-8"))
    assert found
    assert (path.parent / found[1]).resolve() == ROOT / "leaflets" / SCHEMA_NAME


def test_the_schema_names_every_kind_of_block() -> None:
    block = SCHEMA["definitions"]["Block"]
    assert block["properties"].keys() == {"id", "audience", "note", *KINDS}
    assert [choice["required"] for choice in block["oneOf"]] == [[kind] for kind in KINDS]


def edited(edit: Callable[[Any], object]) -> list[str]:
    value = copy.deepcopy(load(VALID / "every-block.yaml"))
    edit(value)
    return faults(value, SCHEMA)


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (lambda leaflet: leaflet.pop("title"), ": lacks title"),
        (lambda leaflet: leaflet.update(titel="x"), ": unknown titel"),
        (lambda leaflet: leaflet.update(code="small"), "/code: wrong form"),
        (lambda leaflet: leaflet.update(written="today"), "/written: wrong form"),
        (lambda leaflet: leaflet.update(sections=[]), "/sections: too few"),
        (lambda leaflet: leaflet["sections"][0].pop("heading"), "/sections/0: lacks heading"),
        (lambda leaflet: leaflet["sections"][0]["blocks"][0].pop("callout"), "/sections/0/blocks/0: oneOf"),
        (lambda leaflet: leaflet["sections"][0]["blocks"][0].update(paragraph="x"), "/sections/0/blocks/0: oneOf"),
        (lambda leaflet: leaflet["sections"][0].update(headin="x"), "/sections/0: unknown headin"),
        (lambda leaflet: leaflet["sections"][0]["blocks"][0].update(id="A/b"), "/sections/0/blocks/0/id: wrong form"),
        (lambda leaflet: leaflet["facts"]["gene"].update(kind="name"), "/facts/gene/kind: not one of"),
        (lambda leaflet: leaflet["links"].update(more="http://a.example"), "/links/more: wrong form"),
        (lambda leaflet: leaflet["sources"]["first_2020"].pop("year"), "/sources/first_2020: lacks year"),
        (lambda leaflet: leaflet.update(languages=[]), "/languages: too few"),
        (lambda leaflet: leaflet.update(sides={"patient": 0}), "/sides/patient: out of range"),
        (lambda leaflet: leaflet.update(sides={"patient": "six"}), "/sides/patient: not integer"),
    ],
)
def test_what_the_reader_refuses_the_schema_marks(edit: Callable[[Any], object], fault: str) -> None:
    assert any(found.startswith(fault) for found in edited(edit))


@pytest.mark.parametrize("group", ["facts", "links", "sources", "codes"])
def test_names_that_the_reader_refuses_the_schema_marks_too(group: str) -> None:
    def rename(leaflet: Any) -> None:
        first = next(iter(leaflet[group]))
        leaflet[group]["No-Name"] = leaflet[group].pop(first)

    assert edited(rename)
