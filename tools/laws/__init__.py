"""The laws of the house that are checked by reading the source; `tests/house` and `./opstap check` call them."""
