"""The Django app of notices."""

from django.apps import AppConfig

from shouwang.standards.reading import N_

ACTIONS = {
    "robot.add": N_("添加群机器人"),
    "robot.change": N_("修改群机器人"),
    "robot.switch": N_("启用、停用群机器人"),
    "robot.test": N_("试发群机器人"),
    "delivery.again": N_("重发未能发出的消息"),
    "delivery.drop": N_("放弃未能发出的消息"),
}
"""How events of this room are called."""


class InboxConfig(AppConfig):
    """Notices, robots, deliveries."""

    name = "shouwang.inbox"
    label = "inbox"
    verbose_name = "消息"

    def ready(self) -> None:
        """Say how events of this room are called."""
        from shouwang.trail.words import label_actions

        label_actions(ACTIONS)
