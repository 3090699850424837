"""Locks the process in before anything large or untrusted is loaded: environment, resource limits, Landlock.

Landlock needs no privileges. See https://docs.kernel.org/userspace-api/landlock.html for the numbers below.
"""

import ctypes
import os
import resource
import struct
import sys
from collections.abc import Iterable, Sequence

from .errors import ConfinementError

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # system calls, the same on x86-64 and aarch64
_RULE_PATH_BENEATH = 1
_ABI_QUERY = 1
_PR_SET_NO_NEW_PRIVS = 38

_EXECUTE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 2, 1 << 3
_FILE_RIGHTS = _EXECUTE | 1 << 1 | _READ_FILE | 1 << 14 | 1 << 15  # rights that a rule on a single file may name
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_FS_RIGHTS_SINCE_ABI = {1: 13, 2: 14, 3: 15, 5: 16}  # number of file-system rights the kernel knows
_NET_ALL = 0b11  # bind and connect of TCP, since ABI 4
_SCOPE_ALL = 0b11  # abstract Unix sockets and signals, since ABI 6

_LOADER_VARIABLES = ("PXR_", "LD_", "PYTHON")


def scrub_environment() -> None:
    """Drops variables that make OpenUSD, the loader or Python load code from elsewhere."""
    for name in list(os.environ):
        if name.startswith(_LOADER_VARIABLES):
            del os.environ[name]
    os.environ["OPENBLAS_NUM_THREADS"] = "1"


def limit_resources(memory_mib: int, file_mib: int) -> None:
    """Bounds the address space and the size of any file written; no core dumps."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory_mib << 20,) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_mib << 20,) * 2)


def runtime_folders() -> list[str]:
    """Where Python, its packages and the shared libraries live."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    candidates = {sys.prefix, sys.base_prefix, package, "/usr/lib", "/lib", "/lib64"}
    return sorted(folder for folder in candidates if os.path.isdir(folder))


def lock_in(readable: Sequence[str], writable: Sequence[str]) -> None:
    """Denies this thread, and all it starts from now on, every file but those below the given folders.

    Raises ConfinementError where the kernel does not offer Landlock or more than one thread is running.
    """
    if len(os.listdir("/proc/self/task")) != 1:
        raise ConfinementError("Other threads run already, and Landlock would not bind them.")
    libc = ctypes.CDLL(None, use_errno=True)
    abi = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _ABI_QUERY)
    if abi < 1:
        raise ConfinementError("This kernel or the container's seccomp profile does not offer Landlock.")
    rights = (1 << max(bits for since, bits in _FS_RIGHTS_SINCE_ABI.items() if abi >= since)) - 1
    ruleset = _create_ruleset(libc, abi, rights)
    try:
        _allow(libc, ruleset, readable, _READ)
        _allow(libc, ruleset, writable, rights)
        if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.syscall(_RESTRICT_SELF, ruleset, 0):
            raise ConfinementError(f"Landlock could not be switched on: {_reason()}.")
    finally:
        os.close(ruleset)


def _create_ruleset(libc: ctypes.CDLL, abi: int, rights: int) -> int:
    attributes = struct.pack("<Q", rights)
    if abi >= 4:
        attributes += struct.pack("<Q", _NET_ALL)
    if abi >= 6:
        attributes += struct.pack("<Q", _SCOPE_ALL)
    ruleset = libc.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    if ruleset < 0:
        raise ConfinementError(f"Landlock refused the rules: {_reason()}.")
    return ruleset


def _allow(libc: ctypes.CDLL, ruleset: int, paths: Iterable[str], rights: int) -> None:
    for path in paths:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            granted = rights if os.path.isdir(path) else rights & _FILE_RIGHTS
            if libc.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, struct.pack("<Qi", granted, handle), 0):
                raise ConfinementError(f"Landlock refused the folder {path}: {_reason()}.")
        finally:
            os.close(handle)


def _reason() -> str:
    return os.strerror(ctypes.get_errno())
