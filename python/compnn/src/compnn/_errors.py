"""What can go wrong."""


class CompNNError(Exception):
    """Something that whoever calls can mend, in one line: what was expected, what was found, what to do."""


class CompNNFault(Exception):
    """A fault of the program's own; the message holds what it said of it."""


class _Expired(Exception):
    """The program no longer keeps an answer; it is to be asked for again."""
