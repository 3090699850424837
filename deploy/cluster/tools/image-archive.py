#!/usr/bin/env python3
"""image-archive.py PROGRAM NAME:TAG OUT.tar

Packs one static program as an image archive that `ctr images import` reads.
The same program gives the same bytes.
"""
import hashlib
import io
import json
import pathlib
import platform
import subprocess
import sys
import tarfile

EPOCH = "1970-01-01T00:00:00Z"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


def add(tar: tarfile.TarFile, name: str, data: bytes = b"", mode: int = 0o755, **kind) -> None:
    info = tarfile.TarInfo(name)
    info.mode, info.size = mode, len(data)
    for key, value in kind.items():
        setattr(info, key, value)
    tar.addfile(info, io.BytesIO(data))


def applets(program: pathlib.Path) -> list[str]:
    """The names under which busybox is called; no other program has any."""
    if program.name != "busybox":
        return []
    return subprocess.check_output([program, "--list"], text=True).split()


def layer(program: pathlib.Path) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        add(tar, "bin", type=tarfile.DIRTYPE)
        add(tar, "tmp", mode=0o1777, type=tarfile.DIRTYPE)
        add(tar, f"bin/{program.name}", program.read_bytes())
        for applet in applets(program):
            if applet != program.name:
                add(tar, f"bin/{applet}", type=tarfile.SYMTYPE, linkname=program.name)
    return out.getvalue()


def main(program: pathlib.Path, name: str, out: str) -> None:
    blob = layer(program)
    digest = hashlib.sha256(blob).hexdigest()
    start = {"Cmd": ["/bin/sh"]} if applets(program) else {"Entrypoint": [f"/bin/{program.name}"]}
    config = {
        "architecture": ARCHITECTURES[platform.machine()],
        "os": "linux",
        "created": EPOCH,
        "config": {"Env": ["PATH=/bin"], "WorkingDir": "/", **start},
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{digest}"]},
        "history": [{"created": EPOCH}],
    }
    manifest = [{"Config": "config.json", "RepoTags": [name], "Layers": [f"{digest}/layer.tar"]}]
    with tarfile.open(out, "w") as tar:
        add(tar, "config.json", json.dumps(config).encode())
        add(tar, f"{digest}/layer.tar", blob)
        add(tar, "manifest.json", json.dumps(manifest).encode())


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3])
