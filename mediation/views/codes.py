"""Two numbers, then a one-time code to the telephone on file: the pages before a worker's and an employer's matter.

The code never stands in an address. What was opened lives in the session, which ends with the browser. Words that were sent
after it had ended travel along in the forms until they can be sent again; they are stored nowhere.
"""

from dataclasses import asdict, dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from casework import notify, tracking
from casework.access.context import tracking as tracking_context
from casework.models import Party, Side
from casework.tracking import Tracked
from mediation.desks.worker import DEVICE, look_up

HELD = ("text", "kind")
LONGEST = 2000  # characters
DEVICE_SECONDS = 180 * 86_400


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
    confirms: str
    inside: str
    back: str
    alone: bool
    resumes: str  # the page on which words that were held can be sent

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
        held = _held(request)
        answer = _ask_code(request, at, found, held=held) if held else redirect(at.opens)
        _remember(answer, found)
        return answer
    context = {"failed": failed, "typed": typed, "held": _held(request)}
    return render(request, at.template, {**context, "action": reverse(at.asks)})


def would_lose(request: HttpRequest) -> bool:
    """Whether words or photographs came along that a plain way back would lose."""
    return bool(request.POST.get("text", "").strip() or request.FILES)


def ask_again(request: HttpRequest, at: Entrance) -> HttpResponse:
    """The session ended while somebody wrote: both numbers are asked for again, and the words stay. Status 403.

    Photographs cannot be held: the page says that they have not arrived.
    """
    found = opened(request, at)
    held = {name: request.POST.get(name, "")[:LONGEST] for name in HELD}
    held = {f"held_{name}": words for name, words in held.items()} if held["text"] else {}
    if found is not None:
        return _ask_code(request, at, found, held=held, status=403)
    context = {"away": True, "held": held, "files": bool(request.FILES), "typed": {}}
    return render(request, at.template, {**context, "action": reverse(at.asks)}, status=403)


def held_words(request: HttpRequest) -> dict[str, str]:
    """What came along through both forms: it stands in the page again, and is sent by the next press."""
    return {name: request.POST.get(f"held_{name}", "")[:LONGEST] for name in HELD}


def _held(request: HttpRequest) -> dict[str, str]:
    found = held_words(request)
    return {f"held_{name}": words for name, words in found.items()} if found["text"] else {}


def _remember(answer: HttpResponse, found: Tracked) -> None:
    """A device that opened a code is known from now on; the cookie tells nobody else anything."""
    answer.set_cookie(
        DEVICE, tracking.device_token(found), max_age=DEVICE_SECONDS, httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip


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
    subject, failed, held = f"{at.subject}:{found.code_id}", False, _held(request)
    if "send" in request.POST:
        notify.send_code(subject, _phone(found))
        request.session[at.sent] = True
    elif "otp" in request.POST:
        if notify.check_code(subject, request.POST["otp"]):
            request.session[at.confirmed] = True
            return SameForm(reverse(at.resumes)) if held else redirect(at.inside)
        failed = True
    return _ask_code(request, at, found, held=held, failed=failed)


class SameForm(HttpResponseRedirect):
    """Go on there with the same form: the words that were held are not written into an address."""

    status_code = 307


def _ask_code(
    request: HttpRequest,
    at: Entrance,
    found: Tracked,
    *,
    held: dict[str, str],
    failed: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "sent": request.session.get(at.sent, False), "failed": failed, "held": held,
        "phone_mask": notify.mask(_phone(found)), "status_url": reverse(at.back),
        "action": reverse(at.confirms), "leave_url": reverse("track-leave"),
    }  # fmt: skip
    return render(request, "track/otp.html", context, status=status)


def _phone(found: Tracked) -> str:
    with tracking_context(found.case_id, found.party_id):
        rows = Party.objects.select_related("person", "employer")
        return tracking.phone_of(rows.get(pk=found.party_id))
