"""The real process with an extension in it: what its handlers do, and what becomes of their failures."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from process import StageProcess
from vitrine_stage.failures import Failures

BALL = 'def Sphere "Ball"\n{\n}\n'


@pytest.fixture
def with_extension(write, tmp_path: Path) -> Callable[..., AbstractContextManager[StageProcess]]:
    """A process with this extension, which is not loaded yet."""
    write("ball.usda", BALL)
    folder = tmp_path / "my-extension"
    folder.mkdir()

    def start(source: str, *options: str) -> StageProcess:
        (folder / "__init__.py").write_text("import vitrine\nfrom vitrine import state\n" + source)
        return StageProcess(tmp_path, f"--extension={folder}", *options)

    return start


def say(stage: StageProcess, event_type: str, **payload: object) -> dict:
    return stage.ask(op="message", event_type=event_type, payload=payload)


ECHO = """
@vitrine.on("echoRequest")
def echo(payload):
    vitrine.send("echoResponse", payload)
"""


def test_a_message_is_answered(with_extension):
    with with_extension(ECHO) as stage:
        assert stage.ask(op="load")["ok"]
        assert say(stage, "echoRequest", a=[1, {"ä": None}])["result"] == {"failure": None}
        assert stage.heard == [{"event_type": "echoResponse", "payload": {"a": [1, {"ä": None}]}}]


def test_a_message_that_nobody_answers_is_named(with_extension):
    with with_extension(ECHO) as stage:
        stage.ask(op="load")
        assert say(stage, "echo")["error"] == "Nothing here answers messages of the type 'echo'."


def test_without_an_extension_no_message_is_answered(write, tmp_path):
    write("ball.usda", BALL)
    with StageProcess(tmp_path) as stage:
        assert stage.ask(op="load")["ok"]
        assert say(stage, "echoRequest")["error"] == "Nothing here answers messages of the type 'echoRequest'."


GROW = """
from pxr import UsdGeom

@vitrine.on("grow")
def grow(payload):
    UsdGeom.Sphere.Get(vitrine.stage(), "/Ball").GetRadiusAttr().Set(float(payload["radius"]))

@vitrine.on("look")
def look(payload):
    vitrine.send("seen", {"radius": UsdGeom.Sphere.Get(vitrine.stage(), "/Ball").GetRadiusAttr().Get()})
"""


def test_an_edit_comes_back_as_a_scene_and_as_a_layer(with_extension):
    with with_extension(GROW) as stage:
        stage.ask(op="load")
        stage.open("ball.usda")
        result = say(stage, "grow", radius=3)["result"]

        assert result["draws"] == 1
        assert "double radius = 3" in result["edits"]
        assert (stage.run_folder / result["segment"]).is_file()


def test_what_only_looks_draws_nothing_anew(with_extension):
    with with_extension(GROW) as stage:
        stage.ask(op="load")
        stage.open("ball.usda")
        say(stage, "grow", radius=3)

        assert say(stage, "look")["result"] == {"failure": None}
        assert stage.heard[-1]["payload"] == {"radius": 3.0}


def test_a_stage_that_is_not_open_yet_is_a_failure_of_the_call(with_extension):
    with with_extension(GROW) as stage:
        stage.ask(op="load")
        assert say(stage, "grow", radius=3)["result"]["failure"] == "RuntimeError: No stage is open."


def test_edits_too_large_to_be_kept_are_shown_all_the_same(with_extension):
    source = """
@vitrine.on("write")
def write(payload):
    vitrine.stage().DefinePrim("/Note").SetDocumentation("x" * 2_000_000)
"""
    with with_extension(source) as stage:
        stage.ask(op="load")
        stage.open("ball.usda")
        result = say(stage, "write")["result"]
        assert (result["draws"], result["edits"]) == (1, None)


IN_A_THREAD = """
from concurrent.futures import ThreadPoolExecutor

