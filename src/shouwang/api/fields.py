"""Types of fields that take what the description of the API says, and nothing that only could be meant.

Left to itself the framework reads the number 0.5 as a moment of 1970, ``true`` as the number 1.
"""

import datetime as dt
import re
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import BeforeValidator, Strict
from pydantic_core import PydanticCustomError


def _written(value: Any) -> Any:
    """A day or moment as text; a number is neither."""
    if value is not None and not (isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d", value)):
        raise PydanticCustomError(
            "date_written", "{said}", {"said": _("日期写作2026-01-31，时间写作2026-01-31T08:00:00+08:00")}
        )
    return value


Day = Annotated[dt.date, BeforeValidator(_written)]
Moment = Annotated[dt.datetime, BeforeValidator(_written)]
Whole = Annotated[int, Strict()]
"""A whole number in a body; texts, fractions and true are none."""
