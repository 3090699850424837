"""The stages that people see first."""

import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import no_progress
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
