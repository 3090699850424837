"""Gprims of UsdGeom as indexed triangles that are safe to hand to a GPU."""

from pxr import Usd, UsdGeom

from . import gprims, meshes
from .triangles import BadGeometry, Part, Triangles

__all__ = ["BadGeometry", "Part", "Triangles", "is_drawable", "triangulate"]


def is_drawable(prim: Usd.Prim) -> bool:
    """Whether ``triangulate`` knows the prim's type."""
    return prim.IsA(UsdGeom.Mesh) or prim.GetTypeName() in gprims.SHAPES


def triangulate(prim: Usd.Prim, time: Usd.TimeCode) -> Triangles:
    """The prim's triangles in its own space; raises BadGeometry where they cannot be drawn."""
    if prim.IsA(UsdGeom.Mesh):
        return meshes.triangulate(UsdGeom.Mesh(prim), time).checked()
    return gprims.triangulate(prim, time).checked()
