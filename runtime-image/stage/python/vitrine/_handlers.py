"""The handlers that an extension has registered."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

MessageHandler = Callable[[dict[str, Any]], None]
Hook = Callable[[], None]
_MessageHandler = TypeVar("_MessageHandler", bound=MessageHandler)
_Hook = TypeVar("_Hook", bound=Hook)

OWN_PREFIX = "vitrine."
_VIEWERS_OWN = {
    *("openStageRequest", "loadingStateQuery", "getChildrenRequest", "resetStage"),
    *("getPropertiesRequest", "setPropertyRequest", "getVariantsRequest", "setVariantRequest"),
    *("getCamerasRequest", "setCameraRequest", "fitCameraRequest", "setCameraStateRequest"),
    *("getRenderSettingsRequest", "setRenderSettingRequest"),
    *("selectPrimsRequest", "makePrimsPickable"),
}
_LONGEST_TYPE = 128
_SHORTEST_SECONDS = 0.02
_LONGEST_SECONDS = 86_400
_MOST_TIMERS = 64


@dataclass(frozen=True)
class Timer:
    """A handler and the seconds between its calls."""

    seconds: float
    handler: Hook


@dataclass
class Handlers:
    """Everything that is registered, in the order of registration."""

    messages: dict[str, MessageHandler] = field(default_factory=dict)
    starts: list[Hook] = field(default_factory=list)
    ends: list[Hook] = field(default_factory=list)
    timers: list[Timer] = field(default_factory=list)

    def clear(self) -> None:
        """Forgets all of them, as after an import that failed half-way."""
        for registered in (self.messages, self.starts, self.ends, self.timers):
            registered.clear()


handlers = Handlers()


def check_type(event_type: str) -> None:
    """Raises TypeError or ValueError for what cannot be the type of an extension's message."""
    if not isinstance(event_type, str):
        raise TypeError(f"The type of a message is a text, not {type(event_type).__name__}.")
    if not event_type.strip() or len(event_type) > _LONGEST_TYPE:
        raise ValueError(f"The type of a message has 1 to {_LONGEST_TYPE} characters.")
    if event_type.startswith(OWN_PREFIX):
        raise ValueError(f"Types that begin with {OWN_PREFIX} are the runtime's own; {event_type!r} must be another.")


def on(event_type: str) -> Callable[[_MessageHandler], _MessageHandler]:
    """Registers the handler of the page's messages of a type; it is called with the payload and returns None.

    There is one handler for each type. The viewer's own requests (``openStageRequest`` and so on) do not get here.
    """
    check_type(event_type)
    if event_type in _VIEWERS_OWN:
        raise ValueError(f"The viewer itself answers {event_type!r}; use another type.")
    if event_type in handlers.messages:
        raise ValueError(f"There is a handler for {event_type!r} already.")

    def register(handler: _MessageHandler) -> _MessageHandler:
        handlers.messages[event_type] = handler
        return handler

    return register


def every(seconds: float) -> Callable[[_Hook], _Hook]:
    """Registers a handler that is called again and again while a viewer is there, this many seconds apart.

    From 0.02 s to a day. One that raises is not called again in that session. An extension has 64 at most.
    """
    if not _SHORTEST_SECONDS <= seconds <= _LONGEST_SECONDS:
        raise ValueError(f"The seconds between two calls are {_SHORTEST_SECONDS} to {_LONGEST_SECONDS}, not {seconds}.")
    if len(handlers.timers) == _MOST_TIMERS:
        raise ValueError(f"An extension has {_MOST_TIMERS} periodic handlers, and not more.")

    def register(handler: _Hook) -> _Hook:
        handlers.timers.append(Timer(float(seconds), handler))
        return handler

    return register


def on_start(handler: _Hook) -> _Hook:
    """Registers a handler that is called when a viewer's session starts.

    That is with the page's first picture or, if that comes sooner, with the first message of the page's own.
    A page that is reloaded goes on with its session. After a loss of the stage process it is called again.
    """
    handlers.starts.append(handler)
    return handler


def on_end(handler: _Hook) -> _Hook:
    """Registers a handler that is called when a viewer's session ends: the page is closed for good."""
    handlers.ends.append(handler)
    return handler
