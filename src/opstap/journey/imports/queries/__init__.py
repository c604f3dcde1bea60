"""Lists within reach, their rows in words, and who each row is about."""
