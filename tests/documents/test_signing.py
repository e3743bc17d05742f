"""Several signers on one paper; nothing but signatures may follow; the seal lies across all pages."""

import hashlib
import io
import shutil
import subprocess
import sys
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest
from cryptography.hazmat.primitives import serialization
from PIL import Image, ImageDraw

from casework import clock
from documents import samples
from documents.compose import compose
from documents.gallery import sample_imprint
from documents.rendering import render, seals
from documents.signing import authority, demo_tsa, pades, providers
from documents.signing.check import only_signatures_added
from documents.signing.people import signatures, time_stamps
from documents.verify import __main__ as checker

AT = datetime(2026, 11, 1, tzinfo=UTC)
PLACES = [
    pades.Place(field=name, page=0, left=30 + 45 * at, low=20)
    for at, name in enumerate(("worker", "employer", "mediator"))
]


@pytest.fixture(scope="module")
def sheets():
    """The two papers that these tests sign and seal."""
    return {
        code: render(compose(samples.FACTS[code], sample_imprint(code)))
        for code in ("D14", "D15")
    }


@pytest.fixture(scope="module")
def house():
    return authority.DemoAuthority(AT)


@pytest.fixture(scope="module")
def signed(sheets, house):
    """A paper signed by three people, and each step of it."""
    pdf = sheets["D15"].pdf
    steps = [pades.prepare(pdf, PLACES)]
    for at, place in enumerate(PLACES):
        who = house.issue(f"签名人{at}")
        steps.append(pades.sign(steps[-1], place.field, who, reason="确认", drawn=drawn()))
    return pdf, steps


def drawn() -> bytes:
    picture = Image.new("RGB", (200, 80), "white")
    ImageDraw.Draw(picture).line([(10, 60), (60, 10), (120, 70), (190, 20)], "black", 4)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_every_signature_holds_and_the_issued_bytes_stay(signed):
    pdf, steps = signed
    for earlier, later in zip([pdf, *steps], steps, strict=False):
        assert later.startswith(earlier)
    assert hashlib.sha256(steps[-1][: len(pdf)]).digest() == hashlib.sha256(pdf).digest()
    assert all(only_signatures_added(step, len(pdf)) for step in steps[1:])
    assert not only_signatures_added(steps[0], len(pdf))  # empty places are no signature


def test_a_changed_byte_and_a_changed_page_are_noticed(signed):
    pdf, steps = signed
    torn = bytearray(steps[-1])
    torn[len(torn) // 3] ^= 1
    assert not only_signatures_added(bytes(torn), len(pdf))
    with pikepdf.open(io.BytesIO(steps[-1])) as paper:
        paper.pages[0].contents_add(b"0 0 100 100 re f")
        out = io.BytesIO()
        paper.save(out)
    assert not only_signatures_added(out.getvalue(), len(pdf))


def test_a_page_changed_before_somebody_signs_is_noticed(sheets):
    """A stranger's own intact signature must not cover a changed page."""
    from pyhanko.pdf_utils.generic import StreamObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(sheets["D15"].pdf))
    writer.add_stream_to_page(0, writer.add_object(StreamObject(stream_data=b"0 0 99 99 re f")))
    out = io.BytesIO()
    writer.write(out)
    who = authority.DemoAuthority(AT).issue("冒名者")
    forged = pades.sign(pades.prepare(out.getvalue(), PLACES[:1]), "worker", who, reason="x")
    assert not only_signatures_added(forged, len(sheets["D15"].pdf))


def test_a_place_is_signed_once(signed):
    who = authority.DemoAuthority(AT).issue("别人")
    with pytest.raises(pades.AlreadySigned):
        pades.sign(signed[1][-1], "worker", who, reason="再签")


