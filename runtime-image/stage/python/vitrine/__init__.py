"""Extensions of a Vitrine viewer: Python that answers the page's messages and edits the stage that it sees.

An extension is a folder with an ``__init__.py``. The runtime imports it once and then calls its handlers, one at a
time and never two at once::

    import vitrine

    @vitrine.on("echoRequest")
    def echo(payload):
        vitrine.send("echoResponse", payload)

Whatever a handler changes on ``vitrine.stage()`` is in the picture when it returns. A handler that raises ends its
own call: the page hears of it in a ``viewerError``, the log has the traceback, the stream goes on. One that takes
longer than the runtime's limit is ended together with its process, which comes back with the stage open again.
"""

import logging
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ._handlers import every, on, on_end, on_start
from ._host import host
from ._messages import encode

if TYPE_CHECKING:
    from pxr import Usd

__all__ = ["every", "log", "on", "on_end", "on_start", "send", "stage", "state"]

log: logging.Logger = logging.getLogger("vitrine")
"""Writes to the runtime's log, from level INFO on."""

state: Any = SimpleNamespace()
"""What an extension remembers of the present viewer; empty again once their session has ended."""


def send(event_type: str, payload: dict[str, Any]) -> None:
    """Says something to the page, at once. Without a viewer nobody hears it.

    The payload is a JSON object; the whole message may have 64 KiB and 32 levels. TypeError or ValueError say
    what is wrong with it. Works in handlers only, and on the thread that they are called on: elsewhere it raises
    RuntimeError.
    """
    host().tell(encode(event_type, payload))


def stage() -> "Usd.Stage":
    """The stage that is shown. Edits go to its session layer; its files never change.

    Ask for it in each handler: the viewer may open another one in between. RuntimeError while none is open.
    """
    return host().stage()
