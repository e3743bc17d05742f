"""The offline checker as one HTML page: the house's public key inside, and a register if wanted."""

import json
from pathlib import Path

from documents import proof

PAGE = Path(__file__).with_name("checker.html")


def page(register: str = "") -> str:
    """The page. `register`: a signed register to carry along, so that one file is enough."""
    key = proof.jwk(proof.house_key().public_key())
    put = {
        "/*KEY*/null": key,
        '/*PRINT*/""': proof.fingerprint(key),
        "/*REGISTER*/null": json.loads(register) if register else None,
    }
    html = PAGE.read_text("utf-8")
    for place, value in put.items():
        # "<" written as an escape: a name could otherwise close the script
        html = html.replace(
            place, json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
        )
    return html
