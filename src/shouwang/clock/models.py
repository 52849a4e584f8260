"""Which job ran for which moment: the memory of all clocks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Run(models.Model):
    """A job at one of the moments it was due. There is one a job and moment: who writes it, does the job."""

    class Status(models.TextChoices):
        """What became of it."""

        DONE = "done", _("完成")
        FAILED = "failed", _("失败")
        PASSED = "passed", _("略过")

    job = models.CharField(_("任务"), max_length=100)
    due = models.DateTimeField(_("应执行时间"))
    started = models.DateTimeField(_("开始"))
    ended = models.DateTimeField(_("结束"))
    status = models.CharField(_("状态"), max_length=10, choices=Status.choices)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=1)
    error = models.TextField(_("错误"), blank=True, default="")

    class Meta:
        verbose_name = _("定时任务记录")
        constraints = [models.UniqueConstraint(fields=["job", "due"], name="clock_run_once")]
        indexes = [models.Index(fields=["started"], name="clock_run_started")]
