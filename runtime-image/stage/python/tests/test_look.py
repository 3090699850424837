"""Materials, lights and cameras."""

import math

import pytest

SHINY = """
def Material "Shiny"
{
    color3f inputs:tint = (0.1, 0.2, 0.9)
    token outputs:surface.connect = </Shiny/Surface.outputs:surface>
    def Shader "Surface"
    {
        uniform token info:id = "UsdPreviewSurface"
        color3f inputs:diffuseColor.connect = </Shiny.inputs:tint>
        float inputs:roughness = 0.25
        float inputs:metallic = 7
        float inputs:opacity = nan
        token outputs:surface
    }
}
"""


def ball(name: str, binding: str = "") -> str:
    return f"""
    def Sphere "{name}" (
        prepend apiSchemas = ["MaterialBindingAPI"]
    )
    {{
        {binding}
    }}
    """


def test_a_preview_surface_has_its_colour_through_the_interface_and_values_in_range(scene_of):
    material = scene_of(SHINY + ball("Ball", "rel material:binding = </Shiny>")).material_of("/Ball")

    assert material["diffuseColor"] == pytest.approx([0.1, 0.2, 0.9])
    assert material["roughness"] == 0.25
    assert material["metallic"] == 1, "clamped"
    assert material["opacity"] == 1, "the default where it is not a number"
    assert material["vertexColored"] is False


def test_a_gprim_without_a_material_has_none(scene_of):
    assert scene_of(ball("Ball")).material_of("/Ball") is None


def test_a_surface_that_reads_display_color_is_vertex_coloured(scene_of):
    reader = """
    def Material "Painted"
    {
        token outputs:surface.connect = </Painted/Surface.outputs:surface>
        def Shader "Surface"
        {
            uniform token info:id = "UsdPreviewSurface"
            color3f inputs:diffuseColor.connect = </Painted/Reader.outputs:result>
            token outputs:surface
        }
        def Shader "Reader"
        {
            uniform token info:id = "UsdPrimvarReader_float3"
            string inputs:varname = "displayColor"
            float3 outputs:result
        }
    }
    """
    material = scene_of(reader + ball("Ball", "rel material:binding = </Painted>")).material_of("/Ball")

    assert material["vertexColored"] is True
    assert material["diffuseColor"] == [1, 1, 1]


def test_another_surface_is_drawn_plain_with_a_warning(scene_of):
    segment = scene_of('def Material "Odd"\n{\n}\n' + ball("Ball", "rel material:binding = </Odd>"))

    assert segment.material_of("/Ball")["vertexColored"] is True
    assert segment.document["warnings"] == ["The material /Odd is drawn plain: no surface shader is not UsdPreviewSurface."]


def test_an_instance_can_bind_the_material_of_what_is_in_it(write, open_stage, extract):
    write("ball.usda", '(\n    defaultPrim = "Part"\n)\ndef Xform "Part"\n{\n' + ball("Ball") + "}\n")
    text = SHINY + """
    def Xform "Instance" (
        instanceable = true
        references = @./ball.usda@
        prepend apiSchemas = ["MaterialBindingAPI"]
    )
    {
        rel material:binding = </Shiny>
    }
    """
    assert extract(open_stage(write("stage.usda", text))).material_of("/Instance")["path"] == "/Shiny"


def test_a_light_has_its_exposure_and_temperature_applied(scene_of):
    (light,) = scene_of(
        """
        def DistantLight "Sun"
        {
            float inputs:intensity = 3
            float inputs:exposure = 2
            bool inputs:enableColorTemperature = 1
            float inputs:colorTemperature = 3000
        }
        """
    ).document["lights"]

    assert (light["path"], light["shape"], light["intensity"]) == ("/Sun", "DISTANT", 12)
    red, green, blue = light["color"]
    assert red > green > blue > 0


def test_a_light_with_unusable_numbers_is_left_out(scene_of):
    document = scene_of('def SphereLight "Sun"\n{\n    float inputs:exposure = 1e30\n}\n').document
    assert document["lights"] == []


def test_a_camera_has_its_angle_and_place(scene_of):
    (camera,) = scene_of(
        """
        def Camera "Main"
        {
            float focalLength = 50
            float verticalAperture = 20
            double3 xformOp:translate = (1, 2, 3)
            uniform token[] xformOpOrder = ["xformOp:translate"]
        }
        def Camera "Flat"
        {
            token projection = "orthographic"
        }
        """
    ).document["cameras"]

    assert camera["path"] == "/Main"
    assert camera["verticalFieldOfViewRadians"] == pytest.approx(2 * math.atan(0.2))
    assert camera["world"][12:15] == [1, 2, 3]


def test_units_and_up_axis_are_told(scene_of):
    document = scene_of('(\n    upAxis = "Z"\n    metersPerUnit = 0.5\n)\n').document
    assert (document["upAxis"], document["metersPerUnit"]) == ("Z", 0.5)


@pytest.mark.parametrize(("axis", "unit"), [("X", "0"), ("", "-1"), ("up", "nan"), ("Y", "inf")])
def test_nonsense_about_units_and_up_axis_falls_back_to_the_defaults(scene_of, axis, unit):
    document = scene_of(f'(\n    upAxis = "{axis}"\n    metersPerUnit = {unit}\n)\n').document
    assert (document["upAxis"], document["metersPerUnit"]) == ("Y", 0.01)


@pytest.mark.parametrize("lens", ["focalLength = 0", "focalLength = 1e-30", "verticalAperture = 0", "verticalAperture = inf", "focalLength = nan"])
def test_a_camera_with_an_unusable_lens_is_left_out(scene_of, lens):
    assert scene_of(f'def Camera "Main"\n{{\n    float {lens}\n}}\n').document["cameras"] == []
