"""The Django app of the API."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from shouwang.standards.reading import N_


class ApiConfig(AppConfig):
    """Tokens, idempotency, webhooks."""

    name = "shouwang.api"
    label = "api"
    verbose_name = "接口"

    def ready(self) -> None:
        """Refuse to start with an operation that declares no right; put the pages into the navigation."""
        from shouwang.api import checks
        from shouwang.workbench.navigation import Item, offer

        register(checks.check_operations, Tags.security)
        offer(
            Item("connect:tokens", N_("接口令牌"), "key", right="token.own", group="settings"),
            Item("connect:webhooks", N_("推送"), "webhook", right="webhook.manage", group="settings"),
        )
