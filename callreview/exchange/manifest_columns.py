"""The columns of a manifest and the headers, English and Korean, by which they are known."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from callreview.config.language import _
from callreview.domain.errors import UserError

SYNONYMS: dict[str, tuple[str, ...]] = {
    "reference": (
        *("reference", "ref", "call id", "call reference", "id", "guid", "uuid", "call guid"),
        *("contact id", "interaction id", "conversation id", "session id", "recording id"),
        *("통화 번호", "통화 id", "콜 id", "콜 번호", "참조", "참조 번호", "상담 번호", "상담 id"),
    ),
    "agent": (
        *("agent", "agent name", "advisor", "representative", "rep", "operator", "user"),
        *(
            "agent id",
            "상담원",
            "상담사",
            "상담원명",
            "상담사명",
            "상담원 이름",
            "상담사 이름",
            "담당자",
        ),
    ),
    "started_at": (
        *("started at", "start", "start time", "start date", "call start", "call start time"),
        *("date", "date time", "timestamp", "call date", "begin"),
        *(
            "시작",
            "시작 시간",
            "시작 시각",
            "시작 일시",
            "통화 시작",
            "통화 시작 시간",
            "통화 시각",
        ),
        *("통화 일시", "일시", "날짜", "통화 날짜", "통화일"),
    ),
    "audio_file": (
        *("audio file", "audio", "file", "file name", "filename", "recording", "recording file"),
        *("audio path", "path", "file path", "wav", "음성 파일", "녹취 파일", "녹음 파일", "녹취"),
        *("오디오 파일", "오디오", "파일", "파일명", "파일 이름", "파일 경로"),
    ),
    "agent_audio": (
        *("agent audio", "agent file", "agent audio file", "agent recording", "audio agent"),
        *("상담원 음성", "상담사 음성", "상담원 파일", "상담사 파일", "상담원 녹취", "상담사 녹취"),
    ),
    "customer_audio": (
        *("customer audio", "customer file", "customer audio file", "customer recording"),
        *("caller audio", "caller file", "audio customer"),
        *("고객 음성", "고객 파일", "고객 녹취"),
    ),
    "transcript_file": (
        *("transcript file", "transcript", "transcript path"),
        *("대화록", "대화록 파일", "전사 파일", "녹취록", "녹취록 파일"),
    ),
    "customer_id": (
        *("customer id", "customer", "customer number", "account", "account number", "client id"),
        *("고객 id", "고객 번호", "고객", "고객명", "회원 번호"),
    ),
    "caller": (
        *("caller", "caller id", "caller number", "phone", "phone number", "ani", "from"),
        *("발신 번호", "발신자", "전화번호", "고객 전화번호"),
    ),
    "direction": ("direction", "call direction", "in out", "방향", "통화 방향", "수발신", "인아웃"),
    "queue": ("queue", "skill", "queue name", "department", "큐", "대기열", "상담 그룹", "스킬"),
    "campaign": ("campaign", "campaign name", "캠페인", "캠페인명"),
    "source": ("source", "lead source", "origin", "출처", "유입 경로", "소스"),
    "outcome": (
        *("outcome", "disposition", "result", "call result", "wrap up", "wrap up code"),
        *("결과", "통화 결과", "상담 결과", "처리 결과"),
    ),
    "team": ("team", "team name", "팀", "팀명", "소속"),
    "language": ("language", "lang", "language code", "언어"),
    "csat": ("csat", "satisfaction", "customer satisfaction", "만족도", "고객 만족도"),
    "hold_s": (
        *("hold", "hold s", "hold time", "hold seconds", "hold duration"),
        *("보류", "보류 시간"),
    ),
    "agent_channel": ("agent channel", "channel of agent", "상담원 채널", "상담사 채널"),
}
REQUIRED = ("reference", "agent", "started_at")


@dataclass(frozen=True)
class Columns:
    """Which cell of a row holds which field, and under which header the others are kept."""

    fields: dict[str, int]
    others: dict[str, int]
    width: int


def plain_header(header: str) -> str:
    """Leave out of a header what people write differently: case, spaces, underscores, signs."""
    text = unicodedata.normalize("NFKC", header).casefold()
    return "".join(letter for letter in text if letter.isalnum())


_FIELD_OF = {plain_header(word): field for field, words in SYNONYMS.items() for word in words}
_FIELD_OF |= {plain_header(field): field for field in SYNONYMS}
_RANK = {name: rank for rank, name in enumerate(_FIELD_OF)}


def known_columns(header: Sequence[str]) -> int:
    """How many headers are known: tells which separator a file uses."""
    return len({_FIELD_OF[name] for name in map(plain_header, header) if name in _FIELD_OF})


def find_columns(header: Sequence[str], path: Path) -> Columns:
    """Find the fields in the header; of two columns for one field the commoner name counts.

    Raises UserError that names the file, the missing columns and those found.
    """
    fields: dict[str, int] = {}
    others: dict[str, int] = {}
    names = [plain_header(title) for title in header]
    by_rank = sorted(range(len(header)), key=lambda i: _RANK.get(names[i], len(_RANK)))
    for index in by_rank:
        title, field = header[index], _FIELD_OF.get(names[index])
        if field and field not in fields:
            fields[field] = index
        else:
            others[_free_name(title or f"column {index + 1}", others)] = index
    _check(fields, header, path)
    return Columns(fields, others, len(header))


def _free_name(title: str, taken: dict[str, int]) -> str:
    name, number = title, 1
    while name in taken:
        number += 1
        name = f"{title} ({number})"
    return name


def _check(fields: dict[str, int], header: Sequence[str], path: Path) -> None:
    missing = [name for name in REQUIRED if name not in fields]
    if "audio_file" not in fields and not {"agent_audio", "customer_audio"} <= fields.keys():
        missing.append("audio_file")
    if missing:
        text = _("{file}: columns missing: {missing}. Columns found: {found}.")
        found = ", ".join(title for title in header if title)[:300]
        raise UserError(text.format(file=path, missing=", ".join(missing), found=found))
