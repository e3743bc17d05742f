"""The worker chooses a time from those offered; in a group reads the own sum and the common total, nobody else's."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from casework import clock
from casework.access.context import acting, system
from casework.access.context import tracking as tracking_context
from casework.commands.appointments import FixedAlready, NoTimes
from casework.models import Event, Message, Party, Session, TimeOffer
from mediation.views.behind_code import CONFIRMED, OPENED
from tests.desks.test_worker import MOST_HAN, sentences
from tests.process.stage_c import accepted, at, one
from tests.process.test_pay_days import group_in_force

pytestmark = pytest.mark.django_db
OFFERED = "2026-03-13 11:00"
PAGE = "/track/appointment/"


def asked():
    """A mediator is appointed and offers all free times."""
    story = one()
    with transaction.atomic(), acting(story.case_id, None):
        party = Party.objects.select_related("person").get(case_id=story.case_id, ref="W01")
        party.person.phone = "13800005541"
        party.person.save()
    story.do("manager", "appoint", "2026-03-13 10:00", mediator="c_mediator")
    return story


def offer(story, who="mediator", times=None):
    with clock.held_at(at(OFFERED)):
        client = Client(headers={"accept-language": "zh-hans"})
        client.force_login(story.people[who])
        page = f"/cases/{story.case_id}/do/hearing.offer_times/"
        shown = client.get(page)
        keys = [key for key, _words in shown.context["form"].fields["times"].choices]
    story.start(who, "hearing.offer_times", OFFERED, times=keys if times is None else times)
    return keys


def portal(story, ref="W01"):
    """The worker's browser, after both numbers and the one-time code."""
    with transaction.atomic(), system("test"):
        party = Party.objects.get(case_id=story.case_id, ref=ref)
    client = Client(headers={"accept-language": "zh-hans"})
    session = client.session
    session[OPENED], session[CONFIRMED] = (
        {"case_id": story.case_id, "party_id": party.pk, "code_id": 0},
        True,
    )
    session.save()
    return client


def see(client, path=PAGE, when=OFFERED, **post):
    with clock.held_at(at(when)):
        return client.post(path, post, follow=True) if post else client.get(path)


def of(story, model, **more):
    with transaction.atomic(), system("test"):
        return list(model.objects.filter(case_id=story.case_id, **more))


def short(page):
    return max(sum("\u4e00" <= sign <= "\u9fff" for sign in each) for each in sentences(page))


def test_a_worker_chooses_and_the_mediator_finds_it_chosen():
    story = asked()
    worker = portal(story)
    assert see(worker).status_code == 404, "nothing is offered yet"
    keys = offer(story)
    assert len(keys) == 6
    (text,) = of(story, Message, template="appointment")
    assert text.to_masked == "138****5541"
    assert "选调解时间" in see(worker, "/track/status/").content.decode()
    shown = see(worker)
    assert len(shown.context["times"]) == 6
    assert short(shown.content.decode()) <= MOST_HAN
    assert see(worker, time="").status_code == 422
    assert see(worker, time="2026-03-19T03:00:00+00:00").status_code == 422, "was not offered"
    third = shown.context["times"][2]
    done = see(worker, time=third["value"])
    assert "记下了" in done.content.decode()
    (row,) = of(story, TimeOffer)
    assert row.chosen == third["at"]
    (told,) = of(story, Event, kind="time.chosen")
    assert (told.by_name, told.payload["party"]) == ("W01", "W01")
    mediator = Client(headers={"accept-language": "zh-hans"})
    mediator.force_login(story.people["mediator"])
    form = see(mediator, f"/task/{story.task('notify')}/").context["form"]
    assert form.initial["slot"] == keys[2]
    assert [
        words.endswith("职工选了这个") for _key, words in form.fields["slot"].choices
    ].index(True) == 2
    story.do("mediator", "notify", "2026-03-13 12:00", slot=keys[2], place="调解室一")
    (session,) = of(story, Session)
    assert session.starts_at == third["at"]
    assert see(worker).status_code == 404, "the day is fixed"
    with pytest.raises(FixedAlready):
        story.start("mediator", "hearing.offer_times", "2026-03-13 12:10", times=keys[:2])


def test_none_suits_a_taken_time_and_a_stranger():
    story = asked()
    keys = offer(story)
    worker = portal(story)
    done = see(worker, time="none")
    assert "都不方便" in done.content.decode()
    (row,) = of(story, TimeOffer)
    assert (row.chosen, row.answered_at is not None) == (None, True)
    late = row.times[-1].astimezone(clock.SHANGHAI) + timedelta(days=1)
    gone = see(worker, when=f"{late:%Y-%m-%d %H:%M}")
    assert (gone.context["times"], "另给您几个时间" in gone.content.decode()) == ([], True)
    with pytest.raises(NoTimes):
        story.start("mediator", "hearing.offer_times", OFFERED, times=keys[:1])
    other = accepted(claims=[("A02.01", "拖欠工资", None)], firms=("织光服饰",))
    assert see(portal(other)).status_code == 404
    with transaction.atomic(), tracking_context(other.case_id, 1):
        assert not TimeOffer.objects.exists(), "the database answers the own row alone"
    assert see(Client()).headers["Location"] == "/track/"


def test_in_a_group_the_own_sum_and_the_common_total_and_nobody_elses():
    story = group_in_force()
    for ref, own, other in (
        ("W01", "21,600.00", "25,200.00"),
        ("W12", "25,200.00", "21,600.00"),
    ):
        page = see(portal(story, ref), "/track/plan/", "2026-03-26 09:00").content.decode()
        assert f"{own} 元" in page, ref
        assert "大家一共 254,700.00 元" in page
        assert other not in page, "another worker's sum"
        assert "18,900.00" not in page
        assert short(page) <= MOST_HAN
