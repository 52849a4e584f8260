"""A finding on record: what was noticed, what proves it, and where it stands in the loop.

``shouwang.risk.findings.Finding`` is what a scan answers; this is the record that stays.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from shouwang.access.models import Post
from shouwang.access.scope import Scope
from shouwang.ledger.catalogue import ledgers
from shouwang.risk.loop.machine import LABELS, OPEN, State, Status
from shouwang.risk.rule import Severity
from shouwang.trail.tracking import Trailed


class Source(models.TextChoices):
    """Who or what noticed it."""

    RULE = "rule", _("规则扫描")
    INDICATOR = "indicator", _("指标预警")
    INSPECTION = "inspection", _("检查")
    SAMPLE = "sample", _("审计抽样")
    REPORT = "report", _("现场上报")
    LETTER = "letter", _("来信来访")
    OVERDUE = "overdue", _("逾期未办")
    VACANCY = "vacancy", _("岗位空缺")


SEVERITIES = [(s.value, _(s.label)) for s in Severity]
STATUSES = [(s.value, _(LABELS[s])) for s in Status]
RANK = {s.value: i for i, s in enumerate(Severity)}


COUNTED = ("severity", "due", "pack", "code", "post", "found_at", "amount")
"""The columns that figures count findings by."""


class Finding(Trailed):
    """One occurrence of a risk point (问题).

    ``code`` is the rule, indicator or risk point it comes from, which rights are granted on; ``number``
    counts within the code and is never given twice. ``identity`` is the hash of what makes two scans find
    the same.

    No identifier lies here in clear: ``subject`` is a pseudonym or a number of the office's own, ``person``
    the keyed index, ``subject_name``, ``sentence`` and ``sentence_en`` are masked as a report masks them;
    ``sealed`` holds the clear wording for those who may see it.

    The columns from ``status`` on are the loop's (:class:`shouwang.risk.loop.machine.State`) and are
    written by :mod:`shouwang.risk.loop.steps` alone.
    """

    source = models.CharField(_("来源"), max_length=12, choices=Source.choices)
    code = models.CharField(_("规则"), max_length=100)
    pack = models.CharField(_("业务"), max_length=40)
    number = models.PositiveIntegerField(_("序号"))
    risk_point = models.CharField(_("风险点"), max_length=100, blank=True, default="")
    identity = models.CharField(max_length=64, unique=True)
    subject = models.CharField(_("对象标识"), max_length=200, blank=True, default="")
    subject_name = models.CharField(_("对象"), max_length=300, blank=True, default="")
    organisation = models.CharField(_("机构"), max_length=300, blank=True, default="")
    person = models.CharField(_("人员索引"), max_length=64, blank=True, default="")
    key = models.CharField(_("细分"), max_length=500, blank=True, default="")
    title = models.CharField(_("标题"), max_length=300)
    sentence = models.TextField(_("情况"))
    sentence_en = models.TextField(blank=True, default="")
    sealed = models.TextField(blank=True, default="")
    severity = models.CharField(_("严重程度"), max_length=6, choices=SEVERITIES)
    rank = models.PositiveSmallIntegerField(default=0)
    on = models.DateField(_("发生日期"), null=True, blank=True)
    amount = models.DecimalField(_("涉及金额"), max_digits=18, decimal_places=2, null=True, blank=True)
    rows = models.PositiveIntegerField(_("笔数"), default=0)
    division_code = models.CharField(_("区划代码"), max_length=15)
    place = models.CharField(_("地点"), max_length=200, blank=True, default="")
    latitude = models.DecimalField(_("纬度"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True, blank=True)
    parameters = models.JSONField(_("所用参数"), default=dict, blank=True)
    content = models.CharField(max_length=64, blank=True, default="")
    """Hash of what a scan said of it: the same hash, nothing to write."""
    sensitive = models.BooleanField(_("敏感"), default=False)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reported",
        verbose_name=_("上报人"),
    )
    attachments = models.JSONField(_("附件"), default=list, blank=True)
    first_run = models.ForeignKey(
        "risk.ScanRun",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="first_found",
        db_index=False,
    )
    last_run = models.ForeignKey(
        "risk.ScanRun", on_delete=models.PROTECT, null=True, blank=True, related_name="said"
    )
    """The scan that said what stands here; later scans that found the same left it as it is."""
    found_at = models.DateTimeField(_("发现时间"), default=timezone.now)

    status = models.CharField(_("状态"), max_length=10, choices=STATUSES, default=Status.NEW.value)
    occurrence = models.PositiveSmallIntegerField(_("第几次"), default=1)
    post = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=_("责任岗位"),
        db_index=False,
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=_("责任人"),
        db_index=False,
    )
    due = models.DateField(_("整改期限"), null=True, blank=True)
    warned = models.DateField(_("已提醒"), null=True, blank=True)
    """When those responsible were told that the deadline is near."""
    asked_due = models.DateField(_("申请延至"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    level = models.PositiveSmallIntegerField(_("上报级数"), default=0)
    above = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="escalated",
        verbose_name=_("已上报"),
    )
    rectifiers = models.JSONField(_("整改人"), default=list, blank=True)
    before = models.CharField(max_length=10, blank=True, default="")
    into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("并入")
    )
    until = models.DateField(_("排除至"), null=True, blank=True)
    present = models.BooleanField(_("扫描仍能发现"), default=True)
    version = models.PositiveIntegerField(_("版本"), default=0)
    stepped_at = models.DateTimeField(_("最近办理"), default=timezone.now)
    closed_at = models.DateTimeField(_("销号时间"), null=True, blank=True)

    trail_hidden: ClassVar[frozenset[str]] = frozenset({"sealed"})

    class Meta:
        verbose_name = _("问题")
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="risk_finding_number")]
        indexes = [
            models.Index(fields=["division_code", "status", "id"], name="risk_finding_place"),
            models.Index(fields=["status", "division_code", "id"], name="risk_finding_status"),
            models.Index(fields=["post", "status", "due"], name="risk_finding_post"),
            models.Index(
                fields=["holder", "status", "due"],
                name="risk_finding_holder",
                # Else SQLite looks for what nobody holds here, and not by its post.
                condition=Q(holder__isnull=False),
            ),
            models.Index(fields=["status", "rank", "id"], name="risk_finding_grave"),
            models.Index(fields=["status", "due", "id"], name="risk_finding_due"),
            models.Index(fields=["status", "amount", "id"], name="risk_finding_money"),
            # The figures count these alone, without reading the findings themselves.
            models.Index(
                fields=["status", "division_code", "sensitive", *COUNTED],
                name="risk_finding_counted",
            ),
            models.Index(
                fields=["found_at", "division_code", "sensitive", "pack", "code"], name="risk_finding_found"
            ),
            models.Index(
                fields=["closed_at", "division_code", "sensitive", "pack", "code"], name="risk_finding_closed"
            ),
            models.Index(
                fields=["division_code"], name="risk_finding_sensitive", condition=Q(sensitive=True)
            ),
            models.Index(
                fields=["until"],
                name="risk_finding_until",
                condition=Q(status=Status.DISMISSED.value),
            ),
            models.Index(
                fields=["division_code"], name="risk_finding_asked", condition=Q(asked_due__isnull=False)
            ),
            models.Index(fields=["risk_point", "status"], name="risk_finding_point"),
            models.Index(fields=["person"], name="risk_finding_person", condition=~Q(person="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What it is called on the telephone: rule and running number."""
        return f"{self.code}-{self.number:04d}"

    @property
    def text(self) -> str:
        """The masked sentence in the active language."""
        return (self.sentence_en if get_language() == "en" else "") or self.sentence

    @property
    def heading(self) -> str:
        """The title in the active language; that of a rule is a message of the catalogue."""
        return gettext(self.title) if self.source == Source.RULE else self.title

    @property
    def state(self) -> State:
        """Where it stands, for the machine."""
        return State(
            status=Status(self.status),
            occurrence=self.occurrence,
            post=self.post_id,
            holder=self.holder_id,
            due=self.due,
            asked_due=self.asked_due,
            asked_by=self.asked_by_id,
            level=self.level,
            above=self.above_id,
            rectifiers=frozenset(self.rectifiers),
            before=Status(self.before) if self.before else None,
            into=self.into_id,
            until=self.until,
            present=self.present,
        )

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do."""
        return self.status in OPEN

    @property
    def trail_person(self) -> str:
        return self.person

    @classmethod
    def own_rows(cls, scope: Scope) -> Q:
        """What belongs to a body, a person, or those it was assigned to.

        A finding is a body's that names it, or whose evidence is: rows that are theirs, and none that is
        another body's, since what it says of the one it says of the other.
        """
        own = Q(pk__in=[])
        if scope.posts:
            own |= Q(post__in=scope.posts)
        if scope.organisations:
            own |= Q(organisation__in=scope.organisations)
            theirs, others = EvidenceRow.of_bodies(scope.organisations)
            own |= Q(pk__in=theirs) & ~Q(pk__in=others)
        if scope.persons:
            own |= Q(person__in=scope.persons)
        return own


def columns(state: State) -> dict[str, Any]:
    """A state as the columns of a finding."""
    return {
        "status": state.status.value,
        "occurrence": state.occurrence,
        "post_id": state.post,
        "holder_id": state.holder,
        "due": state.due,
        "asked_due": state.asked_due,
        "asked_by_id": state.asked_by,
        "level": state.level,
        "above_id": state.above,
        "rectifiers": sorted(state.rectifiers),
        "before": state.before.value if state.before else "",
        "into_id": state.into,
        "until": state.until,
        "present": state.present,
    }


class EvidenceRow(Trailed):
    """A ledger row that proves a finding: the record, and where in which sheet it came from.

    ``occurrence`` is the one in which the row was first cited: rows that come after a finding was closed make
    it recur.
    """

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="evidence")
    ledger = models.CharField(_("台账"), max_length=100)
    record = models.BigIntegerField(_("记录"))
    file = models.CharField(_("文件"), max_length=500, blank=True, default="")
    sheet = models.CharField(_("工作表"), max_length=200, blank=True, default="")
    row = models.PositiveIntegerField(_("行"), null=True, blank=True)
    occurrence = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("证据行")
        constraints = [
            models.UniqueConstraint(fields=["finding", "ledger", "record"], name="risk_evidence_once")
        ]
        indexes = [models.Index(fields=["ledger", "record"], name="risk_evidence_record")]

    @classmethod
    def of_bodies(cls, organisations: tuple[str, ...]) -> tuple[models.QuerySet[Any], models.QuerySet[Any]]:
        """The findings with a row that is these bodies', and those with one that may be another body's."""
        scope = Scope(organisations=organisations)
        known = {n: s for n, s in ledgers().items() if s.bodies or any(not w.shared for w in s.through)}
        theirs = Q(pk__in=[])
        for name, spec in known.items():
            rows = spec.model._default_manager.order_by().filter(spec.model.own_rows(scope))
            theirs |= Q(ledger=name, record__in=rows.values("pk"))
        cited = cls.objects.order_by().filter(ledger__in=known)
        return cited.filter(theirs).values("finding"), cited.exclude(theirs).values("finding")


class Number(models.Model):
    """The last number given to a finding of a rule; it only ever grows."""

    code = models.CharField(max_length=100, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("问题编号")


class Viewer(Trailed):
    """Somebody who is named to see a sensitive finding."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="viewers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("知情人")
    )

    class Meta:
        verbose_name = _("知情人")
        constraints = [models.UniqueConstraint(fields=["user", "finding"], name="risk_viewer_once")]
