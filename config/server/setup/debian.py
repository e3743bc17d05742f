"""Debian packages by name: what is missing is installed, by root or through sudo."""

import platform
import shutil
import subprocess

from config.server.setup import shell

LIBRARIES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
FONTS = ("fonts-noto-cjk", "fonts-lxgw-wenkai", "fonts-hanazono", "fonts-liberation")
RUN = (*LIBRARIES, *FONTS, "gettext")
BROWSER = ("chromium",)
FANGSONG = "texlive-lang-chinese"  # holds Fandol; unpacked, never installed (it drags 264 MB)


def is_debian() -> bool:
    """Whether this machine has Debian's package tools."""
    return shutil.which("dpkg-query") is not None and shutil.which("apt-get") is not None


def missing(names: tuple[str, ...]) -> list[str]:
    """The packages of the list that are not installed."""
    if not is_debian():
        return []
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f=${db:Status-Status} ${Package}\n", *names],
        check=False,
        capture_output=True,
        text=True,
    )
    there = {
        line.split()[1] for line in asked.stdout.splitlines() if line.startswith("installed ")
    }
    return [name for name in names if name not in there]


def install(names: list[str]) -> None:
    """Install packages by name. Raises: shell.Failed, shell.Missing."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *names]
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        as_root = shell.as_root(*command)
    except shell.Missing as error:
        words = f"Packages are missing and this account may not install them.\n  {error}"
        raise shell.Missing(words) from error
    shell.run(*shell.as_root("apt-get", "update", "-q"), env=quiet)
    shell.run(*as_root, env=quiet)


def need(names: tuple[str, ...]) -> None:
    """See that these packages are there. Raises: shell.Failed, shell.Missing."""
    if not is_debian():
        raise shell.Missing(
            f"This is {platform.platform()}, without Debian's packages. Install what these "
            f"names stand for, then: make setup WITHOUT=packages\n  {' '.join(names)}"
        )
    if absent := missing(names):
        install(absent)


def chromium() -> str | None:
    """The browser for tests: Debian's own. Ubuntu's `chromium` only fetches a snap."""
    return shutil.which("chromium") or shutil.which("chromium-browser")
