"""Spreadsheets in and out: tolerant of how people write, exact about what could not be read.

`people.read_people` and `places.read_places` read, `duplicates.find_duplicates` pairs what may be one person,
`problems.FileRefused` says why a file as a whole cannot be read.
"""
