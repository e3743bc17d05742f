"""A passkey in a real Chromium, with a virtual key: made, used at log-in, quiet under the strict policy; the archive's pages too."""

import pytest

from tests.browser.conftest import PASSWORD, Desk
from tests.browser.test_rules_desk import quiet

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": False, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def with_virtual_key(desk):
    """A device in the browser that answers as a finger on the telephone does."""
    wire = desk.page.context.new_cdp_session(desk.page)
    wire.send("WebAuthn.enable")
    return wire, wire.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})[
        "authenticatorId"
    ]


def make_key(desk):
    desk.open("/account/keys/")
    quiet(desk, "keys-empty")
    desk.page.fill("[name=name]", "我的手机")
    desk.page.fill("[name=password]", PASSWORD)
    desk.page.click("text=下一步")
    quiet(desk, "keys-making")
    desk.page.click("text=现在生成")
    desk.page.wait_for_selector(".once-list")


def test_a_key_is_made_and_opens_the_log_in(house, new_context):
    desk = Desk(new_context, house.replace("127.0.0.1", "localhost")).log_in("dengchuan")
    wire, device = with_virtual_key(desk)
    make_key(desk)
    assert desk.page.locator(".once-list code").count() == 10
    desk.open("/account/keys/")
    assert "我的手机" in desk.page.inner_text("body")
    quiet(desk, "keys")
    desk.page.context.clear_cookies()
    desk.open("/login/")
    desk.page.fill("#id_username", "dengchuan")
    desk.page.fill("#id_password", PASSWORD)
    desk.page.click("button.button--main")
    desk.page.wait_for_url("**/login/code/")
    quiet(desk, "login-key")
    desk.page.click("text=使用通行密钥")
    desk.page.wait_for_url(lambda url: "/login" not in url)
    assert desk.open("/work/") == 200
    wire.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": device})
    assert desk.errors == []


def test_the_archive_and_the_list_of_people_are_quiet(house, new_context):
    archivist = Desk(new_context, house).log_in("gongwen")
    archivist.open("/archive/?list=kept")
    quiet(archivist, "archive")
    archivist.page.locator("tbody a").first.click()
    quiet(archivist, "archive-file")
    archivist.page.locator("summary", has_text="新增冻结").first.click()
    archivist.page.click("button:has-text('冻结')")
    assert "错误" in archivist.page.title()
    archivist.errors.clear()  # the browser itself notes the status
    quiet(archivist, "archive-error")
    admin = Desk(new_context, house).log_in("admin")
    admin.open("/house/people/list/")
    quiet(admin, "people-list")
    wrong = "姓名,登录名,岗位,区县,单位,电话\n乔木,Qiao,魔术师,月球区,,\n".encode()
    admin.page.set_input_files(
        "[name=file]", {"name": "p.csv", "mimeType": "text/csv", "buffer": wrong}
    )
    admin.page.click("button:has-text('检查名单')")
    assert "没有这个岗位：魔术师" in admin.page.inner_text("body")
    admin.errors.clear()
    quiet(admin, "people-list-errors")
