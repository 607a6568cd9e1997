"""Writing a file whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import OutputError

_OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES)


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Give a temporary file to write to, and put it in the place of `path` at the end.

    The temporary file lies in the same folder, is flushed to the disk and then renamed, so that at
    `path` there is the old file or the new one, never less. If the body fails it is removed.

    Parameters
    ----------
    path : str or Path

    Yields
    ------
    Path
        The temporary file.

    Raises
    ------
    OutputError
        If the path is a folder, its folder is missing, nothing may be written there, or the disk
        is full.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with replacing(Path(folder) / "note.txt") as draft:
    ...         _ = draft.write_text("whole")
    ...     (Path(folder) / "note.txt").read_text()
    'whole'
    """
    # A link stays a link: what it points to is replaced.
    target = Path(path).resolve()
    if target.is_dir():
        raise OutputError("errors.is_folder", file=str(path))
    if not target.parent.is_dir():
        raise OutputError("errors.no_folder", folder=str(Path(path).parent))
    if target.exists() and not (target.is_file() and os.access(target, os.W_OK)):
        raise OutputError("errors.unwritable", file=str(path))
    try:
        handle, name = tempfile.mkstemp(
            prefix=".steelyard-", suffix=target.suffix, dir=target.parent
        )
    except OSError as error:
        raise OutputError("errors.unwritable", file=str(path)) from error
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        _flush(draft)
        draft.chmod(_usual_mode(target))
        draft.replace(target)
    except OSError as error:
        if error.errno in _OF_THE_DISK:
            reason = error.strerror
            raise OutputError("output.failed", file=str(path), reason=reason) from error
        raise
    finally:
        draft.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _usual_mode(target: Path) -> int:
    """The mode of the file that is replaced, or what the user's mask gives a new one."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
