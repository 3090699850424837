"""An open stage: composition, what went wrong in it, and the session's edits."""

import math
import os
import time
from collections.abc import Callable

from pxr import Ar, Sdf, Tf, Usd, UsdGeom, UsdUtils

from .assets import Assets
from .errors import StageError

Progress = Callable[[str, int, int], None]
"""Told the phase, how much of it is done, and how much there is."""

_MOST_WARNINGS = 20
_MOST_BROKEN = 3
_CLOCK_STEP = 20_000_000  # nanoseconds: a file's time may be so much older than the clock was


class OpenStage:
    """A composed stage with all payloads loaded. Edits go to its session layer; the files are never changed."""

    def __init__(self, assets: Assets, url: str, progress: Progress, edits: str | None = None) -> None:
        """Opens the stage at ``url`` ("" for a new one) and applies edits exported before."""
        begun = time.time_ns()
        self.url = url
        self._assets = assets
        self.usd = self._open(url)
        progress("open", 1, 1)
        if edits is not None:
            self.import_edits(edits)
        self._load_payloads(progress)
        self.usd.SetEditTarget(self.usd.GetSessionLayer())
        self._note_versions(begun)
        self._changed = False
        self._notices = Tf.Notice.Register(Usd.Notice.ObjectsChanged, self._note_change, self.usd)

    @property
    def time(self) -> Usd.TimeCode:
        """When the stage is looked at: the first sample of whatever is animated."""
        return Usd.TimeCode.EarliestTime()

    @property
    def up_axis(self) -> str:
        axis = str(UsdGeom.GetStageUpAxis(self.usd))
        return axis if axis in ("Y", "Z") else "Y"

    @property
    def meters_per_unit(self) -> float:
        """How long a unit is; a centimetre, which is USD's default, where the stage says nonsense."""
        meters = UsdGeom.GetStageMetersPerUnit(self.usd)
        return meters if math.isfinite(meters) and meters > 0 else 0.01

    def warnings(self) -> list[str]:
        """What composition had to leave out, one sentence each and not too many."""
        errors = self.usd.GetCompositionErrors()
        told = [self._assets.tell(lambda e=error: e) for error in errors[:_MOST_WARNINGS]]
        return told if len(errors) <= _MOST_WARNINGS else [*told, f"… and {len(errors) - _MOST_WARNINGS} more"]

    def files(self) -> list[str]:
        """Every file that composition read, relative to the assets folder; none if others might be read another time."""
        if self.usd.GetCompositionErrors():
            return []  # what is missing may be there the next time
        return self._assets.relative(self._read())

    def sources(self) -> list[str]:
        """The files of the assets folder that composition read or could not, relative to it."""
        missing = self._missing() if self.usd.GetCompositionErrors() else set()
        return self._assets.inside(self._read() | missing)

    def refresh(self, progress: Progress) -> None:
        """Composes the stage anew from its files as they are now; the edits stay.

        A StageError names the files that cannot be read any more: all of the stage stays as it was.
        """
        begun = time.time_ns()
        saved = {layer for layer in self._layers() if self._is_saved(layer)}
        delegate = UsdUtils.CoalescingDiagnosticDelegate()
        try:
            broken = [told for layer in saved if (told := self._broken(layer.realPath))]
            if broken:
                raise StageError(f"What was saved cannot be shown: {'; '.join(sorted(broken)[:_MOST_BROKEN])}.")
            Sdf.Layer.ReloadLayers(saved)
            if self.usd.GetCompositionErrors():
                self.usd.Reload()  # what is missing may be there now
        except Tf.ErrorException as failure:  # it has been saved once more meanwhile
            raise StageError(f"What was saved cannot be shown: {self._reason(failure)}.") from None
        except UnicodeDecodeError:
            raise StageError("What was saved cannot be shown: a file is malformed (not UTF-8).") from None
        finally:
            delegate.TakeUncoalescedDiagnostics()
        self._load_payloads(progress)
        self._note_versions(begun)

    def prim(self, path: str) -> Usd.Prim:
        """The prim at an absolute path; a StageError if there is none."""
        if not path.startswith("/") or not Sdf.Path.IsValidPathString(path) or not Sdf.Path(path).IsAbsoluteRootOrPrimPath():
            raise StageError(f"{path!r} is not the path of a prim.")
        prim = self.usd.GetPrimAtPath(path)
        if not prim:
            raise StageError(f"The stage has no prim at {path}.")
        return prim

    @staticmethod
    def is_own(prim: Usd.Prim) -> bool:
        """Whether edits may be made to the prim: instances share those inside of them."""
        return not prim.IsInstanceProxy() and not prim.IsInPrototype()

    def require_own(self, prim: Usd.Prim) -> None:
        """A StageError if no edits can be made to the prim."""
        if not self.is_own(prim):
            raise StageError(f"{prim.GetPath()} is inside of an instance and shared with others; edit the instance itself.")

    def load_below(self, prim: Usd.Prim) -> None:
        """Loads the payloads at and below a prim that an edit has brought along."""
        if not prim.IsActive():
            return
        delegate = UsdUtils.CoalescingDiagnosticDelegate()
        try:
            self.usd.Load(prim.GetPath())
        except Tf.ErrorException as failure:
            raise StageError(f"What {prim.GetPath()} brings along could not be loaded: {self._reason(failure)}.") from None
        finally:
            delegate.TakeUncoalescedDiagnostics()

    def take_changes(self) -> bool:
        """Whether the stage has changed since it was opened or last asked."""
        changed, self._changed = self._changed, False
        return changed

    def keep_changes(self) -> None:
        """The changes that were taken could not be used: they are there for whoever asks next."""
        self._changed = True

    def export_edits(self) -> str:
        """The session's edits as the text of a layer."""
        return self.usd.GetSessionLayer().ExportToString()

    def import_edits(self, edits: str) -> None:
        """Replaces the session's edits by those of an exported layer."""
        try:
            imported = self.usd.GetSessionLayer().ImportFromString(edits)
        except Tf.ErrorException as failure:
            raise StageError(f"The edits could not be applied: {self._reason(failure)}.") from None
        if not imported:
            raise StageError("The edits could not be applied: they are not a USD layer.")

    def _layers(self) -> list[Sdf.Layer]:
        return [layer for layer in self.usd.GetUsedLayers() if not layer.anonymous]

    def _read(self) -> set[str]:
        return {_file(layer.realPath) for layer in self._layers()}

    def _missing(self) -> set[str]:
        """What the files refer to, also where it could not be read."""
        return {
            _file(layer.ComputeAbsolutePath(name)) for layer in self._layers() for name in layer.GetCompositionAssetDependencies()
        }

    def _note_versions(self, begun: int) -> None:
        """Files as they were read; one that was saved since then may have been read before."""
        versions = {path: _version(path) for path in self._read()}
        self._versions = {path: version for path, version in versions.items() if version and version[0] < begun - _CLOCK_STEP}

    def _is_saved(self, layer: Sdf.Layer) -> bool:
        """Whether its file is another one; one that is away may be about to be replaced."""
        path = _file(layer.realPath)
        version = _version(path)
        return version is not None and version != self._versions.get(path)

    def _broken(self, path: str) -> str | None:
        """Why a file cannot be read, with its name; the stage does not notice that it was tried."""
        try:
            if Sdf.Layer.OpenAsAnonymous(path):
                return None
            messages = []
        except Tf.ErrorException as failure:
            messages = [lambda e=error: e.commentary for error in failure.args]
        except UnicodeDecodeError:
            messages = [lambda: "the file is malformed (not UTF-8)"]
        return self._assets.reason_with_name(_file(path), messages)

    def _note_change(self, notice: Usd.Notice.ObjectsChanged, stage: Usd.Stage) -> None:
        self._changed = True

    def _open(self, url: str) -> Usd.Stage:
        if not url:
            return Usd.Stage.CreateInMemory()
        path = self._assets.file_of(url)
        delegate = UsdUtils.CoalescingDiagnosticDelegate()  # keeps OpenUSD's warnings off standard error
        try:
            return Usd.Stage.Open(path, Usd.Stage.LoadNone)
        except Tf.ErrorException as failure:
            raise StageError(f"The stage {url} could not be opened: {self._reason(failure)}.") from None
        except UnicodeDecodeError:
            raise StageError(f"The stage {url} could not be opened: it is malformed (not UTF-8).") from None
        finally:
            delegate.TakeUncoalescedDiagnostics()

    def _load_payloads(self, progress: Progress) -> None:
        delegate = UsdUtils.CoalescingDiagnosticDelegate()
        payloads = sorted(self.usd.FindLoadable())
        for number, path in enumerate(payloads):
            progress("payload", number, len(payloads))
            self.usd.Load(path)
        delegate.TakeUncoalescedDiagnostics()

    def _reason(self, failure: Tf.ErrorException) -> str:
        return self._assets.reason([lambda e=error: e.commentary for error in failure.args]).rstrip(".")


def _file(path: str) -> str:
    """The file that a layer is in: the package, if it is in one."""
    return Ar.SplitPackageRelativePathOuter(path)[0]


def _version(path: str) -> tuple[int, int] | None:
    """When a file was saved and how long it is, if it is there."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size