def in_a_thread(call):
    with ThreadPoolExecutor(1) as threads:
        threads.submit(call).result()

"""


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        ("raise ValueError('no such colour')", "ValueError: no such colour"),
        ("raise ValueError('a\\nb')", "ValueError: a b"),
        ("raise KeyError", "KeyError"),
        ("raise ValueError('x' * 1000)", "ValueError: " + "x" * 288 + " …"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("import asyncio; raise asyncio.CancelledError('late')", "CancelledError: late"),
        ("in_a_thread(lambda: vitrine.send('x', {}))", "RuntimeError: Messages are sent by the thread that handlers are called on, and not by another."),
        ("return payload", "TypeError: A handler answers by vitrine.send(…) and returns None."),
        ("payload['missing']", "KeyError: 'missing'"),
        ("f = lambda: f(); f()", "RecursionError: maximum recursion depth exceeded"),
        ("for _ in range(300): vitrine.send('x', {})", "RuntimeError: One call of a handler can send 256 messages, and not more."),
        ("vitrine.send('x', {'a': {1}})", "TypeError: The payload of 'x' is not JSON: Object of type set is not JSON serializable."),
    ],
)
def test_a_handler_that_fails_ends_its_call_and_no_more(with_extension, body, failure):
    with with_extension(ECHO + IN_A_THREAD + f"@vitrine.on('bad')\ndef bad(payload):\n    {body}\n") as stage:
        stage.ask(op="load")
        assert say(stage, "bad")["result"]["failure"] == failure
        assert say(stage, "echoRequest", after="all")["ok"]
        assert stage.heard[-1]["payload"] == {"after": "all"}


def test_a_handler_that_eats_memory_meets_the_limit(with_extension):
    with with_extension(ECHO + "@vitrine.on('eat')\ndef eat(payload):\n    bytearray(8 << 30)\n", "--memory-mib=2048") as stage:
        stage.ask(op="load")
        assert say(stage, "eat")["result"]["failure"] == "MemoryError"
        say(stage, "echoRequest")
        assert len(stage.heard) == 1


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("def :", "SyntaxError: invalid syntax (__init__.py, line 7)."),
        ("import nowhere_to_be_found", "ModuleNotFoundError: No module named 'nowhere_to_be_found'."),
        ("from . import missing", "ImportError: cannot import name 'missing' from 'my_extension' ({folder}/__init__.py)."),
        ("@vitrine.on('vitrine.x')\ndef x(payload): pass", "ValueError: Types that begin with vitrine. are the runtime's own; 'vitrine.x' must be another."),
        ("vitrine.send('x', {})", "RuntimeError: Only a handler can send messages, while it runs."),
    ],
)
def test_an_extension_that_cannot_be_loaded_is_told_and_the_stage_is_shown(with_extension, tmp_path, source, sentence):
    with with_extension(ECHO + source) as stage:
        told = sentence.format(folder=tmp_path / "my-extension")
        assert stage.ask(op="load")["error"] == f"The extension my_extension could not be loaded: {told}"
        assert not say(stage, "echoRequest")["ok"]
        assert stage.open("ball.usda")["ok"]


def test_an_extension_that_is_not_there_is_told(write, tmp_path):
    write("ball.usda", BALL)
    with StageProcess(tmp_path, f"--extension={tmp_path / 'nowhere'}") as stage:
        sentence = "The extension nowhere could not be loaded: there is no nowhere/__init__.py."
        assert stage.ask(op="load")["error"] == sentence
        assert stage.open("ball.usda")["ok"]


@pytest.mark.parametrize("name", ["json", "vitrine", "1st", "a b"])
def test_a_folder_whose_name_is_no_module_is_told(write, tmp_path, name):
    write("ball.usda", BALL)
    (tmp_path / name).mkdir()
    with StageProcess(tmp_path, f"--extension={tmp_path / name}") as stage:
        assert "its folder needs another name" in stage.ask(op="load")["error"]


def test_its_own_modules_are_imported_and_files_elsewhere_are_not_read(with_extension, tmp_path):
    (tmp_path / "my-extension" / "colours.py").write_text("RED = [1, 0, 0]\n")
    (tmp_path / "secret").write_text("secret")
    source = f"""
