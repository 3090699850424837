#!/usr/bin/env python3
"""Turns the profiles below around the Y axis and writes them to parts/*.usda, which vitrine.usda refers to.

Run it again after changing a profile; it needs nothing but Python.
"""

import math
from pathlib import Path

SEGMENTS = 24  # around the axis
STEPS = 2  # rows from one point of a profile to the next

# (radius, height) in centimetres, from the middle of the foot outside up to the rim and inside down again.
PROFILES = {
    "Vase": [(0, 0), (3.6, 0), (4, 0.5), (5.6, 4), (6.8, 9), (6, 14), (3.6, 18), (2.5, 21), (2.7, 24), (4, 26), (3.6, 26.1), (2.2, 23.5), (2, 21), (0, 20)],
    "Goblet": [(0, 0), (3.6, 0), (3.7, 0.4), (1.2, 1.1), (0.6, 2.6), (1.1, 3.8), (0.6, 5), (0.9, 6.4), (3.4, 8.6), (3.9, 11), (3.6, 13.6), (3.3, 13.6), (3.5, 11), (2.9, 9), (0, 7.6)],
    "Bowl": [(0, 0), (2.2, 0), (2.3, 0.8), (4, 2), (5.6, 4.2), (6.3, 6.6), (6, 6.7), (5.2, 4.4), (3.6, 2.5), (0, 1.7)],
    "Top": [(0, 0), (0.25, 0.3), (0.7, 1.4), (3.4, 3.8), (4.6, 5.2), (4.3, 6), (1.6, 6.8), (0.7, 7.6), (0.6, 9.6), (0.85, 10.6), (0.5, 11.2), (0, 11.3)],
    "Bottle": [(0, 0), (3.2, 0), (3.7, 0.5), (3.9, 3), (3.9, 7), (3.4, 8.8), (1.4, 10.2), (1.1, 12), (1.1, 14), (1.7, 14.3), (1.7, 15.2), (0.9, 15.3), (0.8, 12), (0, 11.6)],
}

Point = tuple[float, float]


def smooth(profile: list[Point]) -> list[Point]:
    """The profile with more points on a Catmull-Rom spline; it never crosses the axis."""
    before, after = [profile[0], *profile, profile[-1]], []
    for p0, p1, p2, p3 in zip(before, before[1:], before[2:], before[3:]):
        for step in range(STEPS):
            t = step / STEPS
            weights = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2)
            radius, height = (sum(w * p[axis] for w, p in zip(weights, (p0, p1, p2, p3))) / 2 for axis in range(2))
            after.append((max(radius, 0), max(height, 0)))
    return [*after, profile[-1]]


def revolve(profile: list[Point]) -> tuple[list[tuple[float, float, float]], list[list[int]]]:
    """Points and faces, counter-clockwise from outside; where the profile meets the axis is one point."""
    points, rings, faces = [], [], []
    for radius, height in profile:
        around = SEGMENTS if radius > 0.005 else 1
        rings.append([len(points) + number % around for number in range(SEGMENTS)])
        for number in range(around):
            angle = 2 * math.pi * number / SEGMENTS
            points.append((radius * math.cos(angle), height, -radius * math.sin(angle)))
    for lower, upper in zip(rings, rings[1:]):
        for number in range(SEGMENTS):
            following = (number + 1) % SEGMENTS
            corners = [lower[number], lower[following], upper[following], upper[number]]
            face = list(dict.fromkeys(corners))
            if len(face) > 2:
                faces.append(face)
    return points, faces


def usda(name: str, profile: list[Point]) -> str:
    profile = smooth(profile)
    points, faces = revolve(profile)
    radius, height = max(radius for radius, _ in profile), max(height for _, height in profile)
    extent = [(-radius, 0, -radius), (radius, height, radius)]
    return f"""#usda 1.0
(
    "Written by make_parts.py"
    defaultPrim = "{name}"
    metersPerUnit = 0.01
    upAxis = "Y"
)

def Mesh "{name}"
{{
    float3[] extent = {vectors(extent)}
    int[] faceVertexCounts = {[len(face) for face in faces]}
    int[] faceVertexIndices = {[corner for face in faces for corner in face]}
    point3f[] points = {vectors(points)}
    uniform token subdivisionScheme = "catmullClark"
}}
"""


def vectors(values: list[tuple[float, ...]]) -> str:
    texts = (", ".join(f"{round(number, 2) + 0.0:g}" for number in value) for value in values)
    return f"[{', '.join(f'({text})' for text in texts)}]"


def main() -> None:
    folder = Path(__file__).parent / "parts"
    for name, profile in PROFILES.items():
        (folder / f"{name.lower()}.usda").write_text(usda(name, profile))


if __name__ == "__main__":
    main()
