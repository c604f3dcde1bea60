"""Days and shifts by themselves: who works which kind of shift on which day, when runs, rest, weekends and wishes are all that counts."""
