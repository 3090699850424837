"""The variants of a prim, and which of them the session has chosen."""

from typing import Any

from pxr import Usd

from .errors import StageError
from .stage import OpenStage

_MOST_SETS = 100
_MOST_VARIANTS = 1_000  # of each set


def describe(stage: OpenStage, path: str) -> dict[str, Any]:
    """The prim's variant sets; the selection is empty where none of a set is chosen."""
    sets = stage.prim(path).GetVariantSets()
    return {"variant_sets": [_describe(sets.GetVariantSet(name)) for name in sets.GetNames()[:_MOST_SETS]]}


def choose(stage: OpenStage, path: str, variant_set: str, variant: str) -> None:
    """Chooses a variant in the session's edits; a StageError if there is no such one."""
    prim = stage.prim(path)
    sets = prim.GetVariantSets()
    if variant_set not in sets.GetNames():
        raise StageError(f"The prim {path} has no variant set {variant_set!r}.")
    chosen = sets.GetVariantSet(variant_set)
    if variant not in chosen.GetVariantNames():
        known = ", ".join(chosen.GetVariantNames()[:_MOST_VARIANTS])
        raise StageError(f"The variant set {variant_set!r} has no variant {variant!r}; use any of {known}.")
    stage.require_own(prim)
    if not chosen.SetVariantSelection(variant):
        raise StageError(f"The stage does not let the variant of {path} be chosen.")
    stage.load_below(prim)


def _describe(variant_set: Usd.VariantSet) -> dict[str, Any]:
    return {
        "name": variant_set.GetName(),
        "variants": variant_set.GetVariantNames()[:_MOST_VARIANTS],
        "selection": variant_set.GetVariantSelection(),
    }
