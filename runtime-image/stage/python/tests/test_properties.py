"""What a property panel is told of a prim, and what it may set."""

import json

import pytest
from pxr import Gf, Sdf, Usd, Vt
from vitrine_stage import properties, snapshot, values
from vitrine_stage.errors import StageError

BALL = """
def Sphere "Ball"
{
    custom string note = "round"
    double radius.timeSamples = { 0: 1, 10: 2 }
    color3f[] primvars:displayColor = [(1, 0, 0)]
    matrix4d xformOp:transform = ((1,0,0,0),(0,1,0,0),(0,0,1,0),(0,0,0,1))
    uniform token[] xformOpOrder = ["xformOp:transform"]
    asset picture = @secret/picture.png@
    float broken = nan
    quatf turn = (1, 0, 0, 0)
    rel friend = </Other>
    bool shiny = true
    uchar small = 1
    uint64 large = 1
    half low = 1
    int3 cell = (1, 2, 3)
    timecode moment = 1
}
def "Other"
{
}
"""


@pytest.fixture
def ball(write, open_stage):
    return open_stage(write("ball.usda", BALL))


def described(stage, path="/Ball"):
    return {each["name"]: each for each in properties.describe(stage, path)["properties"]}


def test_a_property_says_all_that_a_panel_shows(ball):
    told = described(ball)

    assert told["note"] == {
        **{"name": "note", "type": "string", "value": "round", "truncated": False, "authored": True, "custom": True},
        **{"animated": False, "connected": False, "writable": True},
    }
    assert (told["radius"]["animated"], told["radius"]["value"]) == (True, 1.0)
    assert told["primvars:displayColor"]["value"] == [[1, 0, 0]]
    assert told["primvars:displayColor"]["length"] == 1
    assert told["xformOp:transform"]["value"][3] == [0, 0, 0, 1]
    assert told["turn"]["value"] == [1, 0, 0, 0]
    assert told["moment"]["value"] == 1
    assert told["visibility"]["options"] == ["inherited", "invisible"]
    assert (told["visibility"]["authored"], told["visibility"]["value"]) == (False, "inherited")
    assert properties.describe(ball, "/Ball")["type"] == "Sphere"


def test_a_relationship_says_its_targets(ball):
    told = described(ball)["friend"]
    assert (told["type"], told["value"], told["writable"]) == ("rel", ["/Other"], False)


def test_files_are_told_as_they_are_written_and_cannot_be_set(ball):
    told = described(ball)["picture"]
    assert (told["value"], told["writable"]) == ("secret/picture.png", False)


def test_a_number_that_is_none_is_told_as_nothing(ball):
    assert described(ball)["broken"]["value"] is None


def test_the_root_has_no_properties(ball):
    assert properties.describe(ball, "/") == {"type": "", "properties": [], "omitted": 0}


def test_a_long_array_is_told_by_its_beginning(ball):
    numbers = ball.usd.GetPrimAtPath("/Ball").CreateAttribute("numbers", Sdf.ValueTypeNames.IntArray)
    numbers.Set(Vt.IntArray(list(range(100_000))))
    told = described(ball)["numbers"]
    assert (told["length"], len(told["value"]), told["truncated"]) == (100_000, 1_000, True)


def test_a_long_text_is_told_by_its_beginning(ball):
    properties.set_value(ball, "/Ball", "note", "x" * 4_096)
    told = described(ball)["note"]
    assert (told["value"], told["truncated"]) == ("x" * 1_000, True)


def test_many_large_values_fit_into_a_message(ball):
    prim = ball.usd.GetPrimAtPath("/Ball")
    for number in range(1_100):
        words = prim.CreateAttribute(f"words{number}", Sdf.ValueTypeNames.StringArray)
        words.Set(Vt.StringArray(["w" * 1_000] * 100))
    told = properties.describe(ball, "/Ball")
    assert (len(told["properties"]), told["omitted"] > 100) == (1_000, True)
    assert sum(each["value"] is not None for each in told["properties"]) < 100
    assert told["properties"][-1]["truncated"]


def test_a_large_value_leaves_the_others_room(ball):
    prim = ball.usd.GetPrimAtPath("/Ball")
    words = prim.CreateAttribute("a", Sdf.ValueTypeNames.StringArray)
    words.Set(Vt.StringArray(["万" * 1_000] * 1_000))
    told = described(ball)
    assert 0 < len(told["a"]["value"]) < 1_000
    assert (told["a"]["truncated"], told["a"]["length"]) == (True, 1_000)
    assert (told["radius"]["value"], told["radius"]["truncated"]) == (1.0, False)


