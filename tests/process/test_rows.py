"""Rows on a page: what nobody touched is no row."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.http import QueryDict

from mediation.engine.steps import Rows
from mediation.forms.session import SessionForm


class Sent(HTMLParser):
    """What a browser sends of inputs that nobody touched: a choice sends its first option."""

    def __init__(self, page):
        super().__init__()
        self.data, self.choice = {}, ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "input":
            self.data[told["name"]] = told.get("value", "")
        elif tag == "select":
            self.choice = told["name"]
        elif tag == "option" and (self.choice not in self.data or "selected" in told):
            self.data[self.choice] = told["value"]


def sent(field, name, value=None):
    data = QueryDict(mutable=True)
    data.update(Sent(field.widget.render(name, value)).data)
    return field.widget.value_from_datadict(data, {}, name)


@pytest.mark.parametrize("name", ["attendance", "offers", "outcomes"])
def test_untouched_rows_of_a_session_are_no_rows(name):
    assert sent(SessionForm.base_fields[name], name) == []


def test_a_row_that_is_there_is_sent_back_as_it_is():
    rows = [{"side": "employer", "text": "先付一半"}]
    assert sent(SessionForm.base_fields["offers"], "offers", rows) == rows


def test_a_choice_that_may_be_left_open_stays_as_it_is():
    open_already = forms.ChoiceField(choices=[("", "-"), ("A", "a")])
    page = Rows({"kind": open_already}).widget.render("rows", [])
    assert page.count('value=""') == 2
