"""The offline checker in a browser: one page, no network, the same answers as the command."""

import hashlib
from datetime import UTC, datetime

import pytest

from documents import issue, register
from documents.verify import page as checker
from tests.documents.conftest import case, files  # noqa: F401

AT = datetime(2026, 3, 20, tzinfo=UTC)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_one_html_page_tells_genuine_altered_and_unknown(case, files, tmp_path, page):  # noqa: F811
    pdf = issue.content(issue.issue("D01", case=case, by=case.chief, at=case.at))
    (tmp_path / "checker.html").write_text(checker.page(), "utf-8")
    (tmp_path / "register.json").write_text(register.extract(AT), "utf-8")
    (tmp_path / "good.pdf").write_bytes(pdf)
    (tmp_path / "bad.pdf").write_bytes(pdf[:-1] + b" ")
    (tmp_path / "forged.json").write_text(register.extract(AT).replace("VALID", "VOIDED"))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"file://{tmp_path}/checker.html")

    def says(pdf, answer):
        page.set_input_files("#paper", str(tmp_path / pdf))
        page.wait_for_selector(f'#answer[data-answer="{answer}"]', timeout=10_000)
        return page.inner_text("#answer")

    says("good.pdf", "unknown")
    page.set_input_files("#list", str(tmp_path / "register.json"))
    assert hashlib.new("sm3", pdf).hexdigest() in says("good.pdf", "genuine")
    says("bad.pdf", "altered")
    page.set_input_files("#list", str(tmp_path / "forged.json"))
    assert "签名不符" in says("good.pdf", "unknown")
    assert all(url.startswith("file://") or url.startswith("blob:") for url in asked)
