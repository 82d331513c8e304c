import unicodedata
from pathlib import Path

import pytest

from callreview.exchange.file_names import metadata_from_name


def test_a_name_tells_reference_agent_customer_and_start() -> None:
    found = metadata_from_name(
        Path("x/Auto0_GUID_000_AGENT_ChrisL_CUST_77_DT_2025-02-19T06-01-22_Mono.wav")
    )
    assert (found.reference, found.agent, found.customer_id) == ("000", "ChrisL", "77")
    assert found.started_at == "2025-02-19T06:01:22"


@pytest.mark.parametrize(
    "name", ["call-1.mp4", "_GUID__x.wav", "2025-13-40T99-00-00.wav", "상담.wav"]
)
def test_a_name_without_patterns_is_the_reference(name: str) -> None:
    found = metadata_from_name(Path(name))
    assert (found.reference, found.agent, found.started_at) == (Path(name).stem, "", "")


def test_the_first_date_that_exists_is_taken() -> None:
    found = metadata_from_name(Path("2025-00-00T00-00-00_2025-02-19T06-01-22.wav"))
    assert found.started_at == "2025-02-19T06:01:22"


def test_hangul_names_from_a_mac_are_the_same_reference() -> None:
    decomposed = unicodedata.normalize("NFD", "상담_12.wav")
    assert metadata_from_name(Path(decomposed)).reference == "상담_12"
