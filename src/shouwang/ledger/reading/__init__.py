"""Reading workbooks as offices keep them; see ``docs`` and :func:`read_folder`.

From file to records: ``files`` finds and judges files, ``grid`` (with ``package`` and ``text``) turns each
sheet into text cells, ``layout`` finds the header, ``match`` (with ``vocabulary``, ``content`` and
``context``) finds ledger and columns, ``rows`` tells data from the rest, ``filling``, ``values`` and
``records`` read the cells, ``sheet`` puts it together, ``folder`` runs over all, ``accounts`` holds what
became of every row.
"""

from shouwang.ledger.reading.accounts import (
    AccountError,
    ColumnReading,
    FileReading,
    Note,
    Problem,
    Reading,
    Rejected,
    SheetReading,
)
from shouwang.ledger.reading.files import Limits
from shouwang.ledger.reading.folder import Sink, into, read_folder
from shouwang.ledger.reading.mapping import MappingError, mapping_text
from shouwang.ledger.reading.records import Judge

__all__ = [
    "AccountError",
    "ColumnReading",
    "FileReading",
    "Judge",
    "Limits",
    "MappingError",
    "Note",
    "Problem",
    "Reading",
    "Rejected",
    "SheetReading",
    "Sink",
    "into",
    "mapping_text",
    "read_folder",
]
