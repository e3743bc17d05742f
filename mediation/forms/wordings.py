"""The form that changes the template of a paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.sandbox import MOST_CHARACTERS


class WordingForm(forms.Form):
    """The template and why it is changed."""

    source = forms.CharField(
        label=_("Template"), max_length=MOST_CHARACTERS, strip=False,
        widget=forms.Textarea(attrs={"rows": 26, "spellcheck": "false", "lang": "zh-CN"}),
        help_text=_("HTML with the tags of papers. Facts are named f.…, number and codes p.…."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=200)
