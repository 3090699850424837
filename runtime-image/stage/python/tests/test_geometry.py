"""Triangles: which way they face, what they carry, and which are refused."""

import numpy as np
import pytest

CUBE = """
    point3f[] points = [(-1, -1, -1), (1, -1, -1), (1, 1, -1), (-1, 1, -1), (-1, -1, 1), (1, -1, 1), (1, 1, 1), (-1, 1, 1)]
    int[] faceVertexCounts = [4, 4, 4, 4, 4, 4]
    int[] faceVertexIndices = [0, 3, 2, 1, 4, 5, 6, 7, 0, 1, 5, 4, 2, 3, 7, 6, 1, 2, 6, 5, 0, 4, 7, 3]
"""
CUBE_LEFT_HANDED = CUBE.replace(
    "[0, 3, 2, 1, 4, 5, 6, 7, 0, 1, 5, 4, 2, 3, 7, 6, 1, 2, 6, 5, 0, 4, 7, 3]",
    "[0, 1, 2, 3, 4, 7, 6, 5, 0, 4, 5, 1, 2, 6, 7, 3, 1, 5, 6, 2, 0, 3, 7, 4]",
)
POLYGONAL = '    uniform token subdivisionScheme = "none"\n'
LEFT_HANDED = '    uniform token orientation = "leftHanded"\n'


def assert_faces_outward(segment, mesh):
    """For a shape around the origin: every triangle and every normal points away from it."""
    positions, normals, triangles = segment.positions(mesh), segment.normals(mesh), segment.triangles(mesh)
    corners = positions[triangles]
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    large = np.linalg.norm(across, axis=1) > 1e-6  # at a sphere's poles triangles have no area
    assert large.any()
    assert ((across * corners.mean(1)).sum(1)[large] > 0).all()
    for corner in range(3):
        assert ((across * normals[triangles[:, corner]]).sum(1)[large] > 0).all()
    assert np.allclose(np.linalg.norm(normals, axis=1), 1, atol=1e-4)


@pytest.mark.parametrize("body", [CUBE, CUBE + POLYGONAL, CUBE_LEFT_HANDED + LEFT_HANDED, CUBE_LEFT_HANDED + LEFT_HANDED + POLYGONAL])
def test_a_mesh_faces_outward(scene_of, body):
    segment = scene_of(f'def Mesh "Box"\n{{{body}}}\n')

    assert segment.meshes[0]["index_count"] == 36
    assert_faces_outward(segment, segment.meshes[0])


@pytest.mark.parametrize("axis", ["X", "Y", "Z"])
@pytest.mark.parametrize("shape", ["Cube", "Sphere", "Cylinder", "Cone", "Capsule"])
def test_an_implicit_shape_faces_outward(scene_of, shape, axis):
    turned = "" if shape in ("Cube", "Sphere") else f'    uniform token axis = "{axis}"\n'
    segment = scene_of(f'def {shape} "It"\n{{\n{turned}}}\n')

    assert_faces_outward(segment, segment.meshes[0])


def test_an_implicit_shape_has_its_size(scene_of):
    segment = scene_of(
        """
        def Cylinder "It"
        {
            double height = 10
            double radius = 2
            uniform token axis = "X"
        }
        """
    )

    assert segment.meshes[0]["lower"].tolist() == pytest.approx([-5, -2, -2])
    assert segment.meshes[0]["upper"].tolist() == pytest.approx([5, 2, 2])


def test_a_polygon_becomes_a_fan_and_a_hole_nothing(scene_of):
    segment = scene_of(
        """
        def Mesh "Two"
        {
            uniform token subdivisionScheme = "none"
            point3f[] points = [(0, 0, 0), (1, 0, 0), (2, 1, 0), (1, 2, 0), (0, 1, 0)]
            int[] faceVertexCounts = [5, 3]
            int[] faceVertexIndices = [0, 1, 2, 3, 4, 0, 1, 2]
            int[] holeIndices = [1]
        }
        """
    )

    assert segment.triangles(segment.meshes[0]).tolist() == [[0, 1, 2], [0, 2, 3], [0, 3, 4]]


