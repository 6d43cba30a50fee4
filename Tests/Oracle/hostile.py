#!/usr/bin/env python3
"""Files that mean harm, made on the spot: each is refused with a reason, in little memory and time.

    hostile.py --program .build/release/outturn [--timings]

Nothing may take more than 256 MB or 30 seconds (a guard against hangs, not a measurement; `--timings`
prints what each took), end by a signal, or be taken for whole.
"""
import argparse, io, os, pathlib, random, struct, subprocess, sys, tempfile, time, zipfile, zlib

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SS = "urn:schemas-microsoft-com:office:spreadsheet"
SCOPE = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text", "style"))


# MARK: Sound files with one thing put in

def spreadsheet_ml(rows, before=""):
    return f'<?xml version="1.0"?>{before}<Workbook xmlns="{SS}" xmlns:ss="{SS}"><Worksheet ss:Name="S"><Table>{rows}</Table></Worksheet></Workbook>'.encode()


def cell(text, kind="String"):
    return f'<Row><Cell><Data ss:Type="{kind}">{text}</Data></Cell></Row>'


def flat(rows, before=""):
    return f'<?xml version="1.0"?>{before}<office:document {SCOPE}><office:body><office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document>'.encode()


def xlsx_parts(sheet, **changes):
    parts = {
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="{RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets><sheet name="S" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="{RELS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    return parts | {name.replace("__", "/").replace("_xml", ".xml"): text for name, text in changes.items()}


def worksheet(rows, after=""):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def zipped(parts, level=6):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


ONE = worksheet('<row r="1"><c r="A1"><v>1</v></c></row>')


def raw_zip(entries, comment=b""):
    """Entries as (name, data, changes), where changes may lie: local_name, crc, size, packed, offset, flags, method."""
    body, directory = b"", b""
    for name, data, lies in entries:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = lies.get("packed") or packer.compress(data) + packer.flush()
        crc, size = lies.get("crc", zlib.crc32(data)), lies.get("size", len(data))
        offset, flags, method = lies.get("offset", len(body)), lies.get("flags", 0), lies.get("method", 8)
        local = lies.get("local_name", name).encode()
        body += struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, flags, method, 0, 0, crc, len(packed), lies.get("local_size", size), len(local), 0) + local + packed
        directory += struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, flags, method, 0, 0, crc, len(packed), size, len(name.encode()), 0, 0, 0, 0, 0, offset) + name.encode()
    return body + directory + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(entries), len(entries), len(directory), len(body), len(comment)) + comment


def with_entry(name, data, **lies):
    return raw_zip([(n, t.encode(), {}) for n, t in xlsx_parts(ONE).items() if n != name] + [(name, data, lies)])


