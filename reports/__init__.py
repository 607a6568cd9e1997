"""The evaluation workbook, the fill-in form, and the printed tables."""
