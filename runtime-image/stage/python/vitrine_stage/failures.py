"""What becomes of a handler's failure: its type and text are told, the traceback goes to the log."""

import os
import sys
import time
import traceback
from collections.abc import Callable
from types import TracebackType

_LONGEST_TEXT = 300
_NOT_THE_AUTHORS = (os.path.dirname(__file__), "<frozen ")  # the calls from here, and Python's import
_SECONDS_BETWEEN_LOGS = 1.0


class Failures:
    """Calls what may fail. A page can provoke failures as fast as it likes, so not every one is logged."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._quiet_until = seconds()
        self._unlogged = 0

    def of(self, call: Callable[[], object]) -> str | None:
        """What went wrong in the call, as a text for the page; None for nothing."""
        try:
            call()
            return None
        except BaseException as failure:  # an author's sys.exit() or a cancelled task ends its own call, too
            self._log(failure)
            return _told(failure)

    def first_of(self, calls: list[Callable[[], None]]) -> str | None:
        """All are called, whatever happens to those before."""
        failures = [self.of(call) for call in calls]
        return next((failure for failure in failures if failure), None)

    def _log(self, failure: BaseException) -> None:
        now = self._seconds()
        if now < self._quiet_until:
            self._unlogged += 1
            return
        if self._unlogged:
            print(f"extension: {self._unlogged} more failures were not logged", file=sys.stderr)
        self._quiet_until, self._unlogged = now + _SECONDS_BETWEEN_LOGS, 0
        traceback.print_exception(failure.with_traceback(_authors_part_of(failure.__traceback__)), file=sys.stderr)


def _told(failure: BaseException) -> str:
    try:
        text = str(failure)
    except BaseException:  # the author's own class
        text = ""
    printable = "".join(c if c.isprintable() else " " for c in f"{type(failure).__name__}: {text}")
    told = " ".join(printable.split()).rstrip(":")
    return told if len(told) <= _LONGEST_TEXT else told[:_LONGEST_TEXT] + " …"


def _authors_part_of(trace: TracebackType | None) -> TracebackType | None:
    while trace is not None and trace.tb_frame.f_code.co_filename.startswith(_NOT_THE_AUTHORS):
        trace = trace.tb_next
    return trace
