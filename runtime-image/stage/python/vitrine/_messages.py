"""Messages to the page as JSON, within the bounds that the runtime keeps."""

import json
from typing import Any

from ._handlers import check_type

_LARGEST = 64 * 1024  # bytes
_DEEPEST = 32


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
    if _is_deeper(message, _DEEPEST):
        raise ValueError(f"The message {event_type!r} is nested more than {_DEEPEST} levels deep.")
    return text


def _is_deeper(value: Any, levels: int) -> bool:
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list | tuple):
        return False
    return levels == 0 or any(_is_deeper(inner, levels - 1) for inner in value)
