"""The app author's extension in this process: imported once, its handlers called one at a time."""

import importlib.util
import logging
import os
import sys
from typing import Any

import vitrine
from vitrine import _host
from vitrine._handlers import handlers

from .errors import StageError
from .failures import Failures


class Extension:
    """Its functions that call handlers return what went wrong in one, as a text for the page, or None."""

    def __init__(self, folder: str | None, host: _host.Host) -> None:
        self._folder = folder
        self._failures = Failures()
        _host.attach(host)
        _log_to_standard_error()

    def load(self) -> None:
        """Imports the package; if a StageError says why it cannot be used it has no handlers."""
        if self._folder is None:
            return
        name = _module_name(self._folder)
        source = os.path.join(self._folder, "__init__.py")
        if not os.path.isfile(source):
            raise StageError(f"The extension {name} could not be loaded: there is no {name}/__init__.py.")
        spec = importlib.util.spec_from_file_location(name, source, submodule_search_locations=[self._folder])
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        if failure := self._failures.of(lambda: spec.loader.exec_module(module)):
            handlers.clear()
            raise StageError(f"The extension {name} could not be loaded: {failure.rstrip('.')}.")

    def start(self) -> str | None:
        """A viewer's session starts: whatever was remembered of another one is forgotten."""
        vars(vitrine.state).clear()
        return self._failures.first_of(handlers.starts)

    def end(self) -> str | None:
        """The viewer's session ends, and what was remembered of it is forgotten."""
        failure = self._failures.first_of(handlers.ends)
        vars(vitrine.state).clear()
        return failure

    def timers(self) -> list[float]:
        """The seconds between calls of each periodic handler."""
        return [timer.seconds for timer in handlers.timers]

    def tick(self, timer: int) -> str | None:
        """Calls the periodic handler of this number; a StageError if there is none."""
        if not 0 <= timer < len(handlers.timers):
            raise StageError(f"There is no periodic handler {timer}.")
        return self._failures.of(handlers.timers[timer].handler)

    def handle(self, event_type: str, payload: dict[str, Any]) -> str | None:
        """Calls the handler of a message; a StageError if there is none."""
        if event_type not in handlers.messages:
            raise StageError(f"Nothing here answers messages of the type {event_type!r}.")
        return self._failures.of(lambda: _call(event_type, payload))


def _call(event_type: str, payload: dict[str, Any]) -> None:
    returned = handlers.messages[event_type](payload)
    if returned is not None:
        raise TypeError("A handler answers by vitrine.send(…) and returns None.")


def _module_name(folder: str) -> str:
    name = os.path.basename(folder).replace("-", "_")
    if not name.isidentifier() or name in sys.modules or name in sys.stdlib_module_names:
        raise StageError(f"The extension {name!r} could not be loaded: its folder needs another name, as of a module.")
    return name


def _log_to_standard_error() -> None:
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(logging.Formatter("extension %(levelname)s %(message)s"))
    vitrine.log.handlers = [lines]
    vitrine.log.propagate = False
    vitrine.log.setLevel(logging.INFO)
