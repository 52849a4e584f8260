"""The registers read what offices write, in words of their own."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from tests.sheets import read_sheet

from shouwang import trail
from shouwang.ledger.catalogue import ledgers
from shouwang.registry.models import Employment, Person

ID = "999901199302086027"
OTHER = "999914200911266389"

CASES: dict[str, tuple[str, list[str], list[Any], dict[str, Any]]] = {
    "registry.person": (
        "柳岸村常住户口登记",
        [
            "户编号",
            "户主姓名",
            "名字",
            "关系",
            "公民身份号码",
            "出生日期",
            "房号",
            "家庭住址",
            "网格号",
            "户口状态",
            "变更日期",
        ],
        [
            "LA001",
            "郗慧秀",
            "郗慧秀",
            "户主",
            ID,
            "1993.2.8",
            "3-201",
            "柳岸村3幢201",
            "2号网格",
            "死亡注销",
            "2023年5月1日",
        ],
        {"household_no": "LA001", "status": "死亡", "status_on": dt.date(2023, 5, 1), "division": "柳岸村"},
    ),
    "registry.household": (
        "云溪社区户主名册",
        ["户口簿号", "户主", "户主身份证", "家庭人口", "地址", "网格"],
        ["H9", "郗慧秀", ID, 4, "云溪花园39幢", "第四网格"],
        {"household_no": "H9", "name": "郗慧秀", "members": 4},
    ),
    "registry.death": (
        "云溪社区亡故人员名单",
        ["姓名", "性别", "证件号码", "去世日期", "死因", "死亡证明编号", "销户日期", "家属", "家属电话"],
        ["郗慧秀", "女", ID, "2023-8-4", "疾病", "SW-1", "2023-9-1", "孟涛凯", "190-0000-0001"],
        {"died_on": dt.date(2023, 8, 4), "cancelled_on": dt.date(2023, 9, 1), "kin_name": "孟涛凯"},
    ),
    "registry.disability": (
        "云溪社区残疾人花名册",
        ["姓名", "身份证号码", "残疾证号", "残疾类型", "等级", "有效期至"],
        ["郗慧秀", ID, f"{ID}41", "肢体残疾", "1级", "2030-1-1"],
        {"card_no": f"{ID}41", "kind": "肢体", "level": "一级"},
    ),
    "registry.retirement": (
        "社会化管理退休人员名册",
        ["姓名", "身份证号", "原单位", "退休日期", "月养老金"],
        ["郗慧秀", ID, "样织二厂", "2015-3-1", "3120.5"],
        {"former_employer": "样织二厂", "pension": Decimal("3120.50")},
    ),
    "registry.unemployment": (
        "登记失业人员台账",
        ["姓名", "身份证号", "失业前单位", "登记失业日期", "领取截止日期", "就业创业证号", "就业意愿"],
        ["郗慧秀", ID, "样织二厂", "2022-1-5", "2023-1-4", "99201", "有"],
        {"former_employer": "样织二厂", "lost_on": dt.date(2022, 1, 5), "intention": "有"},
    ),
    "registry.employment": (
        "样冷食品厂员工花名册",
        ["员工编号", "员工姓名", "身份证号", "户口性质", "工种", "入厂日期", "离厂日期", "月均工资"],
        ["0147", "郗慧秀", ID, "外地农村", "包装", "2016/8/9", "", "5,313.00"],
        {"local": "外来", "joined_on": dt.date(2016, 8, 9), "left_on": None, "employer": "样冷食品厂"},
    ),
    "registry.business": (
        "望河街道市场主体名单",
        [
            "商户名称",
            "社会信用代码",
            "业主姓名",
            "业主身份证号",
            "主营业务",
            "经营地址",
            "开业日期",
            "登记状态",
            "注销时间",
        ],
        ["郗氏菜摊", "92999901MA00EARJ8F", "郗慧秀", ID, "菜摊", "望河市场3号", "2019-6-11", "在营", ""],
        {"shop": "郗氏菜摊", "name": "郗慧秀", "status": "存续", "closed_on": None},
    ),
    "registry.organisation": (
        "云溪社区辖区单位名录",
        ["企业名称", "统一社会信用代码", "单位性质", "法人代表", "单位地址", "从业人数"],
        ["样织纺织厂", "92999901MA00EARJ8F", "民营", "郗慧秀", "听泉路1号", 246],
        {"name": "样织纺织厂", "legal_representative": "郗慧秀", "workers": 246},
    ),
    "registry.place": (
        "云溪社区点位一览表",
        ["点位代码", "排查点名称", "点位类别", "所在网格"],
        ["YX01", "云溪花园1幢", "小区", "二网格"],
        {"place_no": "YX01", "name": "云溪花园1幢", "kind": "居民小区", "grid": "二网格"},
    ),
    "registry.division": (
        "网格划分表",
        ["网格名称", "级别", "上级名称", "四至", "网格员姓名", "社区民警", "所属派出所"],
        ["第一网格", "网格", "云溪社区", "东至泉路", "康勇安", "郭良", "望河派出所"],
        {"name": "第一网格", "grid_worker": "康勇安", "beat_officer": "郭良", "police_station": "望河派出所"},
    ),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.seed("S1-12")
def test_another_offices_sheet_is_read(name: str, tmp_path: Path) -> None:
    title, header, row, expected = CASES[name]
    account, records = read_sheet(tmp_path, title, header, [row, [*row[:-1], row[-1]]][:1])
    assert (account.status, account.ledger) == ("loaded", name), account.why
    unmapped = [column.header for column in account.columns if not column.field]
    assert unmapped == []
    (record,) = records
    assert {key: record[key] for key in expected} == expected


@pytest.mark.seed("S1-01", "S1-03", "S1-04", "S1-09")
def test_an_area_names_its_officer_station_and_grid_worker(tmp_path: Path) -> None:
    title, header, row, _ = CASES["registry.division"]
    _, (record,) = read_sheet(tmp_path, title, header, [row])
    assert (record["beat_officer"], record["police_station"], record["grid_worker"]) == (
        "郭良",
        "望河派出所",
        "康勇安",
    )


def test_a_row_without_a_name_is_read_and_one_without_an_id_is_not(tmp_path: Path) -> None:
    header = ["户号", "姓名", "身份证号", "户籍状态", "住址"]
    rows = [
        ["H1", "", ID, "正常", "一幢"],
        ["H2", "孟涛凯", "", "正常", "二幢"],
        ["H3", "于洁", OTHER, "", "三幢"],
    ]
    account, records = read_sheet(tmp_path, "户籍人口台账", header, rows)
    assert [(r["person"], r["name"], r["status"]) for r in records] == [
        (ID, None, "正常"),
        (OTHER, "于洁", None),
    ]
    assert len(account.rejected) == 1


@pytest.mark.parametrize("pack", ["registry", "population"])
def test_no_header_means_two_columns_of_one_ledger(pack: str) -> None:
    for name, spec in ledgers().items():
        if spec.pack != pack:
            continue
        owners: dict[str, set[str]] = {}
        for field in spec.fields.values():
            for term in (field.label, *field.aliases):
                owners.setdefault(term, set()).add(field.name)
        assert {term: names for term, names in owners.items() if len(names) > 1} == {}, name
        assert set(spec.key) <= set(spec.fields), name


@pytest.mark.parametrize("app", ["registry", "population"])
def test_migrations_are_complete(app: str) -> None:
    loader = MigrationLoader(None)
    found = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(
        graph=loader.graph
    )
    assert [m.operations for m in found.get(app, [])] == []


@pytest.mark.django_db
def test_the_tables_keep_what_is_written() -> None:
    with trail.acting(trail.Actor("command:tests", "测试")), trail.change("ledger.add"):
        Person(
            person=ID, name="郗慧秀", birth_date=dt.date(1993, 2, 8), source_row=4, division_code="1" * 15
        ).save()
        Employment(
            person=ID, employer="样冷食品厂", monthly_wage=Decimal("5313.10"), division_code="1" * 15
        ).save()
    kept = Person.objects.get(person=ID)
    assert (kept.birth_date, kept.status, kept.source_row) == (dt.date(1993, 2, 8), None, 4)
    assert Employment.objects.get().monthly_wage == Decimal("5313.10")
