"""The evaluation workbook, one sheet a module."""
