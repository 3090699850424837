"""The assets folder: which file a stage's address means, and how paths are told to the outside."""

import os
import re
import stat
from collections.abc import Callable, Collection

from .errors import StageError

_FORMATS = (".usd", ".usda", ".usdc", ".usdz")
_LONGEST_ADDRESS = 1024
_LONGEST_MESSAGE = 300
_PLACE = re.compile(r":(\d+)(?::\d+)?: ?(.*)", re.DOTALL)  # USD's text parser: FILE:LINE:COLUMN: what is wrong
_FILE_OUTSIDE = re.compile(r"@/[^@]*@")  # OpenUSD writes file names between these signs
_MOST_REASONS = 3
_NO_MEMORY = "std::bad_alloc"
_PARSER_RULE = re.compile(r"parse error matching \S*pegtl\S* at")  # a C++ type's name says nothing to an author
_NO_REASON = "Failed to open layer"


class Assets:
    """The only folder stages are read from."""

    def __init__(self, folder: str) -> None:
        self._folder = os.path.realpath(folder)

    def file_of(self, url: str) -> str:
        """The absolute path of the stage at ``url``, relative to the folder; a StageError says why there is none."""
        if len(url) > _LONGEST_ADDRESS or not url.isprintable():
            raise StageError("The address of the stage is not a file name.")
        path = os.path.realpath(os.path.join(self._folder, url))
        if os.path.commonpath([path, self._folder]) != self._folder:
            raise StageError(f"The stage {url} lies outside the assets folder.")
        try:
            status = os.stat(path)
        except OSError:
            raise StageError(f"The stage {url} does not exist in the assets folder.") from None
        if not stat.S_ISREG(status.st_mode):
            raise StageError(f"The stage {url} is not a file.")
        if not path.lower().endswith(_FORMATS):
            raise StageError(f"The stage {url} is not a USD file: its name must end in {', '.join(_FORMATS)}.")
        if status.st_size == 0:
            raise StageError(f"The stage {url} is empty (0 bytes).")
        return path

    def relative(self, paths: Collection[str]) -> list[str]:
        """Files of the folder as paths relative to it, in order; none if any is not of the folder."""
        inside = self.inside(paths)
        return inside if len(inside) == len(paths) else []

    def inside(self, paths: Collection[str]) -> list[str]:
        """Those of the files that are of the folder, as paths relative to it, in order."""
        return sorted(os.path.relpath(path, self._folder) for path in paths if path.startswith(self._folder + os.sep))

    def tell(self, message: Callable[[], object]) -> str:
        """A message of OpenUSD with file names relative to the assets folder and without those outside of it.

        It is asked for by a function because the binding raises UnicodeDecodeError where a message quotes a
        malformed file.
        """
        try:
            text = str(message())
        except UnicodeDecodeError:
            return "the file is malformed (not UTF-8)"
        text = text.replace(self._folder + os.sep, "")
        text = _PARSER_RULE.sub("syntax error at", text)
        text = _FILE_OUTSIDE.sub("a file outside the assets folder", text)
        text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        return text if len(text) <= _LONGEST_MESSAGE else text[:_LONGEST_MESSAGE] + " …"

    def reason(self, messages: list[Callable[[], object]]) -> str:
        """Why a file could not be opened, with its line where OpenUSD's parser names one."""
        told = [self.tell(message) for message in messages]
        for text in told:
            if _NO_MEMORY in text:
                return "it needs more memory than it may use"
            if place := _PLACE.search(text):
                return f"line {place[1]}: {place[2]}"
        reasons = [text for text in told if not text.startswith(_NO_REASON)]
        return "; ".join(reasons) or "it is not a valid USD file"

    def reason_with_name(self, path: str, messages: list[Callable[[], object]]) -> str:
        """Why a file could not be read, with its name, and with line and column as OpenUSD's parser tells them."""
        name = next(iter(self.inside([path])), "a file outside the assets folder")
        told = [self.tell(message).rstrip(".") for message in messages[:_MOST_REASONS]]
        if any(_NO_MEMORY in text for text in told):
            return f"{name}: more memory is needed than there may be used"
        reasons = "; ".join(told) or "it is not a valid USD file"
        return reasons if name in reasons else f"{name}: {reasons}"
