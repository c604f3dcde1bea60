"""One read for one page, as a frozen value; the first argument is who looks."""
