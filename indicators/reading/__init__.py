"""From a spreadsheet as people write it to a dataset."""
