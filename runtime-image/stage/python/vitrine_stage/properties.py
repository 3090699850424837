"""The properties of a prim, and how the session changes them."""

import itertools
from typing import Any

from pxr import Sdf, Tf, Usd

from . import values
from .errors import StageError, named
from .room import Room
from .stage import OpenStage

_MOST_PROPERTIES = 1_000
_MOST_OPTIONS = 100
_MOST_TARGETS = 100
_LARGEST = 1 << 20  # characters of JSON, all values together; and as much for whatever else is said
_LARGEST_VALUE = 64 << 10  # so: one alone leaves the others room


def describe(stage: OpenStage, path: str) -> dict[str, Any]:
    """All properties of the prim, in the order of their names, as far as they fit into a message."""
    prim = stage.prim(path)
    found = prim.GetProperties()
    room, values_room = Room(_LARGEST), Room(_LARGEST)
    described = (_describe(each, stage.time, Room(_LARGEST_VALUE, values_room)) for each in found[:_MOST_PROPERTIES])
    told = [each for each in described if room.take({**each, "value": None})]
    return {"type": str(prim.GetTypeName()), "properties": told, "omitted": len(found) - len(told)}


def set_value(stage: OpenStage, path: str, name: str, value: Any) -> None:
    """Sets an attribute in the session's edits, for all times; a StageError says why it cannot be set."""
    prim = stage.prim(path)
    if not Sdf.Path.IsValidNamespacedIdentifier(name) or not prim.HasProperty(name):
        raise StageError(f"The prim {path} has no property {name!r}.")
    attribute = prim.GetAttribute(name)
    if not attribute:
        raise StageError(f"{name!r} is a relationship; only attributes can be set.")
    stage.require_own(prim)
    try:
        made = values.from_json(value, attribute.GetTypeName())
    except values.BadValue as wrong:
        raise StageError(f"The value of {name!r} must be {wrong}.") from None
    options = _options(attribute)
    if options and made not in options:
        raise StageError(f"The value of {name!r} must be one of {named(options)}.")
    try:
        attribute.Set(made)
    except Tf.ErrorException:
        raise StageError(f"The stage does not let {name!r} of {path} be set.") from None


def _describe(property_: Usd.Property, time: Usd.TimeCode, room: Room) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": property_.GetName(),
        "authored": property_.IsAuthored(),
        "custom": property_.IsCustom(),
    }
    if isinstance(property_, Usd.Relationship):
        targets = [str(target) for target in property_.GetTargets()]
        told = list(itertools.takewhile(room.take, targets[:_MOST_TARGETS]))
        return described | {"type": "rel", "value": told, "truncated": len(told) < len(targets), "writable": False}
    value = property_.Get(time)
    told, truncated = _told(value, room)
    described |= {
        "type": str(property_.GetTypeName()),
        "value": told,
        "truncated": truncated,
        "animated": property_.ValueMightBeTimeVarying(),
        "connected": property_.HasAuthoredConnections(),
        "writable": OpenStage.is_own(property_.GetPrim()) and values.can_be_set(property_.GetTypeName()),
    }
    if values.is_array(value):
        described["length"] = len(value)
    if options := _options(property_):
        described["options"] = options
    return described


def _told(value: Any, room: Room) -> tuple[Any, bool]:
    try:
        return values.to_json(value, room)
    except UnicodeDecodeError:
        return None, False  # a text that is not UTF-8, which JSON cannot say


def _options(attribute: Usd.Attribute) -> list[str]:
    """The words that a schema allows; none where it allows any."""
    if attribute.GetTypeName() != Sdf.ValueTypeNames.Token:
        return []
    try:
        return [str(word) for word in (attribute.GetMetadata("allowedTokens") or [])[:_MOST_OPTIONS]]
    except UnicodeDecodeError:
        return []
