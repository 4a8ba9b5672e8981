"""JSON Schemas of leaflets and sites for editors, made from the classes that their files are read into."""

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from leafletpress.model.forms import AnyOf, Between, Pattern
from leafletpress.read.phones import REGIONS
from leafletpress.read.sites import WrittenSite
from leafletpress.read.written import WrittenLeaflet

# Which classes are written in which files of a project, and where their schemas are, beside those files.
SCHEMAS = {"leaflets/leaflet.schema.json": WrittenLeaflet, "sites/site.schema.json": WrittenSite}
_TEXT = {"type": "string", "minLength": 1}
# The names that are the same in every project, by noun: others (editions, audiences) an editor can't know.
_NAMES = {"region": REGIONS}


def schema_of(shape: Any) -> dict[str, Any]:
    """The schema (draft 7) of files that are read into a class."""
    definitions: dict[str, Any] = {}
    reference = _schema(shape, definitions)
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": _name(shape)}
    return {**head, **reference, "definitions": dict(sorted(definitions.items()))}


def schema_files() -> dict[str, str]:
    """The schemas' files of a project by their names, and their texts."""
    return {name: json.dumps(schema_of(shape), indent=1, ensure_ascii=False) + "\n" for name, shape in SCHEMAS.items()}


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
        schemas = [_schema(base, definitions), *map(_rule, rules)]
        return {key: value for one in schemas for key, value in one.items()}
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
        case AnyOf() if rule.noun in _NAMES:
            return {"enum": list(_NAMES[rule.noun]), "description": rule.hint}
        case _:
            return {}


def _reference(cls: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The class in the definitions, once, and a reference to it."""
    name = _name(cls)
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _object(cls, definitions)
    return {"$ref": f"#/definitions/{name}"}


def _name(cls: Any) -> str:
    """What a class is called in a schema."""
    return str(cls.__name__).removeprefix("_").removeprefix("Written")


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
        return {**properties[written[0].name], "description": schema["description"]}
    return schema
