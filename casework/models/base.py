"""What every row of the file has."""

from django.db import models

from casework.ids import new_id


class Row(models.Model):
    """A row with a time-ordered 64-bit id, made by the application."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True