def test_long_names_fit_into_a_message(ball):
    prim = ball.usd.GetPrimAtPath("/Ball")
    for number in range(30):
        prim.CreateAttribute(f"n{number}{'x' * 100_000}", Sdf.ValueTypeNames.Int)
    told = properties.describe(ball, "/Ball")
    assert len(json.dumps(told)) < 2 << 20
    assert len(told["properties"]) + told["omitted"] == len(prim.GetProperties())


def test_no_more_elements_are_made_json_of_than_fit(ball, monkeypatch):
    prim = ball.usd.GetPrimAtPath("/Ball")
    rows = Vt.Matrix4dArray([Gf.Matrix4d(1 / 3)] * 1_000)
    for number in range(100):
        prim.CreateAttribute(f"rows{number}", Sdf.ValueTypeNames.Matrix4dArray).Set(rows)
    made = []
    numbers = values._numbers
    monkeypatch.setattr(values, "_numbers", lambda value: made.append(isinstance(value, Gf.Matrix4d)) or numbers(value))
    told = properties.describe(ball, "/Ball")
    assert len(told["properties"]) > 100
    assert sum(made) < 20_000


def test_a_text_that_is_not_utf8_leaves_the_others_readable(tmp_path, write, open_stage):
    write("unused.usda", "")
    file = tmp_path / "assets" / "bad.usdc"
    made = Usd.Stage.CreateNew(str(file))
    prim = made.DefinePrim("/Ball", "Sphere")
    prim.CreateAttribute("words", Sdf.ValueTypeNames.StringArray).Set(Vt.StringArray(["QYQY", "b"]))
    word = prim.CreateAttribute("word", Sdf.ValueTypeNames.Token)
    word.Set("QXQX")
    word.SetMetadata("allowedTokens", Vt.TokenArray(["a", "QVQV"]))
    made.Save()
    broken = file.read_bytes()
    for text in (b"QYQY", b"QXQX", b"QVQV"):
        assert broken.count(text) == 1
        broken = broken.replace(text, b"\xff\xfe\xff\xfe")
    (tmp_path / "assets" / "broken.usdc").write_bytes(broken)

    told = described(open_stage("broken.usdc"))
    assert (told["words"]["value"], told["words"]["length"], told["word"]["value"]) == (None, 2, None)
    assert "options" not in told["word"]
    assert told["radius"]["value"] == 1.0


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("note", "flat", "flat"),
        ("radius", 3, 3.0),
        ("primvars:displayColor", [[0, 1, 0.5], [1, 1, 1]], [[0, 1, 0.5], [1, 1, 1]]),
        ("primvars:displayColor", [], []),
        ("xformOp:transform", [[2, 0, 0, 0], [0, 2, 0, 0], [0, 0, 2, 0], [1, 2, 3, 1]], None),
        ("turn", [0, 1, 0, 0], None),
        ("visibility", "invisible", None),
        ("shiny", False, None),
        ("small", 255, None),
        ("large", 2**64 - 1, None),
        ("low", -2.5, None),
        ("cell", [-1, 0, 7], None),
        ("moment", 12, 12.0),
    ],
)
def test_what_is_set_is_told(ball, name, value, expected):
    properties.set_value(ball, "/Ball", name, value)
    assert described(ball)[name]["value"] == (value if expected is None else expected)


