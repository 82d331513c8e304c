"""HTML to PDF, by PlutoPrint, without a browser and without network."""

import io
from pathlib import Path

import plutoprint


class _NothingToFetch(plutoprint.ResourceFetcher):
    """A page that is complete has nothing to fetch; what asks for more is refused."""

    def fetch_url(self, url: str) -> plutoprint.ResourceData:
        raise PermissionError(f"a report fetches nothing, not {url[:80]}")


def write_pdf(html: str, path: Path) -> None:
    """Write a self-contained page as A4; raises OSError when the file cannot be written."""
    book = plutoprint.Book(plutoprint.PAGE_SIZE_A4)
    book.custom_resource_fetcher = _NothingToFetch()
    book.load_html(html)
    # In memory first: PlutoPrint does not tell when a file could not be written.
    document = io.BytesIO()
    book.write_to_pdf_stream(document)
    path.write_bytes(document.getvalue())