def incompressible(size):
    return random.Random(31).randbytes(size).hex().encode()


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def files():
    """Name, ending, bytes, and whether it may be read after all."""
    # Bombs
    yield "sheet of blanks, 1,000 to 1", "xlsx", zipped(xlsx_parts(worksheet(" " * 200_000_000)))
    yield "bomb that lies about its size", "xlsx", with_entry("xl/worksheets/sheet1.xml", worksheet(" " * 50_000_000).encode(), size=500, local_size=500)
    yield "bomb in the texts", "xlsx", zipped(xlsx_parts(ONE, xl__sharedStrings_xml=f'<sst xmlns="{MAIN}">' + "<si><t></t></si>" * 30_000_000 + "</sst>"), 1)
    texts = incompressible(75_000_000)
    yield "150 MB of texts", "xlsx", zipped(xlsx_parts(ONE, xl__sharedStrings_xml=f'<sst xmlns="{MAIN}">'.encode() + b"".join(b"<si><t>" + texts[i : i + 30_000] + b"</t></si>" for i in range(0, len(texts), 30_000)) + b"</sst>"), 1)
    yield "parts that overlap", "xlsx", raw_zip([(n, t.encode(), {}) for n, t in xlsx_parts(ONE).items()] + [("one", b"x" * 1000, {}), ("two", b"x" * 1000, {"offset": 0})])
    shared = b"\0" * 1000
    yield "a thousand parts of one block", "xlsx", raw_zip([("a0", shared, {})] + [(f"a{n}", shared, {"offset": 0, "packed": b"\3\0"}) for n in range(1, 900)])
    yield "1,001 parts", "xlsx", zipped(xlsx_parts(ONE) | {f"x{n}": "" for n in range(1001)})
    yield "content bomb", "ods", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": "<m/>", "content.xml": " " * 300_000_000}, 1)
    # Archives that lie
    for name in ("../../etc/passwd", "/etc/passwd", "C:\\x", "a\0b", "xl\\..\\..\\x"):
        yield f"a part named {name!r}", "xlsx", raw_zip([(n, t.encode(), {}) for n, t in xlsx_parts(ONE).items()] + [(name, b"x", {})])
    yield "two sheets of one name", "xlsx", raw_zip([(n, t.encode(), {}) for n, t in xlsx_parts(ONE).items()] + [("xl/worksheets/sheet1.xml", ONE.encode(), {})])
    yield "another name in front", "xlsx", with_entry("xl/worksheets/sheet1.xml", ONE.encode(), local_name="xl/worksheets/sheet2.xml")
    yield "another size in front", "xlsx", with_entry("xl/worksheets/sheet1.xml", ONE.encode(), local_size=7)
    yield "another checksum", "xlsx", with_entry("xl/worksheets/sheet1.xml", ONE.encode(), crc=7)
    yield "data that isn't deflated", "xlsx", with_entry("xl/worksheets/sheet1.xml", ONE.encode(), packed=b"\xff" * 99)
    yield "encrypted", "xlsx", with_entry("xl/worksheets/sheet1.xml", ONE.encode(), flags=1)
    yield "compressed by LZMA", "xlsx", with_entry("xl/worksheets/sheet1.xml", ONE.encode(), method=14)
    yield "something behind the archive", "xlsx", zipped(xlsx_parts(ONE)) + b"x" * 70_000
    # Entities
    for what, entity in (("laughs", LAUGHS), ("an outside file", OUTSIDE), ("an empty DOCTYPE", "<!DOCTYPE x>"), ("an outside DTD", '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">')):
        yield f"{what} in SpreadsheetML", "xml", spreadsheet_ml(cell("&c;" if what == "laughs" else "&a;" if "file" in what else "x"), entity)
        yield f"{what} in a flat sheet", "fods", flat("", entity)
        yield f"{what} in a worksheet", "xlsx", zipped(xlsx_parts(entity + ONE))
        yield f"{what} in the texts", "xlsx", zipped(xlsx_parts(ONE, xl__sharedStrings_xml=entity + f'<sst xmlns="{MAIN}"/>'))
        yield f"{what} in the styles", "xlsx", zipped(xlsx_parts(ONE, xl__styles_xml=entity + f'<styleSheet xmlns="{MAIN}"/>'))
    # Shapes
    for n in (100, 100_000):
        yield f"{n:,} elements inside one another", "xml", spreadsheet_ml("<x>" * n + "</x>" * n)
    yield "40,000 attributes on one tag", "xml", spreadsheet_ml("<Row " + " ".join(f'a{n}=""' for n in range(40_000)) + "/>")
    yield "300 attributes on one tag", "xml", spreadsheet_ml("<Row " + " ".join(f'a{n}=""' for n in range(300)) + "/>")
    yield "a million names", "xml", spreadsheet_ml("".join(f"<n{n}/>" for n in range(1_000_000)))
    yield "a million names in a sheet", "xlsx", zipped(xlsx_parts(worksheet("".join(f"<n{n}/>" for n in range(1_000_000)))), 1)
    yield "a cell of 50 MB", "xml", spreadsheet_ml(cell("x" * 50_000_000))
    yield "a cell of 33,000 letters", "xml", spreadsheet_ml(cell("é" * 33_000))
    yield "a row of 30 MB", "xml", spreadsheet_ml("<Row>" + '<Cell><Data ss:Type="String">' + "</Data></Cell><Cell><Data ss:Type=\"String\">".join(["y" * 30_000] * 1000) + "</Data></Cell></Row>")
    yield "a comment of 50 MB", "xml", spreadsheet_ml("<!--" + "c" * 50_000_000 + "-->")
    yield "a CDATA section of 50 MB", "xml", spreadsheet_ml(cell("<![CDATA[" + "c" * 50_000_000 + "]]>"))
    yield "an instruction of 50 MB", "xml", spreadsheet_ml("<?p " + "c" * 50_000_000 + "?>")
    yield "an attribute of 50 MB", "xml", spreadsheet_ml('<Row a="' + "c" * 50_000_000 + '"/>')
    yield "a name of 50 MB", "xml", spreadsheet_ml("<" + "c" * 50_000_000 + "/>")
    yield "a reference without end", "xml", spreadsheet_ml(cell("&" + "c" * 50_000_000))
    yield "a thousand namespaces", "xml", spreadsheet_ml("<Row " + " ".join(f'xmlns:a{n}="u{n}"' for n in range(1_000)) + "/>")
    yield "sheets without end", "xml", f'<?xml version="1.0"?><Workbook xmlns="{SS}" xmlns:ss="{SS}">'.encode() + b"<Worksheet><Table/></Worksheet>" * 200_000 + b"</Workbook>"
    yield "merges without end", "xlsx", zipped(xlsx_parts(worksheet("", "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 2_000_000 + "</mergeCells>")), 1)
    yield "formats without end", "xlsx", zipped(xlsx_parts(ONE, xl__styles_xml=f'<styleSheet xmlns="{MAIN}"><cellXfs>' + '<xf numFmtId="1"/>' * 200_000 + "</cellXfs></styleSheet>"))
    yield "a cell's text of 60 MB in runs", "xlsx", zipped(xlsx_parts(ONE, xl__sharedStrings_xml=f'<sst xmlns="{MAIN}"><si>' + "<r><t>abcdefgh</t></r>" * 3_000_000 + "</si></sst>"), 1)
    # Repeats
    everywhere = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>'
    yield "172 bytes that claim 17,000,000,000 cells", "fods", flat(everywhere)
    yield "the same, zipped", "ods", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": "<m/>", "content.xml": flat(everywhere)})
    yield "the same, a row at a time", "fods", flat('<table:table-row><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>' * 2_000)
    yield "blanks without end", "fods", flat('<table:table-row><table:table-cell office:value-type="string"><text:p>a' + '<text:s text:c="9999999"/>' * 200 + "</text:p></table:table-cell></table:table-row>")
    # Text
    yield "a line of 100 MB", "csv", b"a,b\n" + b"x" * 100_000_000
    yield "a quotation without end", "csv", b'a,b\n"' + b"x,\n" * 20_000_000
    yield "20,000 columns", "csv", b"," * 20_000
    yield "16 million rows and more", "csv", b"1\n" * 17_000_000
    yield "noughts", "csv", b"a,b\0c\n"
    for name, data in (("pdf", b"%PDF-1.7\n"), ("xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500)), ("xls", b"<html><table><tr><td>1"), ("xls", b"")):
        yield f"a {name} of {len(data)} bytes", name, data
    # Binary workbooks
    def record(kind, data=b""):
        return struct.pack("<HH", kind, len(data)) + data

    def book(sheet, texts=b"", begin=record(0x809, struct.pack("<HH", 0x600, 5) + bytes(12))):
        entry = lambda at: record(0x85, struct.pack("<IBBBB", at, 0, 0, 1, 0) + b"S")
        head = len(begin + entry(0) + texts + record(10))
        return compound(begin + entry(head) + texts + record(10) + record(0x809, struct.pack("<HH", 0x600, 0x10) + bytes(12)) + sheet)

    number = lambda row, column: record(0x203, struct.pack("<HHHd", row, column, 0, 1.5))
    whole = book(number(0, 0) + number(0, 1) + record(10))
    for n in range(513, len(whole), 509):
        yield f"a binary workbook cut at {n}", "xls", whole[:n]
    yield "a binary sheet without an end", "xls", book(number(0, 0))
    yield "two values in a cell", "xls", book(number(0, 0) * 2 + record(10))
    yield "a cell in column 60,000", "xls", book(number(0, 60_000) + record(10))
    yield "a text that isn't there", "xls", book(record(0xFD, struct.pack("<HHHI", 0, 0, 0, 7)) + record(10))
    yield "four billion texts", "xls", book(record(10), record(0xFC, struct.pack("<II", 0, 0xFFFFFFFF)))
    long = record(0xFC, struct.pack("<IIHB", 1, 1, 8_000, 0) + b"x" * 8_000)
    yield "8 KB shown in 200,000 cells", "xls", book(b"".join(record(0xFD, struct.pack("<HHHI", n // 200, n % 200, 0, 0)) for n in range(200_000)) + record(10), long)
    yield "charts within charts", "xls", book(record(0x809, bytes(16)) * 2_000_000)
    yield "a sheet beyond the stream", "xls", compound(record(0x809, struct.pack("<HH", 0x600, 5) + bytes(12)) + record(0x85, struct.pack("<IBBBB", 0x7FFFFFFF, 0, 0, 1, 0) + b"S") + record(10))
    yield "a workbook with a password", "xls", compound(record(0x809, struct.pack("<HH", 0x600, 5) + bytes(12)) + record(0x2F, bytes(6)) + record(10))
    yield "a compound file without a workbook", "xls", compound(bytes(5_000), "WordDocument")
    yield "merges without end in a binary sheet", "xls", book(record(0xE5, struct.pack("<H", 1_000) + struct.pack("<HHHH", 0, 1, 0, 1) * 1_000) * 200 + record(10))
    looped = bytearray(whole)
    looped[512:516] = struct.pack("<I", 0)
    looped[48:52] = struct.pack("<I", 0)
    yield "a chain that comes back to itself", "xls", bytes(looped)
    yield "70 MB of a binary workbook", "xls", whole + bytes(70 << 20)
    # Cut short
    whole = spreadsheet_ml(cell("1.5", "Number") + cell("text"))
    for n in range(1, len(whole), 7):
        yield f"SpreadsheetML cut at {n}", "xml", whole[:n]
    whole = flat('<table:table-row><table:table-cell office:value-type="float" office:value="1.5"><text:p>1.5</text:p></table:table-cell></table:table-row>')
    for n in range(1, len(whole), 11):
        yield f"a flat sheet cut at {n}", "fods", whole[:n]
    whole = zipped(xlsx_parts(ONE))
    for n in range(4, len(whole), 13):
        yield f"a workbook cut at {n}", "xlsx", whole[:n]


def compound(stream, name="Workbook"):
    """A compound file with one stream: its table of sectors, its directory, and the stream."""
    stream += bytes(max(0, 4096 - len(stream)))
    count = -(-len(stream) // 512)
    tables = 1
    while tables * 128 < tables + 1 + count:
        tables += 1
    further = max(0, -(-(tables - 109) // 127))
    sectors = [0xFFFFFFFD] * tables + [0xFFFFFFFE] + [n + 1 for n in range(tables + 1, tables + count)] + [0xFFFFFFFE] + [0xFFFFFFFC] * further
    while len(sectors) > 128 * tables:
        tables += 1
        sectors.insert(0, 0xFFFFFFFD)
        sectors = sectors[:tables + 1] + [n + 1 for n in range(tables + 1, tables + count)] + [0xFFFFFFFE] + [0xFFFFFFFC] * further
    sectors += [0xFFFFFFFF] * (128 * tables - len(sectors))
    first = list(range(tables))
    start = tables + 1 + count
    chain = b"".join(struct.pack("<127II", *(first[109:][127 * n:127 * n + 127] + [0xFFFFFFFF] * 127)[:127], start + n + 1 if n + 1 < further else 0xFFFFFFFE) for n in range(further))
    header = CFB_MAGIC + bytes(16) + struct.pack("<HHHHH6xIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, tables, 0) + struct.pack("<IIIII", 4096, 0xFFFFFFFE, 0, start if further else 0xFFFFFFFE, further)
    header += struct.pack("<109I", *(first[:109] + [0xFFFFFFFF] * 109)[:109])

    def entry(title, kind, at, size, child=0xFFFFFFFF):
        wide = title.encode("utf-16-le") + b"\0\0"
        return wide + bytes(64 - len(wide)) + struct.pack("<HBBIII", len(wide), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36) + struct.pack("<IQ", at, size)

    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + entry(name, 2, tables + 1, len(stream)) + bytes(256)
    return header + struct.pack(f"<{len(sectors)}I", *sectors) + directory + stream + bytes(count * 512 - len(stream)) + chain


CFB_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--timings", action="store_true")
    options = arguments.parse_args()
    passed = failed = 0
    options.program = os.path.abspath(options.program)
    worst = slowest = (0, "")
    with tempfile.TemporaryDirectory() as scratch:
        for name, ending, data in files():
            path = pathlib.Path(scratch) / f"file.{ending}"
            path.write_bytes(data)
            start = time.monotonic()
            # A process that Python starts counts Python's own memory, so another program measures.
            child = subprocess.Popen(["/usr/bin/time", "-q", "-o", f"{scratch}/peak", "-f", "%M", options.program, "read", str(path), "--summary"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=scratch)
            problems = []
            try:
                errors = child.communicate(timeout=30)[1].decode(errors="replace")
            except subprocess.TimeoutExpired:
                subprocess.run(["pkill", "-P", str(child.pid)])
                errors = child.communicate()[1].decode(errors="replace")
                problems.append("took more than 30 seconds")
            took = time.monotonic() - start
            peak = int((pathlib.Path(scratch) / "peak").read_text() or 0) // 1024
            (pathlib.Path(scratch) / "peak").unlink()
            if child.returncode not in (1, 65):
                problems.append(f"ended with {child.returncode}")
            if ": error: E" not in errors:
                problems.append("gave no reason")
            if peak > 256:
                problems.append(f"took {peak} MB")
            if left := set(os.listdir(scratch)) - {path.name}:
                problems.append(f"left {left} behind")
            if problems:
                failed += 1
                print(f"{name}: {'; '.join(problems)}\n  {errors[:300]}")
            else:
                passed += 1
            worst, slowest = max(worst, (peak, name)), max(slowest, (took, name))
            if options.timings and took > 0.2:
                print(f"{took:6.2f} s {peak:5} MB  {name}: {errors.split(': error: ')[-1].splitlines()[0][:90]}")
            path.unlink()
    print(f"hostile: {passed + failed} files; most memory {worst[0]} MB ({worst[1]})" + (f"; longest {slowest[0]:.1f} s ({slowest[1]})" if options.timings else ""))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
