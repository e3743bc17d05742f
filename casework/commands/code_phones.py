"""A tracking code follows the telephone of its holder: the last four digits are those on file."""

from casework.access.context import system
from casework.fields import blind
from casework.models import Party, Person, TrackingCode


def follow(person: Person) -> int:
    """Set the last four digits of every living code of a person anew, in all their cases; how many."""
    digits = person.phone[-4:]
    tail = blind(digits, "phone-tail") if digits else b""
    with system("the telephone of a code's holder was corrected"):
        parties = list(Party.objects.filter(person=person).values_list("pk", flat=True))
        living = TrackingCode.objects.filter(party__in=parties, voided_at=None)
        return living.update(phone_tail=tail, tail_failures=0)
