"""The sheets of the workbook, one per file: rows of the round in the words of a coordinator."""
