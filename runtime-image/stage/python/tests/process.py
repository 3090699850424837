"""The real process, driven as the runtime drives it."""

import json
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PACKAGE_FOLDER = Path(__file__).parent.parent
_PATIENCE = 60.0


class StageProcess:
    """Starts ``python -m vitrine_stage`` and talks to it."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.heard: list[dict[str, Any]] = []
        self.run_folder = Path(tempfile.mkdtemp(prefix="run", dir=folder))
        path = self.run_folder / "socket"
        arguments = [f"--socket={path}", f"--run-folder={self.run_folder}", f"--assets={folder / 'assets'}", *options]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "vitrine_stage", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": str(PACKAGE_FOLDER)},
        )
        self.announcement = json.loads(self.process.stdout.readline())
        if "ready" in self.announcement:
            self._socket = socket.socket(socket.AF_UNIX)
            self._socket.settimeout(_PATIENCE)
            self._socket.connect(str(path))
            self._lines = self._socket.makefile("rb")

    def ask(self, **request: Any) -> dict[str, Any]:
        return self.ask_raw(json.dumps({"id": 1, **request}).encode() + b"\n")

    def ask_raw(self, line: bytes) -> dict[str, Any]:
        """Sends bytes; the reply, without progress; messages for the page are kept. EOFError if the process ended."""
        try:
            self._socket.sendall(line)
            while reply := self._lines.readline():
                line = json.loads(reply)
                if "message" in line:
                    self.heard.append(line["message"])
                elif "progress" not in line:
                    return line
        except (ConnectionError, BrokenPipeError):
            pass
        raise EOFError

    def open(self, url: str) -> dict[str, Any]:
        return self.ask(op="open", url=url)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait(_PATIENCE)
        self.process.stdin.close()
        self.process.stdout.close()
        if "ready" in self.announcement:
            self._lines.close()
            self._socket.close()
