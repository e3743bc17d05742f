"""The addresses of one case: its file, papers, clocks and sums."""

from django.urls import path

from mediation.desks import lists
from mediation.views import (
    agenda,
    archive,
    calculators,
    case,
    corrections,
    deadlines,
    diagram,
    dossier,
    employer,
    evidence,
    hazards,
    limitation,
    members,
    papers,
    papers_after,
    papers_demand,
    phone_files,
    referrals,
    signing,
    steps,
    words,
)

urlpatterns = [
    path("cases/", lists.cases, name="cases"),
    path("cases/<int:case_id>/", case.detail, name="case"),
    path("cases/<int:case_id>/corrections/", corrections.page, name="corrections"),
    path("cases/<int:case_id>/reveal/", case.reveal, name="reveal"),
    path("cases/<int:case_id>/do/<str:node>/", steps.start, name="start"),
    path("cases/<int:case_id>/papers/<int:paper_id>/", papers.paper, name="case-paper"),
    path(
        "cases/<int:case_id>/papers/<int:paper_id>/progress/",
        papers.progress,
        name="case-paper-progress",
    ),
    path(
        "cases/<int:case_id>/papers/<int:paper_id>/again/",
        papers.again,
        name="case-paper-again",
    ),
    path("cases/<int:case_id>/papers/new/", papers_demand.choose, name="papers-new"),
    path("cases/<int:case_id>/papers/new/<str:code>/", papers_demand.fill, name="paper-new"),
    path(
        "cases/<int:case_id>/papers/new/<str:code>/<int:number>/",
        papers_demand.look,
        name="paper-preview",
    ),
    path(
        "cases/<int:case_id>/papers/new/<str:code>/<int:number>/paper.pdf",
        papers_demand.pdf,
        name="paper-preview-pdf",
    ),
    path(
        "cases/<int:case_id>/papers/new/<str:code>/<int:number>/issue/",
        papers_demand.issue,
        name="paper-issue",
    ),
    path("cases/<int:case_id>/referrals/", referrals.of_case, name="case-referrals"),
    path(
        "cases/<int:case_id>/referrals/replies/<int:reply_id>/",
        referrals.reply_scan,
        name="paper-reply",
    ),
    path(
        "cases/<int:case_id>/papers/<int:paper_id>/about/",
        papers_after.about,
        name="paper-about",
    ),
    path(
        "cases/<int:case_id>/papers/<int:paper_id>/copy.pdf",
        papers_after.copy,
        name="paper-copy",
    ),
    path(
        "cases/<int:case_id>/papers/<int:paper_id>/correct/",
        papers_after.correct,
        name="paper-correct",
    ),
    path(
        "cases/<int:case_id>/papers/<int:paper_id>/withdraw/",
        papers_after.withdraw,
        name="paper-withdraw",
    ),
    path(
        "cases/<int:case_id>/papers/<int:paper_id>/proof/<int:number>/",
        papers_after.proof,
        name="paper-proof",
    ),
    path("undelivered/", papers_after.undelivered, name="undelivered"),
    path(
        "cases/<int:case_id>/payments/<int:payment_id>/",
        signing.payment_proof,
        name="payment-proof",
    ),
    path(
        "cases/<int:case_id>/signatures/<int:signature_id>/",
        signing.proof,
        name="signature-proof",
    ),
    path("cases/<int:case_id>/records/<int:session_id>/", agenda.scan, name="session-scan"),
    path("cases/<int:case_id>/dossier/", dossier.page, name="case-dossier"),
    path(
        "cases/<int:case_id>/dossier/progress/", dossier.progress, name="case-dossier-progress"
    ),
    path(
        "cases/<int:case_id>/dossier/<int:dossier_id>.pdf",
        dossier.volume,
        name="case-dossier-volume",
    ),
    path("archive/", archive.listing, name="archive"),
    path("archive/<int:case_id>/", archive.one, name="archive-file"),
    path("archive/<int:case_id>/act/", archive.act, name="archive-act"),
    path("cases/<int:case_id>/evidence/", evidence.page, name="case-evidence"),
    path("cases/<int:case_id>/members/", members.page, name="members"),
    path("cases/<int:case_id>/limitation/", limitation.page, name="limitation"),
    path(
        "cases/<int:case_id>/limitation/<int:fact_id>/void/",
        limitation.void,
        name="limitation-void",
    ),
    path("cases/<int:case_id>/deadlines/", deadlines.page, name="deadlines"),
    path(
        "cases/<int:case_id>/deadlines/<int:deadline_id>/longer/",
        deadlines.longer,
        name="deadline-longer",
    ),
    path(
        "cases/<int:case_id>/deadlines/asked/<int:request_id>/",
        deadlines.decide,
        name="deadline-decide",
    ),
    path(
        "cases/<int:case_id>/deadlines/asked/<int:request_id>/back/",
        deadlines.take_back,
        name="deadline-take-back",
    ),
    path("cases/<int:case_id>/calculate/", calculators.of_case, name="case-calculators"),
    path(
        "cases/<int:case_id>/calculate/<str:name>/", calculators.on_case, name="case-calculator"
    ),
    path("process/<int:process_id>/", diagram.page, name="process"),
    path("process/<int:process_id>/diagram.svg", diagram.picture, name="process-diagram"),
    path("cases/<int:case_id>/seal/", hazards.seal, name="case-seal"),
    path("cases/<int:case_id>/door/", employer.make, name="case-door"),
    path("cases/<int:case_id>/phone/", phone_files.ask, name="case-phone-files"),
    path("cases/<int:case_id>/files/<int:file_id>/", words.evidence, name="case-file"),
]
