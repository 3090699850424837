"""UsdGeom.Mesh to triangles. Subdivision surfaces are drawn as their cage with smooth normals."""

from dataclasses import dataclass

import numpy as np
from pxr import Usd, UsdGeom

from . import primvars
from .primvars import Stream
from .triangles import BadGeometry, Part, Triangles

_TEXTURE_COORDINATES = ("st", "st0", "UVMap", "map1")
_PER_FACE_CORNER = ("faceVarying", "uniform")


@dataclass(frozen=True)
class _Topology:
    """Faces as authored, and the triangles they are cut into."""

    points: np.ndarray  # (P, 3)
    counts: np.ndarray  # corners a face
    corners: np.ndarray  # point of each corner
    triangles: np.ndarray  # (T, 3) corner numbers, counter-clockwise
    faces: np.ndarray  # (T,) face of each triangle

    def stream_length(self, interpolation: str) -> int | None:
        points, corners = len(self.points), len(self.corners)
        lengths = {"constant": 1, "uniform": len(self.counts), "vertex": points, "varying": points, "faceVarying": corners}
        return lengths.get(interpolation)


def triangulate(mesh: UsdGeom.Mesh, time: Usd.TimeCode) -> Triangles:
    topology = _topology(mesh, time)
    topology, parts = _sorted_by_subset(mesh, topology, time)
    prim = mesh.GetPrim()
    normals = _fitting(_normals(mesh, topology, time), topology)
    coordinates = _fitting(primvars.read(prim, _TEXTURE_COORDINATES, 2, time), topology)
    colors = _fitting(primvars.read(prim, ("displayColor",), 3, time), topology)

    split = normals is None or any(s and s.interpolation in _PER_FACE_CORNER for s in (normals, coordinates, colors))
    positions = topology.points[topology.corners] if split else topology.points
    indices = topology.triangles if split else topology.corners[topology.triangles]
    return Triangles(
        positions=positions.astype(np.float32, copy=False),
        normals=_flat_normals(topology) if normals is None else _unit(_spread(normals, topology, split)),
        texture_coordinates=_spread(coordinates, topology, split),
        colors=_spread(colors, topology, split),
        indices=indices.astype(np.uint32),
        double_sided=bool(mesh.GetDoubleSidedAttr().Get()),
        parts=parts,
    )


def _topology(mesh: UsdGeom.Mesh, time: Usd.TimeCode) -> _Topology:
    attributes = mesh.GetPointsAttr(), mesh.GetFaceVertexCountsAttr(), mesh.GetFaceVertexIndicesAttr()
    authored = [attribute.Get(time) for attribute in attributes]
    if not all(authored):
        raise BadGeometry("it has no points or no faces")
    points, counts, corners = (np.asarray(values) for values in authored)  # views of OpenUSD's memory, not copies
    if counts.min() < 0 or int(counts.sum(dtype=np.int64)) != len(corners):
        raise BadGeometry("its face vertex counts do not add up to the number of face vertex indices")
    if corners.min() < 0 or corners.max() >= len(points):
        raise BadGeometry("a face refers to a point that does not exist")
    kept = _kept_faces(mesh, len(counts), time)
    if (counts == 3).all() and kept.all():
        triangles, faces = np.arange(len(corners)).reshape(-1, 3), np.arange(len(counts))
    else:
        triangles, faces = _fans(counts, kept)
    if mesh.GetOrientationAttr().Get() == UsdGeom.Tokens.leftHanded:
        triangles = triangles[:, ::-1]
    return _Topology(points, counts, corners, triangles, faces)


def _kept_faces(mesh: UsdGeom.Mesh, face_count: int, time: Usd.TimeCode) -> np.ndarray:
    kept = np.ones(face_count, bool)
    holes = mesh.GetHoleIndicesAttr().Get(time)
    if holes:
        faces = np.asarray(holes)
        kept[faces[(faces >= 0) & (faces < face_count)]] = False
    return kept


