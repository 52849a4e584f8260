"""The clear wording of a finding, sealed with the data keys like an ID number, for those who may see it.

The sealed text is that of :mod:`shouwang.ledger.secret`; its index is the beginning of the finding's
identity, so that one copied to another finding does not open. ``shouwang rotate-keys`` seals it anew.
"""

from __future__ import annotations

import json
from typing import Any, Final

from django.conf import settings

from shouwang.ledger import secret
from shouwang.ledger.store.rotation import Sealed

PLACE: Final = "risk_finding.sealed"
COLUMN: Final = Sealed("risk.finding", "sealed", "risk_finding", "sealed")


class Unreadable(ValueError):
    """The wording can't be opened: its key is gone, or it was changed or copied from another finding."""


def seal(told: dict[str, Any], identity: str) -> str:
    """The wording ``told`` sealed for the finding of that identity."""
    body = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return secret.seal(body, PLACE, _index(identity))


def unseal(stored: str, identity: str) -> dict[str, Any]:
    """What was sealed for the finding of that identity. :class:`Unreadable` for anything else."""
    if secret.index_of(stored) != _index(identity):
        raise Unreadable("sealed for another finding")
    try:
        told: dict[str, Any] = json.loads(secret.unseal(stored, PLACE))
    except (secret.SecretError, ValueError) as error:
        raise Unreadable(str(error)) from error
    return told


def _index(identity: str) -> str:
    return identity[: secret.INDEX_WIDTH].ljust(secret.INDEX_WIDTH, "0")


def bring_over(apps: Any, schema_editor: Any) -> None:
    """Seal anew what was sealed under the secret key before; what that does not open stays as it is."""
    from shouwang.inbox import sealing

    table = apps.get_model("risk", "Finding")._base_manager.using(schema_editor.connection.alias)
    for number, identity, stored in (
        table.exclude(sealed="").values_list("pk", "identity", "sealed").iterator()
    ):
        if "." in stored:  # base64 has no dots: this is sealed with a data key already
            continue
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            try:
                told = json.loads(sealing.unseal(stored, key))
            except ValueError:
                continue
            table.filter(pk=number).update(sealed=seal(told, identity))
            break
