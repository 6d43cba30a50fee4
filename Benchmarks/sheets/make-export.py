#!/usr/bin/env python3
"""Writes a SpreadsheetML 2003 export of ROWS rows by 12 columns, as a finance system would.

    make-export.py ROWS FILE
"""
import random, sys

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
 <Styles>
  <Style ss:ID="Default" ss:Name="Normal"/>
  <Style ss:ID="s21"><NumberFormat ss:Format="Short Date"/></Style>
  <Style ss:ID="s22"><NumberFormat ss:Format="Standard"/></Style>
 </Styles>
 <Worksheet ss:Name="Ledger">
  <Table>
"""
NAMES = ["Cost centre", "Account", "Account name", "Period", "Date", "Document", "Line", "Supplier", "Description", "Net", "VAT", "Gross"]


def text(value):
    return f'    <Cell><Data ss:Type="String">{value}</Data></Cell>\n'


def number(value):
    return f'    <Cell><Data ss:Type="Number">{value}</Data></Cell>\n'


def main():
    rows, path = int(sys.argv[1]), sys.argv[2]
    rng = random.Random(2003)
    accounts = [(10_000 + 7 * n, f"Account no. {n} &amp; more") for n in range(200)]
    words = ["Training venue", "Independent chair – fee", "Agency social worker", "Café for learning event", "Printing £ invoice", "Recharge", "Conference"]
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(HEAD)
        file.write("   <Row>\n" + "".join(text(n) for n in NAMES) + "   </Row>\n")
        for n in range(rows - 1):
            code, name = accounts[rng.randrange(200)]
            pence = rng.randint(-200_000, 2_000_000)
            vat = pence // 5
            file.write(
                "   <Row>\n" + text(f"LS{100 + n % 40}") + number(code) + text(name) + number(n % 12 + 1)
                + f'    <Cell ss:StyleID="s21"><Data ss:Type="DateTime">2018-{n % 12 + 1:02}-{n % 28 + 1:02}T00:00:00.000</Data></Cell>\n'
                + text(f"INV{n:07}") + number(n % 9 + 1) + text(f"Supplier {n % 5_000}") + text(f"{words[n % 7]} {n}")
                + "".join(f'    <Cell ss:StyleID="s22"><Data ss:Type="Number">{p / 100:.2f}</Data></Cell>\n' for p in (pence, vat, pence + vat)) + "   </Row>\n")
        file.write("  </Table>\n </Worksheet>\n</Workbook>\n")


main()
