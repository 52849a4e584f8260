"""The Django app of evidence."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Files by hash, and what they are attached to."""

    name = "shouwang.evidence"
    label = "evidence"
    verbose_name = "附件"
