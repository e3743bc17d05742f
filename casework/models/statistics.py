"""The rollup of the cockpit: what each case adds to which cell, and the cells."""

from django.db import models

from casework.models.base import Row


class Touched(models.Model):
    """A case whose ledger grew: appended with the event, taken away when the case was counted anew."""

    id = models.BigAutoField(primary_key=True)
    case_id = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.case_id)


class CaseFact(models.Model):
    """What one case adds to the cells now: [code, district, day, key, count, yuan] each."""

    case_id = models.BigIntegerField(primary_key=True)
    cells = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.case_id)


class Cell(Row):
    """A number of the cockpit by district, day (or first of a month) and key."""

    code = models.CharField(max_length=16)
    district_id = models.BigIntegerField(default=0)
    day = models.DateField()
    key = models.CharField(max_length=40, blank=True)
    n = models.BigIntegerField(default=0)
    yuan = models.DecimalField(max_digits=18, decimal_places=2, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "day", "district_id", "key"], name="one_cell_of_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.day} {self.district_id} {self.key}: {self.n}"
