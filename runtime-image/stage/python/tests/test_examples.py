"""The stages that people see first."""

import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import no_progress
from process import StageProcess
from vitrine_stage.assets import Assets
from vitrine_stage.stage import OpenStage

EXAMPLES = Path(__file__).parents[4] / "examples"


@pytest.fixture
def vitrine(extract):
    return extract(OpenStage(Assets(str(EXAMPLES)), "stages/vitrine.usda", no_progress))


def test_the_default_stage_is_complete(vitrine):
    assert vitrine.document["warnings"] == []
    assert len(vitrine.document["lights"]) == 4
    assert [camera["path"] for camera in vitrine.document["cameras"]] == ["/Vitrine/Camera"]
    assert {material["path"].rsplit("/")[-1] for material in vitrine.document["materials"]} >= {"Glass", "Brass", "Cobalt"}
    assert all(draw["material"] >= 0 for draw in vitrine.draws)


def test_all_its_solids_face_outward(vitrine):
    for mesh in vitrine.meshes:
        corners = vitrine.positions(mesh).astype(float)[vitrine.triangles(mesh)]
        volume = np.einsum("ij,ij->i", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])).sum() / 6
        assert volume > 0


def test_the_parts_are_those_of_their_profiles(monkeypatch):
    monkeypatch.syspath_prepend(EXAMPLES / "stages")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    import make_parts

    for name, profile in make_parts.PROFILES.items():
        assert (EXAMPLES / "stages" / "parts" / f"{name.lower()}.usda").read_text() == make_parts.usda(name, profile)


@pytest.fixture(scope="module")
def echo_process(tmp_path_factory):
    """The example of an extension beside the default stage."""
    with StageProcess(tmp_path_factory.mktemp("echo"), f"--assets={EXAMPLES}", f"--extension={EXAMPLES / 'extensions/echo'}") as stage:
        assert stage.ask(op="load")["ok"]
        assert stage.open("stages/vitrine.usda")["ok"]
        yield stage


@pytest.fixture
def echo(echo_process):
    """A session with it."""
    assert echo_process.ask(op="start")["result"]["failure"] is None
    echo_process.heard.clear()
    return echo_process


def test_the_example_of_an_extension_echoes_and_paints(echo):
    assert echo.ask(op="message", event_type="echoRequest", payload={"a": 1})["ok"]
    paint = {"prim_path": "/Vitrine/Stand/Tray", "color": [1, 0.5, 0]}
    result = echo.ask(op="message", event_type="paintRequest", payload=paint)["result"]

    assert result["failure"] is None
    assert "diffuseColor = (1, 0.5, 0)" in result["edits"]
    assert [each["payload"] for each in echo.heard] == [{"a": 1}, {"prim_path": "/Vitrine/Stand/Tray", "strokes": 1}]


def test_the_example_of_an_extension_paints_a_prim_twice_with_one_material(echo):
    for color in ([1, 0, 0], [0, 0.25, 0]):
        paint = {"prim_path": "/Vitrine/Stand/Tray", "color": color}
        result = echo.ask(op="message", event_type="paintRequest", payload=paint)["result"]
    assert result["edits"].count("def Material") == 1
    assert "diffuseColor = (0, 0.25, 0)" in result["edits"]


@pytest.mark.parametrize(
    ("payload", "failure"),
    [
        ({}, "ValueError: prim_path must be the absolute path of a prim."),
        ({"prim_path": "Vitrine"}, "ValueError: prim_path must be the absolute path of a prim."),
        ({"prim_path": "/Nowhere", "color": [1, 1, 1]}, "ValueError: There is no prim at /Nowhere."),
        ({"prim_path": "/Vitrine"}, "ValueError: color must be three numbers from 0 to 1."),
        ({"prim_path": "/Vitrine", "color": [1, 2, 3]}, "ValueError: color must be three numbers from 0 to 1."),
        ({"prim_path": "/Vitrine", "color": ["1", 0, 0]}, "ValueError: color must be three numbers from 0 to 1."),
    ],
)
def test_the_example_of_an_extension_looks_at_what_a_page_says(echo, payload, failure):
    assert echo.ask(op="message", event_type="paintRequest", payload=payload)["result"]["failure"] == failure
