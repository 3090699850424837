"""World matrices against a walk over every instance by itself."""

import numpy as np
from pxr import Usd, UsdGeom

BOLT = """
(
    defaultPrim = "Bolt"
)
def Xform "Bolt"
{
    double3 xformOp:translate = (0, 1, 0)
    uniform token[] xformOpOrder = ["xformOp:translate"]
    def Cube "Head"
    {
        double3 xformOp:scale = (2, 1, 1)
        uniform token[] xformOpOrder = ["xformOp:scale"]
    }
    def Sphere "Tip"
    {
        double3 xformOp:translate = (0, 0, -3)
        uniform token[] xformOpOrder = ["xformOp:translate"]
    }
}
"""
PLATE = """
(
    defaultPrim = "Plate"
)
def Xform "Plate"
{
    def Xform "A" (
        instanceable = true
        references = @./bolt.usda@
    )
    {
        double xformOp:rotateZ = 30
        uniform token[] xformOpOrder = ["xformOp:rotateZ"]
    }
    def Xform "B" (
        instanceable = true
        references = @./bolt.usda@
    )
    {
        double3 xformOp:translate = (10, 0, 0)
        uniform token[] xformOpOrder = ["xformOp:translate"]
    }
}
"""
RACK = """
def Xform "World"
{
    double3 xformOp:translate = (100, 0, 0)
    uniform token[] xformOpOrder = ["xformOp:translate"]
    def Xform "P1" (
        instanceable = true
        references = @./plate.usda@
    )
    {
        double3 xformOp:translate = (0, 0, 5)
        double xformOp:rotateX = 45
        uniform token[] xformOpOrder = ["xformOp:translate", "xformOp:rotateX"]
    }
    def Xform "P2" (
        references = @./plate.usda@
    )
    {
    }
    def Xform "Hidden" (
        references = @./plate.usda@
    )
    {
        token visibility = "invisible"
    }
    def Xform "Guide"
    {
        uniform token purpose = "guide"
        def Cube "Box"
        {
        }
    }
}
"""


def brute_force(stage: Usd.Stage) -> list[np.ndarray]:
    cache = UsdGeom.XformCache(Usd.TimeCode.EarliestTime())
    matrices = []
    for prim in Usd.PrimRange.Stage(stage, Usd.TraverseInstanceProxies()):
        imageable = UsdGeom.Imageable(prim)
        if prim.IsA(UsdGeom.Gprim) and imageable.ComputeVisibility() != "invisible" and imageable.ComputePurpose() == "default":
            matrices.append(np.asarray(cache.GetLocalToWorldTransform(prim), np.float32))
    return matrices


def as_rows(matrices: list[np.ndarray]) -> list[tuple]:
    return sorted(tuple(np.round(matrix.ravel(), 3) + 0.0) for matrix in matrices)


def test_nested_instances_are_where_each_proxy_is(write, open_stage, extract):
    write("bolt.usda", BOLT)
    write("plate.usda", PLATE)
    stage = open_stage(write("rack.usda", RACK))

    segment = extract(stage)

    drawn = [matrix for draw in segment.draws for matrix in segment.transforms(draw)]
    assert len(drawn) == 8
    assert as_rows(drawn) == as_rows(brute_force(stage.usd))
    assert len(segment.meshes) == 2, "the two bolts' prototypes are shared"


def test_a_click_on_an_instance_selects_the_outermost_one(write, open_stage, extract):
    write("bolt.usda", BOLT)
    write("plate.usda", PLATE)
    segment = extract(open_stage(write("rack.usda", RACK)))

    assert segment.document["owners"] == ["/World/P1", "/World/P2/A", "/World/P2/B"]


def test_point_instances_are_at_their_places_under_the_instancer(scene_of):
    segment = scene_of(
        """
        def PointInstancer "Many"
        {
            double3 xformOp:translate = (0, 0, 7)
            uniform token[] xformOpOrder = ["xformOp:translate"]
            rel prototypes = [</Many/Ball>, </Many/Box>]
            int[] protoIndices = [0, 1, 0, 0]
            point3f[] positions = [(1, 0, 0), (2, 0, 0), (3, 0, 0), (4, 0, 0)]
            int64[] ids = [10, 11, 12, 13]
            int64[] invisibleIds = [12]
            def Sphere "Ball"
            {
                double3 xformOp:translate = (0, 5, 0)
                uniform token[] xformOpOrder = ["xformOp:translate"]
            }
            def Cube "Box"
            {
            }
        }
        """
    )

    balls, boxes = segment.draws_of("/Many")
    assert segment.transforms(balls)[:, 3, :3].tolist() == [[1, 5, 7], [4, 5, 7]]
    assert segment.transforms(boxes)[:, 3, :3].tolist() == [[2, 0, 7]]


def test_an_instancer_inside_an_instance_is_drawn_in_each_of_them(write, open_stage, extract):
    write(
        "pair.usda",
        """
        (
            defaultPrim = "Pair"
        )
        def Xform "Pair"
        {
            def PointInstancer "Two"
            {
                rel prototypes = </Pair/Two/Ball>
                int[] protoIndices = [0, 0]
                point3f[] positions = [(0, 0, 0), (1, 0, 0)]
                def Sphere "Ball"
                {
                }
            }
        }
        """,
    )
    instance = """
        def Xform "%s" (
            instanceable = true
            references = @./pair.usda@
        )
        {
            double3 xformOp:translate = (0, %d, 0)
            uniform token[] xformOpOrder = ["xformOp:translate"]
        }
        """
    segment = extract(open_stage(write("both.usda", instance % ("A", 10) + instance % ("B", 20))))

    assert segment.transforms(segment.draws_of("/A")[0])[:, 3, :3].tolist() == [[0, 10, 0], [1, 10, 0]]
    assert segment.transforms(segment.draws_of("/B")[0])[:, 3, :3].tolist() == [[0, 20, 0], [1, 20, 0]]


def test_an_instancer_that_contains_itself_ends(scene_of):
    segment = scene_of(
        """
        def Xform "World"
        {
            def PointInstancer "Loop"
            {
                rel prototypes = </World>
                int[] protoIndices = [0]
                point3f[] positions = [(0, 0, 0)]
            }
        }
        """
    )

    assert len(segment.draws) == 0
    assert any("contains itself" in warning for warning in segment.document["warnings"])


def test_an_animated_prim_is_where_its_first_sample_puts_it(scene_of):
    segment = scene_of(
        """
        def Sphere "Ball"
        {
            double3 xformOp:translate.timeSamples = {
                5: (1, 2, 3),
                9: (7, 8, 9)
            }
            uniform token[] xformOpOrder = ["xformOp:translate"]
        }
        """
    )

    assert segment.transforms(segment.draws[0])[0, 3, :3].tolist() == [1, 2, 3]


def test_a_matrix_that_is_not_finite_is_not_drawn(scene_of):
    segment = scene_of(
        """
        def Sphere "Ball"
        {
            double3 xformOp:translate = (inf, 0, 0)
            uniform token[] xformOpOrder = ["xformOp:translate"]
        }
        """
    )

    assert segment.draws[0]["instance_count"] == 0
