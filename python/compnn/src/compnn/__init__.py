"""Which training pixels made a network do that, and what happens if they change?"""

from ._errors import CompNNError, CompNNFault

__all__ = ["CompNNError", "CompNNFault"]
