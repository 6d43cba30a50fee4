"""python-calamine loads every sheet of a workbook, and does nothing with it."""
import sys
import python_calamine

book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
for name in book.sheet_names:
    book.get_sheet_by_name(name)
