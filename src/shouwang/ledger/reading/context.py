"""Values that stand not in a column but in the names of sheet, file and folder or in the title lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePosixPath

from shouwang.ledger.base import SheetSpec
from shouwang.ledger.reading.vocabulary import full_key, label_key, month_of
from shouwang.standards.text import UNITS, normalise, squeeze

_PAIR = re.compile(
    r"([^\s:：，,；;（）()]{2,14})\s*[:：]\s*([^\s:：][^:：]*?)(?=\s{2,}|\s+[^\s:：]{2,14}\s*[:：]|$)"
)
_UNIT = re.compile(
    r"(?:金额|计量|货币)?单位\s*[:：]\s*(?:人民币)?\s*(亿元|百万元|万元|千元|百元|元)|[（(]\s*(亿元|万元|千元|百元)\s*[)）]"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d{3})\s*年?")
_MONTH = re.compile(r"(?:(?<!\d)((?:19|20)\d\d)\s*[年./-]\s*)?(?<!\d)(1[0-2]|0?[1-9])\s*月")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d\d)年(1[0-2]|0?[1-9])月")
_BARE_MONTH = re.compile(r"^(?:((?:19|20)\d\d)[-./年])?(1[0-2]|0?[1-9])$")
_SPAN = re.compile(r"\d\s*月?\s*[-~—－至到]+\s*\d{1,2}\s*月|季度|上半年|下半年|全年")

_ABOVE = (
    r"(?:[\u4e00-\u9fff]{1,8}?(?:省|自治区|市|县|区|旗))*(?:[\u4e00-\u9fff]{1,8}?(?:街道办事处|街道|镇|乡))?"
)
_COMMUNITY = re.compile(
    rf"{_ABOVE}([\u4e00-\u9fff]{{2,8}}?(?:社区(?!社会|文化)|居委会|村委会|行政村|村(?!级|民|务|居|社|\()))"
)
_STREET = re.compile(r"([\u4e00-\u9fff]{2,6}?(?:街道办事处|街道|镇(?!静)|乡(?!镇|村)))")
_NOT_A_NAME = re.compile(
    "^(?:关于|做好|安全|信用|和谐|示范|智慧|文明|平安|幸福社区$|美丽|绿色|试点|创建|城市|农村|新农|各|本|全|该|所属|所在|"
    "街道|乡镇|驻|进|入|属|我|每|辖区|城乡|城镇)|网格|居民|情况|工作|台账|名单|登记"
)
_ORGANISATION = re.compile(
    r"(?:公司|厂|集团|学校|小学|中学|大学|学院|幼儿园|医院|卫生院|诊所|药店|药房|酒店|宾馆|饭店|商店|超市|商场|银行|"
    r"合作社|事务所|服务部|经营部|工作室|加工点|门市部|中心|研究所|设计院|出版社|车队|物业|分局|办事处|社保局|局|所|站)$"
)


@dataclass(frozen=True)
class Surroundings:
    """Everything around the table: file path, sheet name, the filled cells above the header."""

    path: str
    sheet: str
    lines: tuple[str, ...]

    @cached_property
    def stem(self) -> str:
        """The file's name without extension."""
        return PurePosixPath(self.path).stem

    @cached_property
    def folders(self) -> list[str]:
        """The folders above the file, nearest first."""
        return list(reversed(PurePosixPath(self.path).parent.parts))

    @cached_property
    def title(self) -> str:
        """The line that names the table: the first above the header that is no "label: value" line."""
        for line in self.lines:
            text = normalise(line)
            if len(text) >= 3 and not re.match(r"^[^:：]{2,14}[:：]", text):
                return text
        return ""

    @property
    def naming(self) -> list[tuple[str, float]]:
        """The texts that may name the ledger and how much each counts."""
        return [(self.title, 1.0), (self.sheet, 0.95), (self.stem, 0.6 if self.title else 0.75)]

    @cached_property
    def pairs(self) -> dict[str, str]:
        """ "label: value" remarks above the header."""
        found: dict[str, str] = {}
        for line in self.lines:
            for label, value in _PAIR.findall(normalise(line)):
                found.setdefault(label_key(label), value.strip())
        return found

    @cached_property
    def factor(self) -> tuple[str, int] | None:
        """The unit of money stated above the header, with its value in yuan."""
        for line in self.lines:
            if found := _UNIT.search(normalise(line)):
                unit = found[1] or found[2]
                return unit, MONEY_UNITS[unit]
        return None

    @cached_property
    def year(self) -> int | None:
        """The year the sheet is about: in its name, title, file or folder; else the year it was filled in."""
        for text in (self.sheet, self.title, self.stem, *self.folders):
            if found := _YEAR.search(text) or _COMPACT.search(text):
                return int(found[1])
        for line in self.lines:
            if found := _YEAR.search(line):
                return int(found[1])
        return None

    @cached_property
    def month(self) -> tuple[int, int] | None:
        """The single month the sheet is about, with its year."""
        for text in (self.sheet, self.title, *self.pairs.values(), self.stem):
            text = normalise(text)
            if _SPAN.search(text):
                continue
            if found := _COMPACT.search(text):
                return int(found[1]), int(found[2])
            if found := _SHORT_YEAR.search(text):
                return 2000 + int(found[1]), int(found[2])
            months = _MONTH.findall(text)
            word = month_of(text)
            if len(months) == 1 and not re.search(r"月\s*\d{1,2}\s*[日号]", text):
                year, month = months[0]
            elif word:
                year, month = str(word[0] or ""), str(word[1])
            elif text == normalise(self.sheet) and (bare := _BARE_MONTH.match(text)) and bare[1]:
                year, month = bare[1], bare[2]  # 2023.01
            else:
                continue
            known = int(year) if year else self.year
            if known:
                return known, int(month)
        # Sheets named 1 to 12 may be months, or just counted: whatever else is said goes first.
        bare = _BARE_MONTH.match(normalise(self.sheet))
        return (self.year, int(bare[2])) if bare and self.year else None

    @cached_property
    def division(self) -> str:
        """The community or village, else the street or town, that the sheet is about."""
        texts = [self.sheet, self.title, *self.pairs.values(), self.stem, *self.folders]
        return next((n for p in (_COMMUNITY, _STREET) for t in texts if (n := _named(p, t))), "")

    def organisation(self, phrases: Sequence[str]) -> str:
        """The organisation that the sheet is about: stated in a line, its name, or the title's rest."""
        for label in (
            "单位名称",
            "用人单位",
            "企业名称",
            "用工单位",
            "参保单位",
            "缴费单位",
            "单位全称",
            "公司名称",
        ):
            if self.pairs.get(label):
                return self.pairs[label]
        sheet = squeeze(self.sheet)
        if _ORGANISATION.search(sheet) and len(sheet) >= 3:
            return sheet
        rests = [rest for text in (self.title, self.sheet, self.stem) if (rest := self._rest(text, phrases))]
        for rest in rests:
            if _ORGANISATION.search(rest):
                return rest
        if len(sheet) >= 4 and sheet in squeeze(self.title) and not month_of(sheet):
            return sheet
        return next(
            (v for k in ("填报单位", "编制单位", "单位") if _ORGANISATION.search(v := self.pairs.get(k, ""))),
            "",
        )

    def _rest(self, text: str, phrases: Sequence[str]) -> str:
        """A title without year, month and the ledger's name."""
        rest = re.sub(r"(?:19|20)\d\d年?度?|\d{1,2}月份?|[（(].*?[)）]|^\d+", "", squeeze(text))
        for phrase in phrases:
            if phrase in rest:
                rest = rest.partition(phrase)[0]
                break
        else:
            rest = re.sub(
                "(?:职工|员工|人员|用工|工资)*(?:花名册|名册|名单|台账|登记表|明细表|明细|一览表|表)$",
                "",
                rest,
            )
        return rest.strip("-_—· ")

    def values(self, spec: SheetSpec, used: Collection[str], phrases: Sequence[str]) -> dict[str, str]:
        """The values for fields of ``spec`` that have no column, as texts to be read like cells."""
        found: dict[str, str] = {}
        for name, column in spec.fields.items():
            if name in used:
                continue
            value = ""
            if self.pairs:
                labels = _labels(spec)[name]
                value = next((v for k, v in self.pairs.items() if k in labels and v not in UNITS), "")
            if name == "note" or (value and column.kind in ("date", "datetime") and not column.stands_in):
                value = ""  # the date in a title line is when the table was filled in
            if not value:
                value = self._by_context(column.stands_in, phrases)
            if value:
                found[name] = value
        return found

    def _by_context(self, context: str, phrases: Sequence[str]) -> str:
        match context:
            case "":
                return ""
            case "division":
                return self.division
            case "month":
                return "{:04d}-{:02d}".format(*self.month) if self.month else ""
            case "year":
                return str(self.year or "")
            case "organisation":
                return self.organisation(phrases)
            case pattern:
                return self._searched(pattern)

    def _searched(self, pattern: str) -> str:
        for text in (self.sheet, self.title, *self.lines, self.stem, *self.folders):
            if found := re.search(pattern, normalise(text)):
                return (found[1] if found.re.groups else found[0]) or ""
        return ""


