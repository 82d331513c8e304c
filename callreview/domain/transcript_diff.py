"""What is different between two versions of a transcript, turn by turn.

Words are the same when their letters are: case, punctuation and where a space stands make no
difference. Each speaker's words are compared with the same speaker's, so that a turn that moved
between others is no difference; where the versions have other speakers, all words are compared in
the order they are read.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from callreview.domain.letters import letters
from callreview.domain.transcript import Transcript, Turn, Word

Kind = Literal["same", "changed", "added", "removed"]

BESIDE_S = 2.0
"""Words that are gone are shown in a turn whose words were said at most this far away (seconds)."""


@dataclass(frozen=True)
class Difference:
    """Words in a row of one kind: `old` is empty for "added", `new` for "removed".

    Times are seconds in the recording, of the new words or, where there are none, of the old.
    """

    kind: Kind
    old: tuple[Word, ...]
    new: tuple[Word, ...]

    @property
    def start_s(self) -> float:
        """Where it begins in the recording."""
        return (self.new or self.old)[0].start_s

    @property
    def end_s(self) -> float:
        """Where it ends in the recording."""
        return max(word.end_s for word in self.new or self.old)


@dataclass(frozen=True)
class ComparedTurn:
    """A turn with its differences; one that only the other version has holds removed words."""

    turn: Turn
    pieces: tuple[Difference, ...]

    @property
    def differs(self) -> bool:
        """Whether any word of the turn is not the same."""
        return any(piece.kind != "same" for piece in self.pieces)


@dataclass(frozen=True)
class Comparison:
    """All turns in the order of the talk, and how many words are of each kind.

    A changed word counts once, on the side that has more of them.
    """

    turns: tuple[ComparedTurn, ...]
    same: int
    changed: int
    added: int
    removed: int


@dataclass(frozen=True)
class _Said:
    """A word with the turn it stands in."""

    word: Word
    turn: Turn
    key: str


@dataclass(frozen=True)
class _Piece:
    """A difference with the turn it is shown in."""

    difference: Difference
    turn: Turn


def compare(old: Transcript, new: Transcript) -> Comparison:
    """What `new` says differently from `old`."""
    by_voice = _speakers(old) == _speakers(new)
    pieces = [
        piece
        for ours, theirs in _streams(old, new, by_voice)
        for piece in _pieces(list(ours), list(theirs))
    ]
    turns = _by_turn(pieces)
    differences = [piece.difference for piece in pieces]
    return Comparison(
        turns,
        same=_count(differences, "same"),
        changed=_count(differences, "changed"),
        added=_count(differences, "added"),
        removed=_count(differences, "removed"),
    )


def _count(differences: Iterable[Difference], kind: Kind) -> int:
    return sum(max(len(d.old), len(d.new)) for d in differences if d.kind == kind)


def _speakers(transcript: Transcript) -> set[str]:
    return {turn.speaker for turn in transcript.turns}


def _streams(
    old: Transcript, new: Transcript, by_voice: bool
) -> Iterator[tuple[Iterator[_Said], Iterator[_Said]]]:
    if not by_voice:
        yield _said(old.turns), _said(new.turns)
        return
    for speaker in sorted(_speakers(new)):
        yield (
            _said(turn for turn in old.turns if turn.speaker == speaker),
            _said(turn for turn in new.turns if turn.speaker == speaker),
        )


def _said(turns: Iterable[Turn]) -> Iterator[_Said]:
    for turn in turns:
        for word in turn.words:
            yield _Said(word, turn, letters(word.text) or word.text)


def _pieces(old: Sequence[_Said], new: Sequence[_Said]) -> Iterator[_Piece]:
    """The differences of two streams; each lies within one turn of either version."""
    done = 0
    for theirs, ours in _blocks(old, new):
        done += len(ours)
        same = "".join(said.key for said in theirs) == "".join(said.key for said in ours)
        if same and len(theirs) == len(ours):
            for one, other in zip(theirs, ours, strict=True):
                yield _Piece(Difference("same", (one.word,), (other.word,)), other.turn)
        elif ours:
            yield from _shown_in_new(theirs, ours, "same" if same else None)
        else:
            yield from _removed(theirs, new[max(done - 1, 0) : done + 1])


def _blocks(
    old: Sequence[_Said], new: Sequence[_Said]
) -> Iterator[tuple[Sequence[_Said], Sequence[_Said]]]:
    """Stretches that are equal, and between them what is not, of both."""
    from rapidfuzz.distance import Indel

    codes = Indel.opcodes([said.key for said in old], [said.key for said in new])
    start_old = start_new = 0
    for code in codes:
        if code.tag != "equal":
            continue
        if code.src_start > start_old or code.dest_start > start_new:
            yield old[start_old : code.src_start], new[start_new : code.dest_start]
        yield old[code.src_start : code.src_end], new[code.dest_start : code.dest_end]
        start_old, start_new = code.src_end, code.dest_end
    if start_old < len(old) or start_new < len(new):
        yield old[start_old:], new[start_new:]


def _shown_in_new(
    theirs: Sequence[_Said], ours: Sequence[_Said], kind: Kind | None
) -> Iterator[_Piece]:
    """A difference at the new turns: the first of them shows the words it replaces."""
    kind = kind or ("changed" if theirs else "added")
    groups = _by_same_turn(ours)
    yield _piece(kind, theirs, groups[0])
    for group in groups[1:]:
        yield _piece("same" if kind == "same" else "added", (), group)


def _piece(kind: Kind, theirs: Sequence[_Said], ours: Sequence[_Said]) -> _Piece:
    old, new = tuple(said.word for said in theirs), tuple(said.word for said in ours)
    return _Piece(Difference(kind, old, new), ours[0].turn)


def _removed(theirs: Sequence[_Said], beside: Sequence[_Said]) -> Iterator[_Piece]:
    """Words that are gone: in the turn beside them, else in the turn they had."""
    for group in _by_same_turn(theirs):
        words = tuple(said.word for said in group)
        near = [said.turn for said in beside if _gap_s(said.word, words) <= BESIDE_S]
        yield _Piece(Difference("removed", words, ()), near[0] if near else group[0].turn)


def _gap_s(word: Word, words: Sequence[Word]) -> float:
    return max(words[0].start_s - word.end_s, word.start_s - words[-1].end_s)


def _by_same_turn(said: Sequence[_Said]) -> list[list[_Said]]:
    groups: list[list[_Said]] = []
    for one in said:
        if groups and groups[-1][-1].turn is one.turn:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _by_turn(pieces: Iterable[_Piece]) -> tuple[ComparedTurn, ...]:
    turns: dict[int, Turn] = {}
    differences: dict[int, list[Difference]] = {}
    for piece in pieces:
        # Turns are told apart by which they are: comparing all their words would be slow.
        turns[id(piece.turn)] = piece.turn
        _append(differences.setdefault(id(piece.turn), []), piece.difference)
    compared = (ComparedTurn(turns[key], tuple(found)) for key, found in differences.items())
    return tuple(sorted(compared, key=lambda one: (one.turn.start_s, one.turn.end_s)))


def _append(differences: list[Difference], one: Difference) -> None:
    """Add to a turn's differences; words that are the same are one stretch."""
    last = differences[-1] if differences else None
    if last is not None and one.kind == last.kind == "same":
        differences[-1] = Difference("same", last.old + one.old, last.new + one.new)
    else:
        differences.append(one)
