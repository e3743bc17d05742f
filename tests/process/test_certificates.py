"""Signing by certificate: the frozen bytes, the named signer, a trusted root."""

import pytest
from cryptography.hazmat.primitives import serialization
from django.db import transaction

from casework.access.context import system
from casework.models import Person
from documents.signing import authority, pades
from mediation.commands import signing as commands
from tests.process.agreements import ready_one
from tests.process.stage_c import Story, at
from tests.process.test_signing import WHEN, bytes_of, reachable, signatures, upload

db = pytest.mark.django_db


@pytest.fixture
def story(db) -> Story:
    """One worker and one firm before a frozen text; the paper is printed."""
    return reachable(ready_one())


@pytest.fixture
def roots(settings, tmp_path):
    """The folder of trusted roots, empty."""
    settings.WUFANG_SIGN_ROOTS = tmp_path
    return tmp_path


@db
def test_certificates_sign_the_frozen_bytes_one_upon_the_other(story, roots):
    issued, house = bytes_of(story), authority.DemoAuthority(at(WHEN))
    places = [pades.Place(field=name, page=0, left=30 + 45 * n, low=20) for n, name in enumerate(("worker", "firm"))]  # fmt: skip
    one = pades.sign(
        pades.prepare(issued, places), "worker", house.issue("工人1"), reason="同意"
    )
    two = pades.sign(one, "firm", house.issue("郝工", "砺锋机械（虚构）"), reason="同意")
    (roots / "demo.pem").write_bytes(house.root.public_bytes(serialization.Encoding.PEM))
    with pytest.raises(commands.NotOurPaper):
        upload(story, "certificate", issued + b"\n%changed", ["W01"])
    with pytest.raises(commands.NeedsSignedFile):
        story.do("mediator", "collect_signatures", WHEN, signed_by=["W01"], way="certificate")
    upload(story, "certificate", one, ["W01"])
    with pytest.raises(commands.NothingNew):
        upload(story, "certificate", one, ["R1"], "2026-03-25 09:10")
    upload(story, "certificate", two, ["R1"], "2026-03-25 09:20")
    assert signatures(story) == [("worker", "certificate"), ("employer", "certificate")]
    assert [authority.MARK in name for name in commands.signers_of(two)] == [True, True]


def certified(story: Story, *people: tuple[str, str], at_: str = WHEN) -> tuple[bytes, bytes]:
    """The frozen paper signed by these people (name, organisation), and the root of their certificates."""
    house, data = authority.DemoAuthority(at(at_)), bytes_of(story)
    places = [pades.Place(field=f"f{n}", page=0, left=30 + 45 * n, low=20) for n, _one in enumerate(people)]  # fmt: skip
    data = pades.prepare(data, places)
    for n, (name, firm) in enumerate(people):
        data = pades.sign(data, f"f{n}", house.issue(name, firm), reason="同意")
    return data, house.root.public_bytes(serialization.Encoding.PEM)


WORKER, FIRM = ("工人1", ""), ("郝工", "砺锋机械（虚构）")


OTHERS = [
    ([("工人2", "")], ["W01"]),  # somebody else's certificate
    ([WORKER], ["R1"]),  # the worker's, said to be the firm's
    ([WORKER], ["W01", "R1"]),  # two named, one signed
    ([WORKER, FIRM], ["W01"]),  # two signed, one named
    ([("砺锋机械", "")], ["R1"]),  # part of the firm's name is not its name
]


@db
def test_a_certificate_must_be_of_the_one_named(story, roots):
    for people, named in OTHERS:
        data, root = certified(story, *people)
        (roots / "a.pem").write_bytes(root)
        with pytest.raises(commands.SignerIsAnother):
            upload(story, "certificate", data, named)
    assert signatures(story) == []


@db
def test_a_certificate_must_lead_to_a_root_that_the_house_trusts(story, roots):
    data, root = certified(story, WORKER, FIRM)
    with pytest.raises(commands.RootNotTrusted):
        upload(story, "certificate", data, ["W01", "R1"])
    (roots / "other.pem").write_bytes(certified(story, WORKER)[1])
    with pytest.raises(commands.RootNotTrusted):
        upload(story, "certificate", data, ["W01", "R1"])
    (roots / "a.pem").write_bytes(root)
    with pytest.raises(commands.RootNotTrusted):  # the certificates are over by then
        upload(story, "certificate", data, ["W01", "R1"], "2030-03-25 09:00")
    upload(story, "certificate", data, ["W01", "R1"])
    assert signatures(story) == [("worker", "certificate"), ("employer", "certificate")]


@db
def test_another_identity_number_rules_a_certificate_out(story, roots):
    with transaction.atomic(), system("test"):
        for person in Person.objects.filter(parties__case_id=story.case_id):
            person.identity_number = "11010519491231002X"
            person.save()
    data, root = certified(story, ("工人1", "110105199001011237"))
    (roots / "a.pem").write_bytes(root)
    with pytest.raises(commands.SignerIsAnother):
        upload(story, "certificate", data, ["W01"])
    data, root = certified(story, ("工人1", "11010519491231002X"))
    (roots / "a.pem").write_bytes(root)
    upload(story, "certificate", data, ["W01"])
