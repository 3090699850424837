"""Writes all that a stage draws into one segment file."""

import json
import os
from typing import Any

import numpy as np
from pxr import Sdf, UsdGeom

from . import cameras, geometry, lights
from .materials import MaterialTable
from .segment import DOUBLE_SIDED, DRAW, MESH, NO_MATERIAL, PART, SegmentWriter
from .stage import OpenStage, Progress
from .traversal import Draw, Found, walk

_MOST_WARNINGS = 50
_MESHES_A_REPORT = 256


def write(stage: OpenStage, path: str, progress: Progress) -> dict[str, Any]:
    """Writes the snapshot to a new file and returns its name and what is worth a line in a log."""
    with np.errstate(all="ignore"), SegmentWriter(path) as segment:  # what is not finite is looked for and left out
        found = walk(stage.usd, stage.time)
        snapshot = _Snapshot(stage, segment, found)
        snapshot.add_meshes(progress)
        snapshot.add_draws()
        return snapshot.finish()


class _Snapshot:
    def __init__(self, stage: OpenStage, segment: SegmentWriter, found: Found) -> None:
        self._stage, self._segment, self._found = stage, segment, found
        self._materials = MaterialTable(stage.time)
        self._meshes: list[tuple] = []
        self._draws: list[tuple] = []
        self._owners: dict[Sdf.Path, int] = {}
        self._rows: dict[Sdf.Path, int] = {}

    def add_meshes(self, progress: Progress) -> None:
        gprims = {draw.gprim.GetPath(): draw.gprim for draw in self._found.draws}
        for number, (path, gprim) in enumerate(gprims.items()):
            if number % _MESHES_A_REPORT == 0:
                progress("mesh", number, len(gprims))
            try:
                record = self._mesh(geometry.triangulate(gprim, self._stage.time))
            except geometry.BadGeometry as bad:
                self._found.warnings.append(f"{path} is not drawn: {bad}.")
                continue
            self._rows[path] = len(self._meshes)
            self._meshes.append(record)

    def add_draws(self) -> None:
        draws = [draw for draw in self._found.draws if draw.gprim.GetPath() in self._rows]
        bound = dict(zip((d.gprim.GetPath() for d in draws), self._materials.bound([d.gprim for d in draws])))
        matrices, count = [], 0
        for draw in draws:
            transforms = draw.transforms.astype(np.float32)
            transforms = transforms[np.isfinite(transforms).all(axis=(1, 2))]
            row = self._rows[draw.gprim.GetPath()]
            material = self._first_bound(bound[draw.gprim.GetPath()], draw)
            owner = self._owners.setdefault(draw.owner, len(self._owners))
            self._draws.append((row, material, len(transforms), owner, 64 * count))
            matrices.append(transforms)
            count += len(transforms)
        if matrices:
            base = self._segment.append(np.concatenate(matrices))
            self._draws = [(*draw[:4], base + draw[4]) for draw in self._draws]

    def finish(self) -> dict[str, Any]:
        warnings = [*self._stage.warnings(), *self._found.warnings, *self._materials.warnings]
        transforms, time = UsdGeom.XformCache(self._stage.time), self._stage.time
        document = {
            "url": self._stage.url,
            "upAxis": self._stage.up_axis,
            "metersPerUnit": self._stage.meters_per_unit,
            "owners": [str(path) for path in self._owners],
            "materials": self._materials.rows,
            "lights": [light for prim in self._found.lights if (light := lights.describe(prim, transforms))],
            "cameras": [camera for prim in self._found.cameras if (camera := cameras.describe(prim, time))],
            "warnings": warnings[:_MOST_WARNINGS],
        }
        text = json.dumps(document, separators=(",", ":"), allow_nan=False).encode()
        size = self._segment.finish(np.array(self._meshes, MESH), np.array(self._draws, DRAW), text)
        name = os.path.basename(self._segment.path)
        return {"segment": name, "bytes": size, "meshes": len(self._meshes), "draws": len(self._draws)}

    def _mesh(self, triangles: geometry.Triangles) -> tuple:
        subsets = [part.subset for part in triangles.parts if part.subset]
        materials = dict(zip(subsets, self._materials.bound(subsets)))
        parts = [(part.first_index, part.index_count, _row(materials.get(part.subset))) for part in triangles.parts]
        append = self._segment.append
        return (
            DOUBLE_SIDED if triangles.double_sided else 0,
            len(triangles.positions),
            triangles.indices.size,
            len(parts),
            append(triangles.positions),
            append(triangles.normals),
            append(triangles.texture_coordinates),
            append(triangles.colors),
            append(triangles.indices),
            append(np.array(parts, PART)) if parts else 0,
            triangles.positions.min(0),
            triangles.positions.max(0),
            0,
        )

    def _first_bound(self, own: int | None, draw: Draw) -> int:
        """The gprim's material, else that of the nearest instance it was reached by."""
        if own is not None:
            return own
        inherited = (material for material in self._materials.bound(draw.instances) if material is not None)
        return next(inherited, NO_MATERIAL)


def _row(material: int | None) -> int:
    return NO_MATERIAL if material is None else material
