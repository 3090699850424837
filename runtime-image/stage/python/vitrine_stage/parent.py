"""Ties this process's life to its parent's, even while a stage keeps the interpreter busy."""

import fcntl
import os
import select
import signal
import sys


def die_with_it() -> None:
    """Lets the kernel end this process once the other end of its standard input is closed.

    The parent keeps the pipe open and never writes. Its end raises SIGIO, whose default action is to terminate:
    unlike a thread that waits for the end of input this works while C++ code holds the interpreter lock, and unlike
    PR_SET_PDEATHSIG it is not set off by the end of the parent's *thread*.
    """
    stdin = sys.stdin.fileno()
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(stdin, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(stdin, fcntl.F_SETFL, fcntl.fcntl(stdin, fcntl.F_GETFL) | os.O_ASYNC)
    watch = select.poll()
    watch.register(stdin, 0)
    if any(event & select.POLLHUP for _, event in watch.poll(0)):
        raise OSError("The parent process has ended.")
