"""How often one network asked for something open to everybody, counted for all server processes."""

from django.db import models

from casework.models.base import Row


class Meter(Row):
    """One row a network and thing: a keyed hash, never the address; cleared by the next window."""

    bucket = models.CharField(max_length=80, unique=True)
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.bucket.partition(":")[0]
