#!/usr/bin/env python3
"""Writes a ledger export of ROWS rows by 12 columns, as a finance system or spreadsheet program would.

    make-export.py ROWS FILE

The file's ending says which format: .xml (SpreadsheetML 2003), .xlsx (by XlsxWriter), .ods and .fods
(spelt as LibreOffice spells them). All hold the same cells.
"""
import datetime, random, sys, zipfile
from xml.sax.saxutils import escape

NAMES = ["Cost centre", "Account", "Account name", "Period", "Date", "Document", "Line", "Supplier", "Description", "Net", "VAT", "Gross"]
WORDS = ["Training venue", "Independent chair – fee", "Agency social worker", "Café for learning event", "Printing £ invoice", "Recharge", "Conference"]


def ledger(rows):
    rng = random.Random(2003)
    accounts = [(10_000 + 7 * n, f"Account no. {n} & more") for n in range(200)]
    for n in range(rows - 1):
        code, name = accounts[rng.randrange(200)]
        pence = rng.randint(-200_000, 2_000_000)
        vat = pence // 5
        yield (f"LS{100 + n % 40}", code, name, n % 12 + 1, datetime.date(2018, n % 12 + 1, n % 28 + 1), f"INV{n:07}", n % 9 + 1,
               f"Supplier {n % 5_000}", f"{WORDS[n % 7]} {n}", pence, vat, pence + vat)


AMOUNTS = (9, 10, 11)


def spreadsheet_ml(rows, path):
    def cell(index, value):
        if isinstance(value, str):
            return f'    <Cell><Data ss:Type="String">{escape(value)}</Data></Cell>\n'
        if isinstance(value, datetime.date):
            return f'    <Cell ss:StyleID="s21"><Data ss:Type="DateTime">{value}T00:00:00.000</Data></Cell>\n'
        if index in AMOUNTS:
            return f'    <Cell ss:StyleID="s22"><Data ss:Type="Number">{value / 100:.2f}</Data></Cell>\n'
        return f'    <Cell><Data ss:Type="Number">{value}</Data></Cell>\n'

    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write("""<?xml version="1.0" encoding="UTF-8"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
 <Styles>
  <Style ss:ID="Default" ss:Name="Normal"/>
  <Style ss:ID="s21"><NumberFormat ss:Format="Short Date"/></Style>
  <Style ss:ID="s22"><NumberFormat ss:Format="Standard"/></Style>
 </Styles>
 <Worksheet ss:Name="Ledger">
  <Table>
""")
        file.write("   <Row>\n" + "".join(cell(0, n) for n in NAMES) + "   </Row>\n")
        for row in ledger(rows):
            file.write("   <Row>\n" + "".join(cell(i, v) for i, v in enumerate(row)) + "   </Row>\n")
        file.write("  </Table>\n </Worksheet>\n</Workbook>\n")


def xlsx(rows, path):
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Ledger")
    date, money = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "#,##0.00"})
    for column, name in enumerate(NAMES):
        sheet.write_string(0, column, name)
    for n, row in enumerate(ledger(rows), 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(n, column, value)
            elif isinstance(value, datetime.date):
                sheet.write_datetime(n, column, value, date)
            elif column in AMOUNTS:
                sheet.write_number(n, column, value / 100, money)
            else:
                sheet.write_number(n, column, value)
    book.close()


SCOPE = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for p, n in (
    ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("number", "datastyle"))) \
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def open_document_rows(rows):
    def cell(index, value):
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string" calcext:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
        if isinstance(value, datetime.date):
            return f'<table:table-cell table:style-name="ce1" office:value-type="date" office:date-value="{value}" calcext:value-type="date"><text:p>{value:%d/%m/%Y}</text:p></table:table-cell>'
        if index in AMOUNTS:
            plain = f"{value / 100:.2f}".rstrip("0").rstrip(".")
            return f'<table:table-cell table:style-name="ce2" office:value-type="float" office:value="{plain}" calcext:value-type="float"><text:p>{value / 100:,.2f}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="float" office:value="{value}" calcext:value-type="float"><text:p>{value}</text:p></table:table-cell>'

    yield '<office:spreadsheet><table:table table:name="Ledger" table:style-name="ta1"><table:table-column table:number-columns-repeated="12"/>'
    yield '<table:table-row table:style-name="ro1">' + "".join(cell(0, n) for n in NAMES) + "</table:table-row>"
    for row in ledger(rows):
        yield '<table:table-row table:style-name="ro1">' + "".join(cell(i, v) for i, v in enumerate(row)) + "</table:table-row>"
    yield "</table:table></office:spreadsheet>"


def fods(rows, path):
    with open(path, "w", encoding="utf-8") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {SCOPE} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body>')
        for part in open_document_rows(rows):
            file.write(part)
        file.write("</office:body></office:document>")


def ods(rows, path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>""")
        with archive.open("content.xml", "w", force_zip64=True) as file:
            file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {SCOPE} office:version="1.3"><office:body>'.encode())
            for part in open_document_rows(rows):
                file.write(part.encode())
            file.write(b"</office:body></office:document-content>")


if __name__ == "__main__":
    rows, path = int(sys.argv[1]), sys.argv[2]
    writer = {"xml": spreadsheet_ml, "xlsx": xlsx, "ods": ods, "fods": fods}
    ending = next(e for e in ("fods", "ods", "xlsx", "xml") if e in path.split("/")[-1].split("."))
    writer[ending](rows, path)
