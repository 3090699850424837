"""Writes the types of the messages, python/vitrine/messages.py, from the protocol's schema."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_STAGE = Path(__file__).parent.parent
SCHEMA = _STAGE.parent / "protocol/src/main/resources/META-INF/vitrine/messages.schema.json"
TYPES = _STAGE / "python/vitrine/messages.py"

_HEAD = '''"""The payloads of the viewer's own messages: ``OpenStageRequest`` is that of ``openStageRequest``.

Made by tools/messages.py of the protocol's schema.
"""

from typing import Any, Literal, NotRequired, TypedDict
'''
_PLAIN = {"string": "str", "number": "float", "integer": "int", "boolean": "bool", "object": "dict[str, Any]"}

Schema = dict[str, Any]


def source() -> str:
    """The module's text."""
    schemas = json.loads(SCHEMA.read_text())["$defs"]
    sides = [schemas.pop(side)["properties"] for side in ("FromApp", "ToApp")]
    named = schemas | {_class_name(event_type): schema for side in sides for event_type, schema in side.items()}
    return "\n\n\n".join([_HEAD.rstrip(), *(part for name, schema in named.items() for part in _declarations(name, schema))]) + "\n"


def _declarations(name: str, schema: Schema) -> Iterator[str]:
    choices = schema.get("oneOf")
    if choices:
        names = [name + _class_name(_distinction(choice)) for choice in choices]
        for choice_name, choice in zip(names, choices, strict=True):
            yield _typed_dict(choice_name, choice | {"description": schema["description"]})
        yield f"{name} = {' | '.join(names)}\n{_docstring(schema)}"
    elif schema.get("type") == "object":
        yield _typed_dict(name, schema)
    else:
        yield f"{name} = {_type(schema)}\n{_docstring(schema)}"


def _typed_dict(name: str, schema: Schema) -> str:
    lines = [f"class {name}(TypedDict):", f"    {_docstring(schema)}"]
    for field, type_ in schema.get("properties", {}).items():
        told = _type(type_)
        if re.search(rf"\b{name}\b", told):
            told = json.dumps(told)  # it is not defined yet
        lines += ["", f"    {field}: {told if field in schema['required'] else f'NotRequired[{told}]'}"]
        if "description" in type_:
            lines.append(f"    {_docstring(type_)}")
    return "\n".join(lines)


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        return schema["$ref"].removeprefix("#/$defs/")
    if "const" in schema:
        return _literal([schema["const"]])
    if "enum" in schema:
        return _literal(schema["enum"])
    if "oneOf" in schema:
        return " | ".join(map(_type, schema["oneOf"]))
    if schema.get("type") == "array":
        return f"list[{_type(schema['items'])}]"
    return _PLAIN.get(schema.get("type", ""), "Any")


def _literal(values: list[str]) -> str:
    return f"Literal[{', '.join(json.dumps(value) for value in values)}]"


def _distinction(choice: Schema) -> str:
    return next(each["const"] for each in choice["properties"].values() if "const" in each)


def _docstring(schema: Schema) -> str:
    return f'"""{schema["description"].replace("`", "``")}"""'


def _class_name(event_type: str) -> str:
    return "".join(word[0].upper() + word[1:] for word in re.split(r"\W+", event_type))


if __name__ == "__main__":
    TYPES.write_text(source())
