"""The types of the messages are those of the schema."""

import importlib.util
import json
from pathlib import Path
from typing import get_type_hints

from vitrine import _handlers, messages

_STAGE = Path(__file__).parent.parent.parent
_TOOL = _STAGE / "tools/messages.py"
_SCHEMA = _STAGE.parent / "protocol/src/main/resources/META-INF/vitrine/messages.schema.json"


def test_the_types_are_made_of_the_schema_as_it_is():
    spec = importlib.util.spec_from_file_location("messages_tool", _TOOL)
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.TYPES.read_text() == tool.source(), "run tools/messages.py"


def test_an_extension_cannot_answer_what_the_viewer_does():
    asked = json.loads(_SCHEMA.read_text())["$defs"]["ToApp"]["properties"]
    assert {name for name in asked if not name.startswith(_handlers.OWN_PREFIX)} == _handlers._VIEWERS_OWN


def test_the_types_can_be_used():
    asked: messages.OpenStageRequest = {"url": "stages/kitchen.usda"}
    assert get_type_hints(messages.OpenStageRequest) == {key: str for key in asked}
    assert messages.SetCameraStateRequest.__optional_keys__ == {"field_of_view"}
    assert get_type_hints(messages.Prim)["path"] is str
