"""D32 卷宗封面与目录: one case, one file; each piece with its pages."""

from dataclasses import dataclass
from datetime import date

from documents.facts.base import may, need


@dataclass(frozen=True, kw_only=True)
class PieceLine:
    """A piece of the file: where it begins and ends, counted from the first piece."""

    place: int = need("序号")
    title: str = need("文件名称")
    number: str = may("文号")
    on: date | None = may("日期", None)
    first: int = need("起始页")
    last: int = need("终止页")
    note: str = may("备注")


@dataclass(frozen=True, kw_only=True)
class FileFacts:
    """Facts of D32, for the main or the sealed volume. Pieces follow each other without a gap."""

    office: str = need("立卷单位")
    volume: str = may("卷别", "正卷")
    case_number: str = need("案号")
    ticket_no: str = may("工单号")
    archive_number: str = may("档号")
    cause: str = need("案由")
    applicants: tuple[str, ...] = need("申请人")
    respondents: tuple[str, ...] = may("被申请人", ())
    group_size: int = may("涉及人数", 1)
    mediators: tuple[str, ...] = may("调解员", ())
    manager: str = may("承办人")
    opened_on: date = need("登记日期")
    accepted_on: date | None = may("受理日期", None)
    closed_on: date = need("结案日期")
    outcome: str = need("结案方式")
    archived_on: date = need("归档日期")
    archivist: str = need("立卷人")
    retention: str = need("保管期限")
    pieces: tuple[PieceLine, ...] = need("卷内文件")

    @property
    def pages(self) -> int:
        """How many pages lie in the volume."""
        return max((row.last for row in self.pieces), default=0)

    def contradictions(self) -> list[str]:
        """Pages run on from piece to piece."""
        expected = 1
        for row in self.pieces:
            if row.first != expected or row.last < row.first:
                return [f"第{row.place}件（{row.title}）没有页数或者页码不连续"]
            expected = row.last + 1
        return []
