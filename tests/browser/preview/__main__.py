"""`python -m tests.browser.preview PORT` serves the screens with invented contexts."""

import os
import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from subprocess import run
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.browser.preview.settings"
ROOT = Path(__file__).resolve().parents[3]


class Server(ThreadingMixIn, WSGIServer):
    """One thread a request: a page asks for its style sheet at once."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """No line per request."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def compile_words() -> None:
    """Make a catalogue of the screens' own words, so that the preview speaks Chinese."""
    into = ROOT / "var" / "preview-locale" / "zh_Hans" / "LC_MESSAGES"
    into.mkdir(parents=True, exist_ok=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=1; plural=0;\\n"\n\n'
    words = (ROOT / "config" / "locale" / "parts" / "frontend.po").read_text()
    (into / "django.po").write_text(head + words)
    run(["msgfmt", "-o", into / "django.mo", into / "django.po"], check=True)


def main() -> None:
    """Serve until stopped."""
    compile_words()
    import django
    from django.core.handlers.wsgi import WSGIHandler

    django.setup()
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8765
    make_server("127.0.0.1", port, WSGIHandler(), Server, Quiet).serve_forever()


main()
