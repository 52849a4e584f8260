"""The files of a folder: which are workbooks, what they really are, and which are not safe to open.

A file is judged by its first bytes, not by its name. What cannot be read becomes a ``Problem`` with a code
and an advice; nothing here raises for the sake of one file.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import olefile

from shouwang.ledger.reading.accounts import Note, Problem
from shouwang.standards.reading import N_, Message, table

PROBLEMS: Final = table(
    Message("password", N_("文件有打开密码"), N_("请用Excel或WPS打开，取消密码后另存，再读一次。")),
    Message("truncated", N_("文件不完整或已损坏"), N_("请重新拷贝或下载；能打开的话另存一份再读。")),
    Message("zip_bomb", N_("文件解压后异常庞大，未打开"), N_("请确认文件来源；确属台账的请拆成几个文件。")),
    Message("too_large", N_("文件太大"), N_("请按年或按社区拆分，或另存为csv。")),
    Message(
        "too_many_cells", N_("表格范围异常庞大，未打开"), N_("请把数据复制到新表中，删去远处的空白行列。")
    ),
    Message("too_wide", N_("列数太多，只读了前面的列"), N_("请把数据复制到新表中，删去右侧多余的列。")),
    Message("empty_file", N_("空文件"), N_("文件里没有任何内容，请检查是否拷贝完整。")),
    Message("no_rights", N_("没有读取权限"), N_("请让管理员开放该文件或文件夹的读取权限。")),
    Message("symlink_outside", N_("链接指向文件夹以外，未读"), N_("请把文件本身拷贝到文件夹里。")),
    Message("symlink", N_("链接的原件已在文件夹内，不重复读"), ""),
    Message("too_deep", N_("文件夹层次太深，未读"), N_("请把台账放在较浅的文件夹里。")),
    Message("archive", N_("压缩包，未读"), N_("请先解压。")),
    Message("web_page", N_("其实是网页格式的表格"), N_("请用Excel或WPS打开，另存为xlsx，再读一次。")),
    Message("not_a_workbook", N_("内容不是表格文件"), N_("请确认文件；是台账的请另存为xlsx。")),
    Message("unreadable", N_("文件读不出来"), N_("请用Excel或WPS打开，另存为xlsx，再读一次。")),
    Message("encoding", N_("文字编码认不出"), N_("请另存为UTF-8或GBK编码的csv。")),
    Message("no_folder", N_("没有这个文件夹"), N_("请检查路径。")),
    Message(
        "nothing", N_("文件夹里没有可读的台账文件"), N_("支持xlsx、xlsm、xls、xlsb、ods、csv、tsv、txt。")
    ),
    Message("internal", N_("读取时出错"), N_("其他表不受影响；请把这个文件的样子报告给开发者。")),
)
"""Why a file or a sheet is not read, by code."""

NAMES: Final = {
    "xlsx": "xlsx", "xlsm": "xlsx", "xltx": "xlsx", "xltm": "xlsx", "xls": "xls", "xlt": "xls", "et": "xls",
    "ett": "xls", "xlsb": "xlsb", "ods": "ods", "fods": "ods", "csv": "csv", "tsv": "csv", "txt": "csv",
}  # fmt: skip
"""What an extension promises."""

ARCHIVES: Final = frozenset({"zip", "rar", "7z", "gz", "tar"})


@dataclass(frozen=True)
class Limits:
    """What is too much. Sizes in bytes; the defaults suit a computer with 8 GiB."""

    file: int = 500 << 20
    text_file: int = 16 << 30
    unpacked: int = 4 << 30
    ratio: int = 400
    cells: int = 60_000_000
    columns: int = 1000
    depth: int = 12


@dataclass(frozen=True)
class Found:
    """A file that may be opened; ``format`` is what its bytes say."""

    path: Path
    name: str
    format: str
    notes: tuple[Note, ...] = ()


def problem(file: str, code: str, sheet: str = "") -> Problem:
    """The problem of that code for a file or sheet."""
    message = PROBLEMS[code]
    return Problem(file, sheet, code, message.text, message.advice)


def find(folder: Path, limits: Limits) -> Iterator[Found | Problem]:
    """The files of ``folder`` and below, in order of name, each as what can be opened or why it cannot."""
    if not folder.is_dir():
        yield problem(str(folder), "no_folder")
        return
    root = folder.resolve()
    yield from _walk(root, root, 0, limits)


def own_outputs(folder: Path) -> set[str]:
    """The files of a folder that a scan or a reading has written there, which are no ledgers.

    An office may keep its reports among its ledgers. A ``rejected.xlsx`` corrected since is one to read.
    """
    if not ((folder / "reading.json").is_file() and (folder / "mapping.yaml").is_file()):
        return set()
    names = {path.name for pattern in ("findings.*", "matches.*") for path in folder.glob(pattern)}
    names.add("rejected.xlsx")
    try:
        written = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["output"][
            "rejected.xlsx"
        ]
        with (folder / "rejected.xlsx").open("rb") as stream:
            corrected = hashlib.file_digest(stream, "sha256").hexdigest() != written
    except (OSError, ValueError, KeyError, TypeError):
        corrected = False
    return names - {"rejected.xlsx"} if corrected else names


def _walk(root: Path, here: Path, depth: int, limits: Limits) -> Iterator[Found | Problem]:
    try:
        entries = sorted(os.scandir(here), key=lambda entry: entry.name)
    except OSError:
        yield problem(_name(root, here), "no_rights")
        return
    ours = own_outputs(here)
    for entry in entries:
        path = Path(entry.path)
        name = _name(root, path)
        extension = path.suffix.lower().lstrip(".")
        if entry.name.startswith((".", "~$", "._")) or entry.name.lower() in ("thumbs.db", "desktop.ini"):
            continue
        if entry.name in ours:
            continue
        if entry.is_symlink():
            yield from _link(root, path, name, extension)
        elif entry.is_dir(follow_symlinks=False):
            if depth + 1 > limits.depth:
                yield problem(name, "too_deep")
            else:
                yield from _walk(root, path, depth + 1, limits)
        elif extension in ARCHIVES:
            yield problem(name, "archive")
        elif entry.is_file(follow_symlinks=False) and (extension in NAMES or not extension):
            yield examine(path, name, limits)


def _name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _link(root: Path, path: Path, name: str, extension: str) -> Iterator[Problem]:
    """A link is never followed: inside the folder its target is read anyway, outside it must not be."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return  # dangling, or a loop of links: there is nothing behind it
    if not target.is_relative_to(root) and (target.is_dir() or extension in NAMES):
        yield problem(name, "symlink_outside")


