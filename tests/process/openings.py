"""How lives begin: at which station of the straight way, and with which moves, act after act of the catalogue.

Each opening leads to acts that mere chance finds too seldom; a move that its people cannot make fails the
test, so every act of a stage's catalogue is carried out at least once, however few the tries are.
"""

from typing import Any, NamedTuple


class Move(NamedTuple):
    """A step to be carried out with these answers, an act beside the tasks, or days that pass."""

    kind: str
    name: str = ""
    chosen: dict[str, Any] = {}
    days: int = 0


class Opening(NamedTuple):
    """A station (the open step there) and the first moves of every life that begins at it so."""

    station: str
    moves: tuple[Move, ...] = ()


def step(name: str, **chosen: Any) -> Move:
    return Move("complete", name, chosen)


def act(name: str, **chosen: Any) -> Move:
    return Move("beside", name, chosen)


def days(number: int) -> Move:
    return Move("wait", days=number)


def at(station: str, *moves: Move) -> Opening:
    return Opening(station, moves)


# From the last station back to the first: what was done on the way is undone station by station.
STAGES: dict[str, list[Opening]] = {
    "acceptance": [
        at("decide_acceptance", step("decide_acceptance", decision="ASK"),
           step("supply_materials", words="流水"), step("decide_acceptance", decision="ACCEPT")),
        at("decide_acceptance", step("decide_acceptance", decision="REFUSE"),
           step("approve_refusal", decision="REFUSE")),
        at("receive_application", step("receive_application", agreeing=[]),
           act("acceptance.contact", answer="AGREES")),
        at("triage", step("triage", route="ELSEWHERE"), step("see_through", decision="MEDIATION")),
    ],
    "mediation": [
        at("hold_session", act("recusal.ask"), step("decide", decision="REPLACE"), step("replace")),
        at("hold_session", step("hold_session", result="NOT_SETTLED"), act("hearing.deliver_end")),
        at("hold_session", days(40), step("limit_reached", decision="EXTENDED")),
        at("notify", act("hearing.note"), act("hearing.extend"), step("notify")),
        at("appoint", step("appoint"), act("hearing.withdraw")),
    ],
    "agreement": [
        at("watch", act("correction.receipt"), step("watch", what="PAYMENT")),
        at("seal", step("seal", decision="SEAL")),
        at("collect_signatures", step("collect_signatures", signed_by=["W01", "R1", "mediator"])),
        at("make_ready", step("make_ready", read_by_both=True)),
        at("draft", step("draft")),
    ],
    "closing": [
        at("archive", step("archive")),
        at("visit", step("visit", satisfied="satisfied")),
        at("visit", act("closing.ask_reopening"), step("reopen", to="FOLLOWUP"),
           act("closing.begin_closing")),
        at("decide_closing", step("decide_closing", aftercare=True), days(31), step("ask", decision="OVER")),
        at("report", act("aftercare.follow"), step("report", outcome="AGREED_PERFORMED")),
    ],
}  # fmt: skip


def catalogue(stage: str) -> set[str]:
    """Every act that the stage's openings carry out."""
    moves = [move for opening in STAGES[stage] for move in opening.moves]
    return {move.name for move in moves if move.name}
