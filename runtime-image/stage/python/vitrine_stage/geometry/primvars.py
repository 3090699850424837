"""Reading of per-vertex data."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from pxr import Usd, UsdGeom


class Stream(NamedTuple):
    """Values and how they are spread over the mesh (a UsdGeom interpolation token)."""

    values: np.ndarray
    interpolation: str


def read(prim: Usd.Prim, names: Sequence[str], width: int, time: Usd.TimeCode) -> Stream | None:
    """The first of the named primvars that has a value of ``width`` components; constant ones may be inherited."""
    primvars = UsdGeom.PrimvarsAPI(prim)
    for name in names:
        primvar = primvars.FindPrimvarWithInheritance(name)
        if not primvar or not primvar.HasValue():
            continue
        flattened = primvar.ComputeFlattened(time)
        if flattened is None or not hasattr(flattened, "__len__") or not len(flattened):
            continue
        values = np.asarray(flattened)
        if values.ndim == 2 and values.shape[1] == width and values.dtype.kind == "f":
            return Stream(values, primvar.GetInterpolation())
    return None


def constant_color(prim: Usd.Prim, vertex_count: int, time: Usd.TimeCode) -> np.ndarray | None:
    """The prim's first display colour for every vertex."""
    stream = read(prim, ("displayColor",), 3, time)
    if stream is None:
        return None
    return np.broadcast_to(stream.values[:1], (vertex_count, 3)).astype(np.float32)
