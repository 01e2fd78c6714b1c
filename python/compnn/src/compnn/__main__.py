"""``python -m compnn`` is the command ``compnn``."""

from ._program import main

main()
