"""A time-stamp authority (RFC 3161) for demonstrations and tests: `python -m documents.signing.demo_tsa FOLDER`.

The stamps are real ones, made by the openssl program, but the authority is our own demo authority: its
name says that it is worth nothing. It listens on the machine itself and prints its address.
"""

import subprocess
import sys
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from documents.signing.authority import DemoAuthority

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
MOST_BYTES = 64 * 1024
ROOT, SIGNER, KEY, CONFIG = "root.pem", "tsa.pem", "tsa.key", "tsa.cnf"
SETTINGS = """
[tsa]
default_tsa = demo
[demo]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
certs = {folder}/root.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.13762.3
digests = sha256, sha384, sha512
accuracy = secs:1
clock_precision_digits = 0
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def prepare(folder: Path, at: datetime) -> bytes:
    """Certificates, key and settings of a new authority in a folder; its root in DER."""
    house = DemoAuthority(at)
    made = house.issue_time_stamper()
    pem = serialization.Encoding.PEM
    (folder / ROOT).write_bytes(house.root.public_bytes(pem))
    (folder / SIGNER).write_bytes(
        x509.load_der_x509_certificate(made.certificate).public_bytes(pem)
    )
    key = serialization.load_der_private_key(made.key, None)
    (folder / KEY).touch(0o600)
    (folder / KEY).write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (folder / "serial").write_text("01\n")
    (folder / CONFIG).write_text(SETTINGS.format(folder=folder))
    return house.root.public_bytes(serialization.Encoding.DER)


def answer(folder: Path, query: bytes) -> bytes:
    """The reply to a query, refusals included. Raises: CalledProcessError when openssl cannot run."""
    asked = folder / "query.tsq"
    asked.write_bytes(query)
    done = subprocess.run(
        ["openssl", "ts", "-reply", "-queryfile", str(asked), "-config", str(folder / CONFIG)],
        capture_output=True,
        timeout=20,
        check=True,
    )
    return done.stdout


class Desk(BaseHTTPRequestHandler):
    """Takes queries by POST."""

    folder: Path

    def do_POST(self) -> None:
        """One query, one stamp."""
        size = int(self.headers.get("Content-Length") or 0)
        if self.headers.get_content_type() != QUERY or not 0 < size <= MOST_BYTES:
            self.send_error(400)
            return
        reply = answer(self.folder, self.rfile.read(size))
        self.send_response(200)
        self.send_header("Content-Type", REPLY)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is written down."""


def main(folder: Path) -> None:
    """Serve one query after the other until the process is ended."""
    Desk.folder = folder
    server = HTTPServer(("127.0.0.1", 0), Desk)
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}/\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
