"""Domain dataclasses to JSON text and back, checked against their annotations."""

import dataclasses
import json
import types
from collections.abc import Hashable, Mapping
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from callreview.domain.transcript import Word

T = TypeVar("T")


def to_json(value: object) -> str:
    """JSON of dataclasses, mappings, sequences and plain values; keys keep their order."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def from_json(kind: type[T], text: str) -> T:
    """Read what `to_json` wrote as `kind`, a dataclass or an annotation such as tuple[Damage, ...].

    Fields that are missing take their default. Raises ValueError when the text does not fit.
    """
    return cast(T, _read(kind, json.loads(text)))


def words_to_json(words: tuple[Word, ...]) -> str:
    """Words as short rows: [text, start_s, end_s, confidence, space_before]."""
    rows = [[w.text, w.start_s, w.end_s, w.confidence, int(w.space_before)] for w in words]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def words_from_json(text: str) -> tuple[Word, ...]:
    """Read what `words_to_json` wrote."""
    return tuple(
        Word(word, start_s, end_s, confidence, bool(space))
        for word, start_s, end_s, confidence, space in json.loads(text)
    )


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def _read(kind: Any, value: Any) -> Any:  # noqa: ANN401
    origin = get_origin(kind)
    if dataclasses.is_dataclass(kind):
        return _read_dataclass(cast(type[Any], kind), value)
    if origin is tuple:
        return _read_tuple(get_args(kind), value)
    if origin in (Union, types.UnionType):
        return _read_union(get_args(kind), value)
    if origin is Literal:
        return _expect(value in get_args(kind), kind, value)
    if origin is not None and issubclass(origin, Mapping):
        _expect(isinstance(value, dict), kind, value)
        return {key: _read(get_args(kind)[1], item) for key, item in value.items()}
    return _read_scalar(kind, value)


def _read_dataclass(kind: type[Any], value: Any) -> Any:  # noqa: ANN401
    _expect(isinstance(value, dict), kind, value)
    hints = _hints(cast(Hashable, kind))
    try:
        return kind(**{n: _read(hint, value[n]) for n, hint in hints.items() if n in value})
    except TypeError as error:
        raise ValueError(str(error)) from error


def _read_tuple(items: tuple[Any, ...], value: Any) -> tuple[Any, ...]:  # noqa: ANN401
    _expect(isinstance(value, list), tuple, value)
    if len(items) == 2 and items[1] is Ellipsis:
        return tuple(_read(items[0], item) for item in value)
    _expect(len(items) == len(value), tuple, value)
    return tuple(_read(item, part) for item, part in zip(items, value, strict=True))


def _read_union(kinds: tuple[Any, ...], value: Any) -> Any:  # noqa: ANN401
    if value is None and type(None) in kinds:
        return None
    return _read(next(kind for kind in kinds if kind is not type(None)), value)


def _read_scalar(kind: Any, value: Any) -> Any:  # noqa: ANN401
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return _expect(isinstance(kind, type) and type(value) is kind, kind, value)


def _expect(fits: bool, kind: object, value: T) -> T:
    if not fits:
        raise ValueError(f"expected {kind}, found {type(value).__name__}")
    return value


@cache
def _hints(kind: Any) -> dict[str, Any]:  # noqa: ANN401
    names = {field.name for field in dataclasses.fields(kind) if field.init}
    return {name: hint for name, hint in get_type_hints(kind).items() if name in names}
