"""Runs every measurement behind the documentation and prints what each says."""

import subprocess
import sys
from pathlib import Path

MEASUREMENTS = sorted(Path("tests/perf").glob("measure_*.py"))


def main() -> int:
    """Run the measurements one after the other; fail when one fails."""
    failed = []
    for path in MEASUREMENTS:
        print(f"\n== {path.stem.removeprefix('measure_').replace('_', ' ')} ({path})", flush=True)
        module = ".".join(path.with_suffix("").parts)
        if subprocess.run([sys.executable, "-m", module], check=False).returncode:
            failed.append(path)
    for path in failed:
        print(f"failed: {path}", file=sys.stderr)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
