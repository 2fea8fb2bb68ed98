"""The API docs as a page: the OpenAPI document in words and tables, without any script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from plsched.api.schemas import JsonObject

_REF = "#/components/schemas/"


@dataclass(frozen=True)
class TypeWords:
    """What a value is, in words; ``refs`` are the forms that it is made of."""

    text: str
    refs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """A parameter, or a field of a form."""

    name: str
    place: str
    required: bool
    type: TypeWords
    text: str


@dataclass(frozen=True)
class Answer:
    """What an operation may answer."""

    status: str
    text: str
    media: str
    type: TypeWords


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    id: str
    method: str
    path: str
    text: str
    parameters: tuple[Field, ...]
    body: TypeWords | None
    example: str | None
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Form:
    """A form that is named in the document."""

    name: str
    text: str
    fields: tuple[Field, ...]


def operations(document: JsonObject) -> dict[str, list[Operation]]:
    """Give the operations by subject, in the document's order."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, described in methods.items():
            found.setdefault(described["tags"][0], []).append(_operation(path, method, described))
    return found


def forms(document: JsonObject) -> list[Form]:
    """Give the forms by name."""
    schemas = document["components"]["schemas"]
    return [
        Form(name, schemas[name].get("description", ""), tuple(_fields(schemas[name])))
        for name in sorted(schemas)
    ]


def type_words(schema: JsonObject) -> TypeWords:
    """Say what a schema allows."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_REF)
        return TypeWords(name, (name,))
    if "enum" in schema or "const" in schema:
        return TypeWords(" | ".join(str(v) for v in schema.get("enum", [schema.get("const")])))
    if "anyOf" in schema:
        return _joined(schema["anyOf"], " or ")
    if schema.get("type") == "array":
        parts = schema.get("prefixItems") or [schema.get("items", {})]
        inner = _joined(parts, ", ")
        return TypeWords(f"list of {inner.text}", inner.refs)
    if isinstance(schema.get("additionalProperties"), dict):
        inner = type_words(schema["additionalProperties"])
        return TypeWords(f"map to {inner.text}", inner.refs)
    return TypeWords(" ".join(_plain(schema)))


def _joined(schemas: list[JsonObject], separator: str) -> TypeWords:
    words = [type_words(schema) for schema in schemas]
    refs = dict.fromkeys(ref for word in words for ref in word.refs)
    return TypeWords(separator.join(word.text for word in words), tuple(refs))


def _plain(schema: JsonObject) -> Iterator[str]:
    yield schema.get("format") or schema.get("type", "anything")
    # FastAPI writes whole bounds as fractions.
    low, high = (schema.get(name) for name in ("minimum", "maximum"))
    if low is not None and high is not None:
        yield f"{low:.0f} to {high:.0f}"
    elif low is not None:
        yield f"from {low:.0f}"


def _fields(schema: JsonObject) -> Iterator[Field]:
    required = schema.get("required", [])
    for name, described in schema.get("properties", {}).items():
        text = described.get("description", "")
        yield Field(name, "", name in required, type_words(described), text)


def _operation(path: str, method: str, described: JsonObject) -> Operation:
    media: JsonObject = described.get("requestBody", {}).get("content", {})
    body = media.get("application/json")
    example: Any = None if body is None else body.get("example")
    return Operation(
        id=described["operationId"],
        method=method.upper(),
        path=path,
        text=described.get("description", ""),
        parameters=tuple(
            Field(
                parameter["name"],
                parameter["in"],
                parameter.get("required", False),
                type_words(parameter["schema"]),
                parameter.get("description", ""),
            )
            for parameter in described.get("parameters", [])
        ),
        body=None if body is None else type_words(body["schema"]),
        example=None if example is None else json.dumps(example, indent=2),
        answers=tuple(_answers(described["responses"])),
    )


def _answers(responses: JsonObject) -> Iterator[Answer]:
    for status in sorted(responses):
        content = responses[status].get("content", {})
        for media, described in content.items() or [("", {})]:
            schema = described.get("schema")
            words = TypeWords("") if schema is None else type_words(schema)
            yield Answer(status, responses[status]["description"], media, words)
