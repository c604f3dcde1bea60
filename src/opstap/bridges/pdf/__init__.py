"""Paper: letters as tagged PDF."""

from opstap.bridges.pdf.data import Answer, LetterData, Sender
from opstap.bridges.pdf.letters import letter, letters

__all__ = ["Answer", "LetterData", "Sender", "letter", "letters"]
