"""`callreview models`: the models of this computer. No workspace is needed."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence

from callreview.cli.progress import ProgressLine
from callreview.cli.tables import aligned
from callreview.config.language import _
from callreview.config.paths import models_dir
from callreview.domain.errors import UserError
from callreview.domain.file_size import size_text
from callreview.services import models

Problems = Sequence[str]


def _list(arguments: Namespace) -> Problems:
    found = models.list_models()
    if arguments.json:
        json.dump([_data(model) for model in found.models], sys.stdout, indent=2)
        print()
    else:
        for line in _lines(found.models):
            print(line)
    return found.problems


def _data(model: models.InstalledModel) -> dict[str, object]:
    return {**vars(model), "path": str(model.path)}


def _lines(listed: Sequence[models.InstalledModel]) -> list[str]:
    head = ("", _("Name"), _("Size"), _("Languages"), _("Folder"))
    rows = [_cells(model) for model in listed]
    gpus = models.gpu_count()
    gpu = _("Graphics cards for speech recognition: {count}").format(count=gpus or _("none"))
    return [*aligned([head, *rows]), "", _("* in use"), gpu]


def _cells(model: models.InstalledModel) -> tuple[str, ...]:
    mark = "*" if model.in_use else ""
    return mark, model.name, size_text(model.size), _languages(model), str(model.path)


def _languages(model: models.InstalledModel) -> str:
    if model.kind == "speakers":
        return _("tells speakers apart")
    names = {True: _("multilingual"), False: _("English only"), None: _("unknown")}
    return names[model.multilingual]


def _add(arguments: Namespace) -> Problems:
    with ProgressLine() as progress:
        name = models.add(arguments.folder, progress)
    print(name)
    return ()


def _get(arguments: Namespace) -> Problems:
    if models.is_here(arguments.name):
        print(_("{name} is on this computer already.").format(name=arguments.name))
        return ()
    if arguments.name == models.SPEAKERS:
        return _get_speakers(arguments)
    model = models.find_on_hub(arguments.name)
    said = _("{name}: {size}, from {repository}, into {folder}")
    print(
        said.format(
            name=model.name,
            size=size_text(model.size),
            repository=model.repository,
            folder=models_dir(),
        )
    )
    if model.here:
        print(_("{size} of it are here already.").format(size=size_text(model.here)))
    if _agreed(arguments):
        with ProgressLine() as progress:
            print(models.get(model, progress))
    return ()


def _get_speakers(arguments: Namespace) -> Problems:
    said = _("speakers: the networks that tell speakers apart, a package of {size}")
    print(said.format(size=size_text(models.SPEAKERS_SIZE)))
    if _agreed(arguments):
        models.prepare_speakers()
        print(models.SPEAKERS)
    return ()


def _agreed(arguments: Namespace) -> bool:
    if arguments.yes:
        return True
    if not sys.stdin.isatty():
        raise UserError(_("Nothing was downloaded. To download without a question, add --yes."))
    answer = input(_("Download it? Type yes to go on: ")).strip().casefold()
    if answer in ("yes", "y", "예", "네"):
        return True
    print(_("Nothing was downloaded."))
    return False


def _remove(arguments: Namespace) -> Problems:
    models.remove_model(arguments.name)
    return ()


def _use(arguments: Namespace) -> Problems:
    models.use_model(arguments.name)
    return ()


COMMANDS: dict[str, Callable[[Namespace], Problems]] = {
    "models list": _list,
    "models add": _add,
    "models get": _get,
    "models remove": _remove,
    "models use": _use,
}
