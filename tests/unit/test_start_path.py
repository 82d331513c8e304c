import subprocess
import sys

import pytest

HEAVY = ("av", "faster_whisper", "matplotlib", "onnxruntime", "openpyxl", "transformers")
PRINT = "import sys, {module}; print(*sys.modules)"


@pytest.mark.parametrize("module", ["callreview.app", "callreview.cli.commands"])
def test_what_only_work_needs_is_not_loaded_at_the_start(module):
    done = subprocess.run(
        [sys.executable, "-c", PRINT.format(module=module)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not set(HEAVY) & set(done.stdout.split())


def test_the_command_line_runs_without_qt():
    done = subprocess.run(
        [sys.executable, "-c", PRINT.format(module="callreview.cli.commands")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not any(name.startswith("PySide6") for name in done.stdout.split())
