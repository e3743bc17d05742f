"""manage.py peer: the systems of other agencies; added, closed, keys made, installed and rotated."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction

from casework import clock
from casework.access.context import system
from casework.commands.base import CommandRefused
from casework.exchange import peers
from casework.exchange.outbox import still_waiting
from casework.models import Agency, Direction, District, Peer
from mediation.api import tokens
from mediation.exchange import reconcile


class Command(BaseCommand):
    """Whom this installation exchanges referrals with."""

    help = (
        "Systems of other agencies: list, add, open, close, key, install-key, token, reconcile."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One act, and what it needs."""
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("list", help="all peers, what waits, how they are")
        add = acts.add_parser("add", help="a new peer")
        add.add_argument("agency", help="code of the agency (a new one needs --name)")
        add.add_argument("--node", required=True, help="the name under which its system signs")
        add.add_argument("--url", default="", help="its address; without it the agency pulls")
        add.add_argument("--name", default="", help="name of an agency that is not there yet")
        add.add_argument("--sees", default="", help="fields of its packs, with commas")
        add.add_argument("--district", default="", help="our district that takes its matters")
        for act, words in (
            ("open", "exchange again"),
            ("close", "exchange no more; nothing is forgotten"),
            ("key", "make a key; it is shown once"),
            ("token", "make a token for pulling; it is shown once"),
            ("reconcile", "compare both lists now"),
        ):
            acts.add_parser(act, help=words).add_argument("node")
        install = acts.add_parser("install-key", help="take over the key that they made")
        install.add_argument("node")
        install.add_argument(
            "key", help="name of the key; its secret is read from standard input"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do one act. Raises: CommandError, with the reason in words."""
        act = getattr(self, "_" + options["act"].replace("-", "_"))
        try:
            act(options)
        except (CommandRefused, IntegrityError) as error:
            raise CommandError(str(error)) from error

    def _list(self, _options: dict[str, Any]) -> None:
        with transaction.atomic(), system("peer"):
            for peer in Peer.objects.select_related("agency"):
                state = "open" if peer.is_open else "closed"
                resting = " resting" if peer.resting_until else ""
                self.stdout.write(
                    f"{peer.node}\t{peer.agency_id}\t{peer.direction}\t{peer.base_url}\t{state}{resting}"
                    f"\twaiting {still_waiting(peer)}"
                )

    def _add(self, options: dict[str, Any]) -> None:
        with transaction.atomic(), system("peer"):
            agency = _agency(options)
            direction = Direction.PUSH if options["url"] else Direction.PULL
            district = None
            if options["district"]:
                found = District.objects.on(clock.today()).filter(name=options["district"])
                district = found.first()
                if district is None:
                    raise CommandError(f"There is no district {options['district']}.")
            peer = peers.add_peer(
                agency, node=options["node"], base_url=options["url"], direction=direction,
                district=district, at=clock.now(),
            )  # fmt: skip
        self.stdout.write(
            f"Added {peer.node} ({direction}). Next: manage.py peer key {peer.node}"
        )

    def _open(self, options: dict[str, Any]) -> None:
        self._set_open(options["node"], True)

    def _close(self, options: dict[str, Any]) -> None:
        self._set_open(options["node"], False)

    def _set_open(self, node: str, is_open: bool) -> None:
        peer = _peer(node)
        peer.is_open = is_open
        peer.save(update_fields=["is_open"])
        self.stdout.write(f"{peer.node} is {'open' if is_open else 'closed'}.")

    def _key(self, options: dict[str, Any]) -> None:
        row, secret = peers.make_key(_peer(options["node"]), at=clock.now())
        self.stdout.write(f"key: {row.name}\nsecret (shown only now): {secret}")

    def _install_key(self, options: dict[str, Any]) -> None:
        secret = getpass.getpass("secret: ") if sys.stdin.isatty() else sys.stdin.readline()
        row = peers.install_key(
            _peer(options["node"]), name=options["key"], secret=secret.strip(), at=clock.now()
        )
        self.stdout.write(f"{row.name} signs from now on.")

    def _token(self, options: dict[str, Any]) -> None:
        peer = _peer(options["node"])
        token = tokens.make(peer.user, f"peer {peer.node}", clock.now())
        self.stdout.write(f"token (shown only now): {token}")

    def _reconcile(self, options: dict[str, Any]) -> None:
        found = reconcile.reconcile(_peer(options["node"]).pk)
        if found.problem:
            raise CommandError(f"The lists could not be compared: {found.problem}")
        self.stdout.write(
            f"ours {found.ours}, theirs {found.theirs}, same {found.same}, sent again {found.resent}, "
            f"different {len(found.differences)}"
        )


def _peer(node: str) -> Peer:
    peer = Peer.objects.select_related("user").filter(node=node).first()
    if peer is None:
        raise CommandError(f"There is no peer {node}.")
    return peer


def _agency(options: dict[str, Any]) -> Agency:
    """The agency, made when it is a further one. Raises: CommandError."""
    found = Agency.objects.filter(pk=options["agency"]).first()
    if found is not None:
        return found
    if not options["name"]:
        raise CommandError(
            f"There is no agency {options['agency']}: give its name with --name."
        )
    fields = [each.strip() for each in options["sees"].split(",") if each.strip()]
    return Agency.objects.create(
        code=options["agency"], name=options["name"], short=options["name"][:12], order=90,
        visible_fields=fields,
    )  # fmt: skip
