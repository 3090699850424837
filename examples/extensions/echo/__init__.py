"""An example of an extension: it echoes what the page says, and paints the stage in the page's colours."""

from typing import Any

import vitrine
from pxr import Gf, Sdf, Usd, UsdShade

PAINTS = Sdf.Path("/Paints")


@vitrine.on_start
def start() -> None:
    vitrine.state.strokes = 0


@vitrine.on("echoRequest")
def echo(payload: dict[str, Any]) -> None:
    vitrine.send("echoResponse", payload)


@vitrine.on("paintRequest")
def paint(payload: dict[str, Any]) -> None:
    """``{"prim_path": "/Vitrine/Exhibits/TallVase", "color": [1, 0, 0]}``"""
    stage = vitrine.stage()
    prim = stage.GetPrimAtPath(path_in(payload))
    if not prim:
        raise ValueError(f"There is no prim at {payload['prim_path']}.")
    material = paint_of(prim, color_in(payload))
    UsdShade.MaterialBindingAPI.Apply(prim).Bind(material)
    vitrine.state.strokes += 1
    vitrine.log.info("painted %s", prim.GetPath())
    vitrine.send("paintResponse", {"prim_path": str(prim.GetPath()), "strokes": vitrine.state.strokes})


def paint_of(prim: Usd.Prim, color: Gf.Vec3f) -> UsdShade.Material:
    """A glossy material of the prim's own: however often it is painted, there is one."""
    stage = prim.GetStage()
    name = str(prim.GetPath()).replace("_", "_u").replace("/", "_s")
    material = UsdShade.Material.Define(stage, PAINTS.AppendChild(name))
    shader = UsdShade.Shader.Define(stage, material.GetPath().AppendChild("Shader"))
    shader.SetShaderId("UsdPreviewSurface")
    shader.CreateInput("diffuseColor", Sdf.ValueTypeNames.Color3f).Set(color)
    shader.CreateInput("roughness", Sdf.ValueTypeNames.Float).Set(0.3)
    material.CreateSurfaceOutput().ConnectToSource(shader.CreateOutput("surface", Sdf.ValueTypeNames.Token))
    return material


def path_in(payload: dict[str, Any]) -> Sdf.Path:
    """What a page says may be anything: it is looked at before it is used."""
    path = payload.get("prim_path")
    valid = isinstance(path, str) and path.startswith("/") and Sdf.Path.IsValidPathString(path)
    if not valid or not Sdf.Path(path).IsPrimPath():
        raise ValueError("prim_path must be the absolute path of a prim.")
    return Sdf.Path(path)


def color_in(payload: dict[str, Any]) -> Gf.Vec3f:
    color = payload.get("color")
    if not isinstance(color, list) or len(color) != 3 or not all(isinstance(c, (int, float)) and 0 <= c <= 1 for c in color):
        raise ValueError("color must be three numbers from 0 to 1.")
    return Gf.Vec3f(*map(float, color))
