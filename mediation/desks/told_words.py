"""What a worker reads in place of the titles of steps, flow by flow.

Nodes with the same words are one step to the worker: an approval goes with what is approved. A node that is not named
(questions, reminders, what the house hands over) is not drawn, its arrows are joined. A flow that is not named is the house's
own business: instruments, opinions, duplicates, acts beside the sessions.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

# flow -> (what the flow is called, ((nodes, words), ...))
TOLD: dict[str, tuple[Words, tuple[tuple[str, Words], ...]]] = {
    "intake": (_("How we took your matter in"), (
        ("begin record_call", _("You told us about it")),
        ("give_advice end_call", _("We are answering your question")),
        ("dispatch_emergency", _("We are sending people to help")),
        ("triage", _("We are finding who can help you")),
        ("see_through", _("Other offices help, we watch over it")),
        ("put_there", _("It goes on in a matter you have here")),
        ("triaged", _("It goes on to be taken up")),
        ("advised", _("Your question is answered now")),
        ("elsewhere", _("The other offices are done")),
    )),
    "inbound": (_("How your matter came from another office"), (
        ("register", _("Another office sent us your matter")),
        ("sign_for answer", _("We are looking whether we can take it")),
        ("await_supply", _("We wait for papers from that office")),
        ("report_back", _("We tell that office how it goes")),
        ("done", _("That office knows the result")),
        ("declined redirected lapsed", _("It went back to that office")),
    )),
    "acceptance": (_("Whether we can take it up"), (
        ("begin receive_application", _("We are taking in what you ask for")),
        ("decide_acceptance approve_refusal", _("We are deciding whether to take it up")),
        ("supply_materials", _("We need some more papers")),
        ("accepted", _("We took it up")),
        ("refused", _("We could not take it up")),
    )),
    "mediation": (_("How the talks go"), (
        ("begin", _("The talks can begin")),
        ("appoint", _("We are choosing a mediator for you")),
        ("notify", _("The mediator is arranging a time")),
        ("hold_session", _("You will talk together with the mediator")),
        ("settled partly_settled", _("It was agreed")),
        ("not_settled", _("It was not agreed")),
        ("withdrawn", _("The application was taken back")),
    )),
    "agreement": (_("From the talks to a signed paper"), (
        ("begin", _("Both agree, it is to be written down")),
        ("draft read_over", _("We are writing the agreement")),
        ("make_ready", _("We are getting it ready to sign")),
        ("collect_signatures", _("The agreement is there to be signed")),
        ("seal", _("We are putting the union's seal on it")),
        ("in_force", _("The agreement counts from now on")),
        ("not_signed", _("The agreement was not signed")),
    )),
    "followup": (_("Whether you get what was agreed"), (
        ("begin", _("The days of payment are set")),
        ("watch", _("We watch whether the money comes")),
        ("performed", _("All that was agreed is done")),
    )),
    "closing": (_("How we bring it to an end"), (
        ("begin", _("Your matter is coming to its end")),
        ("begin_closing report decide_closing", _("We are bringing it to its end")),
        ("visit", _("We call to ask whether you are content")),
        ("ask_reopening objected reopen", _("We look whether to take it up again")),
        ("archive", _("We are putting the papers away")),
        ("archived", _("The papers are kept safe")),
        ("reopened", _("We took it up again")),
        ("not_reopened", _("It stays as it is")),
    )),
    "aftercare": (_("What goes on in another office"), (
        ("begin", _("Another office has it now")),
        ("wait", _("We ask there again in some time")),
        ("ask", _("We are asking how it stands there")),
        ("ended", _("It is over there too")),
    )),
}  # fmt: skip
