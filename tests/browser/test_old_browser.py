"""The floor: Chromium 86, the binary itself. What people do every day works in it."""

import pytest

from tests.browser.conftest import PASSWORD

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
WIDE = "document.documentElement.scrollWidth - window.innerWidth"
FILL = """([where, value]) => { const box = document.querySelector(where); box.value = value;
  for (const kind of ['input', 'change']) box.dispatchEvent(new Event(kind, {bubbles: true})); }"""


class OldDesk:
    """Acts through the document: Playwright's own look at a control needs a younger browser."""

    def __init__(self, browser, house, width=1280):
        self.house, self.errors = house, []
        size = {"width": width, "height": 900}
        self.page = browser.new_context(viewport=size, locale="zh-CN").new_page()
        self.page.on("console", lambda m: m.type == "error" and self.errors.append(m.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, path):
        return self.page.goto(self.house + path).status

    def fill(self, where, value):
        self.page.evaluate(FILL, [where, value])

    def click(self, where):
        with self.page.expect_navigation():
            self.page.evaluate("where => document.querySelector(where).click()", where)

    def words(self, where="body"):
        return self.page.evaluate("where => document.querySelector(where).innerText", where)

    def box(self, where):
        return self.page.evaluate(
            "where => { const b = document.querySelector(where).getBoundingClientRect();"
            " return [b.left, b.top, b.right, b.bottom]; }",
            where,
        )


def test_a_call_is_registered_and_a_code_is_asked_for(house, old_chromium):
    seat = OldDesk(old_chromium, house)
    seat.open("/login/")
    seat.fill("#id_username", "qinxiaoyue")
    seat.fill("#id_password", PASSWORD)
    seat.click("button.button--main")
    for path in ("/", "/cases/", "/search/?q=4321", "/call/"):
        assert seat.open(path) == 200
        assert seat.page.evaluate(WIDE) <= 0, path
    _left, top, _right, bottom = seat.box("button.button--main")
    assert 0 < top < bottom <= 900, "the main button stands in the window"
    for where, value in (
        ("[name=phone]", "13800004466"),
        ("[name=name]", "柯明月"),
        ("[name=facts]", "孕期被降薪。"),
        ("[name=cause]", "C01.01"),
        ("[name=employers-0-name]", "织光服饰"),
        ("[name=district]", "两江新区"),
    ):
        seat.fill(where, value)
    seat.page.evaluate("document.querySelector('[name=classes][value=DISPUTE]').checked = true")
    seat.click("button.button--main")
    assert "/cases/" in seat.page.url, seat.words("main")[:400]
    assert "织光服饰" in seat.words()
    assert seat.page.evaluate(WIDE) <= 0
    assert seat.errors == []


def test_a_worker_with_a_wrong_code_is_told_so(house, old_chromium):
    worker = OldDesk(old_chromium, house, width=390)
    worker.open("/track/")
    worker.fill("#id_code", "1234567890123456")
    worker.fill("#id_tail", "0000")
    worker.click("button.wbutton--main")
    assert worker.words("section.wrong")
    assert worker.page.evaluate(WIDE) <= 0
    assert worker.errors == []
