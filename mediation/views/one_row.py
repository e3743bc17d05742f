"""The page of one row of the house (an office, a partner, a lawyer): shown, saved, and back to its list."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from casework import clock
from casework.commands.base import CommandRefused
from mediation.engine.asker import asker

UNPROCESSABLE = 422


def saved(
    request: HttpRequest,
    form: Form,
    title: str,
    save: Callable[..., Any],
    back: tuple[str, str],
) -> HttpResponse:
    """Save what was sent (`save(by=, at=, **fields)`) and go back; else the page with what is wrong.

    `back`: the name of the list's address, and its words.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = save(by=asker(request), at=clock.now(), **form.cleaned_data)
        except CommandRefused as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("Saved: %(name)s") % {"name": made})
            return redirect(back[0])
    return shown(request, form, title, _("Save"), back)


def shown(
    request: HttpRequest, form: Form, title: str, words: str, back: tuple[str, str]
) -> HttpResponse:
    """The page; 422 when something is wrong with what was sent."""
    context = {
        "form": form, "title": title, "submit_words": words,
        "back": back[0], "back_words": back[1],
    }  # fmt: skip
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "house/form.html", context, status=status)
