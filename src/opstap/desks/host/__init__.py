"""The host's desk: own places, who is proposed, and an answer in two clicks."""
