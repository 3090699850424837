"""Requests and replies as JSON lines over a Unix socket, one client, one request at a time.

Request: ``{"id": 1, "op": "open", ...}``. Replies: ``{"id": 1, "ok": true, "result": {...}}`` or
``{"id": 1, "ok": false, "error": "A sentence."}``; before them any number of
``{"id": 1, "progress": {"phase": "mesh", "done": 256, "total": 1000}}`` and, while an extension's handlers run, of
``{"id": 1, "message": {"event_type": "echoResponse", "payload": {}}}``, which are for the page.
"""

import json
import os
import socket
import sys
import traceback
from types import TracebackType
from typing import Any, BinaryIO, Self

from .errors import StageError
from .service import Service

_LONGEST_REPLY = 8 << 20  # bytes, as the runtime reads them
_LONGEST_LINE = 32 << 20  # bytes; the longest request carries a session's edits


class Server:
    """Listens from construction on; serves the first client and returns when it leaves."""

    def __init__(self, path: str) -> None:
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(path)
        os.chmod(path, 0o600)
        self._listener.listen(1)

    def serve(self, service: Service) -> None:
        client, _ = self._listener.accept()
        with client, client.makefile("rb") as requests, client.makefile("wb") as replies:
            while line := requests.readline(_LONGEST_LINE + 1):
                if len(line) > _LONGEST_LINE:
                    _send(replies, {"id": None, "ok": False, "error": "The request is too long."})
                    return
                _answer(line, service, replies)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._listener.close()


def _answer(line: bytes, service: Service, replies: BinaryIO) -> None:
    number: Any = None
    try:
        request = _parse(line)
        if not isinstance(request, dict) or not isinstance(request.get("op"), str):
            raise StageError("A request is a JSON object with a text 'op'.")
        number = request.get("id")

        def progress(phase: str, done: int, total: int) -> None:
            _send(replies, {"id": number, "progress": {"phase": phase, "done": done, "total": total}})

        def tell(message: str) -> None:
            # Without spaces: the runtime cuts the message out by what is before and after it.
            _write(replies, f'{{"id":{json.dumps(number)},"message":{message}}}')

        reply = {"ok": True, "result": service.perform(request["op"], request, progress, tell)}
    except StageError as wrong:
        reply = {"ok": False, "error": str(wrong)}
    except UnicodeDecodeError:
        reply = {"ok": False, "error": "The stage has a text in it that is not UTF-8."}
    except MemoryError:
        reply = {"ok": False, "error": "The stage needs more memory than it may use."}
    except BrokenPipeError:
        raise
    except OSError as failure:
        reply = {"ok": False, "error": f"The stage is too large for its memory file system: {failure.strerror}."}
    except Exception as unexpected:  # a defect here or a stage that OpenUSD chokes on: say so and live on
        traceback.print_exc(file=sys.stderr)
        reply = {"ok": False, "error": f"The stage process failed on this request ({type(unexpected).__name__})."}
    _send(replies, {"id": number, **reply})


def _parse(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        raise StageError("The request is not JSON.") from None


def _send(replies: BinaryIO, message: dict[str, Any]) -> None:
    line = json.dumps(message, separators=(",", ":"))
    if len(line) > _LONGEST_REPLY:
        line = json.dumps({"id": message["id"], "ok": False, "error": "The reply is too long; ask for less."})
    _write(replies, line)


def _write(replies: BinaryIO, line: str) -> None:
    replies.write(line.encode() + b"\n")
    replies.flush()
