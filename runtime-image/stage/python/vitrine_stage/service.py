"""The operations that the runtime may ask for."""

import os
from collections.abc import Callable
from typing import Any

from . import prims, snapshot
from .assets import Assets
from .errors import StageError
from .stage import OpenStage, Progress

Result = dict[str, Any]
_LARGEST_EDITS = 16 << 20  # characters
_MOST_TEXTS = 1000


class Service:
    """Holds the one stage that is open and answers requests about it."""

    def __init__(self, assets_folder: str, run_folder: str) -> None:
        self._assets = Assets(assets_folder)
        self._run_folder = run_folder
        self._stage: OpenStage | None = None
        self._segments = 0
        self._operations: dict[str, Callable[[Result, Progress], Result]] = {
            "open": self._open,
            "children": self._children,
            "edit": self._edit,
        }

    def perform(self, operation: str, arguments: Result, progress: Progress) -> Result:
        """Carries out one request; a StageError says in a sentence what is wrong with it."""
        if operation not in self._operations:
            raise StageError(f"{operation!r} is not an operation; use any of {', '.join(self._operations)}.")
        return self._operations[operation](arguments, progress)

    def _open(self, arguments: Result, progress: Progress) -> Result:
        url, edits = _text(arguments, "url"), arguments.get("edits")
        if edits is not None:
            edits = _text(arguments, "edits", _LARGEST_EDITS)
        opened = OpenStage(self._assets, url, progress, edits)
        result = snapshot.write(opened, self._next_segment(), progress)
        if edits is None:
            result["files"] = opened.files()
        self._stage = opened  # only now: a stage that fails leaves the one before open
        return result

    def _edit(self, arguments: Result, progress: Progress) -> Result:
        stage = self._opened()
        before = stage.export_edits()
        try:
            stage.import_edits(_text(arguments, "edits", _LARGEST_EDITS))
            return snapshot.write(stage, self._next_segment(), progress)
        except StageError:
            stage.import_edits(before)
            raise

    def _children(self, arguments: Result, _: Progress) -> Result:
        return prims.children(self._opened(), _text(arguments, "path"), _texts(arguments, "filters"))

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
