"""UsdGeom cameras as the renderer needs them."""

import math
from typing import Any

import numpy as np
from pxr import Gf, Usd, UsdGeom

_WIDEST_RADIANS = 3.0


def describe(prim: Usd.Prim, time: Usd.TimeCode) -> dict[str, Any] | None:
    """The camera, or None if it is orthographic or its numbers are unusable."""
    camera = UsdGeom.Camera(prim).GetCamera(time)
    world = np.asarray(camera.transform, np.float64)
    if camera.projection != Gf.Camera.Perspective or camera.focalLength <= 0 or not np.isfinite(world).all():
        return None
    angle = 2 * math.atan(camera.verticalAperture / (2 * camera.focalLength))
    if not 0 < angle < _WIDEST_RADIANS:
        return None
    return {"path": str(prim.GetPath()), "world": world.ravel().tolist(), "verticalFieldOfViewRadians": angle}
