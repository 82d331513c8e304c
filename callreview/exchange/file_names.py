"""What the name of a recording tells about its call (docs/definitions.md, "Exchange")."""

import re
import unicodedata
from datetime import datetime
from pathlib import Path

from callreview.domain.call import CallMetadata

_STARTED_AT = re.compile(r"(\d{4})-(\d{2})-(\d{2})T(\d{2})-(\d{2})-(\d{2})", re.ASCII)
_REFERENCE = re.compile(r"_GUID_(.*?)_")
_AGENT = re.compile(r"_AGENT_(.*?)_")
_CUSTOMER = re.compile(r"_CUST_(.*?)_")


def metadata_from_name(path: Path) -> CallMetadata:
    """Read reference (else the name itself), agent, customer and start of the call."""
    name = unicodedata.normalize("NFC", path.stem)
    return CallMetadata(
        reference=_found(_REFERENCE, name) or name,
        agent=_found(_AGENT, name),
        started_at=_started_at(name),
        customer_id=_found(_CUSTOMER, name),
    )


def _found(pattern: re.Pattern[str], name: str) -> str:
    found = pattern.search(name)
    return found[1].strip() if found else ""


def _started_at(name: str) -> str:
    for found in _STARTED_AT.finditer(name):
        try:
            return datetime(*(int(part) for part in found.groups())).isoformat()  # type: ignore[arg-type]
        except ValueError:
            continue
    return ""
