"""The operations that the runtime may ask for."""

import os
import threading
from collections.abc import Callable
from typing import Any

from pxr import Usd

from . import prims, properties, snapshot, variants
from .assets import Assets
from .errors import StageError
from .extension import Extension
from .failures import Failures
from .stage import OpenStage, Progress

Result = dict[str, Any]
Tell = Callable[[str], None]
"""Sends the text of a message to the page."""

_LARGEST_EDITS = 16 << 20  # characters
_LARGEST_KEPT_EDITS = 512 << 10  # characters: they go to the runtime after each handler that edits
_MOST_MESSAGES = 256  # in one request
_MOST_TEXTS = 1000
_CALL_HANDLERS = {"start", "end", "message", "tick"}


class Service:
    """Holds the one stage that is open and answers requests about it; what handlers may ask of it is a Host."""

    def __init__(self, assets_folder: str, run_folder: str, extension_folder: str | None) -> None:
        self._assets = Assets(assets_folder)
        self._run_folder = run_folder
        self._stage: OpenStage | None = None
        self._segments = 0
        self._tell: Tell | None = None
        self._told = 0
        self._failures = Failures()
        self._extension = Extension(extension_folder, self)
        self._operations: dict[str, Callable[[Result, Progress], Result]] = {
            "open": self._open,
            "refresh": self._refresh,
            "children": self._children,
            "properties": self._properties,
            "variants": self._variants,
            "edit": self._edit,
            "set_property": self._set_property,
            "set_variant": self._set_variant,
            "load": self._load,
            "start": self._start,
            "end": self._end,
            "message": self._message,
            "tick": self._tick,
        }

    def perform(self, operation: str, arguments: Result, progress: Progress, tell: Tell) -> Result:
        """Carries out one request; a StageError says in a sentence what is wrong with it."""
        if operation not in self._operations:
            raise StageError(f"{operation!r} is not an operation; use any of {', '.join(self._operations)}.")
        self._tell, self._told = tell if operation in _CALL_HANDLERS else None, 0
        try:
            return self._operations[operation](arguments, progress)
        finally:
            self._tell = None

    def tell(self, message: str) -> None:
        """For handlers: sends a message to the page."""
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("Messages are sent by the thread that handlers are called on, and not by another.")
        if self._tell is None:
            raise RuntimeError("Only a handler can send messages, while it runs.")
        if self._told == _MOST_MESSAGES:
            raise RuntimeError(f"One call of a handler can send {_MOST_MESSAGES} messages, and not more.")
        self._told += 1
        self._tell(message)

    def stage(self) -> Usd.Stage:
        """For handlers: the stage that is open."""
        if self._stage is None:
            raise RuntimeError("No stage is open.")
        return self._stage.usd

    def _open(self, arguments: Result, progress: Progress) -> Result:
        url, edits = _text(arguments, "url"), arguments.get("edits")
        if edits is not None:
            edits = _text(arguments, "edits", _LARGEST_EDITS)
        opened = OpenStage(self._assets, url, progress, edits)
        result = snapshot.write(opened, self._next_segment(), progress)
        if edits is None:
            result["files"] = opened.files()
        result["sources"] = opened.sources()
        self._stage = opened  # only now: a stage that fails leaves the one before open
        return result

    def _refresh(self, _: Result, progress: Progress) -> Result:
        """The stage anew, or nothing if none of its files has changed."""
        stage = self._opened()
        stage.refresh(progress)
        if not stage.take_changes():
            return {}
        try:
            return self._edited(stage, progress)  # a handler's edits may not have been shown yet
        except BaseException:
            stage.keep_changes()
            raise

    def _edit(self, arguments: Result, progress: Progress) -> Result:
        stage = self._opened()
        before = stage.export_edits()
        try:
            stage.import_edits(_text(arguments, "edits", _LARGEST_EDITS))
            return snapshot.write(stage, self._next_segment(), progress)
        except StageError:
            stage.import_edits(before)
            raise
        finally:
            stage.take_changes()

    def _children(self, arguments: Result, _: Progress) -> Result:
        return prims.children(self._opened(), _text(arguments, "path"), _texts(arguments, "filters"))

    def _properties(self, arguments: Result, _: Progress) -> Result:
        return properties.describe(self._opened(), _text(arguments, "path"))

    def _variants(self, arguments: Result, _: Progress) -> Result:
        return variants.describe(self._opened(), _text(arguments, "path"))

    def _set_property(self, arguments: Result, progress: Progress) -> Result:
        path, name, value = _text(arguments, "path"), _text(arguments, "name"), arguments.get("value")
        return self._change(lambda stage: properties.set_value(stage, path, name, value), progress)

    def _set_variant(self, arguments: Result, progress: Progress) -> Result:
        path, variant_set, variant = (_text(arguments, name) for name in ("path", "variant_set", "variant"))
        return self._change(lambda stage: variants.choose(stage, path, variant_set, variant), progress)

    def _change(self, change: Callable[[OpenStage], None], progress: Progress) -> Result:
        """Makes an edit of the viewer's own and the stage anew, or neither."""
        stage = self._opened()
        before = stage.export_edits()
        try:
            change(stage)
            return self._edited(stage, progress)
        except Exception:
            stage.import_edits(before)
            raise
        finally:
            stage.take_changes()

    def _load(self, _: Result, progress: Progress) -> Result:
        self._extension.load()
        return {}

    def _start(self, _: Result, progress: Progress) -> Result:
        return self._after(self._extension.start(), progress) | {"timers": self._extension.timers()}

    def _end(self, _: Result, progress: Progress) -> Result:
        return self._after(self._extension.end(), progress)

    def _message(self, arguments: Result, progress: Progress) -> Result:
        payload = arguments.get("payload")
        if not isinstance(payload, dict):
            raise StageError("The field 'payload' must be an object.")
        return self._after(self._extension.handle(_text(arguments, "event_type"), payload), progress)

    def _tick(self, arguments: Result, progress: Progress) -> Result:
        timer = arguments.get("timer")
        if not isinstance(timer, int):
            raise StageError("The field 'timer' must be a whole number.")
        return self._after(self._extension.tick(timer), progress)

    def _after(self, failure: str | None, progress: Progress) -> Result:
        """What a handler leaves behind: its failure, and the stage anew if it was edited."""
        result: Result = {"failure": failure}
        stage = self._stage
        if stage is not None and stage.take_changes():
            unwritten = self._failures.of(lambda: result.update(self._edited(stage, progress)))
            if unwritten:
                stage.keep_changes()
                told = f"What was edited cannot be shown: {unwritten}"
                result["failure"] = f"{failure}; {told}" if failure else told
        return result

    def _edited(self, stage: OpenStage, progress: Progress) -> Result:
        edits = stage.export_edits()
        written = snapshot.write(stage, self._next_segment(), progress)
        return written | {
            "edits": edits if len(edits) <= _LARGEST_KEPT_EDITS else None,
            "sources": stage.sources(),
        }

    def _opened(self) -> OpenStage:
        if self._stage is None:
            raise StageError("No stage is open.")
        return self._stage

    def _next_segment(self) -> str:
        self._segments += 1
        return os.path.join(self._run_folder, f"segment-{self._segments}")


def _text(arguments: Result, name: str, longest: int = 4096) -> str:
    value = arguments.get(name)
    if not isinstance(value, str) or len(value) > longest:
        raise StageError(f"The field {name!r} must be a text of at most {longest} characters.")
    return value


def _texts(arguments: Result, name: str) -> list[str]:
    values = arguments.get(name)
    if not isinstance(values, list) or len(values) > _MOST_TEXTS or not all(isinstance(v, str) for v in values):
        raise StageError(f"The field {name!r} must be a list of at most {_MOST_TEXTS} texts.")
    return values
