"""The page."""

from __future__ import annotations

import webbrowser
from typing import TYPE_CHECKING, Any, Optional, Union

from ._process import Server, flags
from .database import Database

if TYPE_CHECKING:
    import os


class Page:
    """The page over a database, served to browsers of this machine until :meth:`close`, or until the interpreter ends.

    Attributes:
        address: where it is.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self.address = server.address

    def close(self) -> None:
        """Ends it."""
        self._server.close()

    def __repr__(self) -> str:
        return f"<Page {self.address}>"

    def _repr_html_(self) -> str:
        return f'<a href="{self.address}" target="_blank">{self.address}</a>'


_pages: list[Page] = []


def serve(
    database: "Union[Database, str, os.PathLike[str]]",
    data: "Union[str, os.PathLike[str], None]" = None,
    *,
    port: int = 0,
    open_browser: bool = True,
    **settings: Any,
) -> Page:
    """Serves the page to explore a database, opens it in a browser and returns at once.

    Args:
        database: an open one, or a database's folder.
        data: a data set of pictures to choose from and to judge.
        port: any free one unless said.
        open_browser: whether a browser is to be opened.
        settings: those of ``compnn serve``, such as ``token=True`` on a machine that others use too.
    """
    path = database.path if isinstance(database, Database) else database
    token = bool(settings.pop("token", False))
    arguments = [str(path), "--port", str(port), *([] if data is None else ["--data", str(data)]), *flags(settings)]
    page = Page(Server(arguments, token=token))
    # Kept as long as the interpreter, whether or not anybody keeps what is returned.
    _pages.append(page)
    if open_browser:
        webbrowser.open(page.address)
    return page
