"""A hub of models on this computer that speaks what the hub's client asks, and can misbehave."""

import hashlib
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

REVISION = "0123456789abcdef0123456789abcdef01234567"
PIECE = 1 << 16
LARGE = ".bin"


class LocalHub:
    """One repository, `name`, with the files of `folder`.

    `cut_at`: answers for `model.bin` break off after so many bytes, each number once. `damaged`:
    files that arrive with a wrong byte. `pause_s`: between pieces of 64 kB. `requests` keeps what
    was asked: (path, Range header).
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder
        self.cut_at: list[int] = []
        self.damaged: set[str] = set()
        self.pause_s = 0.0
        self.requests: list[tuple[str, str]] = []

    def ranges_of(self, file: str) -> list[str]:
        """The ranges in which a file was asked for."""
        return [wanted for path, wanted in self.requests if path.endswith(f"/{file}")]

    def description(self) -> dict[str, object]:
        """What the hub says of the repository and its files."""
        files = [self._described(path) for path in sorted(self.folder.iterdir())]
        return {"_id": "1", "id": self.name, "modelId": self.name, "sha": REVISION} | {
            "private": False,
            "tags": [],
            "downloads": 0,
            "siblings": files,
        }

    def _described(self, path: Path) -> dict[str, object]:
        content = path.read_bytes()
        blob = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
        said: dict[str, object] = {"rfilename": path.name, "size": len(content), "blobId": blob}
        if LARGE in path.name:
            digest = hashlib.sha256(content).hexdigest()
            said["lfs"] = {"sha256": digest, "size": len(content), "pointerSize": 134}
        return said

    def content(self, file: str) -> bytes | None:
        """The bytes of a file as they are sent."""
        path = self.folder / file
        if not path.is_file():
            return None
        content = bytearray(path.read_bytes())
        if file in self.damaged:
            content[len(content) // 2] ^= 1
        return bytes(content)


@contextmanager
def running(hub: LocalHub) -> Iterator[str]:
    """Serve the hub; its address, for HF_ENDPOINT."""
    server = _Server(hub)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, hub: LocalHub) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.hub = hub


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        hub = self.server.hub
        path = urlsplit(self.path).path
        wanted = self.headers.get("Range", "")
        hub.requests.append((path, wanted))
        if path.startswith(f"/api/models/{hub.name}"):
            self._send(200, json.dumps(hub.description()).encode())
            return
        file = path.removeprefix(f"/{hub.name}/resolve/{REVISION}/")
        content = hub.content(file)
        if content is None:
            self._send(404, b"{}", {"X-Error-Code": "RepoNotFound"})
        else:
            self._send_file(file, content, wanted)

    def _send_file(self, file: str, content: bytes, wanted: str) -> None:
        headers = {"ETag": '"1"', "X-Repo-Commit": REVISION, "Accept-Ranges": "bytes"}
        start = int(wanted.removeprefix("bytes=").split("-")[0]) if wanted else 0
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        cuts = self.server.hub.cut_at
        cut = cuts.pop(0) if cuts and file == "model.bin" else None
        self._send(206 if start else 200, content[start:], headers, cut)

    def _send(
        self,
        code: int,
        content: bytes,
        headers: Mapping[str, str] = MappingProxyType({}),
        cut: int | None = None,
    ) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.close_connection = cut is not None
        try:
            self._send_pieces(content[:cut])
        except ConnectionError:
            self.close_connection = True

    def _send_pieces(self, content: bytes) -> None:
        for at in range(0, len(content), PIECE):
            self.wfile.write(content[at : at + PIECE])
            if len(content) > PIECE:
                time.sleep(self.server.hub.pause_s)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""