from .colours import RED

@vitrine.on("red")
def red(payload):
    vitrine.send("isRed", {{"red": RED}})

@vitrine.on("read")
def read(payload):
    open({str(tmp_path / "secret")!r})
"""
    with with_extension(source) as stage:
        stage.ask(op="load")
        say(stage, "red")
        assert stage.heard[0]["payload"] == {"red": [1, 0, 0]}
        assert say(stage, "read")["result"]["failure"].startswith("PermissionError")


LIFE = """
@vitrine.on_start
def start():
    state.count = 0
    vitrine.send("started", {})

@vitrine.on_end
def end():
    vitrine.send("ended", {"count": state.count})

@vitrine.every(0.5)
def tick():
    state.count += 1
    vitrine.send("counted", {"count": state.count})

@vitrine.on("forgotten")
def forgotten(payload):
    state.other = 1
"""


def test_a_session_has_a_start_an_end_and_a_state_of_its_own(with_extension):
    with with_extension(LIFE) as stage:
        stage.ask(op="load")
        assert stage.ask(op="start")["result"] == {"failure": None, "timers": [0.5]}
        stage.ask(op="tick", timer=0)
        stage.ask(op="tick", timer=0)
        stage.ask(op="end")
        stage.ask(op="start")
        stage.ask(op="tick", timer=0)

        said = [(each["event_type"], each["payload"].get("count")) for each in stage.heard]
        counted = [("started", None), ("counted", 1), ("counted", 2), ("ended", 2)]
        assert said == [*counted, ("started", None), ("counted", 1)]


def test_the_state_of_another_session_is_gone(with_extension):
    with with_extension("@vitrine.on('see')\ndef see(payload):\n    vitrine.send('seen', dict(vars(state)))\n    state.x = 1\n") as stage:
        stage.ask(op="load")
        for _ in range(2):
            stage.ask(op="start")
            say(stage, "see")
        assert [each["payload"] for each in stage.heard] == [{}, {}]


def test_what_was_remembered_is_forgotten_at_the_end(with_extension):
    source = "@vitrine.on('see')\ndef see(payload):\n    vitrine.send('seen', dict(vars(state)))\n    state.x = 1\n"
    with with_extension(source) as stage:
        stage.ask(op="load")
        stage.ask(op="start")
        say(stage, "see")
        stage.ask(op="end")
        say(stage, "see")
        assert [each["payload"] for each in stage.heard] == [{}, {}]


def test_a_hook_that_fails_keeps_none_after_it_from_its_call(with_extension):
    source = "@vitrine.on_start\ndef a():\n    1 / 0\n@vitrine.on_start\ndef b():\n    vitrine.send('b', {})\n"
    with with_extension(source) as stage:
        stage.ask(op="load")
        assert stage.ask(op="start")["result"]["failure"] == "ZeroDivisionError: division by zero"
        assert len(stage.heard) == 1


def test_an_edit_that_cannot_be_written_is_told_after_the_handlers_own_failure_and_shown_later(with_extension):
    source = GROW + """
from vitrine_stage import snapshot
write = snapshot.write

def full(*about):
    raise OSError(28, "No space left on device")

@vitrine.every(5)
def grow_and_fail():
    snapshot.write = full
    grow({"radius": 3})
    1 / 0

vitrine.on_start(grow_and_fail)

@vitrine.on("mend")
def mend(payload):
    snapshot.write = write
