"""Parsing in a child process, with a limit on its memory and its time."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import threading
from types import TracebackType
from typing import Any

from .limits import SECONDS, Refused
from .plain import PlainBook

_LENGTH = struct.Struct(">Q")


class Sandbox:
    """A child process that parses one file after another.

    Parameters
    ----------
    seconds : float
        How long one file may take.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def parse(self, data: bytes) -> PlainBook:
        """Parse one file's bytes.

        Raises
        ------
        Refused
            If the parser refuses it, or it takes too long or too much memory.
        """
        return plain_book(self.answer(data))

    def answer(self, data: bytes) -> bytes:
        """What the child answers, to be understood by `plain_book`: hardly any work here.

        Raises
        ------
        Refused
            If it takes too long or too much memory.
        """
        child = self._started()
        timer = threading.Timer(self.seconds, child.kill)
        timer.start()
        try:
            return _ask(child, data)
        except (OSError, EOFError) as error:
            self.close()
            raise Refused("reading.too_heavy") from error
        finally:
            timer.cancel()

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None:
            self._child = subprocess.Popen(
                [sys.executable, "-m", f"{__package__}.parse"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        return self._child


def plain_book(answer: bytes) -> PlainBook:
    """The book in a child's answer.

    Raises
    ------
    Refused
        If the parser refused the file.
    """
    found: Any = json.loads(answer)
    if "refused" in found:
        raise Refused(found["refused"], **found["fields"])
    book: PlainBook = found["book"]
    return book


def _ask(child: subprocess.Popen[bytes], data: bytes) -> bytes:
    assert child.stdin is not None and child.stdout is not None
    child.stdin.write(_LENGTH.pack(len(data)))
    child.stdin.write(data)
    child.stdin.flush()
    (length,) = _LENGTH.unpack(_exactly(child.stdout.read(_LENGTH.size), _LENGTH.size))
    return _exactly(child.stdout.read(length), length)


def _exactly(data: bytes, length: int) -> bytes:
    if len(data) < length:
        raise EOFError
    return data
