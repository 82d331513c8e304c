"""Runs the measurements behind the documentation and prints what each says.

Arguments: names of measurements, such as word_errors; none means all.
"""

import subprocess
import sys
from pathlib import Path

PERF = Path("tests/perf")


def main() -> int:
    """Run measurements one after the other; fail when one fails."""
    failed = []
    named = [PERF / f"measure_{name}.py" for name in sys.argv[1:]]
    for path in named or sorted(PERF.glob("measure_*.py")):
        print(f"\n== {path.stem.removeprefix('measure_').replace('_', ' ')} ({path})", flush=True)
        module = ".".join(path.with_suffix("").parts)
        if subprocess.run([sys.executable, "-m", module], check=False).returncode:
            failed.append(path)
    for path in failed:
        print(f"failed: {path}", file=sys.stderr)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
