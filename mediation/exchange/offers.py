"""What another system offers, as a liaison would fill in the form of a matter from outside."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from casework import clock
from casework.exchange.envelope import Said
from casework.models import District, Peer, Procedure
from mediation.forms.inbound import INBOUND_MATTERS

MOST_ROWS = 500
TERMS = ("number", "purpose", "sha256", "ledger_head", "expires_on", "papers")


def offer_as_form(peer: Peer, said: Said) -> dict[str, Any]:
    """The fields of `inbound.register`; what is not there stays empty, and the form says so."""
    data, pack = said.data, _mapping(said.data.get("pack"))
    fields = _mapping(pack.get("fields"))
    matter = str(data.get("matter", ""))
    return {
        "agency": peer.agency_id,
        "number": str(data.get("number", "")),
        "matter": matter if matter in INBOUND_MATTERS else "MEDIATION",
        "procedure": _procedure(data),
        "summary": data.get("summary") is True,
        "sent_on": _day(data.get("sent_on")),
        "district": _district(peer, str(data.get("district", ""))),
        "cause": str(data.get("cause", "")),
        "names": _workers(fields),
        "employers": [_firm(row) for row in _rows(fields.get("employer"))],
        "claims": [_claim(row) for row in _rows(fields.get("claims"))],
        "facts": str(fields.get("facts", "")) or str(data.get("asked", "")) or said.subject,
        "evidence": str(fields.get("evidence", ""))[:2000],
        "asked": str(data.get("asked", ""))[:1000],
        "terms": {
            **{name: pack.get(name) for name in TERMS},
            "online_agreed_on": _day(data.get("online_agreed_on")) or None,
            "collective": data.get("collective") is True, "periods": fields.get("deadlines"),
        },
    }  # fmt: skip


def _procedure(data: Mapping[str, Any]) -> str:
    told = str(data.get("procedure", ""))
    return told if told in Procedure.values else str(Procedure.TRANSFERRED)


def _day(value: Any) -> str:
    """The day of an instant or a day; empty for anything else. Never after today by our clock."""
    try:
        found = date.fromisoformat(str(value)[:10])
    except ValueError:
        return ""
    return min(found, clock.today()).isoformat()


def _district(peer: Peer, name: str) -> str:
    """The district that the offer names if it is one of ours, else the one agreed with the peer."""
    if District.objects.on(clock.today()).filter(name=name).exists():
        return name
    return peer.district.name if peer.district else ""


def _workers(fields: Mapping[str, Any]) -> list[dict[str, str]]:
    """One row a worker; the pack's telephone and address are the first one's."""
    names = [str(each) for each in _list(fields.get("names"))]
    numbers = [str(each) for each in _list(fields.get("identity"))]
    same = len(numbers) == len(names)
    rows = [
        {"name": name, "identity_number": numbers[place] if same else ""}
        for place, name in enumerate(names)
    ]
    if rows:
        rows[0] |= {
            "phone": str(fields.get("phone", "")),
            "address": str(fields.get("address", "")),
        }
    return rows


def _firm(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: str(row.get(name, "")) for name in ("name", "capacity", "credit_code", "address")
    }


def _claim(row: Mapping[str, Any]) -> dict[str, str]:
    return {"item": str(row.get("item", "")), "amount_yuan": str(row.get("yuan", ""))}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> Sequence[Any]:
    return value[:MOST_ROWS] if isinstance(value, list) else []


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in _list(value) if isinstance(row, Mapping)]
