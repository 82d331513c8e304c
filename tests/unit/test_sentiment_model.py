import json
import shutil
from pathlib import Path

import pytest

from callreview.analysis.sentiment.classifier import (
    MODEL_FILES,
    check_sentiment,
    load_sentiment,
    shipped_model_dir,
)
from callreview.analysis.sentiment.huggingface import HuggingFaceSentiment, sentiment_columns
from callreview.analysis.sentiment.onnx import OnnxSentiment
from callreview.domain.errors import UserError
from callreview.domain.sentiment import NEUTRAL, SentimentProbabilities, label_turn

NEGATIVE_TURNS = [
    "This is unacceptable, I want my money back.",
    "i am really disappointed with your service",
    "I've been waiting for three weeks and nobody calls me back.",
    "정말 실망했어요. 환불해 주세요.",
    "서비스가 너무 별로예요 짜증 나네요",
    "벌써 몇 번째 전화하는지 모르겠어요, 도대체 왜 안 되는 거예요?",
]
NEUTRAL_TURNS = [
    "I'd like to update my address.",
    "my order number is four five six seven",
    "Thank you for calling, how may I help you today?",
    "배송지를 변경하고 싶습니다.",
    "주문번호 말씀해 주시겠어요?",
    "네 고객님 잠시만 기다려 주세요",
]
POSITIVE_TURNS = [
    "Thank you so much, you've been really helpful!",
    "that's wonderful i'm very happy with it",
    "Great, the new phone works perfectly, I love it.",
    "정말 감사합니다, 덕분에 잘 해결됐어요!",
    "너무 친절하게 설명해 주셔서 기분이 좋네요",
    "이 제품 정말 마음에 들어요.",
]


@pytest.fixture(scope="module")
def shipped() -> OnnxSentiment:
    return OnnxSentiment(shipped_model_dir())


@pytest.mark.parametrize(
    ("label", "texts"),
    [("negative", NEGATIVE_TURNS), ("neutral", NEUTRAL_TURNS), ("positive", POSITIVE_TURNS)],
)
def test_the_shipped_model_tells_plain_turns_apart_in_english_and_korean(
    shipped: OnnxSentiment, label: str, texts: list[str]
) -> None:
    results = shipped.classify(texts)
    found = [label_turn(text, row).label for text, row in zip(texts, results, strict=True)]
    assert found == [label] * len(texts)


def test_probabilities_of_every_text_sum_to_one(shipped: OnnxSentiment) -> None:
    for row in shipped.classify(NEGATIVE_TURNS + NEUTRAL_TURNS + POSITIVE_TURNS):
        assert row.negative + row.neutral + row.positive == pytest.approx(1)
        assert min(row.negative, row.neutral, row.positive) >= 0


def test_results_come_in_the_order_of_the_texts(shipped: OnnxSentiment) -> None:
    texts = [text * (1 + index % 5) for index, text in enumerate(NEGATIVE_TURNS + POSITIVE_TURNS)]
    alone = [shipped.classify([text])[0] for text in texts]
    assert_like(shipped.classify(texts), alone)
    assert_like(shipped.classify(texts[::-1]), alone[::-1])


def assert_like(some: list[SentimentProbabilities], others: list[SentimentProbabilities]) -> None:
    # 8-bit activations are scaled per batch, so a text's neighbours move it a little.
    assert [r.negative for r in some] == pytest.approx([r.negative for r in others], abs=0.1)
    assert [r.positive for r in some] == pytest.approx([r.positive for r in others], abs=0.1)


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b\ufeff", "\x00\x07"])
def test_a_text_without_words_is_neutral(shipped: OnnxSentiment, text: str) -> None:
    assert shipped.classify([text]) == [NEUTRAL]


def test_a_turn_that_is_said_again_has_the_same_result(shipped: OnnxSentiment) -> None:
    first, between, again = shipped.classify(["okay", NEGATIVE_TURNS[0], "okay"])
    assert first == again
    assert between.negative > first.negative


def test_no_texts_give_no_results(shipped: OnnxSentiment) -> None:
    assert shipped.classify([]) == []


@pytest.mark.parametrize(
    "text",
    [
        "😡😡😡",
        "👍 thanks 👍",
        "\ud83d half of an emoji",
        "아니 this is ridiculous, 지금 장난하세요?",
        "<b>bold</b> & {name} %s",
        "a" * 5_000,
        "ㅋㅋㅋㅋ ㅠㅠ",
        "Ελληνικά עברית 日本語 ไทย",
        "e\u0301\u0301\u0301",
    ],
)
def test_unusual_text_gets_a_result(shipped: OnnxSentiment, text: str) -> None:
    (row,) = shipped.classify([text])
    assert row.negative + row.neutral + row.positive == pytest.approx(1)


