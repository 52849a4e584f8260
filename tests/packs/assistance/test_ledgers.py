"""Every ledger of the pack as an office might keep it: its sheet is recognised and its cells are read."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from shouwang import trail
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.reading import read_folder

#: Numbers with a right check character; the region 999901 is no place.
HEAD, WIFE, OTHER = "999901197803270077", "999901198110244487", "999901199505010022"

Cells = list[Any]


def sheet(ledger: str, title: str, seeds: tuple[str, ...], headers: str, row: Cells, **expected: Any) -> Any:
    """A sheet with this title, these headers and this row, and what the row must say when read."""
    return pytest.param(
        ledger, title, headers.split(), row, expected, id=ledger, marks=pytest.mark.seed(*seeds)
    )


CASES = [
    sheet(
        "recipient",
        "望河街道云溪社区最低生活保障家庭花名册",
        ("S2-01", "S2-10"),
        "低保编号 救助类别 户主 低保人数 家庭成员 关系 公民身份号码 劳动力状况 就业情况 申报月收入 收入来源 "
        "法定赡养人 是否有固定收入 家庭月总收入 分类施保 补差 初审日期 "
        "街道审核 审批日期 起保时间 停保时间 核对报告编号",
        ["DB1", "第二类", "陈鹏", 2, "陈鹏", "本人", HEAD, "有劳动能力", "登记失业", 250, "",
         "无", "否", 250, 0,
         1610, "2018-03-13", "2018.3.21", "2018年3月26日", "201804", "", "核对报告2018-180号"],
        certificate="DB1", category="二类", persons=2, relation="户主", person=HEAD, ability="有", job="失业",
        income=Decimal("250.00"), supporters="无", fixed_income=False, amount=Decimal("1610.00"),
        reviewed_on=dt.date(2018, 3, 21), start_month=dt.date(2018, 4, 1), stop_month=None,
        division="云溪社区",
    ),
    sheet(
        "payment",
        "望河街道2023年5月低保资金发放表",
        ("S2-14",),
        "所在社区 救助证号 领取人 身份证号码 享受人数 应发数 实发数 款项类型 应发日期 到账日期 卡号",
        ["云溪社区", "DB1", "陈鹏", HEAD, 2, 1610, "1,610.00", "当月发放", "2023-05-10",
         "2023-5-6", "6222000000001"],
        certificate="DB1", month=dt.date(2023, 5, 1), due=Decimal("1610.00"), paid=Decimal("1610.00"),
        kind="正常", due_on=dt.date(2023, 5, 10), paid_on=dt.date(2023, 5, 6), division="云溪社区",
    ),
    sheet(
        "applicant",
        "低保申请受理登记",
        ("S2-01", "S2-27"),
        "受理编号 申请人姓名 申请人身份证号 家庭人口 申请类别 申请时间 "
        "家庭月收入 评定日期 评定依据 审批结果 不批准原因",
        ["SL-1", "陈鹏", HEAD, 2, "四类", "2023-02-01", 0, "2023-02-09", "核对报告2023-7号", "同意", ""],
        application_no="SL-1", person=HEAD, persons=2, category="四类", applied_on=dt.date(2023, 2, 1),
        basis="核对报告2023-7号", result="批准",
    ),
    sheet(
        "household_member",
        "低保家庭经济状况登记表",
        ("S2-10", "S2-44"),
        "低保证号 户主姓名 成员姓名 身份证号 关系 劳动能力 固定收入 法定赡养人 "
        "在职 工作单位 单位效益 月工资 抚养系数 调查日期",
        ["DB1", "陈鹏", "郝莲", WIFE, "配偶", "有", "有", "无", "是", "云溪纺织厂", "半停产",
         1200, 2.5, "2023-01-04"],
        person=WIFE, fixed_income=True, supporters="无", working=True, employer_condition="差",
        wage=Decimal("1200.00"), dependency_ratio=Decimal("2.5000"), surveyed_on=dt.date(2023, 1, 4),
    ),
    sheet(
        "linked_benefit",
        "低保家庭享受专项待遇登记表",
        ("S2-15",),
        "低保证号 享受人 身份证号 待遇种类 待遇金额 享受日期 终止日期 主管部门",
        ["DB1", "陈鹏", HEAD, "廉租住房", 320, "2022-01-01", "", "房管所"],
        person=HEAD, kind="住房", amount=Decimal("320.00"), since_on=dt.date(2022, 1, 1), until_on=None,
    ),
    sheet(
        "poor_household",
        "云溪社区困难家庭摸底表",
        ("S2-47",),
        "户主 户主身份证号 家庭人口 家庭月收入 人均月收入 摸底日期 致困原因 住址",
        ["陈鹏", HEAD, 3, 2000, 666.67, "2023-09-10", "大病", "听泉小区1幢"],
        person=HEAD, persons=3, household_income=Decimal("2000.00"), surveyed_on=dt.date(2023, 9, 10),
    ),
    sheet(
        "non_applicant",
        "符合条件未申请低保登记",
        ("S2-60",),
        "户主 身份证号 走访日期 未申请原因 动员结果 走访人",
        ["陈鹏", HEAD, "2023-04-02", "怕张榜", "再考虑", "金莲"],
        person=HEAD, reason="碍于面子", asked_on=dt.date(2023, 4, 2),
    ),
    sheet(
        "standard",
        "历年低保标准登记",
        ("S2-02", "S2-11", "S2-12", "S2-22"),
        "执行地区 低保标准 执行时间 文号 联合发布机关 责任主体 测算依据 基本生活费用支出",
        ["上海市", 120, "1993-06-01", "沪社〔1993〕1号",
         "社会保险局、劳动局、财政局、民政局、人事局", "上海市人民政府",
         "维持基本生活的商品和劳务", 118.5],
        area="上海市", amount=Decimal("120.00"), from_on=dt.date(1993, 6, 1), government="上海市人民政府",
        authorities="社会保险局、劳动局、财政局、民政局、人事局", basis="维持基本生活的商品和劳务",
        living_cost=Decimal("118.50"),
    ),
    sheet(
        "economic_indicator",
        "经济社会发展指标登记表",
        ("S2-51", "S2-54"),
        "地区 年份 人均可支配收入增幅 CPI涨幅 GDP增速 人均月消费支出",
        ["望河区", 2023, 5.1, "0.2%", 5.2, 1012],
        area="望河区", year=2023, income_growth=Decimal("5.1000"), living_cost=Decimal("1012.00"),
    ),
    sheet(
        "fund_entry",
        "低保资金专户收支台账",
        ("S2-03", "S2-13"),
        "凭证号 记账日期 款项类别 收入 支出 余额 应拨日期 来款单位 摘要",
        ["PZ-1", "2023-05-04", "上级转移支付", 50000, "", 61000, "2023-05-01", "市财政局", "5月补助"],
        entry_no="PZ-1", kind="上级拨款", income=Decimal("50000.00"), expense=None,
        balance=Decimal("61000.00"), expected_on=dt.date(2023, 5, 1), counterparty="市财政局",
    ),
    sheet(
        "fund_forecast",
        "低保用款计划",
        ("S2-58",),
        "预计月份 预计到账 预计发放",
        ["2024年1月", 20000, 40000],
        month=dt.date(2024, 1, 1), expected_income=Decimal("20000.00"), expected_payment=Decimal("40000.00"),
    ),
    sheet(
        "donation",
        "低保捐赠登记",
        ("S2-04", "S2-49"),
        "捐赠票据号 捐款日期 捐赠人 捐赠人性质 捐款金额 纳入金额 纳入日期",
        ["JZ-1", "2023-01-18", "样织纺织厂", "企业", 5000, 4200, "2023-01-20"],
        donation_no="JZ-1", donor="样织纺织厂", donor_kind="组织", amount=Decimal("5000.00"),
        entered=Decimal("4200.00"),
    ),
    sheet(
        "employment_service",
        "望河街道就业服务登记簿",
        ("S2-31",),
        "服务日期 求职人 身份证号 服务内容 推荐结果 经办人",
        ["2023-06-15", "陈鹏", HEAD, "职业技能培训", "已参加", "金莲"],
        served_on=dt.date(2023, 6, 15), person=HEAD, kind="技能培训", handler="金莲",
    ),
    sheet(
        "employment_profile",
        "低保人员就业档案",
        ("S2-16", "S2-65"),
        "姓名 身份证号 劳动能力 文化程度 职业技能 最近培训日期 技能是否符合市场需求 就业观念 求职意向",
        ["陈鹏", HEAD, "有", "初中", "挡车", "2015-05-01", "否", "等靠要", "保安"],
        person=HEAD, ability="有", skills="挡车", skills_updated_on=dt.date(2015, 5, 1), demanded=False,
        attitude="消极",
    ),
    sheet(
        "job_opportunity",
        "就业服务平台岗位登记",
        ("S2-09", "S2-40", "S2-41", "S2-42"),
        "岗位编号 岗位名称 招聘单位 信息来源 需求人数 发布日期 招聘条件 "
        "公平就业审查日期 公平就业 推荐对象 推荐对象身份证号 推荐日期",
        ["GW-1", "保洁员", "样安保洁部", "区人力资源和社会保障局", 3, "2023-03-01",
         "身体健康", "2023-03-05", "是",
         "陈鹏", HEAD, "2023-03-06"],
        job_no="GW-1", source="区人力资源和社会保障局", places=3, fair=True, person=HEAD,
        fair_checked_on=dt.date(2023, 3, 5), matched_on=dt.date(2023, 3, 6),
    ),
    sheet(
        "casework",
        "低保家庭个案登记",
        ("S2-06", "S2-17", "S2-32", "S2-80"),
        "个案号 低保证号 案主姓名 身份证号 接案日期 结案日期 负责社工 家庭困难情况 服务计划 自助计划",
        ["GA-1", "DB1", "陈鹏", HEAD, "2023-02-01", "", "于云", "下岗、配偶患病",
         "半年内就业", "每周求职一次"],
        case_no="GA-1", worker="于云", difficulties="下岗、配偶患病", goals="半年内就业",
        own_part="每周求职一次",
        closed_on=None,
    ),
    sheet(
        "home_visit",
        "低保家庭走访记录",
        ("S2-17", "S2-32", "S2-70"),
        "个案编号 低保证号 户主 家访时间 社工姓名 存在困难 物质帮扶 心理疏导 能力评分",
        ["GA-1", "DB1", "陈鹏", "2023-03-01", "于云", "药费高", "米面", "谈心", 3],
        case_no="GA-1", visited_on=dt.date(2023, 3, 1), material_help="米面", emotional_help="谈心",
        capability=Decimal("3.0000"),
    ),
    sheet(
        "group_session",
        "小组工作活动记录",
        ("S2-18", "S2-33", "S2-34"),
        "小组编号 小组名称 第几节 活动日期 策划社工 分享主题 参加人数 活动过程",
        ["XZ-1", "再出发", 2, "2023-03-08", "于云", "求职经验", 8, "面对面交谈"],
        group_no="XZ-1", session=2, planner="于云", topic="就业经验", attended=8,
    ),
    sheet(
        "group_member",
        "小组成员评估表",
        ("S2-18", "S2-35", "S2-36", "S2-71"),
        "小组编号 组员 身份证号 节次 评估日期 首次评估 行为评分 能力评分 社会功能评分 结对组员",
        ["XZ-1", "陈鹏", HEAD, 1, "2023-03-01", "是", 2, 2, 1, "郝莲"],
        group_no="XZ-1", person=HEAD, first_contact=True, behaviour=Decimal("2.0000"), supports="郝莲",
    ),
    sheet(
        "community_work",
        "社区工作记录",
        ("S2-19", "S2-37", "S2-38", "S2-39"),
        "项目编号 活动名称 开展日期 介入模式 服务形式 就业培训计划 服务人数 社区工作者",
        ["SQ-1", "家政培训", "2023-04-01", "地区发展模式", "职业技能培训、志愿者扶持",
         "二季度办两期家政班", 20, "于云"],
        model="地区发展", form="职业技能培训、志愿者扶持", plan="二季度办两期家政班", reached=20,
    ),
    sheet(
        "intervention",
        "低保日常工作登记表",
        ("S2-09", "S2-20", "S2-78"),
        "事项编号 工作日期 工作事项 运用方法 低保证号 服务对象 工作人员 协作部门",
        ["SX-1", "2023-04-02", "入户核查", "个案", "DB1", "陈鹏", "于云", "区民政局"],
        item="入户核查", method="个案工作", department="区民政局", done_on=dt.date(2023, 4, 2),
    ),
    sheet(
        "conflict",
        "低保矛盾化解登记表",
        ("S2-75",),
        "矛盾编号 发现日期 当事人 矛盾内容 化解社工 化解日期 化解结果",
        ["MD-1", "2023-05-02", "陈鹏", "因停保争执", "于云", "2023-05-09", "达成谅解"],
        conflict_no="MD-1", settled_on=dt.date(2023, 5, 9), result="达成谅解",
    ),
    sheet(
        "plan_goal",
        "低保对象提升计划表",
        ("S2-79",),
        "姓名 身份证号 目标类别 目标内容 制定日期 起始评分 应复评日期 复评日期 复评评分",
        ["陈鹏", HEAD, "信心", "能独立面试", "2023-01-05", 2, "2023-06-30", "2023-07-02", 3],
        person=HEAD, kind="自信心", rating_start=Decimal("2.0000"), rating_review=Decimal("3.0000"),
    ),
    sheet(
        "resource",
        "低保帮扶资源登记表",
        ("S2-81",),
        "资源编号 资源名称 资源类别 提供单位 折合金额 登记日期 匹配个案 对接日期",
        ["ZY-1", "缝纫设备", "物资", "样织纺织厂", 800, "2023-02-11", "GA-1", "2023-02-20"],
        resource_no="ZY-1", provider="样织纺织厂", case_no="GA-1", matched_on=dt.date(2023, 2, 20),
    ),
    sheet(
        "volunteer",
        "云溪社区志愿者登记表",
        ("S2-08", "S2-82"),
        "姓名 性别 联系电话 服务特长 备注",
        ["金莲", "女", "190-0000-0292", "理发", ""],
        name="金莲", sex="女", skill="理发", division="云溪社区",
    ),
    sheet(
        "volunteer_service",
        "志愿服务记录表",
        ("S2-08", "S2-82"),
        "服务日期 志愿者姓名 联系电话 低保证号 服务对象 服务内容 服务时长 邻里互助",
        ["2023-05-01", "金莲", "190-0000-0292", "DB1", "陈鹏", "理发", 1.5, "是"],
        name="金莲", certificate="DB1", hours=Decimal("1.5000"), mutual=True,
    ),
    sheet(
        "worker",
        "低保工作人员名册",
        ("S2-05", "S2-06", "S2-07", "S2-76"),
        "姓名 身份证号 岗位 是否专职 是否从低保对象中招聘 任职日期 离任日期 社工证号",
        ["于云", OTHER, "专职社工", "是", "是", "2021-03-01", "", "SG-12"],
        name="于云", person=OTHER, post="社会工作者", full_time=True, from_recipients=True, left_on=None,
    ),
    sheet(
        "phase",
        "低保制度发展阶段",
        ("S2-23", "S2-24"),
        "阶段编号 阶段名称 起始日期 截止日期 地区 推行机关 城市数 县区数 保障人数 统计时点",
        ["3", "普及阶段", "1997-09-01", "1999-08-31", "全国", "民政部", 600, 1242, 3320000, "1998-12-31"],
        phase_no="3", body="民政部", cities=600, counties=1242, recipients=3320000,
    ),
]  # fmt: skip


def read(folder: Path, title: str, headers: list[str], row: Cells) -> tuple[str, list[str], dict[str, Any]]:
    """The ledger a sheet is taken for, the headers that mean nothing, and its only row."""
    book = xlsxwriter.Workbook(str(folder / "台账.xlsx"))
    page = book.add_worksheet("Sheet1")
    page.write_string(0, 0, title)
    page.write_row(1, 0, headers)
    for column, cell in enumerate(row):
        page.write(2, column, cell)
    book.close()
    tables: dict[str, pl.DataFrame] = {}
    reading = read_folder(
        folder, out_snapshot=lambda spec, f, s, t, _: tables.update({spec.name: pl.DataFrame(t)})
    )
    ((_file, found),) = reading.sheets
    (table,) = tables.values() or (pl.DataFrame(),)
    strange = [c.header for c in found.columns if c.field is None]
    return found.ledger, strange, table.row(0, named=True) if table.height else {}


@pytest.mark.parametrize(("ledger", "title", "headers", "row", "expected"), CASES)
def test_a_sheet_as_offices_keep_it(
    ledger: str, title: str, headers: list[str], row: Cells, expected: dict[str, Any], tmp_path: Path
) -> None:
    name, strange, got = read(tmp_path, title, headers, row)
    assert (name, strange) == (f"assistance.{ledger}", [])
    assert {column: got[column] for column in expected} == expected


def test_every_ledger_of_the_pack_is_read() -> None:
    here = {spec.name for spec in ledgers().values() if spec.pack == "assistance"}
    assert {f"assistance.{parameter.values[0]}" for parameter in CASES} == here


@pytest.mark.django_db
@pytest.mark.seed("S2-22")
def test_a_row_can_be_kept_in_the_database() -> None:
    from shouwang.packs.assistance.models import Standard

    with trail.acting(trail.Actor("command:tests", "tests")), trail.change("ledger.add"):
        Standard.objects.create(
            division_code="310000000000000",
            area="上海市",
            amount=Decimal("120.00"),
            from_on=dt.date(1993, 6, 1),
            authorities="社会保险局、劳动局、财政局、民政局、人事局",
            government="上海市人民政府",
        )
    kept = Standard.objects.get(area="上海市")
    assert kept.authorities.split("、")[-1] == "人事局"
    assert (kept.amount, kept.until_on) == (Decimal("120.00"), None)
