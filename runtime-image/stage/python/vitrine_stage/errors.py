"""Failures whose text is meant for the person who asked."""


class StageError(Exception):
    """Something about a stage or a request that its author can repair; the text is a whole sentence."""


class ConfinementError(Exception):
    """The process could not lock itself in; it must not open any stage."""
