"""Photographs in a step: several at once, each cleaned before anything is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands.base import CommandRefused
from documents.uploads import MOST_BYTES, Cleaned, cleaned

MOST_AT_ONCE = 10


class PhotosInput(forms.ClearableFileInput):
    """An input that takes several files, from the camera of a phone too."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Photographs, cleaned: what a camera writes into them is gone. The value is a list."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Photographs"))
        kwargs.setdefault("help_text", _("JPG or PNG. Place, camera and hour are taken out."))
        kwargs.setdefault(
            "widget",
            PhotosInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}),
        )
        super().__init__(required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Cleaned]:
        """Each file made anew. Raises: ValidationError that names the file."""
        given = data if isinstance(data, list | tuple) else [data]
        files = [each for each in given if each]
        if len(files) > MOST_AT_ONCE:
            raise forms.ValidationError(_("Ten photographs at once are enough."))
        return [self._one(super(PhotosField, self).clean(each, initial)) for each in files]

    @staticmethod
    def _one(file: Any) -> Cleaned:
        try:
            made = cleaned(file.read(MOST_BYTES + 1))
        except CommandRefused as error:
            raise forms.ValidationError(f"{file.name}　{error}") from error
        if made.media_type != "image/jpeg":
            raise forms.ValidationError(
                _("%(name)s is no photograph."), params={"name": file.name}
            )
        return made


class ScansField(forms.FileField):
    """A paper of several pages: photographs and PDF, several at once. The value is a list of name and bytes."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", PhotosInput(attrs={"accept": "image/*,.heic,application/pdf"})
        )
        super().__init__(required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[tuple[str, bytes]]:
        """The files as they came; the command cleans them. Raises: ValidationError for too many."""
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(ScansField, self).clean(each, initial) for each in given if each]
        if len(files) > MOST_AT_ONCE:
            raise forms.ValidationError(_("Ten photographs at once are enough."))
        return [(each.name or "", each.read(MOST_BYTES + 1)) for each in files]
