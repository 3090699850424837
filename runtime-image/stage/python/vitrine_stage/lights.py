"""UsdLux lights as the renderer needs them."""

from typing import Any

import numpy as np
from pxr import Usd, UsdGeom, UsdLux

_SHAPES = {
    "DistantLight": "DISTANT",
    "DomeLight": "DOME",
    "DomeLight_1": "DOME",
    "SphereLight": "LOCAL",
    "RectLight": "LOCAL",
    "DiskLight": "LOCAL",
    "CylinderLight": "LOCAL",
}


def describe(prim: Usd.Prim, transforms: UsdGeom.XformCache) -> dict[str, Any] | None:
    """The light, or None if it is of an unknown kind or its numbers are unusable."""
    shape = _SHAPES.get(prim.GetTypeName())
    if shape is None:
        return None
    light, time = UsdLux.LightAPI(prim), transforms.GetTime()
    color = np.asarray(light.GetColorAttr().Get(time), np.float64)
    if light.GetEnableColorTemperatureAttr().Get(time):
        kelvin = light.GetColorTemperatureAttr().Get(time)
        color = color * np.asarray(UsdLux.BlackbodyTemperatureAsRgb(kelvin))
    intensity = light.GetIntensityAttr().Get(time) * np.exp2(np.float64(light.GetExposureAttr().Get(time)))
    world = np.asarray(transforms.GetLocalToWorldTransform(prim), np.float64)
    if not np.isfinite([*color, intensity, *world.ravel()]).all():
        return None
    return {
        "path": str(prim.GetPath()),
        "shape": shape,
        "color": np.maximum(color, 0).tolist(),
        "intensity": float(max(intensity, 0)),
        "world": world.ravel().tolist(),
    }
