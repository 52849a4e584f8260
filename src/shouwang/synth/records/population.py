"""Lawful rows of joint prevention: information, hazards, requests, publicity."""

from __future__ import annotations

import datetime as dt

from shouwang.synth import vocabulary as words
from shouwang.synth.site import Site
from shouwang.synth.table import Row


def information(site: Site) -> Row:
    """Reported on the day, assessed within the days allowed, no hazard."""
    day = site.day(site.any(1, 11), site.any(1, 28))
    return {
        "info_no": site.number("XX"),
        "happened_on": day,
        "place": f"{site.name.removesuffix('社区')}路{site.any(1, 90)}号",
        "grid": site.one(site.grids),
        "content": site.one(words.FOUND[1:]),
        "reporter": site.one(site.staff["workers"]),
        "role": "网格员",
        "reported_on": day,
        "assessed_on": day + dt.timedelta(days=site.any(0, 7)),
        "assessor": site.staff["officer"][0],
        "result": "已劝离，不构成隐患",
        "hazard": "否",
        "hazard_no": None,
    }


def hazard(site: Site) -> Row:
    """Assessed, acted upon, and lowered."""
    day = site.day(site.any(1, 11), site.any(1, 28))
    return {
        "hazard_no": site.number("YH"),
        "info_no": None,
        "grid": site.one(site.grids),
        "place": f"{site.name.removesuffix('社区')}路{site.any(1, 90)}号",
        "description": site.one(words.FOUND[1:]),
        "assessed_on": day,
        "assessor": site.staff["officer"][0],
        "level_before": site.one(("一般", "较大")),
        "action": "清理并张贴告知书",
        "owner": site.one(site.staff["workers"]),
        "acted_on": day + dt.timedelta(days=3),
        "level_after": "低",
    }


def request(site: Site) -> Row:
    """Asked and answered."""
    day = site.day(site.any(1, 11), site.any(1, 28))
    return {
        "request_no": site.number("PH"),
        "requested_on": day,
        "requester": site.staff["desk"][0],
        "matter": site.one(("协助核对出租房屋", "配合集中排查", "到场调解纠纷", "夜间巡查")),
        "officer": site.staff["officer"][0],
        "response": "已到场配合",
        "responded_on": day + dt.timedelta(days=site.any(1, 9)),
    }


def session(site: Site) -> Row:
    """With date, place and staff."""
    return {
        "session_no": site.number("XC"),
        "held_on": site.day(site.any(1, 12), site.any(1, 28)),
        "kind": "平安法治",
        "campaign": f"{site.year}年平安宣传",
        "topic": site.one(("出租房屋安全", "防范电信诈骗", "消防安全", "扫黑除恶")),
        "place": f"{site.name}居民活动室",
        "staff": site.staff["desk"][0] + "、" + site.staff["officer"][0],
        "residents": site.any(12, 80),
        "questions": "租房要办什么手续",
        "answers": "已现场解答",
    }


MAKERS = {
    "population.dynamic_information": information,
    "population.hazard": hazard,
    "population.cooperation_request": request,
    "office.publicity": session,
}