def test_it_is_told_who_signed_and_whether_the_root_is_trusted(signed, house, tmp_path, capsys):
    pdf, steps = signed
    root = house.root.public_bytes(serialization.Encoding.DER)
    found = signatures(steps[-1], [root])
    assert [(row.field, row.by) for row in found] == [
        (place.field, f"签名人{at} {authority.MARK}") for at, place in enumerate(PLACES)
    ]
    assert all(row.holds and row.trusted and row.issuer.endswith("根") for row in found)
    stranger = authority.DemoAuthority(AT).root.public_bytes(serialization.Encoding.DER)
    for roots in ([], [stranger]):
        assert [(row.holds, row.trusted) for row in signatures(steps[-1], roots)] == [
            (True, False)
        ] * 3
    torn = bytearray(steps[-1])
    torn[len(pdf) // 3] ^= 1
    assert not any(row.holds for row in signatures(bytes(torn), [root]))
    with pytest.raises(ValueError, match=r"\w"):
        signatures(b"no paper", [root])
    (tmp_path / "paper.pdf").write_bytes(steps[-1])
    trusted = tmp_path / "roots"
    trusted.mkdir()
    (trusted / "root.der").write_bytes(root)
    checker.main([str(tmp_path / "paper.pdf"), "--roots", str(trusted)])
    told = capsys.readouterr().out
    assert told.count("签名完好，根证书可信") == 3
    assert f"签名人0 {authority.MARK}" in told
    checker.main([str(tmp_path / "paper.pdf")])
    assert capsys.readouterr().out.count("签名完好，根证书不在信任之列") == 3


def test_demo_certificates_say_that_they_are_nothing_worth():
    from cryptography import x509

    made = authority.DemoAuthority(AT).issue("吕㛃", "两江新区总工会")
    for der in (made.certificate, *made.chain):
        assert authority.MARK in x509.load_der_x509_certificate(der).subject.rfc4514_string()


def test_time_comes_from_a_service_over_https_or_from_nobody():
    assert providers.time_stamps("").stamper() is None
    assert providers.time_stamps("https://tsa.example.cn").stamper().url
    for address in ("http://tsa.example.cn", "http://127.0.0.1.example.cn"):
        with pytest.raises(ValueError, match="https"):
            providers.time_stamps(address)


@pytest.fixture(scope="module")
def authority_of_time(tmp_path_factory):
    """A time-stamp authority in a process of its own: its address and its root."""
    folder = tmp_path_factory.mktemp("tsa")
    root = demo_tsa.prepare(folder, clock.now())
    desk = subprocess.Popen(
        [sys.executable, "-m", "documents.signing.demo_tsa", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
    )
    yield desk.stdout.readline().strip(), root
    desk.kill()
    desk.wait()
    desk.stdout.close()


def stamped(sheets, stamper):
    now = clock.now()
    who = authority.DemoAuthority(now).issue("吕㛃")
    prepared = pades.prepare(sheets["D15"].pdf, PLACES[:1])
    return pades.sign(prepared, "worker", who, reason="确认", timestamper=stamper)


def test_a_time_stamp_authority_says_when_a_paper_was_signed(
    sheets, authority_of_time, settings
):
    address, root = authority_of_time
    settings.WUFANG_TIME_STAMPS = address
    begun = clock.now().replace(microsecond=0)
    signed = stamped(sheets, providers.house_time().stamper())
    (stamp,) = time_stamps(signed, [root])
    assert begun <= stamp.at <= clock.now()
    assert (stamp.field, stamp.holds, stamp.trusted) == ("worker", True, True)
    assert authority.MARK in stamp.by
    assert only_signatures_added(signed, len(sheets["D15"].pdf))
    stranger = demo_tsa.DemoAuthority(AT).root.public_bytes(serialization.Encoding.DER)
    assert not time_stamps(signed, [stranger])[0].trusted


def test_without_a_service_there_is_no_stamp_and_without_an_answer_no_signature(sheets):
    signed = stamped(sheets, providers.time_stamps("").stamper())
    assert time_stamps(signed, []) == []
    with pytest.raises(pades.NoTime):
        stamped(sheets, providers.time_stamps("http://127.0.0.1:9/").stamper())


@pytest.mark.skipif(shutil.which("openssl") is None, reason="the openssl program is not here")
def test_sm2_signs_and_notices_a_change(tmp_path):
    key = providers.OpensslSm2.make(tmp_path / "key.pem")
    signature = key.sign(b"paper")
    assert key.holds(b"paper", signature)
    assert not key.holds(b"papel", signature)
    assert (tmp_path / "key.pem").stat().st_mode & 0o077 == 0
    with pytest.raises(providers.Sm2Refused):
        providers.OpensslSm2(tmp_path / "nowhere.pem").sign(b"paper")


def test_slices_share_a_seal_evenly():
    assert seals.groups(2) == [2]
    assert seals.groups(12) == [12]
    assert seals.groups(13) == [7, 6]
    assert sum(seals.groups(200)) == 200


def red(page) -> int:
    """How many red points lie in the last three centimetres at the right of a page."""
    picture = page.render(scale=1).to_pil().convert("RGB")
    width = picture.width
    edge = picture.crop((width - 80, 330, width, 460))
    return sum(1 for r, g, b in edge.getdata() if r > 150 and g < 140 and b < 140)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_sealed_agreement_bears_the_seal_across_its_pages(sheets):
    pdf = pypdfium2.PdfDocument(sheets["D14"].pdf)
    assert all(red(page) > 20 for page in pdf)
    assert not compose(samples.FACTS["D14"], sample_imprint("D14", sealed=False)).across
