"""Opening, children, and the session's edits."""

import os

import pytest
from conftest import no_progress
from pxr import Sdf
from vitrine_stage import prims
from vitrine_stage.errors import StageError

TREE = """
def Xform "World"
{
    def Mesh "Mesh"
    {
    }
    def Scope "Scope"
    {
        def Sphere "Ball"
        {
        }
    }
    def Camera "Camera"
    {
    }
    def "Untyped"
    {
    }
}
"""
MOVED = 'over "World"\n{\n    over "Scope"\n    {\n        def Cube "New"\n        {\n        }\n    }\n}\n'


def names(result):
    return [child["name"] for child in result["children"]]


def test_children_pass_any_of_the_filters(write, open_stage):
    stage = open_stage(write("tree.usda", TREE))

    assert names(prims.children(stage, "/World", [])) == ["Mesh", "Scope", "Camera", "Untyped"]
    assert names(prims.children(stage, "/World", ["mesh"])) == ["Mesh"]
    assert names(prims.children(stage, "/World", ["mesh", "scope"])) == ["Mesh", "Scope"]
    assert names(prims.children(stage, "/World", ["USDGeom"])) == ["Mesh", "Scope", "Camera"]
    assert names(prims.children(stage, "/", ["xform"])) == ["World"]


def test_only_a_child_with_children_says_so(write, open_stage):
    stage = open_stage(write("tree.usda", TREE))
    mesh, scope, *_ = prims.children(stage, "/World", [])["children"]

    assert mesh == {"name": "Mesh", "path": "/World/Mesh"}
    assert scope == {"name": "Scope", "path": "/World/Scope", "children": []}


def test_the_inside_of_an_instance_can_be_listed(write, open_stage):
    write("tree.usda", TREE.replace("#usda", ""))
    url = write("both.usda", 'def "Copy" (\n    instanceable = true\n    references = @./tree.usda@</World>\n)\n{\n}\n')
    assert names(prims.children(open_stage(url), "/Copy", ["scope"])) == ["Scope"]


@pytest.mark.parametrize(
    ("path", "filters", "sentence"),
    [
        ("/Nowhere", [], "The stage has no prim at /Nowhere."),
        ("not a path", [], "'not a path' is not the path of a prim."),
        ("World", [], "'World' is not the path of a prim."),
        ("/World.visibility", [], "'/World.visibility' is not the path of a prim."),
        ("", [], "'' is not the path of a prim."),
        ("/World", ["lamp"], "'lamp' is not a filter of children; use any of USDGeom, mesh, xform, scope."),
    ],
)
def test_a_question_that_makes_no_sense_is_answered_by_a_sentence(write, open_stage, path, filters, sentence):
    with pytest.raises(StageError) as refused:
        prims.children(open_stage(write("tree.usda", TREE)), path, filters)
    assert str(refused.value) == sentence


def test_an_empty_address_is_a_new_stage(open_stage, extract):
    assert len(extract(open_stage("")).draws) == 0


def test_payloads_are_loaded(write, open_stage, extract):
    write("ball.usda", '(\n    defaultPrim = "Ball"\n)\ndef Sphere "Ball"\n{\n}\n')
    url = write("stage.usda", 'def "Ball" (\n    payload = @./ball.usda@\n)\n{\n}\n')
    assert extract(open_stage(url)).document["owners"] == ["/Ball"]


def test_a_missing_reference_is_a_warning_and_the_rest_is_drawn(write, open_stage, extract):
    url = write("stage.usda", 'def "Gone" (\n    references = @./gone.usda@\n)\n{\n}\ndef Sphere "Ball"\n{\n}\n')
    document = extract(open_stage(url)).document

    assert document["owners"] == ["/Ball"]
    assert document["warnings"] == ["Could not open asset @gone.usda@ for reference introduced by @stage.usda@</Gone>."]


def test_edits_survive_in_another_process_and_leave_the_file_alone(write, open_stage, extract, tmp_path):
    url = write("tree.usda", TREE)
    before = (tmp_path / "assets" / url).read_bytes()
    stage = open_stage(url)
    stage.import_edits("#usda 1.0\n" + MOVED)
    exported = stage.export_edits()

    again = open_stage(url, exported)

    assert "/World/Scope/New" in extract(again).document["owners"]
    assert (tmp_path / "assets" / url).read_bytes() == before


def test_edits_that_are_no_layer_are_refused(write, open_stage):
    stage = open_stage(write("tree.usda", TREE))
    with pytest.raises(StageError, match="^The edits could not be applied: line 2: "):
        stage.import_edits("#usda 1.0\nover {\n")


def test_all_files_of_a_composition_are_told_or_none(write, open_stage):
    write("chair.usda", 'def Cube "Chair"\n{\n}\n')
    write("colours.usda", 'over "Hall"\n{\n}\n')
    hall = '(\n    subLayers = [@./colours.usda@]\n)\ndef "Hall" (\n    payload = @./%s@</Chair>\n)\n{\n}\n'

    assert open_stage(write("hall.usda", hall % "chair.usda")).files() == ["chair.usda", "colours.usda", "hall.usda"]
    assert open_stage(write("broken.usda", hall % "missing.usda")).files() == []
    assert open_stage("").files() == []


BALL = 'def Sphere "Ball"\n{\n}\n'
PAIR = '(\n    subLayers = [@./colours.usda@]\n)\ndef Sphere "Ball"\n{\n}\n'
RED = 'over "Ball"\n{\n    color3f[] primvars:displayColor = [(1, 0, 0)]\n}\n'


