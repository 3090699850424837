"""How much of a stage a message has room for."""

import json
from typing import Any, Self


class Room:
    """The characters of JSON that a message, or a part of it, may still take."""

    def __init__(self, characters: int, within: Self | None = None) -> None:
        self._left = characters
        self._within = within

    def take(self, value: Any) -> bool:
        """Whether the value fits; if so its room is taken."""
        return self._take(len(json.dumps(value)) + 1)

    def _take(self, size: int) -> bool:
        if size > self._left or (self._within is not None and not self._within._take(size)):
            return False
        self._left -= size
        return True
