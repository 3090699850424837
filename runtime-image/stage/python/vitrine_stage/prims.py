"""Questions about single prims."""

from typing import Any

from pxr import Usd, UsdGeom

from .errors import StageError
from .stage import OpenStage

_FILTERS = {"USDGeom": UsdGeom.Imageable, "mesh": UsdGeom.Mesh, "xform": UsdGeom.Xform, "scope": UsdGeom.Scope}
_MOST_CHILDREN = 10_000


def children(stage: OpenStage, path: str, filters: list[str]) -> dict[str, Any]:
    """The children of the prim that pass any of the filters (all of them if there is none).

    A child has the key ``children`` (an empty list, to be asked for later) if it has children of its own.
    """
    if unknown := [name for name in filters if name not in _FILTERS]:
        raise StageError(f"{unknown[0]!r} is not a filter of children; use any of {', '.join(_FILTERS)}.")
    kinds = tuple(_FILTERS[name] for name in filters)
    found = [child for child in _children_of(stage.prim(path)) if not kinds or any(child.IsA(kind) for kind in kinds)]
    listed = [_describe(child) for child in found[:_MOST_CHILDREN]]
    return {"children": listed, "omitted": len(found) - len(listed)}


def _children_of(prim: Usd.Prim) -> list[Usd.Prim]:
    return prim.GetFilteredChildren(Usd.TraverseInstanceProxies())


def _describe(prim: Usd.Prim) -> dict[str, Any]:
    described: dict[str, Any] = {"name": prim.GetName(), "path": str(prim.GetPath())}
    return described | ({"children": []} if _children_of(prim) else {})