@pytest.fixture
def pair(write, open_stage):
    """A stage of two files."""
    write("colours.usda", RED)
    return open_stage(write("ball.usda", PAIR))


def test_a_file_that_is_saved_is_in_the_stage_beside_the_edits(pair, write, extract):
    pair.import_edits('#usda 1.0\nover "Ball"\n{\n    double radius = 7\n}\n')
    write("colours.usda", RED + 'def Cube "Box"\n{\n}\n')

    pair.refresh(no_progress)

    segment = extract(pair)
    assert segment.document["owners"] == ["/Ball", "/Box"]
    assert segment.positions(segment.meshes[0]).max() == pytest.approx(7, rel=1e-5)


def test_files_that_stay_change_nothing(pair):
    pair.take_changes()
    pair.refresh(no_progress)
    assert not pair.take_changes()


def test_a_file_that_is_saved_broken_is_named_and_stays_as_it_was(pair, write, extract):
    before = extract(pair).data
    write("colours.usda", 'over "Ball"\n{\n    double radius =\n')

    with pytest.raises(StageError, match=r"^What was saved cannot be shown: colours\.usda:4:\d+: Expected .*\.$"):
        pair.refresh(no_progress)
    assert extract(pair).data == before

    write("colours.usda", RED.replace("1, 0, 0", "0, 1, 0"))
    pair.refresh(no_progress)
    assert extract(pair).data != before


def test_what_openusd_calls_its_grammar_is_not_told(pair, write):
    write("colours.usda", "def {\n")
    with pytest.raises(StageError, match=r": colours\.usda:2:1: syntax error at 'def \{' in </>\.$"):
        pair.refresh(no_progress)


@pytest.mark.parametrize("content", [b"", b"#usda 1.0\n\xff\xfe", b"nothing that USD knows"])
def test_a_file_that_is_no_stage_any_more_is_told(pair, tmp_path, extract, content):
    before = extract(pair).data
    (tmp_path / "assets" / "ball.usda").write_bytes(content)
    with pytest.raises(StageError, match="^What was saved cannot be shown: .*ball.usda") as refused:
        pair.refresh(no_progress)
    assert str(tmp_path) not in str(refused.value)
    assert extract(pair).data == before


@pytest.mark.parametrize("content", [b"", b"PXR-USDC", b"PXR-USDC" + bytes(200)])
def test_a_binary_file_that_is_cut_off_is_named(write, open_stage, tmp_path, content):
    binary = tmp_path / "assets" / "ball.usdc"
    Sdf.Layer.FindOrOpen(str(tmp_path / "assets" / write("ball.usda", BALL))).Export(str(binary))
    stage = open_stage(write("hall.usda", "(\n    subLayers = [@./ball.usdc@]\n)\n"))
    binary.unlink()  # it is mapped into memory
    binary.write_bytes(content)

    with pytest.raises(StageError, match=r"^What was saved cannot be shown: .*ball\.usdc.*\.$"):
        stage.refresh(no_progress)
    assert stage.prim("/Ball")


def test_of_files_that_are_saved_together_all_are_shown_or_none(pair, write, extract):
    before = extract(pair).data
    pair.take_changes()
    write("ball.usda", PAIR + BALL.replace("Ball", "Second"))
    write("colours.usda", "def {\n")

    with pytest.raises(StageError, match=r": colours\.usda:2:"):
        pair.refresh(no_progress)
    assert not pair.take_changes()
    assert extract(pair).data == before

    write("colours.usda", RED)
    pair.refresh(no_progress)
    assert extract(pair).document["owners"] == ["/Ball", "/Second"]


def test_what_is_written_into_a_file_that_stays_outlasts_the_save_of_another(write, open_stage, tmp_path):
    write("colours.usda", RED)
    os.utime(tmp_path / "assets" / write("ball.usda", PAIR), (0, 0))  # saved long before it is opened
    pair = open_stage("ball.usda")
    pair.usd.GetRootLayer().ImportFromString("#usda 1.0\n" + PAIR + BALL.replace("Ball", "Second"))
    write("colours.usda", RED.replace("1, 0, 0", "0, 1, 0"))

    pair.refresh(no_progress)

    assert pair.prim("/Second")


@pytest.mark.parametrize("content", [None, "def {\n"])
@pytest.mark.parametrize("arc", ["(\n    subLayers = [@./ball.usda@]\n)\n", 'def "Ball" (\n    references = @./ball.usda@</Ball>\n)\n{\n}\n'])
def test_a_file_that_could_not_be_composed_is_a_source_and_shown_once_it_is_mended(write, open_stage, extract, content, arc):
    if content is not None:
        write("ball.usda", content)
    stage = open_stage(write("stage.usda", arc))
    assert stage.sources() == ["ball.usda", "stage.usda"]

    write("ball.usda", BALL)
    stage.refresh(no_progress)
    assert extract(stage).document["owners"] == ["/Ball"]


def test_what_is_referred_to_may_come_later(write, open_stage, extract):
    stage = open_stage(write("stage.usda", 'def "Ball" (\n    payload = @./ball.usda@</Ball>\n)\n{\n}\n'))
    write("ball.usda", 'def Sphere "Ball"\n{\n}\n')

    stage.refresh(no_progress)

    assert extract(stage).document["owners"] == ["/Ball"]
    assert stage.sources() == ["ball.usda", "stage.usda"]
