"""A court and a human resources office whose systems exchange with ours."""

import json

import pytest
from django.db import transaction
from django.test import Client

from casework import clock
from casework.access.context import system
from casework.exchange import peers
from casework.models import Agency, Direction, District
from mediation.exchange import applying
from tests.exchange.agency import System
from tests.process.conftest import instant, people  # noqa: F401

EVENTS = "/api/v1/exchange/events/"


class Door:
    """Our side as another system meets it: real requests, then the jobs that they deferred."""

    def __init__(self, peer, there):
        self.peer, self.there = peer, there
        self.client = Client(raise_request_exception=False)

    def post(self, body, *, path=EVENTS, headers=None, **signing):
        headers = headers or self.there.headers("POST", path, body, **signing)
        return self.client.post(
            path, body, content_type="application/cloudevents+json", headers=headers
        )

    def get(self, path):
        return self.client.get(path, headers=self.there.headers("GET", path))

    def tell(self, kind, subject, seq, data, **more):
        """Send an event, and do the job that it deferred."""
        answer = self.post(self.there.event(kind, subject, seq, data, **more))
        assert answer.status_code == 202, answer.content.decode()
        self.apply()
        return answer

    def apply(self):
        from casework.models import Strand

        with transaction.atomic(), system("test"):
            numbers = list(Strand.objects.filter(peer=self.peer).values_list("id", flat=True))
        return sum(applying.apply(number) for number in numbers)


def meet(agency, node, url="", district="两江新区"):
    """A peer with its key, and its system."""
    at = clock.now()
    with transaction.atomic(), system("test"):
        peer = peers.add_peer(
            Agency.objects.get(pk=agency), node=node, base_url=url,
            direction=Direction.PUSH if url else Direction.PULL,
            district=District.objects.on(clock.today()).get(name=district), at=at,
        )  # fmt: skip
        key, secret = peers.make_key(peer, at=at)
    return Door(peer, System(node, key.name, secret, clock=lambda: clock.now().timestamp()))


def serving(door):
    """Let the system of a door listen, and tell our peer row where."""
    door.peer.base_url, door.peer.direction = door.there.serve(), Direction.PUSH
    door.peer.save()
    return door


@pytest.fixture
def hrss(people):  # noqa: F811
    door = serving(meet("HRSS", "hrss-cq"))
    yield door
    door.there.close()


@pytest.fixture
def court(people):  # noqa: F811
    door = serving(meet("COURT", "court-cq"))
    yield door
    door.there.close()


def at(text):
    """Hold the clock at an hour of the story."""
    return clock.held_at(instant(text))


def said(answer):
    return json.loads(answer.content)
