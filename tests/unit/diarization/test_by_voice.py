from callreview.domain.talk_metrics import Interval
from callreview.speech.diarization.by_voice import split_by_voice
from callreview.speech.diarization.voices import Voices, VoiceStretch
from callreview.speech.recognised import ChannelWords, HeardWord


def heard(*words: tuple[str, float, float]) -> ChannelWords:
    said = tuple(HeardWord(text, start, end, 0.9, language="en") for text, start, end in words)
    return ChannelWords(0, "en", 0.8, said, (), {"loop": 3})


def voices(*stretches: tuple[int, float, float, float]) -> Voices:
    spans = sorted(VoiceStretch(a, b, voice, sure) for voice, a, b, sure in stretches)
    return Voices(tuple(spans), (), len({one.voice for one in spans}), alike=False)


def texts(parts: tuple[ChannelWords, ...]) -> list[str]:
    return [" ".join(word.text for word in part.words) for part in parts]


def test_each_voice_gets_its_words_its_speech_and_no_channel() -> None:
    told = voices((0, 0, 1, 0.95), (1, 1.5, 3, 0.8))
    parts = split_by_voice(heard(("Hello.", 0.1, 0.9), ("Hi,", 1.6, 2), ("Ann.", 2, 2.9)), told)
    assert texts(parts) == ["Hello.", "Hi, Ann."]
    assert [part.channel for part in parts] == [None, None]
    assert [part.speech for part in parts] == [(Interval(0, 1),), (Interval(1.5, 3),)]
    assert [word.speaker_confidence for part in parts for word in part.words] == [0.95, 0.8, 0.8]


def test_a_word_at_a_boundary_goes_to_the_voice_of_most_of_it() -> None:
    told = voices((0, 0, 1.1, 1), (1, 1.1, 3, 1))
    assert texts(split_by_voice(heard(("so", 0.2, 0.5), ("Well", 1, 1.5)), told)) == ["so", "Well"]


def test_a_word_in_a_pause_goes_to_the_nearest_voice() -> None:
    told = voices((0, 0, 1, 1), (1, 4, 5, 1))
    parts = split_by_voice(heard(("One", 1.2, 1.4), ("two", 3.7, 3.9)), told)
    assert texts(parts) == ["One", "two"]


def test_a_stray_unsure_word_inside_a_sentence_is_given_back() -> None:
    told = voices((0, 0, 1, 1), (1, 1, 1.3, 0.6), (0, 1.3, 3, 1))
    words = heard(("I", 0.1, 0.3), ("would", 0.3, 1), ("like", 1, 1.3), ("that.", 1.3, 1.9))
    assert texts(split_by_voice(words, told)) == ["I would like that."]


def test_a_sure_word_of_the_other_voice_stays_theirs() -> None:
    told = voices((0, 0, 1, 1), (1, 1, 1.3, 0.99), (0, 1.3, 3, 1))
    words = heard(("I", 0.1, 0.3), ("would", 0.3, 1), ("what", 1, 1.3), ("like.", 1.3, 1.9))
    assert texts(split_by_voice(words, told)) == ["I would like.", "what"]


def test_a_back_channel_during_anothers_speech_is_the_listeners() -> None:
    told = voices((0, 0, 5, 1), (1, 2, 2.4, 0.7))
    words = heard(("we", 1.5, 2), ("Okay.", 2, 2.4), ("went", 2.5, 3))
    assert texts(split_by_voice(words, told)) == ["we went", "Okay."]


def test_words_said_at_once_change_voice_where_a_sentence_starts() -> None:
    told = voices((0, 0, 3, 1), (1, 2, 5, 1))
    words = heard(
        ("as", 1, 1.5), ("I", 2, 2.2), ("No,", 2.3, 2.6), ("wait", 2.6, 3), ("sir", 3.5, 4)
    )
    parts = split_by_voice(words, told)
    assert texts(parts) == ["as I", "No, wait sir"]
    assert all(word.speaker_confidence < 0.6 for word in parts[1].words[:2])


def test_no_word_is_lost_and_counts_of_dropped_words_stay_once() -> None:
    told = voices((0, 0, 1, 1), (1, 1, 2, 1), (2, 2, 3, 1))
    words = heard(*[(f"w{at}", at / 4, at / 4 + 0.2) for at in range(12)])
    parts = split_by_voice(words, told)
    assert sorted(word.text for part in parts for word in part.words) == sorted(
        word.text for word in words.words
    )
    assert [dict(part.dropped) for part in parts] == [{"loop": 3}, {}, {}]


def test_a_voice_without_words_is_no_speaker() -> None:
    told = voices((0, 0, 2, 1), (1, 2, 4, 1))
    assert texts(split_by_voice(heard(("Hello.", 0, 1)), told)) == ["Hello."]


def test_a_call_without_words_stays_one_speaker() -> None:
    (only,) = split_by_voice(heard(), voices((0, 0, 2, 1), (1, 2, 4, 1)))
    assert (only.channel, only.words) == (None, ())