def _fans(counts: np.ndarray, kept: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every kept face as a fan around its first corner: (T, 3) corner numbers and the face of each triangle."""
    first_corner = np.cumsum(counts) - counts
    per_face = np.where(kept, np.maximum(counts - 2, 0), 0)
    faces = np.repeat(np.arange(len(counts)), per_face)
    step = np.arange(len(faces)) - np.repeat(np.cumsum(per_face) - per_face, per_face)
    start = first_corner[faces]
    return np.stack([start, start + step + 1, start + step + 2], 1), faces


def _sorted_by_subset(mesh: UsdGeom.Mesh, topology: _Topology, time: Usd.TimeCode) -> tuple[_Topology, tuple[Part, ...]]:
    """Brings the triangles of each material subset together."""
    subsets = UsdGeom.Subset.GetGeomSubsets(mesh, UsdGeom.Tokens.face, "materialBind")
    if not subsets:
        return topology, ()
    label = np.full(len(topology.counts), len(subsets))
    for number, subset in enumerate(subsets):
        faces = np.asarray(subset.GetIndicesAttr().Get(time) or [], int)
        label[faces[(faces >= 0) & (faces < len(label))]] = number
    of_triangle = label[topology.faces]
    order = np.argsort(of_triangle, kind="stable")
    sizes = np.bincount(of_triangle, minlength=len(subsets) + 1) * 3
    firsts = np.cumsum(sizes) - sizes
    prims = [*(subset.GetPrim() for subset in subsets), None]
    parts = tuple(Part(int(f), int(n), prim) for f, n, prim in zip(firsts, sizes, prims) if n)
    ordered = _Topology(topology.points, topology.counts, topology.corners, topology.triangles[order], topology.faces[order])
    return ordered, parts


def _normals(mesh: UsdGeom.Mesh, topology: _Topology, time: Usd.TimeCode) -> Stream | None:
    """Authored normals, smooth ones for a subdivision surface, None for a polygonal mesh without any."""
    if mesh.GetSubdivisionSchemeAttr().Get() != UsdGeom.Tokens.none:
        return Stream(_smooth_normals(topology), "vertex")
    primvar = primvars.read(mesh.GetPrim(), ("normals",), 3, time)
    if primvar is not None:
        return primvar
    authored = mesh.GetNormalsAttr().Get(time)
    return Stream(np.asarray(authored), mesh.GetNormalsInterpolation()) if authored else None


def _smooth_normals(topology: _Topology) -> np.ndarray:
    indices = topology.corners[topology.triangles]
    a, b, c = (topology.points[indices[:, corner]].astype(np.float64) for corner in range(3))
    of_triangle = np.cross(b - a, c - a)  # as long as twice the area, so large triangles weigh more
    sums = [
        sum(np.bincount(indices[:, corner], of_triangle[:, axis], len(topology.points)) for corner in range(3))
        for axis in range(3)
    ]
    return _unit(np.stack(sums, 1))


def _flat_normals(topology: _Topology) -> np.ndarray:
    """One normal a triangle's face, for every corner of the face."""
    a, b, c = (topology.points[topology.corners[topology.triangles[:, k]]].astype(np.float64) for k in range(3))
    of_face = np.zeros((len(topology.counts), 3))
    np.add.at(of_face, topology.faces, np.cross(b - a, c - a))
    return np.repeat(_unit(of_face), topology.counts, 0)


def _unit(vectors: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    usable = np.isfinite(lengths) & (lengths > 1e-20)
    up = np.array([0.0, 0.0, 1.0])
    return np.where(usable, vectors / np.where(usable, lengths, 1), up).astype(np.float32)


def _fitting(stream: Stream | None, topology: _Topology) -> Stream | None:
    """The stream, or None where its length contradicts its interpolation."""
    if stream is None or len(stream.values) != topology.stream_length(stream.interpolation):
        return None
    return stream


def _spread(stream: Stream | None, topology: _Topology, split: bool) -> np.ndarray | None:
    """One value a vertex: a vertex is a corner where the mesh is split, else a point."""
    if stream is None:
        return None
    values, interpolation = stream
    if interpolation == "constant":
        count = len(topology.corners) if split else len(topology.points)
        values = np.broadcast_to(values, (count, values.shape[1]))
    elif interpolation == "uniform":
        values = np.repeat(values, topology.counts, 0)
    elif split and interpolation != "faceVarying":
        values = values[topology.corners]
    return values.astype(np.float32, copy=False)
