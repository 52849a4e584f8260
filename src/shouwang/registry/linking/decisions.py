"""``matches.csv``: the pairs, and what a person decided about the uncertain ones.

A pair is known again by a key that does not reveal it: scrypt over its content. Hashing an ID
number plainly would not do, since all numbers of a birth date can be tried in a second.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Literal

from shouwang.registry.linking.parts import Match
from shouwang.standards import masking

Decision = Literal["same", "different"]

HEADER = [
    "类别",
    "台账",
    "文件",
    "工作表",
    "行",
    "记录",
    "疑似",
    "疑似所在",
    "概率",
    "理由",
    "状态",
    "判定",
    "标识",
]
WORDS: dict[str, Decision] = {
    "同一人": "same",
    "同一单位": "same",
    "同一": "same",
    "是": "same",
    "不是": "different",
    "否": "different",
    "不同": "different",
}
STATES = {"automatic": "自动采用", "open": "待判定", "same": "已判定", "different": "已判定"}


class DecisionError(ValueError):
    """A decisions file that can't be obeyed: names the line and what to do."""


@lru_cache(maxsize=100_000)
def pair_key(one: str, other: str) -> str:
    """The key of a pair (32 hexadecimal digits); costs some 10 ms on purpose."""
    text = f"{one}\x1f{other}".encode()
    return hashlib.scrypt(text, salt=b"shouwang.match.1", n=4096, r=8, p=1, dklen=16).hex()


def read(path: Path) -> dict[str, Decision]:
    """The decisions by pair key; lines without a decision say nothing."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_text(encoding="gb18030")  # as Excel saves a CSV on a Chinese Windows
    except OSError as error:
        raise DecisionError(f"{path.name}: 不能读取：{error.strerror}") from error
    rows = list(csv.reader(io.StringIO(text)))
    if not rows or "判定" not in rows[0] or "标识" not in rows[0]:
        raise DecisionError(f"{path.name}: 第 1 行应是表头，其中有“判定”和“标识”两列")
    decided_at, key_at = rows[0].index("判定"), rows[0].index("标识")
    found: dict[str, tuple[Decision, int]] = {}
    for number, row in enumerate(rows[1:], start=2):
        if len(row) <= max(decided_at, key_at) or not (word := row[decided_at].strip()):
            continue
        key = row[key_at].strip().lower()
        if word not in WORDS:
            raise DecisionError(
                f"{path.name}: 第 {number} 行“判定”是“{word}”，只能写 同一人、同一单位 或 不是"
            )
        if len(key) != 32 or set(key) - set("0123456789abcdef"):
            raise DecisionError(f"{path.name}: 第 {number} 行“标识”被改动或截断，请从原文件复制这一列")
        decision = WORDS[word]
        if key in found and found[key][0] != decision:
            raise DecisionError(
                f"{path.name}: 第 {number} 行与第 {found[key][1]} 行是同一对记录，判定却相反，请改成一样"
            )
        found[key] = (decision, number)
    return {key: decision for key, (decision, _line) in found.items()}


def write(path: Path, matches: Iterable[Match], *, unmask: bool = False) -> None:
    """Write the pairs in the order given, earlier decisions carried along.

    A pair that stands in many rows, as one without an ID does in every month's payments, is written once,
    with its first row and the number of its rows: it is decided once.
    """
    pairs: dict[tuple[str, str], list[Match]] = {}
    for match in matches:
        pairs.setdefault((match.key, match.state), []).append(match)
    stream = io.StringIO()
    out = csv.writer(stream, lineterminator="\r\n")
    out.writerow(HEADER)
    for match, *others in pairs.values():
        ledger, file, sheet, row = match.where
        decided = {"same": "同一人" if match.what == "person" else "同一单位", "different": "不是"}
        cells = [
            "人员" if match.what == "person" else "单位",
            ledger,
            file,
            sheet,
            row,
            *_shown(match, unmask),
            "/".join(str(p) for p in match.candidate_where[1:]),
            f"{match.probability:.4f}",
            f"{match.reason}（共{len(others) + 1}行）" if others else match.reason,
            STATES[match.state],
            decided.get(match.state, ""),
            match.key,
        ]
        out.writerow([_inert(str(cell)) for cell in cells])
    path.write_text(stream.getvalue(), encoding="utf-8-sig", newline="")


def _shown(match: Match, unmask: bool) -> tuple[str, str]:
    """The record and its candidate as the file shows them."""
    if match.what == "organisation":
        return match.name, match.candidate_name
    if unmask:
        return match.name, f"{match.candidate_name} {match.candidate}"
    name, candidate = masking.mask_name(match.name), masking.mask_name(match.candidate_name)
    return name, f"{candidate} {masking.mask_id(match.candidate)}"


def _inert(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
