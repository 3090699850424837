"""``python -m vitrine_stage``: locks the process in first and imports OpenUSD and numpy only then."""

import argparse
import json
import os
import sys
from typing import TextIO

from . import confine, parent
from .errors import ConfinementError


def main() -> int:
    options = _parse(sys.argv[1:])
    announcements = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nobody reads what libraries print
    try:
        parent.die_with_it()
        confine.scrub_environment()
        confine.limit_resources(options.memory_mib, options.segment_mib)
        if options.confine:
            readable = [options.assets, *_extension_folder(options), *confine.runtime_folders()]
            confine.lock_in(readable, [options.run_folder])
    except (ConfinementError, OSError) as failure:
        _announce(announcements, failed=f"The stage process could not lock itself in. {failure}")
        return 1
    from .server import Server  # loads OpenUSD and numpy, which start threads: only behind the lock
    from .service import Service

    with Server(options.socket) as server:
        _announce(announcements, ready=True)
        server.serve(Service(options.assets, options.run_folder, options.extension))
    return 0


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="vitrine_stage", description=__doc__)
    parser.add_argument("--socket", required=True, type=os.path.abspath, help="Unix socket to listen on, in the run folder")
    parser.add_argument("--run-folder", required=True, type=os.path.abspath, help="folder for segment files, best in tmpfs")
    parser.add_argument("--assets", required=True, type=os.path.realpath, help="the only folder stages are read from")
    parser.add_argument("--extension", type=os.path.realpath, help="a Python package with handlers: trusted code")
    parser.add_argument("--memory-mib", type=int, default=8192, help="limit of the address space")
    parser.add_argument("--segment-mib", type=int, default=4096, help="limit of one segment file")
    parser.add_argument("--no-confine", dest="confine", action="store_false", help="run without Landlock: trusted stages only")
    return parser.parse_args(arguments)


def _extension_folder(options: argparse.Namespace) -> list[str]:
    """One that is missing is told when it is to be loaded: the stage is shown all the same."""
    return [options.extension] if options.extension and os.path.isdir(options.extension) else []


def _announce(announcements: TextIO, **message: object) -> None:
    """One line tells the parent whether the socket can be used."""
    with announcements:
        announcements.write(json.dumps(message) + "\n")


sys.exit(main())
