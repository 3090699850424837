"""The implicit shapes of UsdGeom (cube, sphere, cylinder, cone, capsule, plane) as triangles."""

from collections.abc import Callable

import numpy as np
from pxr import Usd, UsdGeom

from . import primvars
from .triangles import BadGeometry, Triangles

_SEGMENTS = 48  # around the axis
_PROTOTYPE_SEGMENTS = 16  # of a shape that an instancer repeats: it is one of many, and small in the picture
_AXIS_ROLL = {"Z": 0, "X": 1, "Y": 2}

_Size = Callable[[str], float]  # an attribute's value
_Surface = tuple[np.ndarray, np.ndarray, np.ndarray]  # positions, normals, triangles
_Profile = list[tuple[float, float, float, float]]  # radius, height and the normal's two components, from top to bottom


def triangulate(prim: Usd.Prim, time: Usd.TimeCode) -> Triangles:
    def size(name: str) -> float:
        value = prim.GetAttribute(name).Get(time)
        if value is None or not np.isfinite(value) or value < 0:
            raise BadGeometry(f"its {name} is not a positive number")
        return float(value)

    positions, normals, indices = SHAPES[prim.GetTypeName()](size, _segments(prim))
    axis = prim.GetAttribute("axis")
    roll = _AXIS_ROLL.get(axis.Get(time), 0) if axis else 0
    double_sided = prim.GetAttribute("doubleSided").Get(time)
    return Triangles(
        positions=np.roll(positions, roll, 1).astype(np.float32),
        normals=np.roll(normals, roll, 1).astype(np.float32),
        texture_coordinates=None,
        colors=primvars.constant_color(prim, len(positions), time),
        indices=indices.astype(np.uint32),
        double_sided=bool(double_sided),
    )


def _segments(prim: Usd.Prim) -> int:
    while prim := prim.GetParent():
        if prim.IsA(UsdGeom.PointInstancer):
            return _PROTOTYPE_SEGMENTS
    return _SEGMENTS


def _cube(size: _Size, _: int) -> _Surface:
    half = size("size") / 2
    square = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], float) * half
    positions, normals = [], []
    for axis in range(3):
        for side in (1, -1):
            face = np.insert(square[::side], axis, side * half, 1)
            positions.append(face if axis != 1 else face[::-1])
            normals.append(np.tile(np.eye(3)[axis] * side, (4, 1)))
    indices = (np.arange(6)[:, None] * 4 + [0, 1, 2, 0, 2, 3]).reshape(-1, 3)
    return np.concatenate(positions), np.concatenate(normals), indices


def _plane(size: _Size, _: int) -> _Surface:
    width, length = size("width") / 2, size("length") / 2
    positions = np.array([[-width, -length, 0], [width, -length, 0], [width, length, 0], [-width, length, 0]])
    return positions, np.tile([0.0, 0.0, 1.0], (4, 1)), np.array([[0, 1, 2], [0, 2, 3]])


def _sphere(size: _Size, segments: int) -> _Surface:
    radius = size("radius")
    return _revolve(_dome(radius, 0, 1, segments) + _dome(radius, 0, -1, segments), segments)


def _capsule(size: _Size, segments: int) -> _Surface:
    radius, half = size("radius"), size("height") / 2
    return _revolve(_dome(radius, half, 1, segments) + _dome(radius, -half, -1, segments), segments)


def _cylinder(size: _Size, segments: int) -> _Surface:
    radius, half = size("radius"), size("height") / 2
    top: _Profile = [(0, half, 0, 1), (radius, half, 0, 1)]
    side: _Profile = [(radius, half, 1, 0), (radius, -half, 1, 0)]
    bottom: _Profile = [(radius, -half, 0, -1), (0, -half, 0, -1)]
    return _revolve(top + side + bottom, segments)


def _cone(size: _Size, segments: int) -> _Surface:
    radius, height = size("radius"), size("height")
    half = height / 2
    side: _Profile = [(0, half, height, radius), (radius, -half, height, radius)]
    bottom: _Profile = [(radius, -half, 0, -1), (0, -half, 0, -1)]
    return _revolve(side + bottom, segments)


def _dome(radius: float, height: float, side: int, segments: int) -> _Profile:
    angles = np.linspace(0, np.pi / 2, segments // 4 + 1)[::side]
    return [(radius * np.sin(a), height + side * radius * np.cos(a), np.sin(a), side * np.cos(a)) for a in angles]


def _revolve(profile: _Profile, segments: int) -> _Surface:
    """Turns a profile around the Z axis."""
    rows = np.array(profile, float)
    rows[:, 2:] /= np.maximum(np.linalg.norm(rows[:, 2:], axis=1, keepdims=True), 1e-20)
    angles = np.linspace(0, 2 * np.pi, segments + 1)
    cosine, sine = np.cos(angles)[:, None], np.sin(angles)[:, None]
    upright = np.ones_like(cosine)
    positions = np.stack([cosine * rows[:, 0], sine * rows[:, 0], upright * rows[:, 1]], -1).reshape(-1, 3)
    normals = np.stack([cosine * rows[:, 2], sine * rows[:, 2], upright * rows[:, 3]], -1).reshape(-1, 3)
    ring = len(rows)
    corner = np.arange(segments)[:, None] * ring + np.arange(ring - 1)
    quads = np.stack([corner, corner + 1, corner + ring, corner + ring, corner + 1, corner + ring + 1], -1)
    return positions, normals, quads.reshape(-1, 3)


SHAPES: dict[str, Callable[[_Size, int], _Surface]] = {
    "Capsule": _capsule,
    "Cone": _cone,
    "Cube": _cube,
    "Cylinder": _cylinder,
    "Plane": _plane,
    "Sphere": _sphere,
}
