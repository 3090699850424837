"""Values of attributes as JSON, and back."""

import itertools
import math
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
from pxr import Gf, Sdf

from .room import Room

MOST_ELEMENTS = 1_000
"""As many elements of an array are told."""

_LONGEST_TEXT = 1_000  # characters
_LONGEST_SET_TEXT = 4_096
_WHOLE_NUMBERS = {"uchar": (0, 2**8 - 1), "int": (-(2**31), 2**31 - 1), "uint": (0, 2**32 - 1)} | {
    "int64": (-(2**63), 2**63 - 1),
    "uint64": (0, 2**64 - 1),
}
_LARGEST_NUMBERS = {"half": float(np.finfo(np.float16).max), "float": float(np.finfo(np.float32).max)}
_PRECISIONS = {"h": "half", "f": "float", "d": "double"}  # the last letters of Gf's names
_QUATERNIONS = (Gf.Quath, Gf.Quatf, Gf.Quatd)
_MATRICES = (Gf.Matrix2d, Gf.Matrix3d, Gf.Matrix4d)
_VECTORS = tuple(getattr(Gf, f"Vec{size}{kind}") for size in (2, 3, 4) for kind in "hfdi")


class BadValue(Exception):
    """The value does not suit the type; the text says what would, to follow "must be"."""


def to_json(value: Any, room: Room) -> tuple[Any, bool]:
    """The value, and whether that is only the beginning of it; None for what JSON cannot say or the room does not hold."""
    if is_array(value):
        return _beginning(value, room)
    whole = value.path if isinstance(value, Sdf.AssetPath) else value
    told = whole[:_LONGEST_TEXT] if isinstance(whole, str) else _numbers(whole)
    if not room.take(told):
        return None, True
    return told, isinstance(whole, str) and len(whole) > _LONGEST_TEXT


def is_array(value: Any) -> bool:
    """Whether the attribute's type is one of arrays."""
    return type(value).__module__ == "pxr.Vt"


def _beginning(array: Any, room: Room) -> tuple[list[Any] | None, bool]:
    told = []
    cut = False
    for element in itertools.islice(array, MOST_ELEMENTS):
        each, each_cut = to_json(element, room)
        if each is None and each_cut:
            return told or None, True
        told.append(each)
        cut |= each_cut
    return told, cut or len(array) > MOST_ELEMENTS


def _numbers(value: Any) -> Any:
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, _QUATERNIONS):
        return [_numbers(part) for part in (value.real, *value.imaginary)]
    if isinstance(value, _VECTORS + _MATRICES):
        return [_numbers(part) for part in value]
    if isinstance(value, Sdf.TimeCode):
        return _numbers(value.GetValue())
    return None


def can_be_set(type_name: Sdf.ValueTypeName) -> bool:
    """Whether values of the type can be made of JSON: not those that name files, or that nothing can say."""
    return _maker_of(type_name.scalarType) is not None


def from_json(value: Any, type_name: Sdf.ValueTypeName) -> Any:
    """A value of the type; a BadValue if it cannot be made of this one."""
    maker = _maker_of(type_name.scalarType)
    if maker is None:
        raise BadValue(f"set by other means, as the viewer sets none of the type {type_name}")
    if not type_name.isArray:
        return maker(value)
    if not isinstance(value, list):
        raise BadValue("a list")
    try:
        return type_name.type.pythonClass([maker(element) for element in value])
    except BadValue as wrong:
        raise BadValue(f"a list, each element of which is {wrong}") from None


def _maker_of(scalar: Sdf.ValueTypeName) -> Callable[[Any], Any] | None:
    kind = type(scalar.defaultValue)
    if kind is bool:
        return _truth
    if kind is str:
        return _text
    if kind is int:
        return _whole_number(*_WHOLE_NUMBERS[str(scalar)])
    if kind in (float, Sdf.TimeCode):
        number = _number(str(scalar))
        return number if kind is float else lambda value: kind(number(value))
    if kind in _VECTORS + _QUATERNIONS:
        return _row(kind)
    return _rows(kind) if kind in _MATRICES else None


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadValue("true or false")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_SET_TEXT or not _is_unicode(value):
        raise BadValue(f"a text of at most {_LONGEST_SET_TEXT} characters")
    return value


def _is_unicode(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _whole_number(least: int, most: int) -> Callable[[Any], int]:
    def made(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise BadValue(f"a whole number from {least} to {most}")
        return value

    return made


def _number(precision: str) -> Callable[[Any], float]:
    most = _LARGEST_NUMBERS.get(precision, sys.float_info.max)
    expected = f"a number of at most {most:g}" if precision in _LARGEST_NUMBERS else "a finite number"

    def made(value: Any) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) <= most:
            raise BadValue(expected)
        return float(value)

    return made


def _row(kind: type) -> Callable[[Any], Any]:
    """Vectors of whole numbers, or of numbers; quaternions with the real part first."""
    precision = _PRECISIONS.get(kind.__name__[-1])
    number = _number(precision) if precision else _whole_number(*_WHOLE_NUMBERS["int"])
    size = 4 if kind in _QUATERNIONS else kind.dimension

    def made(value: Any) -> Any:
        return kind(*_list(value, size, number))

    return made


def _rows(kind: type) -> Callable[[Any], Any]:
    size, number = kind.dimension[0], _number("double")

    def made(value: Any) -> Any:
        if not isinstance(value, list) or len(value) != size:
            raise BadValue(f"a list of {size} rows of {size} numbers")
        return kind(*(part for row in value for part in _list(row, size, number)))

    return made


def _list(value: Any, size: int, number: Callable[[Any], Any]) -> list[Any]:
    if not isinstance(value, list) or len(value) != size:
        raise BadValue(f"a list of {size} numbers")
    try:
        return [number(part) for part in value]
    except BadValue as wrong:
        raise BadValue(f"a list of {size} numbers, each {wrong}") from None
