import platform
import subprocess
import sys

import pytest

FOUR_THREADS = """
import ctypes, threading
from callreview.pipeline.heap import share_one_heap

c = ctypes.CDLL(None)
c.malloc.restype = c.fdopen.restype = ctypes.c_void_p
{first}
taken, enough = threading.Barrier(5), threading.Barrier(5)

def take():
    c.malloc(100_000)
    taken.wait()
    enough.wait()

for _ in range(4):
    threading.Thread(target=take).start()
taken.wait()
out = ctypes.c_void_p(c.fdopen(1, b"w"))
c.malloc_info(0, out)
c.fflush(out)
enough.wait()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="a matter of the GNU C library")
@pytest.mark.parametrize(("first", "heaps"), [("share_one_heap()", 1), ("", 5)])
def test_threads_take_memory_from_one_heap(first: str, heaps: int) -> None:
    code = FOUR_THREADS.format(first=first)
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.count("<heap nr=") == heaps
