"""Page weight and largest paint on a slow telephone, against the goals; in a real Chromium.

`python bench/web.py [rounds, 5]`. A house with one finished case is played into a scratch database and served with
the collected, compressed static files. Each page is opened with an empty cache: bytes as they came over the line,
requests, foreign hosts; then `rounds` times over 1.6 Mbit/s and 150 ms with a processor four times slower: the
median of largest paint and of layout shift. Bytes and requests are exact; seconds depend on what else the machine does.
"""

import os
import statistics
import sys
from pathlib import Path
from urllib.parse import urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import django

django.setup()

from django.db import connections
from playwright.sync_api import sync_playwright

from config.server import door, scratch
from tests.browser.conftest import FLAGS, PASSWORD, furnish, serving

CHROMIUM = "/usr/bin/chromium"
# kB over the line, seconds to the largest paint, requests; for staff and for workers.
GOALS = {"staff": (120, 1.5, 8), "worker": (30, 1.0, 8)}
PAGES = (
    ("qinxiaoyue", "/"), ("qinxiaoyue", "/call/"), ("dengchuan", "/"), ("dengchuan", "/cases/"),
    ("yuanjing", "/cockpit/"), ("luoqiming", "/"), ("", "/track/"), ("", "/door/"), ("", "/calculators/"),
)  # fmt: skip
MOST_SHIFT = 0.02
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 200_000,
    "uploadThroughput": 200_000,
}
WATCH = """() => { window.paint = 0; window.shift = 0;
new PerformanceObserver(l => { for (const e of l.getEntries()) window.paint = e.startTime; })
  .observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(l => { for (const e of l.getEntries()) if (!e.hadRecentInput) window.shift += e.value; })
  .observe({type: 'layout-shift', buffered: true}); }"""


def cookies_of(browser, house, name):
    """The session of a person of the house; none for a worker."""
    context = browser.new_context(locale="zh-CN")
    if name:
        page = context.new_page()
        page.goto(f"{house}/login/")
        page.fill("#id_username", name)
        page.fill("#id_password", PASSWORD)
        page.click("button.button--main")
        page.wait_for_url(lambda url: "/login" not in url)
    kept = context.cookies()
    context.close()
    return kept


def opened(browser, house, cookies, path, *, slow):
    """Open a page as a first visit: bytes, requests, foreign hosts, largest paint (s), layout shift."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 800})
    context.add_cookies(cookies)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    if slow:
        line.send("Network.emulateNetworkConditions", SLOW)
        line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    came, asked = [], []
    line.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    line.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    page.goto(house + path, wait_until="load")
    page.evaluate(WATCH)
    page.wait_for_timeout(300)
    paint, shift = page.evaluate("() => [window.paint / 1000, window.shift]")
    context.close()
    line_asked = [url for url in asked if not url.startswith("data:")]
    foreign = {urlsplit(url).netloc for url in line_asked} - {urlsplit(house).netloc}
    return sum(came), len(line_asked), foreign, paint, shift


def measure(browser, house, rounds):
    """Print a row a page; how many goals were missed."""
    missed = 0
    print("| page | kB | goal | requests | foreign hosts | largest paint, s | goal | shift |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, path in PAGES:
        kb, seconds, requests = GOALS["staff" if name else "worker"]
        cookies = cookies_of(browser, house, name)
        size, asked, foreign, _paint, _shift = opened(browser, house, cookies, path, slow=False)
        runs = [
            opened(browser, house, cookies, path, slow=True)[3:] for _round in range(rounds)
        ]
        paint, shift = (statistics.median(values) for values in zip(*runs, strict=True))
        over = (
            size > kb * 1000,
            asked > requests,
            bool(foreign),
            paint > seconds,
            shift > MOST_SHIFT,
        )
        missed += sum(over)
        marks = ["**" if each else "" for each in over]
        print(
            f"| {path} {name or 'nobody'} | {marks[0]}{size / 1000:.1f}{marks[0]} | {kb} | {marks[1]}{asked}{marks[1]}"
            f" | {len(foreign)} | {marks[3]}{paint:.2f}{marks[3]} | {seconds} | {marks[4]}{shift:.3f}{marks[4]} |",
            flush=True,
        )
    return missed


def main(rounds):
    """Build the house, measure, throw it away."""
    with door.open_database(), scratch.scratch(f"wufang_test_{os.getpid()}_web"):
        furnish()
        with serving() as house:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
            with sync_playwright() as driver:
                browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                missed = measure(browser, house, rounds)
                connections.close_all()
                browser.close()
    print(f"{missed} goals missed (in bold)")
    return missed


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 5) else 0)
