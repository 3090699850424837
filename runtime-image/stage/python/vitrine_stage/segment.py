"""The bulk data of a snapshot: one file that the renderer maps read-only.

Little-endian, every array aligned to 64 bytes, offsets in bytes from the file's start with 0 for "absent".
A file's name is never used twice: truncating a file that another process has mapped would crash that process.
"""

import os
from types import TracebackType
from typing import Self

import numpy as np

MAGIC = b"VITRSEG1"
HEADER = np.dtype(
    [
        ("magic", "S8"),
        ("file_bytes", "<u8"),
        ("meshes", "<u8"),
        ("mesh_count", "<u8"),
        ("draws", "<u8"),
        ("draw_count", "<u8"),
        ("document", "<u8"),  # UTF-8 JSON: what is small and varied
        ("document_bytes", "<u8"),
    ]
)
MESH = np.dtype(
    [
        ("flags", "<u4"),
        ("vertex_count", "<u4"),
        ("index_count", "<u4"),
        ("part_count", "<u4"),
        ("positions", "<u8"),  # float32 x 3
        ("normals", "<u8"),  # float32 x 3
        ("texture_coordinates", "<u8"),  # float32 x 2, may be absent
        ("colors", "<u8"),  # float32 x 3, may be absent
        ("indices", "<u8"),  # uint32, three a triangle
        ("parts", "<u8"),  # PART records that cover all indices, absent for a mesh of one material
        ("lower", "<f4", 3),
        ("upper", "<f4", 3),
        ("reserved", "<u8"),
    ]
)
PART = np.dtype([("first_index", "<u4"), ("index_count", "<u4"), ("material", "<i4")])
DRAW = np.dtype(
    [
        ("mesh", "<u4"),  # row of the mesh table
        ("material", "<i4"),  # row of the document's materials, -1 for none
        ("instance_count", "<u4"),
        ("owner", "<u4"),  # row of the document's owners: the prim that a click on this draw selects
        ("transforms", "<u8"),  # float32 x 16 an instance, column-major as GLSL wants it
    ]
)
NO_MATERIAL = -1
DOUBLE_SIDED = 1
_ALIGNMENT = 64


class SegmentWriter:
    """Appends arrays to a new file; ``finish`` makes it complete, an exception removes it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._file = open(path, "xb", buffering=1 << 20)
        self._end = 0
        self.append(np.zeros((), HEADER))

    def append(self, data: np.ndarray | bytes | None) -> int:
        """Writes an array and returns its offset; 0 for None."""
        if data is None:
            return 0
        array = np.frombuffer(data, np.uint8) if isinstance(data, bytes) else np.ascontiguousarray(data)
        padding = -self._end % _ALIGNMENT
        self._file.write(bytes(padding))
        offset = self._end + padding
        self._file.write(array.reshape(-1).view(np.uint8).data)
        self._end = offset + array.nbytes
        return offset

    def finish(self, meshes: np.ndarray, draws: np.ndarray, document: bytes) -> int:
        """Writes the tables and the header; returns the file's size in bytes."""
        offsets = [self.append(table) for table in (meshes, draws, document)]
        header = (MAGIC, self._end, offsets[0], len(meshes), offsets[1], len(draws), offsets[2], len(document))
        self._file.seek(0)
        self._file.write(np.array(header, HEADER).tobytes())
        return self._end

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is not None:
            os.unlink(self.path)
        self._file.close()