def examine(path: Path, name: str, limits: Limits) -> Found | Problem:
    """Judge one file by its first bytes."""
    promised = NAMES.get(path.suffix.lower().lstrip("."), "")
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(4096)
    except OSError:
        return problem(name, "no_rights")
    if size == 0 or not head.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        return problem(name, "empty_file")
    code = ""
    if head.startswith(b"PK"):
        found, code = _zip(path, size, limits)
    elif head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        found, code = _ole(path, size, limits)
    else:
        found, code = _text(head, size, promised, limits)
    if code:
        return problem(name, code)
    notes = []
    if promised and found != promised:
        notes.append(Note("wrong_extension", N_("扩展名与内容不符，已按内容读"), {"format": found}))
    if path.suffix.lower() in (".xlsm", ".xltm"):
        notes.append(Note("macros", N_("含宏，只读数据，宏没有运行")))
    return Found(path, name, found, tuple(notes))


def _zip(path: Path, size: int, limits: Limits) -> tuple[str, str]:
    if size > limits.file:
        return "", "too_large"
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
            names = {entry.filename for entry in entries}
            if any(entry.flag_bits & 1 for entry in entries):
                return "", "password"
            unpacked = sum(entry.file_size for entry in entries)
            packed = max(1, sum(entry.compress_size for entry in entries))
            # A small office workbook may well shrink to a hundredth; only a large one by so much is a trap.
            if unpacked > limits.unpacked or (unpacked > 64 << 20 and unpacked > limits.ratio * packed):
                return "", "zip_bomb"
            if "xl/workbook.bin" in names:
                return "xlsb", ""
            if any(n.lower() == "xl/workbook.xml" for n in names):
                _unpack_others(package, limits)
                return "xlsx", ""
            if "content.xml" in names:
                kind = package.read("mimetype")[:80] if "mimetype" in names else b""
                if b"spreadsheet" not in kind:
                    return "", "not_a_workbook"
                if b"encryption-data" in package.read("META-INF/manifest.xml")[: 1 << 20]:
                    return "", "password"
                return "ods", ""
            office = any(n.startswith(("word/", "ppt/")) for n in names)
            return "", "not_a_workbook" if office else "archive"
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, KeyError):
        return "", "truncated"


def _unpack_others(package: zipfile.ZipFile, limits: Limits) -> None:
    """Inflate what the sheets share: a size that was stated falsely is found before a reader trusts it.

    The sheets themselves are inflated by the pass over their XML. Python stops at the stated size and then
    finds that the checksum is wrong.
    """
    for entry in package.infolist():
        shared = entry.filename.startswith("xl/") and not entry.filename.startswith("xl/worksheets/")
        if shared and entry.filename.endswith(".xml") and entry.compress_size * 1032 > limits.unpacked:
            with package.open(entry) as stream:
                while stream.read(1 << 20):
                    pass


def _ole(path: Path, size: int, limits: Limits) -> tuple[str, str]:
    if size > limits.file:
        return "", "too_large"
    try:
        with olefile.OleFileIO(str(path)) as container:
            if container.exists("EncryptedPackage") or container.exists("EncryptionInfo"):
                return "", "password"
            stream = next((n for n in ("Workbook", "Book") if container.exists(n)), None)
            if stream is None:
                return "", "not_a_workbook"
            with container.openstream(stream) as book:
                return "xls", "password" if _has_filepass(book.read(1 << 16)) else ""
    except Exception:  # olefile raises many kinds for a damaged container
        return "", "truncated"


def _has_filepass(head: bytes) -> bool:
    """True when the workbook stream of an .xls has a FILEPASS record ([MS-XLS] 2.4.117) before its sheets."""
    at = 0
    while at + 4 <= len(head):
        kind, length = struct.unpack_from("<HH", head, at)
        if kind == 0x2F:
            return True
        if kind in (0x85, 0x0A):  # the first sheet, or the end of the globals
            return False
        at += 4 + length
    return False


def _text(head: bytes, size: int, promised: str, limits: Limits) -> tuple[str, str]:
    start = head.lstrip(b"\xef\xbb\xbf\r\n\t ").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<style")):
        return "", "web_page"
    if start.startswith(b"<?xml"):
        return "", "web_page"
    utf16 = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    if b"\0" in head and not utf16:
        return "", "truncated" if promised in ("xlsx", "xls", "ods", "xlsb") else "not_a_workbook"
    if head.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf")):
        return "", "not_a_workbook"
    if promised in ("xlsx", "xls", "ods", "xlsb") and not any(
        mark in head for mark in (b",", b"\t", b";", b"|")
    ):
        return "", "truncated"
    return "csv", "too_large" if size > limits.text_file else ""
