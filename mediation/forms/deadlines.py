"""The form of a request for a later day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands.extensions import POLICY
from casework.models import Deadline

MOST = 365


class LongerForm(forms.Form):
    """How much longer, why, and by which paper."""

    more = forms.IntegerField(label=_("Longer by"), min_value=1, max_value=MOST)
    ground = forms.CharField(
        label=_("Ground"), max_length=120, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands in the ledger. No names of third parties, nothing medical."),
    )  # fmt: skip
    evidence = forms.CharField(label=_("Evidence"), max_length=120, required=False)

    def __init__(
        self, deadline: Deadline, now: str, allowed: dict[str, str], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.deadline = deadline
        self.fields["more"].help_text = _("Counted on top of %(length)s.") % {"length": now}
        self.fields["evidence"].required = deadline.nature != POLICY
        if allowed:
            self.fields["evidence"].help_text = _("Approved by %(who)s: %(what)s.") % allowed

    def whole(self) -> int:
        """The whole new length in the deadline's own unit."""
        return int(self.deadline.length + self.cleaned_data["more"])


class RefusalForm(forms.Form):
    """Why a request is refused."""

    note = forms.CharField(label=_("Why the request is refused"), max_length=120)
