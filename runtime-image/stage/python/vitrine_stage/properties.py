"""The properties of a prim, and how the session changes them."""

import json
from typing import Any

from pxr import Sdf, Tf, Usd

from . import values
from .errors import StageError
from .stage import OpenStage

_MOST_PROPERTIES = 1_000
_MOST_OPTIONS = 100
_MOST_TARGETS = 100
_LARGEST = 1 << 20  # characters of JSON, all values together


def describe(stage: OpenStage, path: str) -> dict[str, Any]:
    """All properties of the prim, in the order of their names, as far as they fit into a message."""
    prim = stage.prim(path)
    found = prim.GetProperties()
    told = [_describe(each, stage.time) for each in found[:_MOST_PROPERTIES]]
    room = _LARGEST
    for each in told:
        room -= len(json.dumps(each["value"]))
        if room < 0:
            each |= {"value": None, "truncated": True}
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
        raise StageError(f"The value of {name!r} must be one of {', '.join(options)}.")
    try:
        attribute.Set(made)
    except Tf.ErrorException:
        raise StageError(f"The stage does not let {name!r} of {path} be set.") from None


def _describe(property_: Usd.Property, time: Usd.TimeCode) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": property_.GetName(),
        "authored": property_.IsAuthored(),
        "custom": property_.IsCustom(),
    }
    if isinstance(property_, Usd.Relationship):
        targets = [str(target) for target in property_.GetTargets()]
        cut = len(targets) > _MOST_TARGETS
        return described | {"type": "rel", "value": targets[:_MOST_TARGETS], "truncated": cut, "writable": False}
    value = property_.Get(time)
    told, truncated = values.to_json(value)
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


def _options(attribute: Usd.Attribute) -> list[str]:
    """The words that a schema allows; none where it allows any."""
    if attribute.GetTypeName() != Sdf.ValueTypeNames.Token:
        return []
    return [str(word) for word in (attribute.GetMetadata("allowedTokens") or [])[:_MOST_OPTIONS]]
