"""Who may act in the mediation: D11, D27."""

from datetime import date

from documents.facts import d11, d27
from documents.facts.common import PartyLine
from documents.samples.people import BODY, BUILDER, CASE, LABOUR, NAMES, Sample

SAMPLES: dict[str, Sample] = {
    "D11": Sample(
        day=date(2026, 3, 17),
        facts=d11.RecusalFacts(
            committee=BODY,
            case_number=CASE,
            cause="追索劳动报酬争议",
            requester=LABOUR,
            capacity="被申请人",
            mediator="贺知行",
            reason="贺知行两年内曾担任申请人王堃所在工会小组的法律顾问，可能影响公正调解。",
            asked_on=date(2026, 3, 16),
            granted=True,
            decided_on=date(2026, 3, 17),
            decider="秦晓月",
            ground="贺知行与申请人有其他关系，可能影响公正调解，申请理由成立。",
            replacement="陈予安",
        ),
    ),
    "D27": Sample(
        day=date(2026, 3, 12),
        facts=d27.AuthorityFacts(
            committee=BODY,
            case_number=CASE,
            cause="追索劳动报酬争议",
            elected=True,
            principals=tuple(
                PartyLine(
                    role="申请人",
                    name=name,
                    identity_number=f"50000019{80 + place}0101{place:03d}0",
                )
                for place, name in enumerate(NAMES)
            ),
            opponents=(LABOUR, BUILDER),
            agents=tuple(
                d27.AgentLine(
                    name=name,
                    identity_number=f"50000019{80 + place}0101{place:03d}0",
                    unit=LABOUR,
                    phone=f"1380000000{place + 1}",
                )
                for place, name in enumerate(NAMES[:3])
            ),
            scope=("提出请求、陈述事实、提供证据、发表意见", "签收调解文书，转告各推选人"),
            made_on=date(2026, 3, 12),
        ),
    ),
}
