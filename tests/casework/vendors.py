"""Two vendors and a gateway on loopback, written from their published descriptions alone: each checks
the signature with code of its own and sends nothing anywhere."""

import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

KEY_ID, SECRET = "AK-test", "a secret of the test"


def sha(text):
    return hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()


def mac(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


class Vendors:
    """Listens; keeps what was accepted as (way, phone, template, words); `say` is what it answers next."""

    def __init__(self):
        self.accepted, self.say, self.asked = [], [], 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                outer.asked += 1
                status, told = outer.answer(self, body)
                self.send_response(status)
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            def log_message(self, *_args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request, body):
        if self.say:
            return self.say.pop(0)
        signed = request.headers.get("Authorization", "")
        if signed.startswith("ACS3-"):
            return self.aliyun(request, body, signed)
        if signed.startswith("TC3-"):
            return self.tencent(request, body, signed)
        return self.gateway(request, body)

    def aliyun(self, request, body, signed):
        url, head = urlsplit(request.path), request.headers
        parts = dict(
            p.split("=", 1) for p in signed.removeprefix("ACS3-HMAC-SHA256 ").split(",")
        )
        names = parts["SignedHeaders"].split(";")
        lines = "".join(f"{name}:{head[name].strip()}\n" for name in names)
        canonical = (
            f"POST\n{url.path}\n{url.query}\n{lines}\n{parts['SignedHeaders']}\n{sha(body)}"
        )
        right = mac(SECRET.encode(), f"ACS3-HMAC-SHA256\n{sha(canonical)}").hex()
        if right != parts["Signature"] or parts["Credential"] != KEY_ID or "host" not in names:
            return 400, b'{"Code": "SignatureDoesNotMatch"}'
        ask = dict(parse_qsl(url.query))
        assert (head["x-acs-action"], head["x-acs-version"]) == ("SendSms", "2017-05-25")
        words = tuple(json.loads(ask["TemplateParam"]).values())
        self.accepted.append(("aliyun", ask["PhoneNumbers"], ask["TemplateCode"], words))
        return 200, b'{"Code": "OK", "Message": "OK", "BizId": "1"}'

    def tencent(self, request, body, signed):
        head = request.headers
        parts = dict(
            p.split("=", 1) for p in signed.removeprefix("TC3-HMAC-SHA256 ").split(", ")
        )
        _who, scope = parts["Credential"].split("/", 1)
        lines = (
            f"content-type:{head['Content-Type']}\nhost:{head['Host']}\n"
            f"x-tc-action:{head['X-TC-Action'].lower()}\n"
        )
        canonical = f"POST\n/\n\n{lines}\ncontent-type;host;x-tc-action\n{sha(body)}"
        to_sign = f"TC3-HMAC-SHA256\n{head['X-TC-Timestamp']}\n{scope}\n{sha(canonical)}"
        day, service, end = scope.split("/")
        key = mac(mac(mac(f"TC3{SECRET}".encode(), day), service), end)
        if mac(key, to_sign).hex() != parts["Signature"]:
            return 200, b'{"Response": {"Error": {"Code": "AuthFailure.SignatureFailure"}}}'
        ask = json.loads(body)
        assert (service, head["X-TC-Version"]) == ("sms", "2021-01-11")
        self.accepted.append(
            (
                "tencent",
                *ask["PhoneNumberSet"],
                ask["TemplateId"],
                tuple(ask["TemplateParamSet"]),
            )
        )
        return 200, b'{"Response": {"SendStatusSet": [{"Code": "Ok"}], "RequestId": "1"}}'

    def gateway(self, request, body):
        stamp = request.headers["Wufang-Time"]
        right = hmac.new(
            SECRET.encode(), stamp.encode() + b"\n" + body, hashlib.sha256
        ).hexdigest()
        if right != request.headers["Wufang-Signature"]:
            return 401, b"{}"
        ask = json.loads(body)
        words = tuple(ask["words"].values())
        self.accepted.append(("gateway", ask["to"], ask["text"], words))
        return 202, b"{}"
