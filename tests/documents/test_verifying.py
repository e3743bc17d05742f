"""Genuine, altered, superseded, withdrawn, unknown: by code, by file, offline, and in a browser."""

import hashlib
import io
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents import editions, issue, proof, register
from documents.models import Paper
from documents.signing import authority, pades
from documents.verify import __main__ as checker
from documents.verify import offline

AT = datetime(2026, 3, 20, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def paper(case, files):
    row = issue.issue("D01", case=case, by=case.chief, at=case.at)
    row.pdf = issue.content(row)
    row.refresh_from_db()
    return row


def changed(pdf: bytes, **facts) -> bytes:
    """The paper with other facts attached."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        data = json.loads(document.attachments["facts.json"].get_file().read_bytes())
        data["facts"] |= facts
        raw = json.dumps(data, ensure_ascii=False).encode()
        document.attachments["facts.json"] = pikepdf.AttachedFileSpec(document, raw)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def known(text=None):
    return offline.read_register(text or register.extract(AT))


def test_offline_a_paper_is_genuine_altered_superseded_withdrawn_or_unknown(paper, case):
    assert offline.check(paper.pdf, known()).answer == "genuine"
    assert offline.check(paper.pdf[:-1] + b" ", known()).answer == "altered"
    assert offline.check(changed(paper.pdf, ticket_no="别的"), known()).answer == "altered"
    assert offline.check(paper.pdf).answer == "unknown"
    assert offline.check(b"%PDF-1.7 nothing", known()).answer == "unknown"
    empty = register.extract(AT).replace(register.hidden(paper.check_code), "0" * 64)
    with pytest.raises(offline.RegisterRefused, match="签名"):
        known(empty)
    newer = editions.supersede(paper, by=case.chief, at=case.at, reason="更正")
    assert offline.check(paper.pdf, known()).answer == "superseded"
    pdf = issue.content(newer)
    editions.void(Paper.objects.get(pk=newer.pk), by=case.chief, at=case.at, reason="误发")
    assert offline.check(pdf, known()).answer == "voided"


def test_offline_a_paper_signed_after_issue_is_still_genuine(paper):
    who = authority.DemoAuthority(AT).issue("吕㛃")
    place = pades.Place(field="worker", page=0, left=30, low=20)
    signed = pades.sign(pades.prepare(paper.pdf, [place]), "worker", who, reason="确认")
    assert offline.check(signed, known()).answer == "genuine"
    assert offline.check(paper.pdf + b"\n% added", known()).answer == "altered"


def test_a_register_of_another_key_is_refused(paper):
    text = register.extract(AT)
    with pytest.raises(offline.RegisterRefused, match="指纹"):
        offline.read_register(text, "0" * 32)
    fingerprint = proof.fingerprint(json.loads(text)["key"])
    assert offline.read_register(text, fingerprint)["papers"]


def test_the_register_names_no_code_and_no_person(paper):
    text = register.extract(AT)
    assert paper.check_code not in text
    assert "吕" not in text
    assert register.extract(AT) == text


def test_the_checker_runs_without_django_or_a_network(paper, tmp_path, capsys):
    (tmp_path / "paper.pdf").write_bytes(paper.pdf)
    (tmp_path / "register.json").write_text(register.extract(AT), "utf-8")
    command = ["-m", "documents.verify", str(tmp_path / "paper.pdf")]
    command += ["--register", str(tmp_path / "register.json")]
    bare = {"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "真实有效" in done.stdout) == (0, True), done.stderr
    (tmp_path / "paper.pdf").write_bytes(paper.pdf[:-1] + b" ")
    assert checker.main(command[2:]) == 1
    assert checker.main([command[2]]) == 2
    assert checker.main([str(tmp_path / "nowhere.pdf")]) == 2
    assert "已被改动" in capsys.readouterr().out


def test_the_public_page_compares_a_file(paper, client):
    def answer(pdf, code=""):
        sent = SimpleUploadedFile("x.pdf", pdf, "application/pdf")
        page = client.post(
            reverse("paper_check"),
            {"paper": sent, "code": code},
            headers={"accept-language": "en"},
        )
        return page.content.decode()

    assert "is genuine and stands" in answer(paper.pdf)
    assert "it was altered" in answer(paper.pdf + b" ", paper.check_code)
    assert "We know no paper" in answer(b"anything")
    assert hashlib.sha256(b"anything").hexdigest() in answer(b"anything")


def test_the_register_and_the_checker_can_be_had_by_anybody(paper, client):
    assert client.get(reverse("paper_register")).status_code == 404
    register.write(AT)
    got = b"".join(client.get(reverse("paper_register")).streaming_content).decode()
    assert offline.check(paper.pdf, known(got)).answer == "genuine"
    html = client.get(reverse("paper_checker")).content.decode()
    assert proof.fingerprint(json.loads(got)["key"]) in html
    assert "http://" not in html
    assert "https://" not in html
