"""From a spreadsheet to rows of a list, each settled against what the product knows."""
