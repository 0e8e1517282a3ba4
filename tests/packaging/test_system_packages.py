"""What is missing on a machine is found and said, with nothing installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import system_packages
from system_packages import DESKTOP, FREEZER, QT, WINDOW, Need, advice, names_known_here, parse_installed

ALL = [*QT, *WINDOW, *DESKTOP, *FREEZER]
THERE = Need("there", module="json")
ABSENT = Need("absent", module="no_such_module")


def test_only_installed_packages_count() -> None:
    listing = "xvfb\tinstalled\nopenbox\tconfig-files\nxdotool\tnot-installed\nlibegl1\tinstalled\n"
    assert parse_installed(listing) == {"xvfb", "libegl1"}
    assert parse_installed("") == set()


def test_packages_go_by_the_name_of_the_release() -> None:
    packages = ["libglib2.0-0", "libegl1", "unknown"]
    assert names_known_here(packages, {"libglib2.0-0", "libegl1"}) == packages
    assert names_known_here(packages, {"libglib2.0-0t64", "libegl1"}) == ["libglib2.0-0t64", *packages[1:]]


def test_advice_is_a_command_on_debian_and_a_list_elsewhere() -> None:
    assert "    sudo apt-get install -y xvfb openbox" in advice(["xvfb", "openbox"], debian=True).splitlines()
    elsewhere = advice(["xvfb", "openbox"], debian=False)
    assert "xvfb openbox" in elsewhere
    assert "apt-get" not in elsewhere


@pytest.mark.parametrize("need", ALL, ids=lambda need: need.package)
def test_each_need_says_how_to_see_that_it_is_there(need: Need) -> None:
    assert bool(need.library) + bool(need.command) + bool(need.module) == 1


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="only where there is dpkg")
def test_look_for_the_thing_itself_agrees_with_the_package_manager() -> None:
    installed = system_packages._installed([need.package for need in ALL])
    there = [need for need in ALL if not installed.isdisjoint(system_packages.spellings(need.package))]
    assert [need for need in there if not need.is_present()] == []


def test_no_need_is_stated_twice() -> None:
    assert len({need.package for need in ALL}) == len(ALL)


@pytest.mark.parametrize("installed", [{"absent"}, {"absentt64"}])
def test_installed_package_is_not_missing(monkeypatch: pytest.MonkeyPatch, installed: set[str]) -> None:
    monkeypatch.setattr(system_packages, "_installed", lambda packages: installed)
    assert system_packages.missing([ABSENT]) == []


def test_missing_is_what_neither_package_nor_look_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "_installed", lambda packages: set())
    assert system_packages.missing([THERE, ABSENT]) == [ABSENT]


@pytest.fixture
def unprivileged_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(system_packages, "_is_debian", lambda: True)
    monkeypatch.setattr(system_packages, "_installed", lambda packages: set())


@pytest.mark.usefixtures("unprivileged_linux")
def test_required_package_that_may_not_be_installed_stops_with_the_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as stopped:
        system_packages.ensure([THERE, ABSENT])
    assert stopped.value.code == 1
    assert "sudo apt-get install -y absent\n" in capsys.readouterr().err


@pytest.mark.usefixtures("unprivileged_linux")
def test_optional_package_is_only_named(capsys: pytest.CaptureFixture[str]) -> None:
    system_packages.ensure([THERE], optional=[ABSENT])
    assert "sudo apt-get install -y absent\n" in capsys.readouterr().err


def test_other_systems_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    system_packages.ensure([ABSENT])


@pytest.fixture
def fake_debian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs that behave as Debian's and write down how they were called."""
    programs = {
        "apt-get": 'echo "$DEBIAN_FRONTEND apt-get $*" >> calls\n[ "$1" = install ] && touch done\nexit 0',
        "apt-cache": "echo absentt64",
        "dpkg-query": "[ -e done ] && printf 'absentt64\\tinstalled\\n'\nexit 1",
    }
    for name, lines in programs.items():
        file = tmp_path / name
        file.write_text(f'#!/bin/sh\ncd "{tmp_path}"\n{lines}\n', encoding="utf-8")
        file.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return tmp_path


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian's programs are shell scripts here")
def test_root_installs_what_is_missing_without_questions(fake_debian: Path) -> None:
    system_packages.ensure([THERE, ABSENT])
    update, install = (fake_debian / "calls").read_text(encoding="utf-8").splitlines()
    assert update == "noninteractive apt-get update -qq"
    assert install.startswith("noninteractive apt-get install -y")
    assert install.endswith(" absentt64")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian's programs are shell scripts here")
def test_nothing_is_asked_of_apt_when_nothing_is_missing(fake_debian: Path) -> None:
    system_packages.ensure([THERE])
    assert not (fake_debian / "calls").exists()


@pytest.mark.skipif(shutil.which("apt-cache") is None, reason="only where there is apt")
def test_packages_exist_in_this_release() -> None:
    command = ["apt-cache", "pkgnames"]
    known = set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    if "base-files" not in known:
        pytest.skip("the package lists are not there")
    assert [need.package for need in ALL if known.isdisjoint(system_packages.spellings(need.package))] == []
