"""A file is written whole or not at all."""

import errno
import os
import signal
import subprocess
import sys
import time

import pytest

from steelyard.atomic import replacing
from steelyard.errors import OutputError


def write(path, text):
    with replacing(path) as draft:
        draft.write_text(text)


def test_a_file_is_written_and_replaced(tmp_path):
    path = tmp_path / "报告.xlsx"
    write(path, "old")
    write(str(path), "new")
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_while_writing_the_old_file_stands_and_the_draft_is_hidden(tmp_path):
    path = tmp_path / "report.xlsx"
    write(path, "old")
    with replacing(path) as draft:
        draft.write_text("half")
        assert path.read_text() == "old"
        assert (draft.parent, draft.suffix, draft.name[0]) == (tmp_path, ".xlsx", ".")


def test_two_at_once_do_not_share_a_draft(tmp_path):
    with replacing(tmp_path / "a") as one, replacing(tmp_path / "a") as two:
        assert one != two
        one.write_text("1")
        two.write_text("2")
    assert (tmp_path / "a").read_text() == "1"


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "report.xlsx"
    write(path, "old")
    with pytest.raises(ZeroDivisionError), replacing(path) as draft:
        draft.write_text("half")
        raise ZeroDivisionError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_one_clear_line(tmp_path):
    with pytest.raises(OutputError, match="No space left") as caught, replacing(tmp_path / "f"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert "\n" not in caught.value.message("zh")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name, sentence", [("", "is a folder"), ("missing/f.csv", "missing does not exist")]
)
def test_where_nothing_can_be_written(tmp_path, name, sentence):
    with pytest.raises(OutputError, match=sentence):
        write(tmp_path / name, "x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_what_is_no_file_is_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OutputError):
        write(tmp_path / "pipe", "x")
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_protected_folder_and_a_protected_file(tmp_path):
    path = tmp_path / "f"
    write(path, "old")
    path.chmod(0o444)
    with pytest.raises(OutputError, match="may not be written"):
        write(path, "new")
    tmp_path.chmod(0o555)
    with pytest.raises(OutputError, match="may not be written"):
        write(tmp_path / "g", "new")
    tmp_path.chmod(0o755)


def test_a_link_stays_a_link(tmp_path):
    write(tmp_path / "file", "old")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text() == "new"


def test_the_mode_is_what_a_plain_write_would_give(tmp_path):
    (tmp_path / "plain").write_text("x")
    write(tmp_path / "file", "x")
    assert (tmp_path / "file").stat().st_mode == (tmp_path / "plain").stat().st_mode
    (tmp_path / "file").chmod(0o640)
    write(tmp_path / "file", "y")
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o640


def test_a_killed_process_leaves_the_old_file_or_the_new(tmp_path):
    path = tmp_path / "f"
    size = 3_000_000
    code = (
        "import itertools\n"
        "from steelyard.atomic import replacing\n"
        "for letter in itertools.cycle('ab'):\n"
        f"    with replacing({str(path)!r}) as draft:\n"
        f"        draft.write_text(letter * {size})\n"
    )
    write(path, "a" * size)
    for stop in range(10):
        child = subprocess.Popen([sys.executable, "-c", code])
        time.sleep(0.15 + 0.013 * stop)
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert path.read_text() in ("a" * size, "b" * size)
    assert all(left.name.startswith(".steelyard-") for left in tmp_path.iterdir() if left != path)
