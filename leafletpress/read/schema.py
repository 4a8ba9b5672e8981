"""A JSON Schema of leaflet files, made from the classes that they are read into: editors complete and check by it."""

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from leafletpress.model.forms import Between, Pattern
from leafletpress.read.written import WrittenLeaflet

SCHEMA_NAME = "leaflet.schema.json"
_TEXT = {"type": "string", "minLength": 1}


def leaflet_schema() -> dict[str, Any]:
    """The schema (draft 7) of leaflets/<condition>.yaml."""
    definitions: dict[str, Any] = {}
    schema = _schema(WrittenLeaflet, definitions)
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": "Leaflet"}
    return {**head, **schema, "definitions": dict(sorted(definitions.items()))}


def schema_file() -> tuple[str, str]:
    """The name of the schema's file, beside the leaflets of a project, and its text."""
    return f"leaflets/{SCHEMA_NAME}", json.dumps(leaflet_schema(), indent=1, ensure_ascii=False) + "\n"


def _schema(shape: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(shape)
    if isinstance(shape, TypeVar) or shape is str:
        return dict(_TEXT)
    if shape is bool:
        return {"type": "boolean"}
    if shape is int:
        return {"type": "integer"}
    if shape is date:
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
    if origin is Annotated:
        base, *rules = get_args(shape)
        schema = _schema(base, definitions)
        for rule in rules:
            schema |= _rule(rule)
        return schema
    if origin is Literal:
        return {"enum": list(get_args(shape))}
    if origin in (Union, types.UnionType):
        inner = [_schema(arg, definitions) for arg in get_args(shape) if arg is not type(None)]
        return inner[0] if len(inner) == 1 else {"anyOf": inner}
    if origin is tuple:
        return {"type": "array", "minItems": 1, "items": _schema(get_args(shape)[0], definitions)}
    if origin is not None and issubclass(origin, Mapping):
        names, values = (_schema(arg, definitions) for arg in get_args(shape))
        return {"type": "object", "propertyNames": names, "additionalProperties": values}
    if is_dataclass(origin or shape):
        return _reference(origin or shape, definitions)
    return {"type": "string"}


def _rule(rule: Any) -> dict[str, Any]:
    """What a schema can say of a rule for a value."""
    match rule:
        case Pattern():
            return {"pattern": f"^(?:{rule.regex})$", "description": rule.hint}
        case Between():
            return {"minimum": rule.least, "maximum": rule.most, "description": rule.hint}
        case _:
            return {}


def _reference(cls: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The class in the definitions, once, and a reference to it."""
    name = cls.__name__.removeprefix("Written")
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _object(cls, definitions)
    return {"$ref": f"#/definitions/{name}"}


def _object(cls: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(cls, include_extras=True)
    written = [item for item in fields(cls) if item.metadata.get("written", True)]
    properties: dict[str, Any] = {}
    required: list[str] = []
    kinds: list[str] = []
    for item in written:
        if "kinds" in item.metadata:
            for name, kind in item.metadata["kinds"].items():
                properties[name] = _schema(kind, definitions)
                kinds.append(name)
            continue
        properties[item.name] = _schema(hints[item.name], definitions)
        if item.default is MISSING and item.default_factory is MISSING:
            required.append(item.name)
    schema = {
        "description": (cls.__doc__ or "").split("\n")[0],
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
    }
    if kinds:
        schema["oneOf"] = [{"required": [name]} for name in kinds]
    if len(written) == 1:  # a class with one field is written as the value of that field
        return {"description": schema["description"], **properties[written[0].name]}
    return schema
