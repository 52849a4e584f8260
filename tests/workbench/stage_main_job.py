"""An installation for the main job: divisions, and people who sign in with passwords made by chance.

``python -m tests.workbench.stage_main_job`` makes it in ``SHOUWANG_HOME`` and prints ``{role: password}``;
the user names are the roles.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets

TOWN, COMMUNITY = "110101001000000", "110101001001000"
PEOPLE = {
    "section_chief": ("周正", "民政科长", TOWN),
    "leader": ("方主任", "主任", TOWN),
    "dibao_worker": ("陈低保", "低保专干", COMMUNITY),
}


def main() -> None:
    """Make it and print the passwords."""
    from shouwang.cli.main import set_up_django

    set_up_django()
    from shouwang import trail
    from shouwang.access.models import Appointment, Area, Post
    from shouwang.cli.founding import new_user
    from shouwang.cli.init import make_home

    make_home()
    passwords = {}
    with trail.acting(trail.Actor("command:tests", "tests")), trail.change("test.setup"):
        for code, name in ((TOWN, "云溪街道"), (COMMUNITY, "云溪社区")):
            Area(code=code, name=name).save()
        for role, (name, title, code) in PEOPLE.items():
            user, passwords[role] = new_user(role, name, f"{secrets.token_urlsafe(12)}-Aa1")
            post = Post(role=role, title=title, area=Area.objects.get(code=code))
            post.save()
            Appointment(post=post, user=user, start=dt.date(2020, 1, 1)).save()
    print(json.dumps(passwords))


if __name__ == "__main__":
    main()