def _named(pattern: re.Pattern[str], text: str) -> str:
    for found in pattern.finditer(squeeze(text)):
        name = re.sub(r"^.*(?:街道办事处|街道|镇|乡)(?=.*(?:社区|村|居委会)$)", "", found[1])
        if len(name) > 2 and not _NOT_A_NAME.search(name):
            return str(name)
    return ""


def heading_values(text: str) -> dict[str, str]:
    """What a heading inside the table says for the rows below: a community, or an organisation."""
    bare = re.sub(r"^[(（]?[一二三四五六七八九十\d]+[)）]?[、.．]?", "", squeeze(text)).rstrip(":：")
    bare = re.sub(r"[(（].*[)）]$", "", bare)
    if name := _named(_COMMUNITY, bare):
        return {"division": name}
    if _ORGANISATION.search(bare) and len(bare) >= 4:
        return {"organisation": re.sub("^(?:单位|企业|用人单位)(?:名称)?[:：]", "", bare)}
    return {}


@lru_cache(maxsize=1024)
def _labels(spec: SheetSpec) -> dict[str, frozenset[str]]:
    """What each column of a ledger may be called in a "label: value" remark."""
    return {
        name: frozenset(full_key(text) for text in (column.label, *column.aliases))
        for name, column in spec.fields.items()
    }


MONEY_UNITS = {"元": 1, "百元": 100, "千元": 1000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
"""Yuan per unit of money in headers and title lines."""
