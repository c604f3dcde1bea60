"""The benchmarks, each with its peer and its limit: `./opstap bench`."""
