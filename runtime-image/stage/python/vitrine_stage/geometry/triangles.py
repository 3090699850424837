"""What every kind of geometry becomes."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from pxr import Usd


class BadGeometry(ValueError):
    """A prim's geometry contradicts itself; the prim is left out and the rest of the stage is drawn."""


@dataclass(frozen=True)
class Part:
    """A run of triangles with a material of its own; ``subset`` None means the mesh's material."""

    first_index: int
    index_count: int
    subset: Usd.Prim | None


@dataclass(frozen=True)
class Triangles:
    """Vertex streams of one length and counter-clockwise triangles that index them."""

    positions: np.ndarray  # (V, 3) float32
    normals: np.ndarray  # (V, 3) float32, of unit length
    texture_coordinates: np.ndarray | None  # (V, 2) float32, origin at the bottom left
    colors: np.ndarray | None  # (V, 3) float32, linear
    indices: np.ndarray  # (T, 3) uint32
    double_sided: bool = False
    parts: tuple[Part, ...] = ()

    def checked(self) -> Self:
        if not len(self.indices):
            raise BadGeometry("it has no faces")
        if not np.isfinite(self.positions).all():
            raise BadGeometry("some points are not finite numbers")
        if len(self.positions) >= 1 << 31 or self.indices.size >= 1 << 31:
            raise BadGeometry("it has more than 2^31 vertices")
        return self
