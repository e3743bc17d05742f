"""Two numbers, then a one-time code to the telephone on file: the pages before a worker's and an employer's matter.

The code never stands in an address. What was opened lives in the session, which ends with the browser.
"""

from dataclasses import asdict, dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework import notify, tracking
from casework.access.context import tracking as tracking_context
from casework.models import Party, Side
from casework.tracking import Tracked
from mediation.desks.worker import look_up


@dataclass(frozen=True, slots=True)
class Entrance:
    """Who asks (`side`), the page of the two numbers, and the names of the addresses around it.

    `key`: what was opened stands under it in the session. `alone`: nothing else of the session is kept.
    """

    side: Side
    key: str
    subject: str
    template: str
    asks: str
    opens: str
    inside: str
    back: str
    alone: bool

    @property
    def confirmed(self) -> str:
        """The session's name for: the one-time code was right."""
        return f"{self.key}_confirmed"

    @property
    def sent(self) -> str:
        """The session's name for: a one-time code was asked for."""
        return f"{self.key}_sent"


def opened(request: HttpRequest, at: Entrance) -> Tracked | None:
    """Whose matter this session has opened, if any."""
    held = request.session.get(at.key)
    return Tracked(**held) if held else None


def numbers(request: HttpRequest, at: Entrance) -> HttpResponse:
    """Ask for both numbers. Every failure answers the same page with the same status."""
    typed = {name: request.POST.get(name, "")[:24] for name in ("code", "tail")}
    failed = request.method == "POST"
    if failed and (found := look_up(request, typed["code"], typed["tail"], side=at.side)):
        _open(request, at, found)
        return redirect(at.opens)
    return render(request, at.template, {"failed": failed, "typed": typed})


def _open(request: HttpRequest, at: Entrance, found: Tracked) -> None:
    if at.alone:
        request.session.flush()
    else:
        request.session.cycle_key()
    request.session.set_expiry(0)
    request.session[at.key] = asdict(found)
    for name in (at.confirmed, at.sent):
        request.session.pop(name, None)


def one_time(request: HttpRequest, at: Entrance) -> HttpResponse:
    """A one-time code to the number on file; the answer is alike whether or not it was sent."""
    found = opened(request, at)
    if found is None:
        return redirect(at.asks)
    phone, subject, failed = _phone(found), f"{at.subject}:{found.code_id}", False
    if "send" in request.POST:
        notify.send_code(subject, phone)
        request.session[at.sent] = True
    elif request.method == "POST":
        if notify.check_code(subject, request.POST.get("otp", "")):
            request.session[at.confirmed] = True
            return redirect(at.inside)
        failed = True
    context = {
        "sent": request.session.get(at.sent, False), "failed": failed,
        "phone_mask": notify.mask(phone), "status_url": reverse(at.back),
    }  # fmt: skip
    return render(request, "track/otp.html", context)


def _phone(found: Tracked) -> str:
    with tracking_context(found.case_id, found.party_id):
        rows = Party.objects.select_related("person", "employer")
        return tracking.phone_of(rows.get(pk=found.party_id))
