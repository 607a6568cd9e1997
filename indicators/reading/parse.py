"""The child process: frames of bytes in, frames of JSON out, within a memory limit.

A parser that eats memory or crashes ends this process and not the user's.
"""

from __future__ import annotations

import gc
import json
import struct
import sys
from typing import BinaryIO

from .container import parse
from .limits import ANSWER_BYTES, MEMORY_BYTES, Refused

_LENGTH = struct.Struct(">Q")


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer every file that comes in until the input ends."""
    while head := source.read(_LENGTH.size):
        data = source.read(*_LENGTH.unpack(head))
        answer = _written(_answer(data))
        sink.write(_LENGTH.pack(len(answer)) + answer)
        sink.flush()


def _answer(data: bytes) -> object:
    try:
        return {"book": parse(data)}
    except Refused as refusal:
        return {"refused": refusal.code, "fields": refusal.fields}
    except (MemoryError, RecursionError):
        return {"refused": "reading.too_heavy", "fields": {}}
    except Exception:
        return {"refused": "reading.damaged", "fields": {}}


def _written(answer: object) -> bytes:
    written = json.dumps(answer, separators=(",", ":")).encode("ascii")
    if len(written) <= ANSWER_BYTES:
        return written
    words = {"what": "bytes", "limit": f"{ANSWER_BYTES:,}"}
    return json.dumps({"refused": "reading.too_large", "fields": words}).encode("ascii")


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on every system
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    gc.disable()  # nothing here is cyclic
    _limit_memory()
    serve(sys.stdin.buffer, sys.stdout.buffer)
