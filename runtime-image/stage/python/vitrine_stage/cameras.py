"""UsdGeom cameras as the renderer needs them."""

import math
from typing import Any

import numpy as np
from pxr import Gf, Usd, UsdGeom


def describe(prim: Usd.Prim, time: Usd.TimeCode) -> dict[str, Any] | None:
    """The camera, or None if it is orthographic or its numbers are unusable."""
    camera = UsdGeom.Camera(prim).GetCamera(time)
    world = np.asarray(camera.transform, np.float64)
    lens = [camera.verticalAperture, camera.focalLength]
    if camera.projection != Gf.Camera.Perspective or not np.isfinite([*world.ravel(), *lens]).all() or min(lens) <= 0:
        return None
    return {
        "path": str(prim.GetPath()),
        "world": world.ravel().tolist(),
        "verticalFieldOfViewRadians": 2 * math.atan(camera.verticalAperture / (2 * camera.focalLength)),
    }
