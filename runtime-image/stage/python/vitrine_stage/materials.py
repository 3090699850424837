"""UsdPreviewSurface as the few numbers that the renderer shades with.

Inputs: https://openusd.org/release/spec_usdpreviewsurface.html
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from pxr import Sdf, Usd, UsdShade

_COLOR_PRIMVAR = "displayColor"
_DEFAULTS: dict[str, float | tuple[float, float, float]] = {
    "diffuseColor": (0.18, 0.18, 0.18),
    "emissiveColor": (0.0, 0.0, 0.0),
    "metallic": 0.0,
    "roughness": 0.5,
    "opacity": 1.0,
    "opacityThreshold": 0.0,
}
_WHITE = (1.0, 1.0, 1.0)
_TEXTURED_COLOR = (0.5, 0.5, 0.5)  # stands for a picture until textures are drawn


class MaterialTable:
    """Gives each material that is bound a row number, in the order they are first asked for."""

    def __init__(self, time: Usd.TimeCode) -> None:
        self.rows: list[dict[str, Any]] = []
        self.warnings: list[str] = []
        self._time = time
        self._numbers: dict[Sdf.Path, int] = {}

    def bound(self, prims: Sequence[Usd.Prim]) -> list[int | None]:
        """The row bound to each prim, None where none is."""
        if not prims:
            return []
        materials, _ = UsdShade.MaterialBindingAPI.ComputeBoundMaterials(list(prims))
        return [self._number(material) if material else None for material in materials]

    def _number(self, material: UsdShade.Material) -> int:
        path = material.GetPath()
        if path not in self._numbers:
            self._numbers[path] = len(self.rows)
            self.rows.append({"path": str(path), **self._surface(material)})
        return self._numbers[path]

    def _surface(self, material: UsdShade.Material) -> dict[str, Any]:
        shader = material.ComputeSurfaceSource()[0]
        identifier = str(shader.GetIdAttr().Get()) if shader else "no surface shader"
        if identifier != "UsdPreviewSurface":
            self.warnings.append(f"The material {material.GetPath()} is drawn plain: {identifier} is not UsdPreviewSurface.")
            return {**_DEFAULTS, "diffuseColor": _WHITE, "vertexColored": True}
        values: dict[str, Any] = {name: self._value(shader, name, default) for name, default in _DEFAULTS.items()}
        if self._reads_display_color(shader):
            return {**values, "diffuseColor": _WHITE, "vertexColored": True}
        return {**values, "vertexColored": False}

    def _value(self, shader: UsdShade.Shader, name: str, default: Any) -> Any:
        source = self._source(shader, name)
        if source is None:
            return default
        if UsdShade.Output.IsOutput(source):  # made by another shader: a picture or a primvar
            return _TEXTURED_COLOR if name == "diffuseColor" else default
        return _usable(source.Get(self._time), name, default)

    def _reads_display_color(self, shader: UsdShade.Shader) -> bool:
        source = self._source(shader, "diffuseColor")
        if source is None or not UsdShade.Output.IsOutput(source):
            return False
        reader = UsdShade.Shader(source.GetPrim())
        if not str(reader.GetIdAttr().Get()).startswith("UsdPrimvarReader_float"):
            return False
        variable = self._source(reader, "varname")
        return variable is not None and variable.Get() == _COLOR_PRIMVAR

    def _source(self, shader: UsdShade.Shader, name: str) -> Usd.Attribute | None:
        """The attribute that an input's value comes from, through the material's interface."""
        shader_input = shader.GetInput(name)
        if not shader_input:
            return None
        return next(iter(UsdShade.Utils.GetValueProducingAttributes(shader_input)), None)


def _usable(value: Any, name: str, default: Any) -> Any:
    """A finite number or colour of the default's shape and within its range, else the default."""
    try:
        array = np.asarray(value, np.float64)
    except (TypeError, ValueError):
        return default
    if array.shape != np.shape(default) or not np.isfinite(array).all():
        return default
    return np.clip(array, 0, None if name == "emissiveColor" else 1).tolist()