def test_what_is_set_holds_for_all_times_and_changes_no_file(ball):
    properties.set_value(ball, "/Ball", "radius", 5)
    radius = ball.usd.GetAttributeAtPath("/Ball.radius")
    assert (radius.Get(10), radius.Get(Usd.TimeCode.EarliestTime())) == (5, 5)
    assert "radius" in ball.export_edits()
    assert not ball.usd.GetRootLayer().dirty


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("radius", "3", "The value of 'radius' must be a finite number."),
        ("radius", float("nan"), "The value of 'radius' must be a finite number."),
        ("radius", float("inf"), "The value of 'radius' must be a finite number."),
        ("radius", 10**400, "The value of 'radius' must be a finite number."),
        ("radius", True, "The value of 'radius' must be a finite number."),
        ("radius", None, "The value of 'radius' must be a finite number."),
        ("radius", {"x": 1}, "The value of 'radius' must be a finite number."),
        ("low", 70_000, "The value of 'low' must be a number of at most 65504."),
        ("broken", 1e39, "The value of 'broken' must be a number of at most 3.40282e+38."),
        ("small", 256, "The value of 'small' must be a whole number from 0 to 255."),
        ("small", 1.5, "The value of 'small' must be a whole number from 0 to 255."),
        ("shiny", 1, "The value of 'shiny' must be true or false."),
        ("note", "a\0b", "The value of 'note' must be a text of at most 4096 characters."),
        ("note", "\ud800", "The value of 'note' must be a text of at most 4096 characters."),
        ("note", "x" * 4_097, "The value of 'note' must be a text of at most 4096 characters."),
        ("cell", [1, 2], "The value of 'cell' must be a list of 3 numbers."),
        ("turn", [1, 0, 0, "0"], "The value of 'turn' must be a list of 4 numbers, each a number of at most 3.40282e+38."),
        ("xformOp:transform", [[1]] * 4, "The value of 'xformOp:transform' must be a list of 4 numbers."),
        ("xformOp:transform", 1, "The value of 'xformOp:transform' must be a list of 4 rows of 4 numbers."),
        ("primvars:displayColor", [1], "The value of 'primvars:displayColor' must be a list, each element of which is a list of 3 numbers."),
        ("primvars:displayColor", "red", "The value of 'primvars:displayColor' must be a list."),
        ("visibility", "gone", "The value of 'visibility' must be one of inherited, invisible."),
        ("picture", "/etc/passwd", "The value of 'picture' must be set by other means, as the viewer sets none of the type asset."),
        ("friend", ["/Ball"], "'friend' is a relationship; only attributes can be set."),
        ("nothing", 1, "The prim /Ball has no property 'nothing'."),
        ("", 1, "The prim /Ball has no property ''."),
        ("a b.c", 1, "The prim /Ball has no property 'a b.c'."),
    ],
)
def test_what_cannot_be_set_is_refused_by_a_sentence_and_changes_nothing(ball, name, value, sentence):
    before = ball.export_edits()
    with pytest.raises(StageError) as refused:
        properties.set_value(ball, "/Ball", name, value)
    assert str(refused.value) == sentence
    assert ball.export_edits() == before


@pytest.mark.parametrize("path", ["/Nowhere", "Ball", "/Ball.radius", ""])
def test_there_has_to_be_a_prim(ball, path):
    with pytest.raises(StageError):
        properties.describe(ball, path)
    with pytest.raises(StageError):
        properties.set_value(ball, path, "radius", 1)


def test_what_instances_share_cannot_be_set(write, open_stage):
    write("ball.usda", BALL.replace('def Sphere "Ball"', 'def Xform "Group"\n{\n    def Sphere "Ball"', 1) + "}\n")
    url = write("both.usda", 'def "Copy" (\n    instanceable = true\n    references = @./ball.usda@</Group>\n)\n{\n}\n')
    stage = open_stage(url)

    assert not described(stage, "/Copy/Ball")["radius"]["writable"]
    with pytest.raises(StageError, match="/Copy/Ball is inside of an instance and shared with others"):
        properties.set_value(stage, "/Copy/Ball", "radius", 2)


def test_what_was_set_is_drawn(ball, extract):
    properties.set_value(ball, "/Ball", "radius", 5)
    scene = extract(ball)
    assert scene.positions(scene.meshes[0]).max() == pytest.approx(5)


def test_an_edit_that_cannot_be_drawn_is_taken_back(write, tmp_path, monkeypatch):
    from vitrine_stage.service import Service

    write("ball.usda", BALL)
    service = Service(str(tmp_path / "assets"), str(tmp_path), None)
    request = {"path": "/Ball", "name": "note", "value": "flat"}
    nothing = lambda *_: None  # noqa: E731
    service.perform("open", {"url": "ball.usda"}, nothing, nothing)
    monkeypatch.setattr(snapshot, "write", lambda *_: (_ for _ in ()).throw(StageError("Too large.")))
    with pytest.raises(StageError, match="Too large."):
        service.perform("set_property", request, nothing, nothing)
    told = service.perform("properties", {"path": "/Ball"}, nothing, nothing)
    assert next(each["value"] for each in told["properties"] if each["name"] == "note") == "round"
