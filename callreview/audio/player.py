"""Play prepared audio and say, at any moment, which place of it leaves the loudspeaker."""

import threading
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from callreview.audio.mix import Mix
from callreview.audio.output import (
    Loudspeaker,
    Output,
    SilentOutput,
    find_device,
)
from callreview.audio.prepared import PreparedAudio
from callreview.audio.stretch import FASTEST, SLOWEST
from callreview.audio.voice import Voice
from callreview.config.language import _
from callreview.domain.errors import EnvironmentProblem

Sound = npt.NDArray[np.float32]


class Player:
    """The transport of one recording at a time; any thread may call it.

    Without a sound device it runs silently by the clock and `problem` says why. `on_state` is
    called, from any thread, when `playing`, `available` or `problem` changes by itself or by a call;
    it must not call the player back from there.
    """

    def __init__(self, on_state: Callable[[], None] | None = None) -> None:
        self.on_state = on_state
        self.available = False
        self.problem: str | None = None
        self._lock = threading.RLock()
        self._mix: Mix | None = None
        self._voice: Voice | None = None
        self._output: Output | None = None
        self._playing = False
        self._position = 0.0
        self._speed = 1.0
        self._generation = 0
        # Loading PortAudio takes up to 1.5 s, so it happens beside the start of the window.
        self._look_for_device(again=False)

    @property
    def playing(self) -> bool:
        """Whether sound is running, or about to."""
        return self._playing

    @property
    def speed(self) -> float:
        """How many times the recorded speed."""
        return self._speed

    @property
    def duration_s(self) -> float:
        """Length of what is loaded, seconds; 0 when nothing is."""
        mix = self._mix
        return mix.frames / mix.rate if mix else 0.0

    @property
    def position_s(self) -> float:
        """The place of the recording that is heard now, seconds in its own clock."""
        voice, output, mix = self._voice, self._output, self._mix
        if voice is None or output is None or mix is None:
            return self._position
        return voice.source_at(output.now()) / mix.rate

    def load(self, prepared: PreparedAudio) -> None:
        """Take up a recording, paused at its start, with every lane audible and nothing masked."""
        with self._lock:
            self._halt()
            self._mix = Mix(prepared)
            self._position = 0.0
        self._tell()

    def play(self) -> None:
        """Play on from the present position, or from the start when it is the end."""
        with self._lock:
            if self._mix is None or self._playing:
                return
            if self._position >= self.duration_s:
                self._position = 0.0
            self._playing = True
            self._begin()
            if not self.available and not self._looking:
                self._look_for_device(again=True)
        self._tell()

    def pause(self) -> None:
        """Stop at the place that is heard now."""
        with self._lock:
            if not self._playing:
                return
            self._halt()
        self._tell()

    def seek(self, position_s: float) -> None:
        """Go to a place, seconds, cut to the recording; if playing, it is heard at once."""
        with self._lock:
            place_s = min(max(position_s, 0.0), self.duration_s)
            if self._playing:
                self._restart(place_s)
            else:
                self._position = place_s

    def set_speed(self, speed: float) -> None:
        """Play `speed` times as fast, pitch unchanged; cut to 0.5..3."""
        with self._lock:
            self._speed = min(max(speed, SLOWEST), FASTEST)
            if self._voice is not None:
                self._voice.set_speed(self._speed)

    def set_channel_gains(self, gains: Sequence[float]) -> None:
        """Set how loud each channel is, 0..1, to mute or isolate lanes; ValueError if not one each."""
        if self._mix is not None:
            self._mix.set_gains(gains)

    def set_muted_spans(self, spans: Iterable[tuple[float, float]]) -> None:
        """Make spans (start_s, end_s) of the recording silent, such as spoken card numbers."""
        if self._mix is not None:
            self._mix.set_muted(spans)

    def close(self) -> None:
        """Stop and give the device back."""
        self._finder.join()
        with self._lock:
            self._halt()
            self._drop_output()

    def _look_for_device(self, *, again: bool) -> None:
        self._looking = True
        self._finder = threading.Thread(
            target=self._find, args=(again,), name="find-sound", daemon=True
        )
        self._finder.start()

    def _find(self, again: bool) -> None:
        problem = None
        try:
            find_device(again=again)
        except EnvironmentProblem as error:
            problem = str(error)
        with self._lock:
            self._looking = False
            self.problem, self.available = problem, problem is None
            # Play was pressed before the device was known, or runs silently until now.
            if self._playing and (self._voice is None or self.available):
                self._restart(self.position_s)
        self._tell()

    def _restart(self, position_s: float) -> None:
        """Go on from a place; the caller holds the lock."""
        self._halt()
        self._position = position_s
        self._playing = True
        self._begin()

    def _begin(self) -> None:
        """Start a device at the present position; the caller holds the lock."""
        mix = self._mix
        if mix is None or (self._looking and not self.available and self._output is None):
            return
        start = round(self._position * mix.rate)
        try:
            output = self._loudspeaker(mix.rate) if self.available else self._silence()
            self._voice = Voice(mix, output.rate, start, self._speed)
            output.start()
        except EnvironmentProblem as error:
            self.available, self.problem = False, str(error)
            output = self._silence()
            self._voice = Voice(mix, output.rate, start, self._speed)
            output.start()
            self._tell()

    def _loudspeaker(self, rate: int) -> Output:
        """Keep the open device when it serves this rate, else open one."""
        kept = self._output
        if isinstance(kept, Loudspeaker) and kept.wanted_rate == rate:
            return kept
        self._drop_output()
        self._output = Loudspeaker(rate, self._fill, self._on_ended)
        return self._output

    def _silence(self) -> Output:
        self._drop_output()
        self._output = SilentOutput(self._fill, self._on_ended)
        return self._output

    def _drop_output(self) -> None:
        if self._output is not None:
            self._output.close()
        self._output = None

    def _halt(self) -> None:
        """Stop the device and keep the place that was heard; the caller holds the lock."""
        if self._playing and self._voice is not None and self._output is not None:
            self._position = self.position_s
            self._output.abort()
        self._generation += 1
        self._voice = None
        self._playing = False

    def _fill(self, frames: int, heard_at: float) -> tuple[Sound, bool]:
        voice = self._voice
        if voice is None:
            return np.zeros(frames, dtype=np.float32), False
        sound = voice.render(frames, heard_at)
        return sound, voice.done

    def _on_ended(self) -> None:
        """Hand over from the device's thread, which must not wait for a lock that waits for it."""
        generation = self._generation
        threading.Thread(
            target=self._end, args=(generation,), name="sound-ended", daemon=True
        ).start()

    def _end(self, generation: int) -> None:
        with self._lock:
            if generation != self._generation or self._voice is None:
                return
            if self._voice.done:
                self._halt()
                self._position = self.duration_s
            else:
                # Said before it stops, so that nobody sees it stopped without the reason.
                self.available = False
                self.problem = _("The sound device is gone. Connect one and press play again.")
                self._halt()
                self._drop_output()
        self._tell()

    def _tell(self) -> None:
        # The window may let go of it between a look and a call.
        on_state = self.on_state
        if on_state is not None:
            on_state()
