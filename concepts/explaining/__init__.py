"""What a name means, where it comes from and what it is used for, in the reader's language."""

from concepts.explaining.answering import answer, explain, names
from concepts.explaining.known import Known

__all__ = ["Known", "answer", "explain", "names"]
