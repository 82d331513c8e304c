"""A sound server of our own whose loudspeaker can be recorded."""

import os
import shutil
import subprocess
import threading
import time
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

SINK_RATE = 48000


class NullSink:
    """A PulseAudio server with one null sink, on a socket of its own; in `PULSE_SERVER` while open."""

    def __init__(self, folder: Path) -> None:
        # The path of a socket must stay short.
        self._folder = folder
        self.server = f"unix:{folder / 'socket'}"
        self._before = os.environ.get("PULSE_SERVER")
        self._process: subprocess.Popen[bytes] | None = None

    @staticmethod
    def missing() -> str:
        """Why this machine cannot run one; empty when it can."""
        absent = [name for name in ("pulseaudio", "parec", "pactl") if shutil.which(name) is None]
        return f"not installed: {', '.join(absent)}" if absent else ""

    def __enter__(self) -> Self:
        home = {"HOME": str(self._folder), "XDG_RUNTIME_DIR": str(self._folder)}
        command = [
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
            "-L",
            f"module-native-protocol-unix auth-anonymous=1 socket={self._folder / 'socket'}",
            "-L",
            f"module-null-sink sink_name=null0 rate={SINK_RATE}",
        ]
        self._process = subprocess.Popen(
            command, env={**os.environ, **home}, stderr=subprocess.DEVNULL
        )
        os.environ["PULSE_SERVER"] = self.server
        try:
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.die()
        if self._before is None:
            os.environ.pop("PULSE_SERVER", None)
        else:
            os.environ["PULSE_SERVER"] = self._before

    def die(self) -> None:
        """End the server at once, as when a headset is pulled out."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _wait(self) -> None:
        for _attempt in range(100):
            if subprocess.run(["pactl", "info"], capture_output=True, check=False).returncode == 0:
                return
            time.sleep(0.1)
        raise RuntimeError("pulseaudio did not start")


class Recorder:
    """Records what the null sink plays, and knows at which moment each sample was heard.

    Moments are seconds of `time.monotonic`. Use as a context; read it after `stop`.
    """

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._chunks: list[bytes] = []
        self._starts: list[float] = []
        self._sound: npt.NDArray[np.float64] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._read, name="recorder", daemon=True)

    def __enter__(self) -> Self:
        command = ["parec", "-d", "null0.monitor", "--latency-msec=5", "--format=s16le"]
        self._process = subprocess.Popen(
            [*command, "--channels=1", f"--rate={self.rate}"], stdout=subprocess.PIPE, bufsize=0
        )
        self._thread.start()
        while not self._chunks:
            time.sleep(0.01)
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Record no more."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
        self._thread.join()
        if self._process is not None and self._process.stdout is not None:
            self._process.stdout.close()

    @property
    def sound(self) -> npt.NDArray[np.float64]:
        """All that was heard until `stop`: shape (samples,)."""
        if self._sound is None:
            self._sound = self._joined()
        return self._sound

    def _joined(self) -> npt.NDArray[np.float64]:
        return np.frombuffer(b"".join(self._chunks), dtype="<i2").astype(np.float64)

    @property
    def started_at(self) -> float:
        """When the first sample was heard.

        A sample arrives here soon after it was heard, never before: the earliest arrival, counted
        back, comes closest.
        """
        return float(np.percentile(self._starts, 5))

    def index_at(self, moment: float) -> int:
        """Which sample was heard at a moment."""
        return round((moment - self.started_at) * self.rate)

    def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        total = 0
        while chunk := self._process.stdout.read(65536):
            self._chunks.append(chunk)
            total += len(chunk)
            self._starts.append(time.monotonic() - total / (2 * self.rate))