def test_the_end_of_a_long_turn_counts_too(shipped: OnnxSentiment) -> None:
    start = "My order number is four five six seven. " * 10
    calm = shipped.classify([start])[0]
    upset = shipped.classify([start + "This is unacceptable, I am so angry. " * 20])[0]
    assert upset.negative > calm.negative + 0.3


def test_the_model_says_who_it_is_and_stays_small(shipped: OnnxSentiment) -> None:
    config = json.loads((shipped_model_dir() / "config.json").read_text(encoding="utf-8"))
    assert (shipped.name, shipped.version) == (config["id"], config["version"])
    size = sum(path.stat().st_size for path in shipped_model_dir().iterdir())
    assert size < 45_000_000


@pytest.mark.parametrize("name", MODEL_FILES)
def test_a_folder_that_lacks_a_file_is_refused_by_name(tmp_path: Path, name: str) -> None:
    folder = copy_of_shipped(tmp_path)
    (folder / name).unlink()
    with pytest.raises(UserError, match=name):
        OnnxSentiment(folder)


@pytest.mark.parametrize("name", MODEL_FILES)
@pytest.mark.parametrize("content", [b"", b"{", b"\x00\xff not a model"])
def test_a_damaged_file_is_refused_by_name(tmp_path: Path, name: str, content: bytes) -> None:
    folder = copy_of_shipped(tmp_path)
    (folder / name).write_bytes(content)
    with pytest.raises(UserError, match=name):
        OnnxSentiment(folder)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("labels", ["sad", "neutral", "positive"]),
        ("labels", None),
        ("calibration", {"hangul": {"scale": 0, "bias": [0, 0, 0]}}),
        ("calibration", {"hangul": {"scale": 1, "bias": [0, 0, 0]}}),
        ("calibration", {"hangul": {"scale": 1, "bias": [0]}, "other": {"scale": 1, "bias": [0]}}),
        ("calibration", "warm"),
        ("max_length", 0),
        ("pad_id", {}),
    ],
)
def test_an_impossible_setting_in_config_json_is_refused(
    tmp_path: Path, key: str, value: object
) -> None:
    folder = copy_of_shipped(tmp_path)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps(config | {key: value}), encoding="utf-8")
    with pytest.raises(UserError, match=r"config\.json"):
        OnnxSentiment(folder)


def test_a_model_that_does_not_say_it_is_optimised_gives_the_same_answers(
    shipped: OnnxSentiment, tmp_path: Path
) -> None:
    folder = copy_of_shipped(tmp_path)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert config.pop("optimised")
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (plain,) = OnnxSentiment(folder).classify(NEGATIVE_TURNS[:1])
    (quick,) = shipped.classify(NEGATIVE_TURNS[:1])
    assert plain.negative == pytest.approx(quick.negative, abs=0.01)


def test_labels_in_another_order_are_followed(shipped: OnnxSentiment, tmp_path: Path) -> None:
    folder = copy_of_shipped(tmp_path)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["labels"] = config["labels"][::-1]
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (turned,) = OnnxSentiment(folder).classify(NEGATIVE_TURNS[:1])
    (straight,) = shipped.classify(NEGATIVE_TURNS[:1])
    assert turned.positive == pytest.approx(straight.negative)


def test_texts_with_hangul_have_a_calibration_of_their_own(tmp_path: Path) -> None:
    folder = copy_of_shipped(tmp_path)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    certain = {"scale": 0.001, "bias": [9, 0, 0]}
    config["calibration"] = {"hangul": certain, "other": {"scale": 0.001, "bias": [0, 9, 0]}}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    korean, english = OnnxSentiment(folder).classify(["네 감사합니다", "thank you"])
    assert korean.negative == pytest.approx(1, abs=0.01)
    assert english.neutral == pytest.approx(1, abs=0.01)


def test_no_setting_loads_the_shipped_model(shipped: OnnxSentiment) -> None:
    assert load_sentiment(None).name == shipped.name


def test_a_folder_with_an_onnx_model_is_loaded_by_onnx_runtime(tmp_path: Path) -> None:
    assert isinstance(load_sentiment(str(copy_of_shipped(tmp_path))), OnnxSentiment)


@pytest.mark.parametrize(
    "setting", ["/no/such/folder", "~/no/such", "../models/none", "C:\\models"]
)
def test_a_folder_that_is_not_there_is_named_and_not_looked_for_on_the_hub(setting: str) -> None:
    with pytest.raises(UserError, match="no folder"):
        load_sentiment(setting)


@pytest.mark.parametrize("setting", ["/no/such/folder", "C:\\models"])
def test_a_wrong_setting_is_told_before_anything_is_loaded(setting: str) -> None:
    with pytest.raises(UserError, match="no folder"):
        check_sentiment(setting)


