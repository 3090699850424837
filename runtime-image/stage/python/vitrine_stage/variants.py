"""The variants of a prim, and which of them the session has chosen."""

from typing import Any

from pxr import Tf, Usd

from .errors import StageError, named
from .room import Room
from .stage import OpenStage

_MOST_SETS = 100
_MOST_VARIANTS = 1_000  # of each set
_LARGEST = 1 << 20  # characters of JSON, all sets together


def describe(stage: OpenStage, path: str) -> dict[str, Any]:
    """The prim's variant sets, as far as they fit into a message; the selection is empty where none of a set is chosen."""
    sets, room = stage.prim(path).GetVariantSets(), Room(_LARGEST)
    told = [_describe(sets.GetVariantSet(name), room) for name in sets.GetNames()[:_MOST_SETS]]
    return {"variant_sets": [each for each in told if each is not None]}


def choose(stage: OpenStage, path: str, variant_set: str, variant: str) -> None:
    """Chooses a variant in the session's edits; a StageError if there is no such one."""
    prim = stage.prim(path)
    sets = prim.GetVariantSets()
    if variant_set not in sets.GetNames():
        raise StageError(f"The prim {path} has no variant set {variant_set!r}.")
    chosen = sets.GetVariantSet(variant_set)
    if variant not in chosen.GetVariantNames():
        known = named(chosen.GetVariantNames())
        raise StageError(f"The variant set {variant_set!r} has no variant {variant!r}; use any of {known}.")
    stage.require_own(prim)
    try:
        taken = chosen.SetVariantSelection(variant)
    except Tf.ErrorException:
        taken = False
    if not taken:
        raise StageError(f"The stage does not let the variant of {path} be chosen.")
    stage.load_below(prim)


def _describe(variant_set: Usd.VariantSet, room: Room) -> dict[str, Any] | None:
    """None if there is no room for the set."""
    described: dict[str, Any] = {"name": variant_set.GetName(), "selection": variant_set.GetVariantSelection()}
    if not room.take(described):
        return None
    variants = variant_set.GetVariantNames()
    told = [name for name in variants[:_MOST_VARIANTS] if room.take(name)]
    return described | {"variants": told, "omitted": len(variants) - len(told)}
