"""Messages to the page as JSON, within the bounds that the runtime keeps."""

import json
from typing import Any

from ._handlers import check_type

_LARGEST = 64 * 1024  # bytes
_DEEPEST = 32
_LONGEST_NAME = 1_000  # characters
_LARGEST_NUMBER = 10**64  # what the runtime reads has fewer digits than this


def encode(event_type: str, payload: dict[str, Any]) -> str:
    """The text of a message; TypeError or ValueError say what is wrong with it."""
    check_type(event_type)
    if not isinstance(payload, dict):
        raise TypeError(f"The payload of {event_type!r} is a dict, not {type(payload).__name__}.")
    message = {"event_type": event_type, "payload": payload}
    try:
        text = json.dumps(message, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
        size = len(text.encode())
    except TypeError as wrong:
        raise TypeError(f"The payload of {event_type!r} is not JSON: {wrong}.") from None
    except (ValueError, RecursionError) as wrong:
        raise ValueError(f"The payload of {event_type!r} is not JSON: {wrong}.") from None
    if size > _LARGEST:
        raise ValueError(f"The message {event_type!r} has {size} bytes; {_LARGEST} are the most.")
    if wrong := _beyond(message, _DEEPEST):
        raise ValueError(f"The message {event_type!r} {wrong}.")
    return text


def _beyond(value: Any, levels: int) -> str | None:
    """What about a value the runtime does not read, as the end of a sentence."""
    if isinstance(value, int) and abs(value) >= _LARGEST_NUMBER:
        return "holds a number of more than 64 digits"
    if isinstance(value, dict):
        if any(len(str(name)) > _LONGEST_NAME for name in value):
            return f"holds a name of more than {_LONGEST_NAME} characters"
        value = value.values()
    elif not isinstance(value, list | tuple):
        return None
    if levels == 0:
        return f"is nested more than {_DEEPEST} levels deep"
    return next(filter(None, (_beyond(inner, levels - 1) for inner in value)), None)
