"""Made-up transcripts whose words have known places."""

from random import Random

from callreview.domain.transcript import Speaker, Transcript, Turn, Word

_CALLS = (
    "order refund machine broken please account number thank calling delivery arrived yesterday "
    "street window colour because three weeks help sorry manager again promise cheque card month "
    "energy contract bright coffee morning receipt engineer fault internet password customer "
    "service quarter meter reading address parcel courier voucher balance transfer website"
)
_OTHERS = (
    "fjord jazz glyph quiz vex waltz sphinx onyx zephyr kiwi hymn lynx oxbow puzzle ruby "
    "buzz fluff yolk gypsy dwarf"
)
WORDS = tuple(_CALLS.split())
OTHER_WORDS = tuple(_OTHERS.split())


def transcript(
    seed: int, turns: int = 12, words: tuple[str, ...] = WORDS, voices: int = 2
) -> Transcript:
    """Turns of 1 to 20 words of 0.3 s, spoken one after the other by all voices."""
    random = Random(seed)
    said: list[Turn] = []
    now_s = 0.5
    for number in range(turns):
        spoken = []
        for place in range(random.randint(1, 20)):
            word = random.choice(words)
            spoken.append(Word(word, now_s, now_s + 0.3, 0.9, place > 0))
            now_s += 0.35
        said.append(turn_of(f"S{number % voices + 1}", spoken))
        now_s += random.choice((-0.2, 0.4, 1.5))
    speakers = tuple(Speaker(f"S{number + 1}", "unknown", number) for number in range(voices))
    return Transcript("en", speakers, tuple(said), {})


def turn_of(speaker: str, words: list[Word]) -> Turn:
    """A turn of these words."""
    return Turn(speaker, "unknown", words[0].start_s, words[-1].end_s, tuple(words))


def one_turn(*texts: str, start_s: float = 1.0, speaker: str = "S1") -> Transcript:
    """A transcript of turns by one speaker: words of 0.4 s, every 0.5 s, turns 3 s apart."""
    turns = []
    for text in texts:
        words = [
            Word(word, start_s + 0.5 * n, start_s + 0.5 * n + 0.4, 0.9, n > 0)
            for n, word in enumerate(text.split())
        ]
        turns.append(turn_of(speaker, words))
        start_s = words[-1].end_s + 3.0
    return Transcript("en", (Speaker(speaker, "unknown", 0),), tuple(turns), {})
