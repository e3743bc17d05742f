"""The system of another agency, written from docs/reference/exchange.md with the standard library alone.

It knows nothing of this project's code: if it can sign, be understood and be believed, a
stranger's programmer can.
"""

import hashlib
import hmac
import json
import secrets
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def mac(secret, *lines):
    return hmac.new(secret.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()


def digest(body):
    return hashlib.sha256(body).hexdigest()


class System:
    """One agency's system: signs requests, checks receipts, keeps what it is told."""

    def __init__(self, node, key, secret, clock):
        self.node, self.key, self.secret, self.clock = node, key, secret, clock
        self.events, self.order, self.nonces = {}, [], set()
        self.behave = lambda request: None  # a status to answer with, or None
        self.gives = {}  # what a path of ours answers: the bytes of a paper, or the list of them
        self.asked = []
        self.server = None

    def headers(self, method, path, body=b"", *, at=None, nonce=None, secret=None):
        now = str(int(at if at is not None else self.clock()))
        nonce = nonce or secrets.token_urlsafe(18)
        signed = mac(secret or self.secret, "wufang-1", method, path, now, nonce, digest(body))
        return {
            "Wufang-Key": self.key,
            "Wufang-Time": now,
            "Wufang-Nonce": nonce,
            "Wufang-Signature": signed,
        }

    def event(self, kind, subject, seq, data, *, number=None, source=None):
        stamp = datetime.fromtimestamp(self.clock(), UTC).isoformat().replace("+00:00", "Z")
        return json.dumps({
            "specversion": "1.0", "id": number or secrets.token_hex(8),
            "source": f"urn:wufang:{source or self.node}", "type": f"cn.wufang.referral.{kind}.v1",
            "subject": subject, "time": stamp, "sequence": f"{seq:08d}",
            "datacontenttype": "application/json", "data": data,
        }, ensure_ascii=False).encode()  # fmt: skip

    def receipt_fits(self, status, body, receipt, nonce):
        return receipt == mac(self.secret, "wufang-1-receipt", str(status), nonce, digest(body))

    def serve(self):
        """Listen on a free port of this machine; returns the address."""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}"

    def close(self):
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def said(self, kind):
        """The data of the events of a kind, in the order of their coming."""
        return [e["data"] for e in self.order if e["type"].endswith(f".{kind}.v1")]

    def take(self, request, body):
        """Believe, keep once, answer: (status, body)."""
        head = request.headers
        expected = mac(
            self.secret, "wufang-1", request.command, request.path, head["Wufang-Time"],
            head["Wufang-Nonce"], digest(body),
        )  # fmt: skip
        if head["Wufang-Key"] != self.key or head["Wufang-Signature"] != expected:
            return 401, b'{"detail": "wrong signature"}'
        if head["Wufang-Nonce"] in self.nonces:
            return 409, b'{"detail": "replayed"}'
        self.nonces.add(head["Wufang-Nonce"])
        if request.command == "GET" and "/referrals/" in request.path:
            self.asked.append(request.path)
            found = self.gives.get(request.path)
            return (404, b"{}") if found is None else (200, found)
        if request.command == "GET":
            return 200, json.dumps({"referrals": self.listing(), "next": None}).encode()
        event = json.loads(body)
        if event["id"] not in self.events:
            self.events[event["id"]] = event
            self.order.append(event)
        return 202, json.dumps({"received": event["id"], "sha256": digest(body)}).encode()

    def listing(self):
        """How far every referral is heard, without gaps."""
        heard = {}
        for event in sorted(self.events.values(), key=lambda each: each["sequence"]):
            if int(event["sequence"]) == heard.get(event["subject"], 0) + 1:
                heard[event["subject"]] = int(event["sequence"])
        return [
            {"subject": subject, "state": "SENT", "said": 0, "heard": count, "sha256": ""}
            for subject, count in heard.items()
        ]

    def _handler(self):
        system = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status = system.behave(self)
                told = b"{}" if status else None
                if status is None:
                    status, told = system.take(self, body)
                self.send_response(status)
                nonce = self.headers["Wufang-Nonce"]
                receipt = mac(
                    system.secret, "wufang-1-receipt", str(status), nonce, digest(told)
                )
                self.send_header("Wufang-Receipt", receipt)
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            do_GET = do_POST  # noqa: N815

            def log_message(self, *_args):
                pass

        return Handler
