#!/usr/bin/env python3
"""The peer: rows, cells and the sum of numbers by lxml, as its users stream a large file."""
import sys
from decimal import Decimal
from lxml import etree

SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
rows = cells = 0
total = Decimal(0)
for _, row in etree.iterparse(sys.argv[1], tag=SS + "Row"):
    rows += 1
    for data in row.iter(SS + "Data"):
        cells += 1
        if data.get(SS + "Type") == "Number":
            total += Decimal(data.text)
    row.clear()
    while row.getprevious() is not None:
        del row.getparent()[0]
print(rows, cells, total)
