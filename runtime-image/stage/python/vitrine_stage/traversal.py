"""What a stage draws: every visible gprim once, with the places it is drawn at."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from pxr import Sdf, Usd, UsdGeom, UsdLux

from . import geometry
from .errors import StageError

_PURPOSES = ("default", "render")
_MOST_INSTANCES = 4_000_000  # 256 MB of matrices


@dataclass(frozen=True)
class Draw:
    """One gprim at one or more places."""

    owner: Sdf.Path  # the prim outside of any prototype that a viewer selects by clicking
    gprim: Usd.Prim
    transforms: np.ndarray  # (N, 4, 4) float64, row vectors: to the world, or to the prototype's root
    instances: tuple[Usd.Prim, ...] = ()  # instances it was reached by, innermost first: they may bind a material


@dataclass
class Found:
    """All that a walk over the stage found."""

    draws: list[Draw] = field(default_factory=list)
    lights: list[Usd.Prim] = field(default_factory=list)
    cameras: list[Usd.Prim] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def walk(stage: Usd.Stage, time: Usd.TimeCode) -> Found:
    """Walks the whole stage; a StageError if it draws too much."""
    walker = _Walker(time)
    walker.found.draws = list(walker.below(stage.GetPseudoRoot(), to_world=True))
    return walker.found


class _Walker:
    def __init__(self, time: Usd.TimeCode) -> None:
        self.found = Found()
        self._time = time
        self._transforms = UsdGeom.XformCache(time)
        self._prototypes: dict[Sdf.Path, list[Draw]] = {}
        self._entered: set[Sdf.Path] = set()
        self._instances = 0

    def below(self, root: Usd.Prim, *, to_world: bool) -> Iterator[Draw]:
        """Draws at and below ``root``, placed in the world or relative to ``root``."""
        to_target = np.eye(4) if to_world else _inverse(self._world(root))
        prims = iter(Usd.PrimRange(root))
        for prim in prims:
            if self._is_invisible(prim):
                prims.PruneChildren()
            elif prim.IsInstance():
                yield from self._instance(prim, self._world(prim) @ to_target)
            elif prim.IsA(UsdGeom.PointInstancer):
                prims.PruneChildren()  # prototypes below it are not drawn by themselves
                yield from self._point_instances(prim, self._world(prim) @ to_target)
            elif geometry.is_drawable(prim):
                if UsdGeom.Imageable(prim).ComputePurpose() in _PURPOSES:
                    yield Draw(prim.GetPath(), prim, (self._world(prim) @ to_target)[None])
            elif to_world and prim.HasAPI(UsdLux.LightAPI):
                self.found.lights.append(prim)
            elif to_world and prim.IsA(UsdGeom.Camera):
                self.found.cameras.append(prim)

    def _instance(self, prim: Usd.Prim, transform: np.ndarray) -> Iterator[Draw]:
        for draw in self._prototype(prim.GetPrototype()):
            self._count(len(draw.transforms))
            instances = (*draw.instances, prim)
            yield Draw(prim.GetPath(), draw.gprim, draw.transforms @ transform, instances)

    def _point_instances(self, prim: Usd.Prim, transform: np.ndarray) -> Iterator[Draw]:
        instancer = UsdGeom.PointInstancer(prim)
        places = np.asarray(instancer.ComputeInstanceTransformsAtTime(self._time, self._time))
        kinds = np.asarray(instancer.GetProtoIndicesAttr().Get(self._time) or [], int)
        mask = instancer.ComputeMaskAtTime(self._time)
        if mask:
            kinds = kinds[np.asarray(mask)]  # the transforms have been masked already
        if not len(kinds) or len(kinds) != len(places):
            return
        for kind, target in enumerate(instancer.GetPrototypesRel().GetForwardedTargets()):
            root = prim.GetStage().GetPrimAtPath(target)
            chosen = places[kinds == kind]
            if not root or not len(chosen):
                continue
            # The computed transforms contain the prototype root's own, so its draws stay relative to that root.
            for draw in self._prototype(root):
                self._count(len(draw.transforms) * len(chosen))
                transforms = draw.transforms[None] @ (chosen @ transform)[:, None]
                yield replace(draw, owner=prim.GetPath(), transforms=transforms.reshape(-1, 4, 4))

    def _prototype(self, root: Usd.Prim) -> list[Draw]:
        """A prototype's draws relative to its root, computed once whatever the number of instances."""
        path = root.GetPath()
        if path in self._entered:
            self.found.warnings.append(f"{path} contains itself as a prototype and is left out there.")
            return []
        if path not in self._prototypes:
            self._entered.add(path)
            self._prototypes[path] = list(self.below(root, to_world=False))
            self._entered.remove(path)
        return self._prototypes[path]

    def _count(self, instances: int) -> None:
        self._instances += instances
        if self._instances > _MOST_INSTANCES:
            raise StageError(f"The stage draws more than {_MOST_INSTANCES} instances; use fewer.")

    def _is_invisible(self, prim: Usd.Prim) -> bool:
        if not prim.IsA(UsdGeom.Imageable):
            return False
        visibility = UsdGeom.Imageable(prim).GetVisibilityAttr()
        return visibility.HasAuthoredValue() and visibility.Get(self._time) == UsdGeom.Tokens.invisible

    def _world(self, prim: Usd.Prim) -> np.ndarray:
        return np.asarray(self._transforms.GetLocalToWorldTransform(prim))


def _inverse(matrix: np.ndarray) -> np.ndarray:
    try:
        return np.linalg.inv(matrix)
    except np.linalg.LinAlgError:  # scaled to nothing: so is all below it
        return np.zeros((4, 4))