def test_the_shipped_model_and_whole_folders_pass_the_check(tmp_path: Path) -> None:
    check_sentiment(None)
    folder = copy_of_shipped(tmp_path)
    check_sentiment(str(folder))
    (folder / "config.json").unlink()
    with pytest.raises(UserError, match=r"config\.json"):
        check_sentiment(str(folder))


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ('{"id2label": {"0": "joy", "1": "anger"}}', "joy, anger"),
        ('{"id2label": {"zero": "negative"}}', "cannot be loaded"),
        ("[]", "cannot be loaded"),
        ("{", "cannot be loaded"),
        (None, "cannot be loaded"),
    ],
)
def test_a_hugging_face_folder_of_another_kind_is_refused_by_its_config(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: str | None, message: str
) -> None:
    pretend_torch(monkeypatch)
    if config is not None:
        (tmp_path / "config.json").write_text(config, encoding="utf-8")
    with pytest.raises(UserError, match=message):
        check_sentiment(str(tmp_path))


def test_a_hugging_face_folder_with_sentiment_labels_passes_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_torch(monkeypatch)
    labels = {"id2label": {"0": "NEGATIVE", "1": "POSITIVE"}}
    (tmp_path / "config.json").write_text(json.dumps(labels), encoding="utf-8")
    check_sentiment(str(tmp_path))


def pretend_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check reads no weights, so that torch need only be there by name."""
    module = "callreview.analysis.sentiment.huggingface.find_spec"
    monkeypatch.setattr(module, lambda _name: object())


def test_a_hugging_face_name_without_torch_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("callreview.analysis.sentiment.huggingface.find_spec", lambda _name: None)
    with pytest.raises(UserError, match="torch"):
        load_sentiment("someone/some-sentiment-model")


@pytest.mark.parametrize(
    ("labels", "columns"),
    [
        (["negative", "neutral", "positive"], ["negative", "neutral", "positive"]),
        (["POSITIVE", "NEGATIVE"], ["positive", "negative"]),
        (["NEG", "NEU", "POS"], ["negative", "neutral", "positive"]),
        (
            ["1 star", "2 stars", "3 stars", "4 stars", "5 stars"],
            ["negative", "negative", "neutral", "positive", "positive"],
        ),
        (
            ["Very Negative", "Negative", "Neutral", "Positive", "Very_Positive"],
            ["negative", "negative", "neutral", "positive", "positive"],
        ),
        (["부정", "중립", "긍정"], ["negative", "neutral", "positive"]),
    ],
)
def test_labels_of_known_models_are_understood(labels: list[str], columns: list[str]) -> None:
    assert list(sentiment_columns("m", dict(enumerate(labels)))) == columns


@pytest.mark.parametrize(
    "labels",
    [["LABEL_0", "LABEL_1"], ["joy", "anger"], ["negative", "neutral"], ["positive", "spam"], []],
)
def test_labels_that_mean_nothing_are_refused(labels: list[str]) -> None:
    with pytest.raises(UserError, match="labels"):
        sentiment_columns("m", dict(enumerate(labels)))


def test_a_hugging_face_folder_is_served(tmp_path: Path) -> None:
    folder = tiny_hugging_face_model(tmp_path, ["NEGATIVE", "POSITIVE"])
    model = load_sentiment(str(folder))
    assert isinstance(model, HuggingFaceSentiment)
    assert (model.name, model.version) == (folder.name, "local")
    texts = ["good good good", "", "bad", "good bad " * 700]
    results = model.classify(texts)
    assert results[1] == NEUTRAL
    for row in results:
        assert row.negative + row.neutral + row.positive == pytest.approx(1, abs=1e-5)
    assert results[0] == model.classify(texts[:1])[0]


def test_a_hugging_face_folder_without_weights_is_refused(tmp_path: Path) -> None:
    folder = tiny_hugging_face_model(tmp_path, ["NEGATIVE", "POSITIVE"])
    (folder / "model.safetensors").unlink()
    with pytest.raises(UserError, match="cannot be loaded"):
        load_sentiment(str(folder))


def test_a_name_that_is_not_in_the_cache_is_refused_when_offline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("torch")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(UserError, match="cannot be loaded"):
        load_sentiment("someone/no-such-model")


def copy_of_shipped(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped_model_dir(), tmp_path / "model"))


def tiny_hugging_face_model(tmp_path: Path, labels: list[str]) -> Path:
    torch = pytest.importorskip("torch")
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast
    from transformers.utils import logging

    logging.disable_progress_bar()
    torch.manual_seed(1)
    words = {"[PAD]": 0, "[UNK]": 1, "good": 2, "bad": 3}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]"
    ).save_pretrained(tmp_path)
    config = BertConfig(
        vocab_size=4,
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        id2label=dict(enumerate(labels)),
        label2id={label: index for index, label in enumerate(labels)},
    )
    BertForSequenceClassification(config).save_pretrained(tmp_path)
    return tmp_path
