"""Devices that sound goes to: a loudspeaker through PortAudio, or a silent one driven by a clock."""

import importlib
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from callreview.config.language import _
from callreview.domain.errors import EnvironmentProblem

Sound = npt.NDArray[np.float32]
# Called from the device's thread with (frames, when they will be heard); the flag says "that was all".
Fill = Callable[[int, float], tuple[Sound, bool]]

# The default of PortAudio ("low") drops out when the computer is busy.
_LATENCY_S = 0.1
_SILENT_RATE = 8000
_SILENT_BLOCK_S = 0.02
# Where a computer names no default device, these go to its sound server.
_SERVER_DEVICES = ("pulse", "pipewire", "default")


class Output(Protocol):
    """A device with a clock; it calls `fill` from its own thread between `start` and `abort`."""

    rate: int

    def start(self) -> None:
        """Begin to call `fill`."""

    def abort(self) -> None:
        """Stop at once and forget what has not been heard; returns when `fill` no longer runs."""

    def close(self) -> None:
        """Give the device back."""

    def now(self) -> float:
        """Seconds on the device's clock, the one `fill` is told."""


class Loudspeaker:
    """The default output device, opened at `rate` Hz if it takes that, else at its own rate.

    `ended` is called from a thread of PortAudio when the device stops by itself: after the last
    block, or because it is gone. Raises EnvironmentProblem when there is no device that works.
    """

    def __init__(self, rate: int, fill: Fill, ended: Callable[[], None]) -> None:
        self._fill = fill
        self._ended = ended
        self._sounddevice = load_sounddevice()
        device = _default_device(self._sounddevice)
        self._channels = min(int(device["max_output_channels"]), 2)
        self.wanted_rate = self.rate = rate
        if not self._takes(device, rate):
            self.rate = round(device["default_samplerate"])
        self._stopping = threading.Event()
        self._stream = self._open(device)

    def start(self) -> None:
        """Begin to play; raises EnvironmentProblem when the device refuses."""
        self._stopping.clear()
        try:
            self._stream.start()
        except self._sounddevice.PortAudioError as error:
            raise _device_problem(error) from error

    def abort(self) -> None:
        """Stop at once; what was written and not yet heard is dropped."""
        self._stopping.set()
        self._stream.abort()

    def close(self) -> None:
        """Give the device back; harmless when it is gone."""
        self._stopping.set()
        self._stream.close()

    def now(self) -> float:
        """Seconds on PortAudio's clock."""
        return float(self._stream.time)

    def _open(self, device: dict[str, Any]) -> Any:  # noqa: ANN401 - sounddevice has no types
        try:
            return self._sounddevice.OutputStream(
                device=device["index"],
                samplerate=self.rate,
                channels=self._channels,
                dtype="float32",
                latency=_LATENCY_S,
                callback=self._on_block,
                finished_callback=self._on_finished,
            )
        except self._sounddevice.PortAudioError as error:
            raise _device_problem(error) from error

    def _takes(self, device: dict[str, Any], rate: int) -> bool:
        try:
            self._sounddevice.check_output_settings(
                device=device["index"], channels=self._channels, dtype="float32", samplerate=rate
            )
        except self._sounddevice.PortAudioError:
            return False
        return True

    def _on_block(self, out: Sound, frames: int, times: Any, _status: Any) -> None:  # noqa: ANN401
        sound, last = self._fill(frames, float(times.outputBufferDacTime))
        out[:] = sound[:, np.newaxis]
        if last:
            raise self._sounddevice.CallbackStop

    def _on_finished(self) -> None:
        if not self._stopping.is_set():
            self._ended()


class SilentOutput:
    """Takes sound at the speed of a monotonic clock and drops it.

    So a transport without a device behaves like one with it. `ended` is called from its thread
    after the last block.
    """

    rate = _SILENT_RATE

    def __init__(self, fill: Fill, ended: Callable[[], None]) -> None:
        self._fill = fill
        self._ended = ended
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to take sound."""
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, name="silent-output", daemon=True)
        self._thread.start()

    def abort(self) -> None:
        """Stop taking sound."""
        self._stop.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()
        self._thread = None

    def close(self) -> None:
        """Stop taking sound."""
        self.abort()

    def now(self) -> float:
        """Seconds of the computer's monotonic clock."""
        return time.monotonic()

    def _run(self) -> None:
        due, last = time.monotonic(), False
        while not last and not self._stop.wait(max(due - time.monotonic(), 0.0)):
            _sound, last = self._fill(round(_SILENT_BLOCK_S * self.rate), due)
            due += _SILENT_BLOCK_S
        if last:
            self._ended()


def load_sounddevice() -> Any:  # noqa: ANN401 - sounddevice has no types
    """Import sounddevice, which takes up to 1.5 s; EnvironmentProblem when PortAudio is missing."""
    try:
        return importlib.import_module("sounddevice")
    except OSError as error:
        raise EnvironmentProblem(
            _("There is no sound: the PortAudio library is missing (on Debian: libportaudio2).")
        ) from error


def find_device(*, again: bool) -> None:
    """Raise EnvironmentProblem, saying why, when no sound can be played on this computer.

    PortAudio lists devices once; `again` makes it look anew, only while no stream is open.
    """
    sounddevice = load_sounddevice()
    if again:
        # sounddevice has no public way to restart PortAudio.
        sounddevice._terminate()
        sounddevice._initialize()
    _default_device(sounddevice)


def _default_device(sounddevice: Any) -> dict[str, Any]:  # noqa: ANN401
    """Choose the default output device, else the sound server's, else the first with outputs."""
    try:
        return dict(sounddevice.query_devices(kind="output"))
    except (sounddevice.PortAudioError, ValueError) as error:
        found = [dict(one) for one in sounddevice.query_devices() if one["max_output_channels"]]
        if not found:
            raise _device_problem(error) from error
    servers = [device for device in found if device["name"] in _SERVER_DEVICES]
    return (servers or found)[0]


def _device_problem(error: Exception) -> EnvironmentProblem:
    return EnvironmentProblem(
        _(
            "There is no sound: no loudspeaker or headset works ({problem}). "
            "Connect one and press play again."
        ).format(problem=error)
    )
