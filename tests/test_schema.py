"""The schema that editors complete from says what the reader says."""

import copy
import json
import re
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from projects import ROOT, SITE, VALID

from leafletpress.model.blocks import KINDS
from leafletpress.read.schema import SCHEMAS, schema_files, schema_of

SCHEMA, SITE_SCHEMA = (schema_of(shape) for shape in SCHEMAS.values())
SITES = [*sorted((ROOT / "sites").glob("*.toml")), SITE]
LEAFLETS = [*sorted((ROOT / "leaflets").glob("*.yaml")), VALID / "every-block.yaml"]


def faults(value: Any, schema: dict[str, Any], path: str = "", definitions: dict[str, Any] | None = None) -> list[str]:
    """What a value breaks, by the keywords of draft 7 that the schema uses; an unknown keyword fails the test."""
    known = {"$schema", "$ref", "title", "description", "definitions", "type", "pattern", "minLength", "enum", "anyOf"}
    known |= {"minimum", "maximum"}
    known |= {"oneOf", "minItems", "items", "propertyNames", "additionalProperties", "required", "properties"}
    assert schema.keys() <= known
    definitions = definitions or schema["definitions"]
    if "$ref" in schema:
        return faults(value, definitions[schema["$ref"].removeprefix("#/definitions/")], path, definitions)
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
            found += faults(item, schema.get("items", {}), f"{path}/{number}", definitions)
    elif isinstance(value, dict):
        found += [f"{path}: lacks {name}" for name in schema.get("required", ()) if name not in value]
        properties, more = schema.get("properties", {}), schema.get("additionalProperties", {})
        for name, item in value.items():
            found += faults(name, schema.get("propertyNames", {}), f"{path}/{name}", definitions)
            if name not in properties and more is False:
                found.append(f"{path}: unknown {name}")
            else:
                found += faults(item, properties.get(name, more or {}), f"{path}/{name}", definitions)
    for keyword in schema.keys() & {"anyOf", "oneOf"}:
        fitting = sum(not faults(value, choice, path, definitions) for choice in schema[keyword])
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


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schemas_are_those_that_the_code_makes(name: str) -> None:
    text = schema_files()[name]
    assert (ROOT / name).read_text(encoding="utf-8") == text
    assert json.loads(text) == schema_of(SCHEMAS[name])


@pytest.mark.parametrize("shape", SCHEMAS.values())
def test_each_group_of_keys_is_described_in_words(shape: Any) -> None:
    for name, group in schema_of(shape)["definitions"].items():
        assert group["description"].endswith((".", ";", ",", ":")), name
        assert not re.match(r"\w+\(", group["description"]), name  # what Python writes where nobody wrote anything


@pytest.mark.parametrize("path", LEAFLETS, ids=lambda path: path.stem)
def test_a_leaflet_that_reads_well_passes_the_schema(path: Path) -> None:
    assert faults(load(path), SCHEMA) == []


@pytest.mark.parametrize("path", LEAFLETS, ids=lambda path: path.stem)
def test_a_leaflet_names_the_schema_in_its_first_line(path: Path) -> None:
    found = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text(encoding="utf-8"))
    assert found
    assert (path.parent / found[1]).resolve() == ROOT / "leaflets" / "leaflet.schema.json"


def test_the_schema_names_every_kind_of_block() -> None:
    block = SCHEMA["definitions"]["Block"]
    assert block["properties"].keys() == {"id", "audience", "note", "safety", *KINDS}
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
        (lambda leaflet: leaflet["sections"][0].pop("blocks"), "/sections/0: lacks blocks"),
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


def site(path: Path) -> Any:
    """The file of a site as an editor sees it."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SITES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_site_that_reads_well_passes_the_schema_and_names_it_in_its_first_line(path: Path) -> None:
    assert faults(site(path), SITE_SCHEMA) == []
    found = re.match(r"#:schema (\S+)\n", path.read_text(encoding="utf-8"))
    assert found
    assert (path.parent / found[1]).resolve() == ROOT / "sites" / "site.schema.json"


def test_a_site_with_every_key_passes_the_schema() -> None:
    every: dict[str, Any] = {
        "region": "GB", "name": "St Elsewhere", "service": {"en": "A clinic", "zh_Hans": "诊所"}, "editions": ["a4"],
        "email": "skin@example.org", "address": "1 Example Street", "logo": "logo.png", "embed_fonts": False,
        "protected": True, "web": [{"kind": "map", "address": "https://example.org/"}],
        "phones": [{"kind": "clinic", "number": "020 7946 0958", "hours": ["Mo-Fr 09:00-17:00"]}],
    }  # fmt: skip
    assert faults(every, SITE_SCHEMA) == []


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (lambda site: site.pop("service"), ": lacks service"),
        (lambda site: site.update(regoin="GB"), ": unknown regoin"),
        (lambda site: site.update(region="UK"), "/region: not one of"),
        (lambda site: site.update(name=["A hospital"]), "/name: anyOf"),
        (lambda site: site["name"].update(EN="A hospital"), "/name: anyOf"),
        (lambda site: site.update(editions=[]), "/editions: too few"),
        (lambda site: site.update(embed_fonts="no"), "/embed_fonts: not boolean"),
        (lambda site: site.update(email="skin at example.org"), "/email: wrong form"),
        (lambda site: site.update(logo="Logo.PNG"), "/logo: wrong form"),
        (lambda site: site["phones"][0].update(kind="fax"), "/phones/0/kind: not one of"),
        (lambda site: site["phones"][0].pop("number"), "/phones/0: lacks number"),
        (lambda site: site["phones"][0].update(number=999), "/phones/0/number: not string"),
        (lambda site: site["phones"][0].update(hours="Mo"), "/phones/0/hours: not array"),
        (lambda site: site["web"][0].update(address="http://example.org/"), "/web/0/address: wrong form"),
    ],
)
def test_what_the_reader_refuses_in_a_site_the_schema_marks(edit: Callable[[Any], object], fault: str) -> None:
    value = site(SITE)
    edit(value)
    assert any(found.startswith(fault) for found in faults(value, SITE_SCHEMA))