def test_colours_follow_their_faces(scene_of):
    segment = scene_of(
        f"""
        def Mesh "Box"
        {{
            {CUBE}
            color3f[] primvars:displayColor = [(0, 0, 0), (1, 0, 0), (2, 0, 0), (3, 0, 0), (4, 0, 0), (5, 0, 0)] (
                interpolation = "uniform"
            )
        }}
        """
    )

    mesh = segment.meshes[0]
    reds = segment.colors(mesh)[segment.triangles(mesh)][:, :, 0]
    assert reds.tolist() == [[face] * 3 for face in range(6) for _ in range(2)]


def test_a_primvar_of_the_wrong_length_is_dropped(scene_of):
    segment = scene_of(
        f"""
        def Mesh "Box"
        {{
            {CUBE}
            texCoord2f[] primvars:st = [(0, 0)] (
                interpolation = "vertex"
            )
        }}
        """
    )

    assert segment.meshes[0]["texture_coordinates"] == 0


def test_material_subsets_cover_all_triangles(scene_of):
    segment = scene_of(
        f"""
        def Mesh "Box"
        {{
            {CUBE}
            uniform token subsetFamily:materialBind:familyType = "nonOverlapping"
            def GeomSubset "Top" (
                prepend apiSchemas = ["MaterialBindingAPI"]
            )
            {{
                uniform token elementType = "face"
                uniform token familyName = "materialBind"
                int[] indices = [1, 99, -3]
                rel material:binding = </Red>
            }}
        }}
        def Material "Red"
        {{
        }}
        """
    )

    mesh = segment.meshes[0]
    assert segment.parts(mesh) == [(0, 6, 0), (6, 30, -1)]
    at_the_top = segment.positions(mesh)[segment.triangles(mesh)][:, :, 2].min(1) == 1
    assert at_the_top.tolist() == [True] * 2 + [False] * 10
    assert segment.document["materials"][0]["path"] == "/Red"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "no points or no faces"),
        ("point3f[] points = [(0, 0, 0)]\nint[] faceVertexCounts = [3]\nint[] faceVertexIndices = [0, 1, 99999999]", "does not exist"),
        ("point3f[] points = [(0, 0, 0)]\nint[] faceVertexCounts = [3]\nint[] faceVertexIndices = [0, 0, -1]", "does not exist"),
        (
            "point3f[] points = [(0, 0, 0)]\nint[] faceVertexCounts = [2147483647, 2147483647]\nint[] faceVertexIndices = [0, 0, 0]",
            "do not add up",
        ),
        ("point3f[] points = [(0, 0, 0)]\nint[] faceVertexCounts = [-3, 6]\nint[] faceVertexIndices = [0, 0, 0]", "do not add up"),
        ("point3f[] points = [(nan, 0, 0)]\nint[] faceVertexCounts = [3]\nint[] faceVertexIndices = [0, 0, 0]", "not finite"),
        ("point3f[] points = [(0, 0, 0)]\nint[] faceVertexCounts = [2]\nint[] faceVertexIndices = [0, 0]", "no faces"),
    ],
)
def test_a_mesh_that_contradicts_itself_is_left_out_and_named(scene_of, body, reason):
    segment = scene_of(f'def Mesh "Bad"\n{{\n{body}\n}}\ndef Sphere "Good"\n{{\n}}\n')

    assert segment.document["owners"] == ["/Good"]
    (warning,) = segment.document["warnings"]
    assert warning.startswith("/Bad is not drawn:") and reason in warning


def test_a_shape_that_an_instancer_repeats_has_fewer_triangles(scene_of):
    segment = scene_of(
        """
        def PointInstancer "Many"
        {
            rel prototypes = </Many/Ball>
            int[] protoIndices = [0]
            point3f[] positions = [(0, 0, 0)]

            def Sphere "Ball"
            {
            }
        }
        def Sphere "Ball"
        {
        }
        """
    )

    triangles = sorted(mesh["index_count"] // 3 for mesh in segment.meshes)
    assert triangles == [16 * 9 * 2, 48 * 25 * 2]
    for mesh in segment.meshes:
        assert_faces_outward(segment, mesh)
