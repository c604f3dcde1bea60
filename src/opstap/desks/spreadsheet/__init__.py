"""The desk without a server: two spreadsheets in, one workbook of explained proposals out."""
