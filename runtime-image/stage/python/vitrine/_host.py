"""The process that calls the handlers, as the package sees it."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pxr import Usd


class Host(Protocol):
    """What handlers may ask of the process that they run in."""

    def tell(self, message: str) -> None:
        """Sends the text of a message to the page."""

    def stage(self) -> "Usd.Stage":
        """The stage that is open."""


_attached: list[Host] = []


def attach(host: Host) -> None:
    """Has handlers ask this process from now on."""
    _attached[:] = [host]


def host() -> Host:
    """The process; RuntimeError outside of any."""
    if not _attached:
        raise RuntimeError("This works inside a Vitrine runtime only: start one with the option --extension.")
    return _attached[0]
