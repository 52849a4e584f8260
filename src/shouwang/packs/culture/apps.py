"""The Django app of the pack."""

from django.apps import AppConfig


class CultureConfig(AppConfig):
    """社区文化活动."""

    name = "shouwang.packs.culture"
    label = "culture"
    verbose_name = "社区文化活动"
