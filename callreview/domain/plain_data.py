"""Typed access to plain data (what TOML and JSON hold) that a person wrote by hand.

Every problem names the field by its path, such as `sections.opening.questions.greeting.weight`;
a table in a list is named by its key, or by its number from 1 when it has none.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callreview.domain.errors import UserError


class FieldError(UserError):
    """A field that cannot be used.

    `str()` is English; layers that know the user's language translate `template` and fill in
    `values`.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values


def N_(text: str) -> str:  # noqa: N802 - the name by which the translation tools find texts
    """Mark a text for translation that another layer looks up."""
    return text


@dataclass(frozen=True)
class Fields:
    """A table of plain data and the path that leads to it ("" at the top)."""

    data: Mapping[str, object]
    path: str = ""

    def where(self, name: str) -> str:
        """The path of the field `name`."""
        return f"{self.path}.{name}" if self.path else name

    def has(self, name: str) -> bool:
        """Whether the field is there."""
        return name in self.data

    def only(self, known: Sequence[str]) -> None:
        """Raise FieldError for a field that is not one of `known`: most likely a typing error."""
        for name in self.data:
            if name not in known:
                raise FieldError(
                    N_("{where}: this field is not known; known are {known}"),
                    where=self.where(name),
                    known=", ".join(known),
                )

    def text(self, name: str, default: str | None = None) -> str:
        """A text that is not empty; `default` when the field is absent."""
        if default is not None and not self.has(name):
            return default
        value = self._value(name)
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(name, N_("{where}: a text is needed, found {found}"))
        return value

    def choice(self, name: str, allowed: Sequence[str], default: str | None = None) -> str:
        """One of the texts `allowed`; `default` when the field is absent."""
        value = self.text(name, default)
        if value not in allowed:
            raise FieldError(
                N_("{where}: one of {allowed} is needed, found {found}"),
                where=self.where(name),
                allowed=", ".join(allowed),
                found=value,
            )
        return value

    def flag(self, name: str, default: bool) -> bool:
        """True or false; `default` when the field is absent."""
        value = self.data.get(name, default)
        if not isinstance(value, bool):
            raise self._wrong(name, N_("{where}: true or false is needed, found {found}"))
        return value

    def number(self, name: str, default: float | None = None) -> float:
        """A finite number; `default` when the field is absent."""
        value = self.data.get(name, default) if default is not None else self._value(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._wrong(name, N_("{where}: a number is needed, found {found}"))
        if not math.isfinite(value):
            raise self._wrong(name, N_("{where}: a finite number is needed, found {found}"))
        return float(value)

    def weight(self, name: str, default: float | None = None) -> float:
        """A number above 0."""
        value = self.number(name, default)
        if value <= 0:
            raise self._wrong(name, N_("{where}: must be more than 0, found {found}"))
        return value

    def share(self, name: str) -> float:
        """A number in 0..1."""
        value = self.number(name)
        if not 0 <= value <= 1:
            raise self._wrong(name, N_("{where}: must be from 0 to 1, found {found}"))
        return value

    def counting_number(self, name: str) -> int:
        """A whole number from 1."""
        value = self._value(name)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise self._wrong(name, N_("{where}: a whole number from 1 is needed, found {found}"))
        return value

    def wording(self, name: str) -> dict[str, str]:
        """A text by language code; English has to be there."""
        table = self.table(name)
        if not table.has("en"):
            raise FieldError(N_("{where}: the English text is missing"), where=table.where("en"))
        return {language: table.text(language) for language in table.data}

    def texts(self, name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts, none of them empty; `default` when the field is absent."""
        if default is not None and not self.has(name):
            return default
        value = self._value(name)
        if not isinstance(value, list | tuple):
            raise self._wrong(name, N_("{where}: a list is needed, found {found}"))
        items = Fields(
            {str(number): item for number, item in enumerate(value, 1)}, self.where(name)
        )
        return tuple(items.text(number) for number in items.data)

    def table(self, name: str) -> "Fields":
        """A table inside this one."""
        value = self._value(name)
        if not isinstance(value, Mapping):
            raise self._wrong(name, N_("{where}: a table is needed, found {found}"))
        return Fields(value, self.where(name))

    def tables(self, name: str) -> tuple["Fields", ...]:
        """A list of at least one table."""
        value = self._value(name)
        if not isinstance(value, list | tuple):
            raise self._wrong(name, N_("{where}: a list is needed, found {found}"))
        if not value:
            raise FieldError(N_("{where}: the list is empty"), where=self.where(name))
        return tuple(
            Fields({_name(n, item): item}, self.where(name)).table(_name(n, item))
            for n, item in enumerate(value, 1)
        )

    def _value(self, name: str) -> object:
        if name not in self.data:
            raise FieldError(N_("{where}: this field is missing"), where=self.where(name))
        return self.data[name]

    def _wrong(self, name: str, template: str) -> FieldError:
        found = repr(self.data.get(name))
        return FieldError(template, where=self.where(name), found=found[:60])


def _name(number: int, item: object) -> str:
    key = item.get("key") if isinstance(item, Mapping) else None
    return key if isinstance(key, str) and key else str(number)
