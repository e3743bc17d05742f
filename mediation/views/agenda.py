"""Sessions as a calendar: a page, a file a session, and a feed for a person's own calendar program."""

from datetime import UTC, datetime, timedelta

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from icalendar import Calendar, Event

from casework import clock
from casework.access.context import as_person
from casework.models import Session, SessionState, User
from casework.queries.slots import SESSION_MINUTES
from mediation.engine.asker import asker
from mediation.forms.record_signing import words_of
from mediation.queries import sessions_of
from mediation.views.case import find
from mediation.views.signing import picture_or_pdf


@login_required
@never_cache
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The sessions of the person who asks, from today on, and the address of their feed."""
    person = asker(request)
    rows = [
        row for row in sessions_of(person) if row.ends_planned or row.starts_at >= clock.now()
    ]
    for row in rows:
        row.told = words_of(row)  # type: ignore[attr-defined]
    feed = request.build_absolute_uri(reverse("agenda-feed", args=[person.pk, token(person)]))
    return render(request, "desks/agenda.html", {"sessions": rows, "feed": feed})


@login_required
@never_cache
@require_GET
def scan(request: HttpRequest, case_id: int, session_id: int) -> HttpResponse:
    """The scan of a signed record, for those who keep records; 404 for who does not see the case."""
    find(case_id)
    row = (
        Session.objects.filter(pk=session_id, case_id=case_id).exclude(proof_sha256="").first()
    )
    if row is None or not asker(request).has_perm("mediation.keep_record"):
        raise Http404
    return picture_or_pdf(row.proof_sha256, f"record-{row.number}")


@login_required
@never_cache
@require_GET
def one(request: HttpRequest, session_id: int) -> HttpResponse:
    """One session as a file; 404 for who does not see its case."""
    session = get_object_or_404(Session.objects.select_related("case", "room"), pk=session_id)
    return _answer(calendar_of([session]), f"session-{session.number}.ics")


@never_cache
@require_GET
def feed(request: HttpRequest, user_id: int, key: str) -> HttpResponse:
    """A person's sessions for a calendar program, which cannot log in: the key is the permission.

    A changed password or the end of the employment makes the key worthless.
    """
    person = User.objects.filter(pk=user_id, is_active=True).first()
    if person is None or not constant_time_compare(key, token(person)):
        raise Http404
    with as_person(person):
        return _answer(calendar_of(sessions_of(person)), "sessions.ics")


def token(person: User) -> str:
    """The key of a person's feed."""
    return salted_hmac(
        "wufang.agenda", f"{person.pk}:{person.password}", algorithm="sha256"
    ).hexdigest()


def calendar_of(sessions: list[Session]) -> bytes:
    """An iCalendar file. It names the case by number only: telephones show calendars to everybody."""
    made = Calendar()
    made.add("prodid", "-//wufang//sessions//ZH")
    made.add("version", "2.0")
    for row in sessions:
        made.add_component(_event(row))
    return bytes(made.to_ical())


def _event(row: Session) -> Event:
    event = Event()
    event.add("uid", f"session-{row.pk}@wufang")
    event.add("dtstamp", _utc(row.starts_at))
    event.add("dtstart", _utc(row.starts_at))
    ends = (
        row.ended_at or row.ends_planned or row.starts_at + timedelta(minutes=SESSION_MINUTES)
    )
    event.add("dtend", _utc(ends))
    event.add("summary", _("Mediation session %(number)s") % {"number": row.case.number})
    event.add("location", row.place)
    event.add("status", "CANCELLED" if row.state == SessionState.CANCELLED else "CONFIRMED")
    event.add("sequence", row.moves)
    return event


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _answer(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
