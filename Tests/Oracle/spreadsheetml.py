"""A reader of SpreadsheetML 2003 that shares nothing with the program: the whole tree, by ElementTree."""
import xml.etree.ElementTree as ET
from fractions import Fraction

SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
KINDS = {"Number": "numbers", "DateTime": "dates", "Boolean": "booleans", "Error": "errors"}


def cells(data):
    """Yields (sheet, row, column, type, text) of every cell that isn't empty."""
    for sheet in ET.fromstring(data).iter(SS + "Worksheet"):
        name = sheet.get(SS + "Name")
        row_number = 0
        for row in sheet.iter(SS + "Row"):
            row_number = int(row.get(SS + "Index", row_number + 1))
            column = 0
            for cell in row.findall(SS + "Cell"):
                column = int(cell.get(SS + "Index", column + 1))
                content = cell.find(SS + "Data")
                if content is not None:
                    text = "".join(content.itertext())
                    kind = content.get(SS + "Type", "String")
                    if kind not in ("String", "Text"):
                        text = text.strip()
                    if text:
                        yield name, row_number, column, kind, text
                column += int(cell.get(SS + "MergeAcross", 0))
            row_number += int(row.get(SS + "Span", 0))


def decimal(value):
    """An exact decimal in plain digits."""
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    whole = abs(value * 10**digits).numerator
    text = str(whole).rjust(digits + 1, "0")
    text = text[: len(text) - digits] + ("." + text[-digits:] if digits else "")
    return ("-" if value < 0 else "") + text


def summary(data):
    sheets, order = {}, []
    for sheet in ET.fromstring(data).iter(SS + "Worksheet"):
        name = sheet.get(SS + "Name")
        order.append(name)
        sheets[name] = {"sheet": name, "rows": set(), "cells": 0, "numbers": 0, "dates": 0, "booleans": 0, "errors": 0, "texts": 0, "sum": Fraction(0)}
    for name, row, _, kind, text in cells(data):
        entry = sheets[name]
        entry["rows"].add(row)
        entry["cells"] += 1
        entry[KINDS.get(kind, "texts")] += 1
        if kind == "Number":
            entry["sum"] += Fraction(text)
    return [{**sheets[n], "rows": len(sheets[n]["rows"]), "sum": decimal(sheets[n]["sum"])} for n in order]
