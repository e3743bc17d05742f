"""Words that stand in docstrings and data; made by `manage.py list_refusals`."""

from django.utils.translation import gettext_noop as _

WORDS = (
    _("12351 operator"),
    _("A call back is promised already. Write down what came of it first."),
    _(
        "A certificate under this file is not of those named as signers: the name in each must be theirs, one for each."
    ),
    _(
        "A certificate under this file leads to no authority that the house trusts; the administrator keeps their roots."
    ),
    _("A check is made by two supervisors or more, on a day that is named."),
    _("A claim is settled by somebody other than the one who confirmed the work."),
    _("A colleague has taken this back already."),
    _("A correction needs a reason."),
    _("A court does not confirm an agreement on whether there is a labour relation."),
    _("A deadline never moves to an earlier day."),
    _(
        "A direct suit needs an unpaid agreement on pay alone, or a payment order that lapsed; else arbitration comes first."
    ),
    _("A duty of a day that is over is not changed."),
    _("A help file is opened only with the person's consent, and its day."),
    _("A hold is lifted by somebody other than who placed it."),
    _("A key has at least 32 characters."),
    _("A legal hold stands on this file: nothing of it is destroyed until the hold is lifted."),
    _("A letter is approved by somebody other than the one who proposed it."),
    _("A letter on this case is still open: its answer comes first."),
    _("A letter, a fax or an e-mail is kept with its scan."),
    _("A meeting lies ahead."),
    _("A partner lies in another province."),
    _("A person needs at least one role."),
    _("A refusal needs a second person."),
    _("A request for another mediator is waiting: no session before the head has decided."),
    _("A request is waiting for the head's decision already."),
    _("A request waits for a second person already."),
    _("A second person must agree to moving a deadline."),
    _("A second person must decide: nobody approves their own edit."),
    _("A second person must decide: nobody grants their own extension."),
    _("A second person must read an agreement of this size first."),
    _("A session is held with at least one person of each side."),
    _("A step can be put off for thirty days at most."),
    _("A suit is already filed: support for filing comes too late."),
    _(
        "A supervision order on this case is still running: its answer is decided on first, or it is withdrawn."
    ),
    _("A suspension begins before it ends, and ends before the next one begins."),
    _("A union of this name is on the list already."),
    _("A voucher is paid by a district: give the case its district first."),
    _("A warning for this person is open already."),
    _(
        "A worker of this ticket stands in that case already: put the ticket there as a duplicate."
    ),
    _("Add the paper as it came back, signed by certificate."),
    _("An agreement is being drawn up or signed: bring it into force or put it aside first."),
    _(
        "An agreement on whether there is a labour relation is not taken for arbitration review."
    ),
    _("An answer comes after the referral was sent, and not in the future."),
    _("An edit takes effect on a day after today: the past is never changed."),
    _("An extension needs the signed consent of both sides."),
    _("An extension of this deadline waits for a second person already."),
    _("An inspection is made by two inspectors or more."),
    _("An inspection on this case is still open: look again at what it found first."),
    _("An office still works on a referral: wait for its result or hand it to aftercare."),
    _("An online session must be planned first, and a letter must have gone to the partner."),
    _("Another edit of this takes effect on the same day or later: withdraw that one first."),
    _("Another list was read and not decided yet: take it over or put it aside first."),
    _(
        "Another office is at work on this ticket: take the referral back or wait for its answer first."
    ),
    _("Another session is planned and not yet held."),
    _(
        "Arbitration comes first. State on which ground the court is open without it, or after it."
    ),
    _(
        "Arbitration review is not open: its fifteen days do not run, the agreement confirms a labour relation, or a court confirmed it."
    ),
    _("Archive after the return visit, or after three tries on three days."),
    _("At least one worker must stay. To end the whole, withdraw the application."),
    _(
        "Both sides must agree to mediation before it is accepted (voluntariness, LDMAL art. 3)."
    ),
    _("Both sides must ask for this together: record that both do."),
    _("Both sides must be notified before the session."),
    _("Both sides must have read the text."),
    _("Choose a day after today."),
    _("Choose a later day than the last day so far."),
    _("Choose a worker of this case, or leave it open for all of them."),
    _("Choose one of the reasons."),
    _("Choose the file again: the check is older than an hour."),
    _(
        "Deliver the notice of the end (D13) to the workers before closing: it names every way that is open and the time left."
    ),
    _("Each page of the record is signed: the number of pages is not that of the paper."),
    _("Eight keys are enough: remove one first."),
    _("Enforcement needs a title: a ruling, statement, award or order with its number."),
    _("Every claim is agreed: then the case is settled as a whole."),
    _("Every claim needs an outcome: agreed, failed, withdrawn or deferred."),
    _(
        "Fewer than twenty people and less than ten per cent: the rule on layoffs does not reach it."
    ),
    _(
        "Files cannot be checked just now, so none was kept. Try again in an hour, or call 12351."
    ),
    _("Files of this class are kept for ever."),
    _("Give the day of the accident: the period for recognition runs from it."),
    _("Give the offices a day that is still to come."),
    _("Giving up money needs the workers' own signed paper."),
    _("Invite at least one office of the district."),
    _("Invite two to five offices."),
    _("It must end later than now, and no later than the rule allows."),
    _("It was looked at twice and is still not mended: it goes to the authority."),
    _("Left in place needs a witness, or a photo or recording (CPL 89 by analogy)."),
    _("List the evidence first."),
    _("List what is missing, all of it: it can be asked for once."),
    _("Look at each scan of a signature and compare it with the text before sealing."),
    _("Material is asked for once, and in full: accept or decline now."),
    _(
        "Material was asked for once already, in full: accept it, decline it, or name another office."
    ),
    _("Materials are asked for once, and in full: they were asked for already."),
    _(
        "Mediation goes on longer only by the signed consent of both sides: use that act on the case."
    ),
    _("Mediation needs a respondent: record the employer first."),
    _("Mediation of this case has ended already."),
    _("Minutes are kept once the meeting has begun."),
    _("Money is still owed under the agreement: tick that it is followed in aftercare."),
    _(
        "More than one year has passed since the accident: recognition can no longer be asked for."
    ),
    _(
        "More than two years have passed since the breach ended: labour inspection no longer takes it."
    ),
    _("Name the archive that takes the file."),
    _("Name the employer first: this office cannot act against nobody."),
    _(
        "Name the evidence and where it lies: without it an interruption or suspension proves nothing."
    ),
    _("Name the paper by which the extension was approved."),
    _("No agreement of this case is in force."),
    _("No agreement of this case is in force: there is no payment to watch."),
    _("No call back is promised in this case."),
    _("No call of this case was sealed."),
    _("No claim is marked as agreed."),
    _("No claim of this case is left without agreement: there is nothing to mediate."),
    _("No clock runs from the completion of the application."),
    _("No instalment is late."),
    _("No key that may sign is stored for this peer: install one."),
    _("No open office takes this matter in this district. Ask the administrator for a route."),
    _("No partner waits to say whether it takes part."),
    _("No payment under the agreement is overdue: there is nothing to order."),
    _("No request for another mediator is waiting."),
    _("No respondent has refused mediation: record the contact first."),
    _("No row of this list can be taken over."),
    _("No session is planned."),
    _("No such employer stands in this case."),
    _("No supervision order of this case is running."),
    _("No telephone number is on file: nobody can be called back."),
    _("No telephone of this employer is on file: record it first, the code is tied to it."),
    _("No time limit of mediation is running on this case."),
    _("No worker in this case can be asked."),
    _("No worker of this ticket can join: an unnamed caller stays with the own ticket."),
    _("No worker stands in this case who could send photographs."),
    _(
        "No worker stands in this case yet: name the worker first, then keep the written application."
    ),
    _(
        "Nobody closes their own account or changes their own roles: another administrator does."
    ),
    _("Nobody is two of administrator, auditor and supervisor."),
    _("Nobody mediates this case yet."),
    _("Nobody reached needs two tries on two days by two means, for each respondent."),
    _("Nobody waits for this answer: the referral has ended, or stands elsewhere."),
    _("Nobody was reached: say when the next try is, so that the promise is not lost."),
    _(
        "None of the facts shows a need: three months unpaid, a large sum owed, illness, injury, pregnancy, no food."
    ),
    _("Not everybody has signed yet."),
    _(
        "Nothing can be enforced yet: that takes a payment order that stands, or a confirmation or review that was granted."
    ),
    _(
        "Nothing in this case was put right since the worker said so: correct it first, or say why not."
    ),
    _("Nothing is due and unpaid today."),
    _("Nothing is known here yet of which we could speak."),
    _("Nothing is open: no claim failed, and nothing of an agreement is unpaid."),
    _("Nothing is owed on this instalment."),
    _("Nothing of this case is late: there is nothing to order."),
    _("Nothing of this is new."),
    _("Nothing was served on this employer yet: its door opens with the first service."),
    _(
        "Occupational injury protection is for workers in new forms of employment: mark the case so first."
    ),
    _("Offer at least two times."),
    _("One side does not want mediation."),
    _("Only a closed case can be opened again."),
    _("Only a closed case is visited and archived."),
    _(
        "Only an open ticket that was not accepted is put to another case, and only to an open one."
    ),
    _(
        "Only photographs (JPG, PNG, HEIC) and PDF are taken. Take a photograph of the paper instead."
    ),
    _("Only the mediator of this case does this."),
    _("Only the person who asked takes the request back."),
    _(
        "Only workers of an accepted, open case can go their own way, before an agreement is in force."
    ),
    _("Please write what you want to say."),
    _("Relief has a sum."),
    _("Routes lead to this office: change them first."),
    _("Say how it was settled: by telephone, on paper, with whom."),
    _("Say that you have read the whole text first."),
    _("Say what was tried before, or why this office is needed."),
    _("Say which workers applied for support themselves: the others' data stay here."),
    _("Say why it is no group."),
    _("Say why it is put off."),
    _("Say why the second factor is removed: the person lost it, and how you know who asks."),
    _("Say why this fact is void."),
    _("Say why this is corrected."),
    _("Say why this payment is void."),
    _("Say why this record of service is void, or why the paper did not arrive."),
    _("Say why, and for a figure where it is published."),
    _("Say why."),
    _("Send the dunning letter first, and let its days pass."),
    _("Service by post needs the number of the mail."),
    _("Sessions are still planned in this room: move them first."),
    _("So many files are enough. Call 12351 if more are needed."),
    _("Some claims have no outcome yet."),
    _(
        "Somebody else is working on this case. Please look at it again and repeat what is still needed."
    ),
    _("Somebody has this user name already."),
    _("Somebody named here has signed already."),
    _("Somebody of each side signs; where a side did not, write down why."),
    _("Somebody other than the mediator must do this."),
    _("Somebody still works on this case: nothing of it is destroyed."),
    _("Somebody who is needed is away on that day."),
    _("Somebody, or the room, is taken at that time."),
    _(
        "Something else is open on this ticket (a letter, a danger, a list of workers): end it first."
    ),
    _("Something in the list is wrong by now: nothing was brought in. Check it again."),
    _(
        "Something later is recorded already, or was sent since: give the day on which this answer arrived."
    ),
    _("State the agreed sum of each claim that is agreed."),
    _("State the ground for moving a deadline."),
    _("Ten things wait for an answer already. Call 12351."),
    _("That office had this matter before: decline it instead, and a person decides."),
    _(
        "The address must begin with https:// (http:// only on this machine), without user, query or fragment."
    ),
    _("The agreement is in force, or the case is closed: nobody joins it now."),
    _("The application has not been received yet."),
    _("The bargaining does not stand where this could happen."),
    _("The case has not been accepted."),
    _("The case is closed: ask to open it again first."),
    _(
        "The case shows no sign of the crime of refusing to pay wages: set the mark in triage first."
    ),
    _("The code does not fit, or is too old."),
    _("The code does not fit, or was used already. Wait for the next one."),
    _("The day by which it is mended must lie after the day of the inspection."),
    _("The day is fixed already. To change it, call 12351."),
    _("The day is not a working day."),
    _(
        "The day of acceptance lies neither before the receipt, nor after the first session, nor in the future."
    ),
    _("The day of receipt lies neither in the future nor after the acceptance."),
    _("The day of the answer is a working day after today."),
    _("The district has signed for this ticket already."),
    _("The district's money for legal services of this year does not reach for this voucher."),
    _("The fifteen days for a joint application for arbitration review are over."),
    _(
        "The file has an impossible number of days off: a holiday is missing or a month mistyped."
    ),
    _("The file holds no rows."),
    _("The first and the second seat are two people."),
    _("The first line must read: 姓名, 登录名, 岗位, 区县, 单位, 电话."),
    _("The first line must read: 姓名, 登录名, 队伍, 区县, 单位, 电话."),
    _("The first row must name the columns; the column with the number is missing."),
    _("The hours for the call lie in the past."),
    _("The joint meeting named this office: it takes the matter, or asks once for material."),
    _("The last day lies before the first."),
    _("The last fen has not been paid: this outcome does not fit."),
    _("The letters follow one another. To leave one out, say why the case is serious."),
    _("The list is too big: at most 5 MB and 2,000 rows. Split it."),
    _(
        "The list still has wrong cells. Mend the file and read it again, or leave those rows out."
    ),
    _("The materials were complete neither before they were asked for nor on a day to come."),
    _("The matter does not stand where this could happen."),
    _("The mediator concerned does not decide."),
    _("The mediator of a case does not close it."),
    _("The offers have met and were opened."),
    _(
        "The other case has an agreement that is ready to sign or signed: what is asked now is not in it."
    ),
    _("The paper cannot be issued with these facts."),
    _("The paper cannot be printed from this text."),
    _("The paper did not exist yet on this day, or the day has not come."),
    _("The paper is still being printed. Try again in a few seconds."),
    _("The parties signed this paper: it is not corrected by hand."),
    _("The person named cannot mediate the case."),
    _("The platform and its partner stand on the employers' side of this case."),
    _("The platform and the partner firm are two parties."),
    _("The present password does not fit."),
    _("The return visit is made by somebody other than the handler."),
    _("The rule of this deadline knows no extension: nobody can grant one."),
    _("The sample must be printed and looked at first."),
    _("The session has not begun yet."),
    _("The session must lie in the future."),
    _("The signatures under this record are written down already."),
    _("The term of this file has not ended."),
    _("The text is not the one that was frozen."),
    _("The thirty days for a joint application for judicial confirmation are over."),
    _("The thirty days to ask for judicial confirmation do not run: not begun, or over."),
    _(
        "The ticket and the case are with the unions of two districts: hand one of them on first."
    ),
    _("The time limit cannot be extended that far."),
    _("The unified social credit code does not fit its check digit."),
    _("The union gives its opinion first."),
    _("The voucher does not stand where this could happen."),
    _("The worker has not agreed to passing data to this office."),
    _("There is a route for this matter, district and level already: change that one."),
    _(
        "There is no mobile number on file for everybody chosen. Enter it at the party, or let them sign on paper."
    ),
    _("There is no open inspection on this case."),
    _("There is no open letter on this case."),
    _("There is no pack to sign for."),
    _("There is no such case in this context."),
    _("There is no such day of payment."),
    _("There is no such open task of this meeting."),
    _("There is no such version of the agreement to work on."),
    _("There is no such voucher on this case."),
    _("These terms cannot be signed."),
    _("These two districts are paired already."),
    _("Thirty photographs of one inspection are enough."),
    _(
        "This act does not fit the case as it stands. Look at the case again: it may have moved on."
    ),
    _(
        "This body has sent this matter under this number before: look at the case that it became."
    ),
    _(
        "This cannot be done now. The message is the first argument, else the docstring of the class. `field` names the form field that it concerns, if one does."
    ),
    _("This cannot be done with the referral as it stands."),
    _(
        "This case has gone on by itself (a session, an agreement or a referral): it cannot be taken back."
    ),
    _("This case is closed already."),
    _("This case was not split off from another one."),
    _("This case was reopened twice: a review meeting decides."),
    _("This consent was already withdrawn."),
    _("This consultation is closed: opinions are no longer taken."),
    _("This day has not come yet."),
    _("This day lies before the step that goes before, or in the future."),
    _("This deadline is no longer running."),
    _("This deadline is not over yet."),
    _("This edit is already decided."),
    _("This edit is already in effect: propose a new one instead."),
    _("This event does not wait for a person any more."),
    _("This fact is void already."),
    _("This file bears no more signatures than those that were recorded."),
    _("This file cannot be read as a table. Save it as .xlsx or .csv and try again."),
    _(
        "This file cannot be read: give a CSV, an XLSX workbook or a JSON list, 5 MB and 500 rows at most."
    ),
    _(
        "This file is not a holiday schedule: a year with source, holidays and makeup is needed."
    ),
    _("This file is not the frozen paper with intact certificate signatures and nothing else."),
    _(
        "This file is too big: a photograph has 25 MB at most, a PDF 10 MB. Send one page at a time."
    ),
    _("This file may carry a virus. It was not kept. Take a photograph of the paper instead."),
    _("This file was destroyed."),
    _("This file was handed to the archive or destroyed already."),
    _("This form was sent: there is nothing left to keep."),
    _("This hold was lifted already."),
    _("This import was taken back already, or is older than seven days."),
    _("This is an old Excel file (.xls). Save it as .xlsx and try again."),
    _("This is more than what is still to be paid."),
    _("This is not the number of this file."),
    _("This is the last administrator: make another one first."),
    _("This is what already holds: nothing would change."),
    _("This is what is recorded already."),
    _("This item was taken back: it is not shown any more."),
    _("This key does not fit. Try again, or use a code."),
    _("This key was removed already."),
    _("This lawyer holds an open voucher for this case already."),
    _("This lawyer takes no cases now."),
    _(
        "This letter is issued by the union of a county or above (an opinion also by the enterprise's own): hand the case to the district first."
    ),
    _("This letter is not waiting for an answer."),
    _("This link is over. Ask for a new one: call 12351."),
    _("This list was decided already."),
    _("This matter is already with this office."),
    _("This matter was passed on twice: a joint meeting names who decides."),
    _("This mediator was relieved of the case already: another one is named first."),
    _("This meeting is closed: its minutes stand."),
    _("This name or licence number is on the list already."),
    _("This needs a mediation agreement that is in force."),
    _("This needs the worker's own signed application: give its day."),
    _("This office answers here itself: nobody answers for it."),
    _("This office is closed: choose an open one."),
    _("This order has its answer already."),
    _("This order has no answer yet."),
    _("This pair has ended."),
    _("This paper is about an agreement in force, and there is none."),
    _("This paper stands no longer: serve the newer edition."),
    _("This partner was asked into this session already."),
    _("This party did not agree to electronic service: record the agreement (D28) first."),
    _("This party does not stand in the case."),
    _("This party is not a person."),
    _("This password is too easy to guess."),
    _("This person is recorded as away in that time already."),
    _("This referral has ended."),
    _("This request is already decided."),
    _("This request was decided already."),
    _(
        "This service is not on the voucher, or stands in the claim more often than it was granted."
    ),
    _("This side was shown it already."),
    _("This side's offer of this round is in and sealed: it cannot be changed."),
    _("This step has already been done. Nothing was changed."),
    _("This step is done, or it is somebody else's."),
    _(
        "This step is due before that day. A deadline is not put off here: ask for a longer one."
    ),
    _("This template cannot be used."),
    _("This text is too long to be kept as a draft."),
    _("This text was replaced by another one. Nothing was signed; read the new one first."),
    _("This ticket is not part of another case."),
    _("This time is no longer free. Please choose another one."),
    _("This version is no draft any more."),
    _("This warning is at its end."),
    _("This was answered already."),
    _("This was checked against the text of the law: it changes only by a release."),
    _("This was ended already."),
    _("This worker has no share in what is still to be paid."),
    _("Three hundred rows at once are enough: divide the list."),
    _(
        "Three rounds have passed without overlap: more would only tell a side the other's limit."
    ),
    _("To destroy takes two people: somebody other than who asked decides."),
    _("What came of this promise is written down already."),
    _("Who answered the order does not decide on the answer."),
    _("Who gave the order does not answer it."),
    _("Whoever drafted a template does not activate it: a second person does."),
    _("Whoever passed it on is told why it is not taken up."),
    _("Work before the day of the voucher is not paid, and no day lies in the future."),
    _(
        "Write it without the name of anybody in the file: these words stay when the file is gone."
    ),
    _("You are in none of the three teams, or no longer."),
    _("You speak for other firms: pass on what concerns them, or call 12351."),
    _(
        "Your handwriting could not be read. Wipe it and write again, or sign with the code alone."
    ),
    _(
        "Your role logs in with a second factor and this is the last one: set up another one first."
    ),
    _("admin"),
    _("administrator"),
    _("agency liaison"),
    _("archivist"),
    _("auditor"),
    _("case manager"),
    _("court liaison"),
    _("dispatcher"),
    _("employer"),
    _("hardship officer"),
    _("head of mediation"),
    _("hrss liaison"),
    _("human resources liaison"),
    _("information officer"),
    _("justice liaison"),
    _("labour law supervisor"),
    _("labour protection inspector"),
    _("labour-safety information officer"),
    _("lawyer"),
    _("liaison of a further agency"),
    _("mediation head"),
    _("mediator"),
    _("operator"),
    _("partner union"),
    _("procuratorate liaison"),
    _("recorder"),
    _("representative"),
    _("rules admin"),
    _("rules administrator"),
    _("shift lead"),
    _("supervisor"),
    _("worker"),
)
