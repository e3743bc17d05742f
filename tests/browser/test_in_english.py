"""Every page of every role once more, in English: no Chinese on it but what the house's data and the law say.

No browser: words are what is looked at. Names, places, what people wrote, papers and the text of the law stay Chinese: they are found
in the database of the house, in the books of rules and the catalogue of papers, or stand in an element that says so (`lang`).
"""

import json
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import CharField, JSONField, TextField
from django.test import Client
from lxml import html

from casework.fields import EncryptedField
from config.server import scratch
from tests.browser import behind, houses, walk
from tests.browser.test_every_page import full_house  # noqa: F401

pytestmark = [pytest.mark.slow(15), pytest.mark.filterwarnings("ignore")]
HAN = re.compile(r"[\u3400-\u9fff]+")
LAW = (
    "casework/rules/**/*.yaml",
    "casework/rules/**/*.py",
    "casework/data/**/*",
    "documents/catalogue.py",
    "documents/facts/*.py",
)
UNSEEN = " | ".join(f"//{tag}" for tag in ("script", "style", "textarea", "template"))
SEEN = "//title/text() | //body//text() | //@aria-label | //@placeholder | //@alt"


def words_of(session, path):
    """What a person reads or hears on a page in English, elements that are marked as Chinese left out."""
    client = Client(SERVER_NAME="127.0.0.1", headers={"accept-language": "en"})
    client.cookies["sessionid"] = session
    page = html.fromstring(client.get(path, follow=True).content)
    assert page.get("lang") == "en", path
    for each in page.xpath(f"//*[starts-with(@lang, 'zh')] | {UNSEEN}"):
        each.drop_tree()
    return HAN.findall("\n".join(page.xpath(SEEN)))


def chinese_by_right():
    """All the Chinese that the house's data, its books of rules and its papers hold, as one text."""
    law = [
        path.read_text() for kind in LAW for path in settings.ROOT.glob(kind) if path.is_file()
    ]
    return "\n".join(
        [
            *law,
            *behind.inside(
                lambda: [
                    json.dumps(list(rows), ensure_ascii=False, default=str) for rows in stored()
                ]
            ),
        ]
    )


def stored():
    """The texts of every table."""
    for model in apps.get_models():
        kinds = CharField | TextField | JSONField | EncryptedField
        if names := [
            each.name for each in model._meta.concrete_fields if isinstance(each, kinds)
        ]:
            yield model._default_manager.values_list(*names)


def one_of_each(pages):
    """One page of each address: its headings in other states are the same words."""
    return {walk.shape(path.partition("?")[0]): (role, path) for role, path in pages}.values()


def test_an_english_page_is_english(full_house, django_db_blocker):  # noqa: F811
    name, found = full_house
    with django_db_blocker.unblock(), scratch.scratch(houses.own("own"), source=name):
        # each word once: most stand on many pages, and the data to look through is long
        said = {
            word: (role, path)
            for role, path in one_of_each(found["pages"])
            for word in words_of(found["sessions"][role], path)
        }
        known = chinese_by_right()
    assert len(found["pages"]) > 40
    assert {word: at for word, at in said.items() if word not in known} == {}
