"""Stages that reach for what is not theirs, and files that are broken on purpose. Always in the confined process."""

import os
import random

import pytest
from conftest import writer_into
from process import StageProcess
from pxr import Sdf, UsdUtils

SECRET = 'def Sphere "Secret"\n{\n    string token = "TOP SECRET"\n}\n'
MUTATIONS = 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """An assets folder, and a readable file beside it."""
    folder = tmp_path_factory.mktemp("hostile")
    writer_into(folder / "assets")("ball.usda", 'def Sphere "Ball"\n{\n}\n')
    (folder / "secret.usda").write_text("#usda 1.0\n" + SECRET)
    (folder / "assets" / "link.usda").symlink_to(folder / "secret.usda")
    return folder


@pytest.fixture(scope="module")
def stage(folder):
    """One process that all of these should leave alive."""
    with StageProcess(folder) as process:
        yield process


def author(folder, name, text):
    (folder / "assets" / name).write_text("#usda 1.0\n" + text)


def drawn(stage, url):
    reply = stage.open(url)
    return reply["result"]["draws"] if reply["ok"] else reply["error"]


@pytest.mark.parametrize(
    "text",
    [
        'def "A" (\n    references = @{outside}@</Secret>\n)\n{{\n}}\n',
        'def "A" (\n    references = @../secret.usda@</Secret>\n)\n{{\n}}\n',
        'def "A" (\n    payload = @./sub/../../secret.usda@</Secret>\n)\n{{\n}}\n',
        "(\n    subLayers = [@{outside}@]\n)\n",
        '(\n    expressionVariables = {{\n        string f = "../secret"\n    }}\n)\ndef "A" (\n    references = @`"${{f}}.usda"`@</Secret>\n)\n{{\n}}\n',
        'def "A" (\n    references = @./link.usda@</Secret>\n)\n{{\n}}\n',
    ],
)
def test_nothing_outside_of_the_assets_folder_is_composed(stage, folder, text):
    name = f"curious{abs(hash(text))}.usda"
    author(folder, name, text.format(outside=folder / "secret.usda"))

    assert drawn(stage, name) == 0


@pytest.mark.parametrize("url", ["../secret.usda", "{outside}", "link.usda", "sub/../../secret.usda", "/proc/self/environ", "."])
def test_no_address_leads_out_of_the_assets_folder(stage, folder, url):
    url = url.format(outside=folder / "secret.usda")

    assert drawn(stage, url) in (f"The stage {url} lies outside the assets folder.", f"The stage {url} is not a file.")


def test_without_the_lock_the_same_stage_does_read_the_secret(folder):
    """Shows that the tests above would see a hole."""
    author(folder, "curious.usda", 'def "A" (\n    references = @../secret.usda@</Secret>\n)\n{\n}\n')
    with StageProcess(folder, "--no-confine") as stage:
        assert drawn(stage, "curious.usda") == 1


def test_a_process_that_cannot_lock_itself_in_opens_nothing(tmp_path):
    with StageProcess(tmp_path) as stage:  # there is no assets folder
        assert stage.announcement["failed"].startswith("The stage process could not lock itself in.")
        assert stage.process.wait(10) == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.usda", b"", "The stage a.usda is empty (0 bytes)."),
        ("a.usdc", b"", "The stage a.usdc is empty (0 bytes)."),
        ("a.usda", b"hello", "The stage a.usda could not be opened: <a.usda> is not a valid usda layer."),
        ("a.usda", b"#usda 1.0\ndef {{{", "The stage a.usda could not be opened: line 2: "),
        ("a.usda", b"#usda 1.0\n\xff\xfe\xff(", "The stage a.usda could not be opened: "),
        ("a.usdc", b"PXR-USDC" + bytes(100), "The stage a.usdc could not be opened: "),
        ("a.usdz", b"PK\3\4" + bytes(40), "The stage a.usdz could not be opened: it is not a valid USD file."),
        ("a.gltf", b"{}", "The stage a.gltf is not a USD file: its name must end in .usd, .usda, .usdc, .usdz."),
    ],
)
def test_a_malformed_file_is_refused_with_a_sentence(stage, folder, name, content, sentence):
    (folder / "assets" / name).write_bytes(content)

    assert drawn(stage, name).startswith(sentence)
    assert str(folder) not in drawn(stage, name)
    assert drawn(stage, "ball.usda") == 1


def test_a_pipe_is_refused_before_it_is_opened(stage, folder):
    os.mkfifo(folder / "assets" / "pipe.usda")
    assert drawn(stage, "pipe.usda") == "The stage pipe.usda is not a file."


def test_instances_without_end_are_refused(stage, folder):
    levels = "".join(
        f"""
        def PointInstancer "L{level}"
        {{
            rel prototypes = </L{level - 1}>
            int[] protoIndices = [{", ".join("0" * 200)}]
            point3f[] positions = [{", ".join(["(0, 0, 0)"] * 200)}]
        }}
        """
        for level in range(1, 5)
    )
    author(folder, "laughs.usda", 'def Sphere "L0"\n{\n}\n' + levels)

    before = os.listdir(stage.run_folder)

    assert drawn(stage, "laughs.usda") == "The stage draws more than 4000000 instances; use fewer."
    assert os.listdir(stage.run_folder) == before, "no half-written segment is left"


@pytest.mark.parametrize("suffix", ["usda", "usdc", "usdz"])
def test_mutated_files_are_drawn_or_refused(tmp_path, write, suffix):
    """The process may end (another is started then), but it must not hang or answer anything else."""
    original = _valid_file(tmp_path, write, suffix)
    stage = StageProcess(tmp_path)
    refused = 0
    try:
        for seed in range(MUTATIONS):
            (tmp_path / "assets" / f"mutated{seed}.{suffix}").write_bytes(_mutated(original, seed))
            try:
                reply = stage.open(f"mutated{seed}.{suffix}")
                refused += not reply["ok"]
                assert reply["ok"] or reply["error"].startswith((f"The stage mutated{seed}.{suffix}", "The stage process failed"))
            except EOFError:
                stage.__exit__(None, None, None)
                stage = StageProcess(tmp_path)
    finally:
        stage.__exit__(None, None, None)
    assert refused > 0, "not all mutations are harmless"


def _valid_file(tmp_path, write, suffix):
    path = tmp_path / "assets" / write("valid.usda", 'def Xform "World"\n{\n    def Mesh "Mesh"\n    {\n        point3f[] points = '
        "[(0, 0, 0), (1, 0, 0), (0, 1, 0)]\n        int[] faceVertexCounts = [3]\n        int[] faceVertexIndices = [0, 1, 2]\n    }\n}\n")
    if suffix == "usdc":
        Sdf.Layer.FindOrOpen(str(path)).Export(str(path.with_suffix(".usdc")))
    elif suffix == "usdz":
        assert UsdUtils.CreateNewUsdzPackage(str(path), str(path.with_suffix(".usdz")))
    return path.with_suffix(f".{suffix}").read_bytes()


def _mutated(original: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    content = bytearray(original)
    first = len(content) * 3 // 4 if seed % 2 else 0  # binary files have their tables of contents at the end
    for _ in range(chance.choice((1, 2, 8))):
        content[chance.randrange(first, len(content))] = chance.choice((0, 127, 128, 255, chance.randrange(256)))
    return bytes(content)
