"""Failures whose text is meant for the person who asked."""

from collections.abc import Sequence

_MOST_WORDS = 20
_LONGEST_WORD = 100  # characters


class StageError(Exception):
    """Something about a stage or a request that its author can repair; the text is a whole sentence."""


class ConfinementError(Exception):
    """The process could not lock itself in; it must not open any stage."""


def named(words: Sequence[str]) -> str:
    """Words as part of a sentence: the first of many, and of long ones the beginning."""
    told = [word if len(word) <= _LONGEST_WORD else f"{word[:_LONGEST_WORD]}…" for word in words[:_MOST_WORDS]]
    return ", ".join([*told, "…"] if len(words) > _MOST_WORDS else told)
