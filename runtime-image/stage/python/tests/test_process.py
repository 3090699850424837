"""The real process: what it answers to nonsense, and when it ends."""

import signal

import pytest
from conftest import writer_into
from process import StageProcess

BALL = 'def Sphere "Ball"\n{\n}\n'


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    """One process for all tests that it should survive."""
    folder = tmp_path_factory.mktemp("stage")
    writer_into(folder / "assets")("ball.usda", BALL)
    with StageProcess(folder) as process:
        yield process


@pytest.fixture
def own_stage(write, tmp_path):
    """A process that may end."""
    write("ball.usda", BALL)
    with StageProcess(tmp_path) as process:
        yield process


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"nonsense\n", "The request is not JSON."),
        (b"\xff\xfe\n", "The request is not JSON."),
        (b"[" * 100_000 + b"\n", "The request is not JSON."),
        (b"[]\n", "A request is a JSON object with a text 'op'."),
        (b'{"op": 1}\n', "A request is a JSON object with a text 'op'."),
        (b'{"op": "dance"}\n', "'dance' is not an operation; use any of open, refresh, children, properties, variants, edit, set_property, set_variant, load, start, end, message, tick."),
        (b'{"op": "open"}\n', "The field 'url' must be a text of at most 4096 characters."),
        (b'{"op": "open", "url": "x", "edits": 3}\n', "The field 'edits' must be a text of at most 16777216 characters."),
        (b'{"op": "open", "url": "a\\u0000b"}\n', "The address of the stage is not a file name."),
        (b'{"op": "open", "url": "\\ud800"}\n', "The address of the stage is not a file name."),
    ],
)
def test_nonsense_is_answered_by_a_sentence_and_the_process_lives_on(stage, line, sentence):
    reply = stage.ask_raw(line)

    assert (reply["ok"], reply["error"]) == (False, sentence)
    assert stage.open("ball.usda")["result"]["draws"] == 1


@pytest.mark.parametrize("request_", [{"op": "children", "path": "/", "filters": []}, {"op": "edit", "edits": ""}])
def test_what_needs_a_stage_says_that_none_is_open(own_stage, request_):
    assert own_stage.ask(**request_)["error"] == "No stage is open."


def test_a_reply_that_is_too_long_is_refused_by_a_sentence(write, own_stage):
    child = f'def "{"x" * 2_000}%d"\n{{\n}}\n'
    write("many.usda", 'def "Many"\n{\n' + "".join(child % number for number in range(5_000)) + "}\n")
    own_stage.open("many.usda")
    reply = own_stage.ask(op="children", path="/Many", filters=[])
    assert (reply["ok"], reply["error"]) == (False, "The reply is too long; ask for less.")
    assert own_stage.ask(op="children", path="/", filters=[])["ok"]


def test_a_request_without_an_end_is_given_up(own_stage):
    reply = own_stage.ask_raw(b"x" * ((32 << 20) + 1))
    assert reply["error"] == "The request is too long."


def test_a_stage_that_fails_leaves_the_one_before_open(stage):
    stage.open("ball.usda")
    assert not stage.open("missing.usda")["ok"]

    assert stage.ask(op="children", path="/", filters=[])["result"]["children"] == [{"name": "Ball", "path": "/Ball"}]


def test_edits_that_fail_leave_those_before(stage):
    stage.open("ball.usda")
    assert stage.ask(op="edit", edits='#usda 1.0\ndef Cube "New"\n{\n}\n')["ok"]
    assert not stage.ask(op="edit", edits="#usda 1.0\nnonsense")["ok"]

    children = stage.ask(op="children", path="/", filters=[])["result"]["children"]
    assert {child["name"] for child in children} == {"Ball", "New"}


def test_it_ends_when_its_parent_does(own_stage):
    own_stage.process.stdin.close()  # as the kernel does for a parent that was killed
    assert own_stage.process.wait(10) == -signal.SIGIO


def test_it_ends_when_its_client_leaves(own_stage):
    own_stage._socket.shutdown(2)
    assert own_stage.process.wait(10) == 0


def test_a_segment_without_room_is_told_and_leaves_no_file(write, tmp_path):
    write("ball.usda", BALL)
    with StageProcess(tmp_path, "--segment-mib=0") as stage:
        before = set(stage.run_folder.iterdir())

        assert stage.open("ball.usda")["error"] == "The stage is too large for its memory file system: File too large."
        assert set(stage.run_folder.iterdir()) == before


def test_a_stage_is_composed_anew_once_a_file_is_saved(own_stage, write):
    assert own_stage.open("ball.usda")["result"]["sources"] == ["ball.usda"]
    assert own_stage.ask(op="refresh")["result"] == {}

    write("ball.usda", BALL + BALL.replace("Ball", "Second"))
    assert own_stage.ask(op="refresh")["result"]["draws"] == 2

    write("ball.usda", "nonsense")
    assert "ball.usda:2:" in own_stage.ask(op="refresh")["error"]