"""
    with with_extension(source) as stage:
        stage.ask(op="load")
        stage.open("ball.usda")
        unshown = "What was edited cannot be shown: OSError: [Errno 28] No space left on device"
        failure = f"ZeroDivisionError: division by zero; {unshown}"
        assert stage.ask(op="start")["result"] == {"failure": failure, "timers": [5.0]}
        result = say(stage, "mend")["result"]
        assert (result["failure"], "double radius = 3" in result["edits"]) == (None, True)


def test_an_edit_that_could_not_be_written_comes_back_with_the_next_refresh(with_extension):
    source = GROW + """
from vitrine_stage import snapshot
write = snapshot.write

def full(*about):
    snapshot.write = write
    raise OSError(28, "No space left on device")

@vitrine.on("growUnseen")
def grow_unseen(payload):
    snapshot.write = full
    grow(payload)
"""
    with with_extension(source) as stage:
        stage.ask(op="load")
        stage.open("ball.usda")
        assert "No space left" in say(stage, "growUnseen", radius=3)["result"]["failure"]
        assert "double radius = 3" in stage.ask(op="refresh")["result"]["edits"]


def test_in_the_orrery_a_planet_without_a_year_keeps_no_other_from_its_way(with_extension, write):
    orrery = Path(__file__).parents[4] / "cli/src/main/resources/templates/usd-explorer/extension/__init__.py"
    turned = "double xformOp:rotateY:orbit = 10\n"
    planets = {"Away": "", "NoYear": turned, "Idle": turned + "double orbit:days = 0\n", "Far": turned + "double orbit:days = 72\n"}
    prims = "".join(f'def Xform "{name}"\n{{\n{text}}}\n' for name, text in planets.items())
    write("orrery.usda", f'def "World"\n{{\ndef "Planets"\n{{\n{prims}}}\n}}\n')
    with with_extension(orrery.read_text()) as stage:
        stage.ask(op="load")
        stage.open("orrery.usda")
        stage.ask(op="start")
        say(stage, "turntableRequest", on=True)
        result = stage.ask(op="tick", timer=0)["result"]
        assert result["failure"] is None
        assert result["edits"].count("orbit = ") == 1
        assert "orbit = 20" in result["edits"]


def test_a_file_that_a_handler_brings_in_is_a_source(with_extension, write):
    source = """
@vitrine.on("bringIn")
def bring_in(payload):
    more = vitrine.stage().GetRootLayer().ComputeAbsolutePath("more.usda")
    vitrine.stage().GetSessionLayer().subLayerPaths.append(more)
"""
    with with_extension(source) as stage:
        write("more.usda", BALL.replace("Ball", "Second"))
        stage.ask(op="load")
        stage.open("ball.usda")
        assert say(stage, "bringIn")["result"]["sources"] == ["ball.usda", "more.usda"]


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        ({"op": "message", "event_type": "x"}, "The field 'payload' must be an object."),
        ({"op": "message", "payload": {}}, "The field 'event_type' must be a text of at most 4096 characters."),
        ({"op": "tick"}, "The field 'timer' must be a whole number."),
        ({"op": "tick", "timer": 7}, "There is no periodic handler 7."),
    ],
)
def test_nonsense_is_answered_by_a_sentence(with_extension, request_, sentence):
    with with_extension(ECHO) as stage:
        stage.ask(op="load")
        assert stage.ask(**request_)["error"] == sentence


def test_failures_are_logged_once_a_second_without_our_own_frames(capfd):
    now = [0.0]
    failures = Failures(lambda: now[0])

    def fail():
        raise ValueError("no such colour")

    assert {failures.of(fail) for _ in range(50)} == {"ValueError: no such colour"}
    now[0] = 1.0
    failures.of(fail)

    logged = capfd.readouterr().err
    assert logged.count("ValueError: no such colour\n") == 2
    assert logged.count("extension: 49 more failures were not logged\n") == 1
    assert "failures.py" not in logged


def test_a_failure_that_cannot_be_told_is_named():
    class Silent(Exception):
        def __str__(self):
            raise RuntimeError

    def fail():
        raise Silent

    assert Failures().of(fail) == "Silent"
