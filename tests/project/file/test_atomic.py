"""Saving: whatever fails, and whenever, the path holds the old file or the new one, and the user hears of it."""

import errno
import io
import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annstudio.core.errors import UserError
from annstudio.project.build import chain
from annstudio.project.file import Progress, atomic, check_place, load, save
from tests.project.file.makers import EXAM, saved, weights_of

OTHER = chain("Other", "iris", [(8, "tanh")])
FAILING = frozenset({"open", "close", "chmod", "fsync", "replace"})
"""Calls of the system; opening the temporary file and writing to it come on top."""
KILLS = 5
ROOT = Path(__file__).resolve().parents[3]


class FailingSystem:
    """Stands in for the system calls of the saver and lets one of them fail.

    Args:
        at: number of the call to fail, None for no failure.
        number: of the error.
        sticky: fail all calls from that one on.
    """

    def __init__(self, at=None, number=errno.EIO, sticky=False):
        self.at, self.number, self.sticky = at, number, sticky
        self.calls = []

    def __getattr__(self, name):
        real = getattr(os, name)
        return self._counted(name, real) if name in FAILING else real

    def open_file(self, path, mode):
        assert mode == "xb"
        system = self
        self.count("create")

        class Raw(io.FileIO):
            def write(self, data):
                system.count("write")
                return super().write(data)

        return io.BufferedWriter(Raw(path, "x"))

    def count(self, name):
        self.calls.append(name)
        now = len(self.calls) - 1
        if self.at is not None and (now == self.at or (self.sticky and now > self.at)):
            raise OSError(self.number, os.strerror(self.number))

    def _counted(self, name, real):
        def call(*arguments):
            if name == "close":
                # As in the kernel, a handle is gone even if closing it fails.
                real(*arguments)
            self.count(name)
            return None if name == "close" else real(*arguments)

        return call

    def installed(self, monkeypatch):
        monkeypatch.setattr(atomic, "os", self)
        monkeypatch.setattr(atomic, "open", self.open_file, raising=False)
        return self


