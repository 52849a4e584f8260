"""The Django app of the workbench."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """Pages, navigation, style."""

    name = "shouwang.workbench"
    label = "workbench"
    verbose_name = "工作台"
