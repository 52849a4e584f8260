"""The Django app of roles, posts and scope."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class AccessConfig(AppConfig):
    """Users, posts, appointments, scope."""

    name = "shouwang.access"
    label = "access"
    verbose_name = "权限"

    def ready(self) -> None:
        """Refuse to start with a route or a task that declares no right, or without readable roles."""
        from shouwang.access import checks
        from shouwang.access.signin import log

        log.connect()
        for check in (checks.check_routes, checks.check_tasks, checks.check_roles):
            register(check, Tags.security)
