"""A folder of stages, and a reader of the segments that are made of them."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from vitrine_stage import snapshot
from vitrine_stage.assets import Assets
from vitrine_stage.segment import DRAW, HEADER, MAGIC, MESH, PART
from vitrine_stage.stage import OpenStage


def no_progress(phase: str, done: int, total: int) -> None:
    """Nobody watches."""


@dataclass
class Segment:
    """A segment file as the renderer reads it."""

    data: bytes

    def __post_init__(self) -> None:
        self.header = np.frombuffer(self.data, HEADER, 1)[0]
        assert self.header["magic"] == MAGIC
        assert self.header["file_bytes"] == len(self.data)
        self.meshes = np.frombuffer(self.data, MESH, int(self.header["mesh_count"]), int(self.header["meshes"]))
        self.draws = np.frombuffer(self.data, DRAW, int(self.header["draw_count"]), int(self.header["draws"]))
        start = int(self.header["document"])
        self.document: dict[str, Any] = json.loads(self.data[start : start + int(self.header["document_bytes"])])

    def array(self, kind: str, count: int, offset: int, width: int) -> np.ndarray:
        assert offset % 64 == 0
        return np.frombuffer(self.data, kind, count * width, offset).reshape(count, width)

    def positions(self, mesh: np.void) -> np.ndarray:
        return self.array("<f4", int(mesh["vertex_count"]), int(mesh["positions"]), 3)

    def normals(self, mesh: np.void) -> np.ndarray:
        return self.array("<f4", int(mesh["vertex_count"]), int(mesh["normals"]), 3)

    def colors(self, mesh: np.void) -> np.ndarray:
        return self.array("<f4", int(mesh["vertex_count"]), int(mesh["colors"]), 3)

    def triangles(self, mesh: np.void) -> np.ndarray:
        return self.array("<u4", int(mesh["index_count"]) // 3, int(mesh["indices"]), 3)

    def parts(self, mesh: np.void) -> list[tuple[int, int, int]]:
        return np.frombuffer(self.data, PART, int(mesh["part_count"]), int(mesh["parts"])).tolist()

    def transforms(self, draw: np.void) -> np.ndarray:
        return self.array("<f4", int(draw["instance_count"]), int(draw["transforms"]), 16).reshape(-1, 4, 4)

    def draws_of(self, owner: str) -> list[np.void]:
        return [draw for draw in self.draws if self.document["owners"][draw["owner"]] == owner]

    def material_of(self, owner: str) -> dict[str, Any] | None:
        number = self.draws_of(owner)[0]["material"]
        return None if number < 0 else self.document["materials"][number]


def writer_into(assets: Path) -> Callable[[str, str], str]:
    """Writes a stage into the assets folder and gives its address."""
    assets.mkdir()

    def writer(name: str, text: str) -> str:
        (assets / name).write_text("#usda 1.0\n" + text)
        return name

    return writer


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], str]:
    return writer_into(tmp_path / "assets")


@pytest.fixture
def open_stage(tmp_path: Path) -> Callable[..., OpenStage]:
    assets = Assets(str(tmp_path / "assets"))
    return lambda url, edits=None: OpenStage(assets, url, no_progress, edits)


@pytest.fixture
def extract(tmp_path: Path) -> Callable[[OpenStage], Segment]:
    """Writes a snapshot and reads it back."""

    def extractor(stage: OpenStage) -> Segment:
        path = tmp_path / f"segment-{len(os.listdir(tmp_path))}"
        snapshot.write(stage, str(path), no_progress)
        return Segment(path.read_bytes())

    return extractor


@pytest.fixture
def scene_of(write: Callable, open_stage: Callable, extract: Callable) -> Callable[[str], Segment]:
    """What a stage of this text draws."""
    return lambda text: extract(open_stage(write("stage.usda", text)))