def calls_of_a_save(tmp_path):
    with pytest.MonkeyPatch.context() as monkeypatch:
        system = FailingSystem().installed(monkeypatch)
        saved(tmp_path / "probe.ann")
        saved(tmp_path / "probe.ann", OTHER)
    return system.calls[len(system.calls) // 2 :]


def test_every_failure_is_told_and_leaves_a_whole_file(tmp_path, monkeypatch):
    steps = calls_of_a_save(tmp_path)
    assert {"create", "chmod", "write", "fsync", "replace"} <= set(steps)
    for at in range(steps.index("replace") + 1):
        for number in (errno.ENOSPC, errno.EIO, errno.EACCES):
            for sticky in (False, True):
                path = saved(tmp_path / "a.ann")
                with monkeypatch.context() as patched:
                    FailingSystem(at, number, sticky).installed(patched)
                    with pytest.raises(UserError, match=r"^“a.ann” cannot be saved: .*\.$"):
                        saved(path, OTHER)
                assert load(path).project == EXAM
                assert list(tmp_path.glob(".*")) == []


def test_a_file_that_is_there_is_saved_even_if_its_folder_cannot_be_synced(tmp_path, monkeypatch):
    steps = calls_of_a_save(tmp_path)
    assert steps[steps.index("replace") + 1 :] == ([] if os.name == "nt" else ["open", "fsync", "close"])
    for at in range(steps.index("replace") + 1, len(steps)):
        for sticky in (False, True):
            path = saved(tmp_path / "a.ann")
            with monkeypatch.context() as patched:
                FailingSystem(at, errno.EACCES, sticky).installed(patched)
                saved(path, OTHER)
            assert load(path).project == OTHER


def test_a_first_save_that_fails_leaves_nothing(tmp_path, monkeypatch):
    FailingSystem(2, errno.ENOSPC).installed(monkeypatch)
    with pytest.raises(UserError, match="disk is full"):
        saved(tmp_path / "a.ann")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "share of the disk is full"),
        (errno.EROFS, "read-only"),
        (errno.EPERM, "no permission"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_the_sentence_says_what_to_do(tmp_path, monkeypatch, number, words):
    FailingSystem(0, number).installed(monkeypatch)
    with pytest.raises(UserError, match=words):
        saved(tmp_path / "a.ann")


def linked(folder, target):
    link = folder / f"link-to-{target.name}"
    link.symlink_to(target)
    return link


def looped(folder):
    link = folder / "loop.ann"
    link.symlink_to(link)
    return link


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_places_that_cannot_take_a_file(tmp_path):
    (tmp_path / "file").write_text("text")
    for path, words in [
        (tmp_path / "missing" / "a.ann", "no folder “.*missing”; make it"),
        (tmp_path / "file" / "a.ann", "no folder “.*file”; make it"),
        (tmp_path, "this is a folder"),
        (tmp_path / ("x" * 300), "name is too long"),
        (Path(os.devnull), "no permission"),
        (Path(), "^“.” cannot be saved: this is a folder"),
        (looped(tmp_path), "links lead in a circle"),
        (linked(tmp_path, tmp_path / "gone" / "a.ann"), "no folder “.*gone”; make it"),
    ]:
        with pytest.raises(UserError, match=words):
            saved(path)
        with pytest.raises(UserError, match=words):
            check_place(path)
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_checking_a_place_writes_nothing(tmp_path, monkeypatch):
    old = saved(tmp_path / "old.ann")
    before = old.read_bytes()
    check_place(old)
    check_place(tmp_path / "new.ann")
    assert (old.read_bytes(), list(tmp_path.iterdir())) == (before, [old])
    monkeypatch.setattr(atomic.os, "access", lambda at, _: at != tmp_path)
    with pytest.raises(UserError, match="no permission to write here; choose another folder"):
        check_place(tmp_path / "new.ann")


def test_a_write_protected_file_stays(tmp_path, monkeypatch):
    path = saved(tmp_path / "a.ann")
    monkeypatch.setattr(atomic.os, "access", lambda *_: False)
    with pytest.raises(UserError, match="no permission"):
        saved(path, OTHER)
    assert load(path).project == EXAM


def test_permissions_and_links_stay(tmp_path):
    path = saved(tmp_path / "a.ann")
    path.chmod(0o640)
    link = tmp_path / "link.ann"
    link.symlink_to(path)
    saved(link, OTHER)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert load(path).project == OTHER


def test_an_interrupt_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = saved(tmp_path / "a.ann")

    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(atomic.os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            saved(path, OTHER)
    assert load(path).project == EXAM
    assert list(tmp_path.iterdir()) == [path]


def test_leftovers_of_a_crash_go_and_fresh_ones_stay(tmp_path):
    stale, fresh, other = (tmp_path / name for name in (".annstudio-0.tmp", ".annstudio-1.tmp", "notes.tmp"))
    for leftover in (stale, fresh, other):
        leftover.write_bytes(b"half")
    hours_ago = time.time() - 7200
    for leftover in (stale, other):
        os.utime(leftover, (hours_ago, hours_ago))
    saved(tmp_path / "a.ann")
    assert sorted(each.name for each in tmp_path.iterdir()) == [".annstudio-1.tmp", "a.ann", "notes.tmp"]


@pytest.mark.skipif(os.name == "nt", reason="there, nothing says whether a process lives without a risk to it")
def test_leftovers_of_a_dead_process_go_at_once(tmp_path):
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        pass
    here = leftover_of(os.getpid()).rpartition(f"-{os.getpid()}-")[0]
    names = {
        leftover_of(dead.pid): False,
        leftover_of(os.getpid()): True,
        leftover_of(os.getppid()): True,
        leftover_of(dead.pid).replace(here, ".annstudio-0"): True,
        leftover_of("x"): True,
        leftover_of("9" * 50): True,
    }
    for name in names:
        (tmp_path / name).write_bytes(b"half")
    saved(tmp_path / "a.ann")
    assert {name: (tmp_path / name).exists() for name in names} == names


def leftover_of(process):
    """Return what a temporary file of this process would be called."""
    return atomic.temporary_name().replace(f"-{os.getpid()}-", f"-{process}-")


def test_a_megabyte_is_saved_quickly(tmp_path):
    project = chain("Test", "digits", [(512, "relu"), (400, "relu")])
    weights = weights_of(project)

    def seconds():
        begin = time.perf_counter()
        save(tmp_path / "a.ann", project, weights, None)
        return time.perf_counter() - begin

    assert min(seconds() for _ in range(5)) < 0.05
    assert (tmp_path / "a.ann").stat().st_size > 900_000


SAVER = """
import sys
from pathlib import Path
from annstudio.project.file import Progress, save
from tests.project.file.makers import EXAM, weights_of
weights = weights_of(EXAM)
for step in range(1_000_000):
    save(Path(sys.argv[1]), EXAM, weights, Progress(0, step))
    print(step, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_a_kill_costs_no_save_that_was_done(tmp_path):
    path = saved(tmp_path / "a.ann")
    chance = random.Random(7)
    for _ in range(KILLS):
        saver = subprocess.Popen([sys.executable, "-c", SAVER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert saver.stdout.readline() == "0\n"
        time.sleep(chance.uniform(0, 0.05))
        saver.send_signal(signal.SIGKILL)
        done = [0, *(int(line) for line in saver.stdout.read().split())][-1]
        saver.wait()
        saver.stdout.close()
        loaded = load(path)
        assert loaded.project == EXAM
        assert loaded.progress in (Progress(0, done), Progress(0, done + 1))
