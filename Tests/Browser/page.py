#!/usr/bin/env python3
"""The HTML statement in headless Chromium: at desktop and phone width, and in print.

    page.py --program .build/release/outturn [--keep FOLDER]

What a picture can't tell a machine is measured in the page itself: figures end at one edge of their column,
nothing is wider than a phone's screen but the tables' own scrolling regions, every table has a caption and
scopes, and the printed pages hold every figure. --keep leaves the pictures for a person to look at.
"""
import argparse, html, json, pathlib, re, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=2000"]

MEASURE = """
<script>
window.addEventListener('load', () => {
  const out = {width: document.documentElement.scrollWidth, view: document.documentElement.clientWidth, tables: []};
  for (const table of document.querySelectorAll('table')) {
    const edges = {};
    for (const row of table.querySelectorAll('tbody tr')) {
      [...row.querySelectorAll('td:not(.word):not([colspan])')].forEach((cell) => {
        const range = document.createRange();
        // A figure that opens is its summary.
        range.selectNodeContents(cell.querySelector('summary') ?? cell);
        (edges[cell.cellIndex] ||= []).push(range.getBoundingClientRect().right);
      });
    }
    const spread = Math.max(0, ...Object.values(edges).map(e => Math.max(...e) - Math.min(...e)));
    out.tables.push({caption: table.caption?.textContent ?? '', spread,
      columns: table.querySelectorAll('thead th[scope=col]').length, rows: table.querySelectorAll('tbody tr:not(.explained) th[scope=row]').length,
      bare: table.querySelectorAll('tbody tr:not(.group):not(.explained) > td:first-child').length,
      colours: new Set([...table.querySelectorAll('tbody tr:not(.explained) td')].map(c => getComputedStyle(c).color)).size});
  }
  const pre = document.createElement('pre');
  pre.id = 'measured';
  pre.textContent = JSON.stringify(out);
  document.body.append(pre);
});
</script>
"""


def measured(page, width, scratch):
    path = scratch / "measured.html"
    path.write_text(page.replace("</body>", MEASURE + "</body>"))
    dom = subprocess.run([*CHROMIUM, f"--window-size={width},900", "--dump-dom", str(path)], capture_output=True, text=True, check=True).stdout
    return json.loads(html.unescape(re.search(r'<pre id="measured">(.*?)</pre>', dom, re.S)[1]))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--keep")
    options = arguments.parse_args()
    passed, problems = 0, []

    def expect(condition, what):
        nonlocal passed
        if condition:
            passed += 1
        else:
            problems.append(what)

    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(options.keep or folder)
        scratch.mkdir(exist_ok=True)
        new = scratch / "new"
        subprocess.run([options.program, "new", str(new), "--year", "2026-27"], check=True, stdout=subprocess.DEVNULL)
        for name, ledger in (("tri-borough", ROOT / "Ledgers/tri-borough"), ("new", new)):
            page = subprocess.run([options.program, "statement", str(ledger), "--format", "html"], capture_output=True, text=True, check=True).stdout
            text = subprocess.run([options.program, "statement", str(ledger)], capture_output=True, text=True, check=True).stdout
            path = scratch / f"{name}.html"
            path.write_text(page)
            # Chromium's own windows are at least 500 pixels wide, headless ones too, so that is the narrowest measured.
            for width in (1200, 500):
                facts = measured(page, width, scratch)
                expect(facts["width"] <= facts["view"], f"{name}: at {width} the page is {facts['width']} wide")
                for table in facts["tables"]:
                    expect(table["caption"], f"{name}: a table without a caption")
                    expect(table["spread"] < 1, f"{name}: figures of \"{table['caption']}\" don't end at one edge ({table['spread']:.1f} pixels)")
                    expect(table["columns"] >= 2 and table["rows"] >= 1 and table["bare"] == 0, f"{name}: \"{table['caption']}\" has cells without row or column headers")
                    expect(table["colours"] == 1, f"{name}: \"{table['caption']}\" tells something by colour")
                subprocess.run([*CHROMIUM, f"--window-size={width},2200", f"--screenshot={scratch}/{name}-{width}.png", str(path)], check=True, capture_output=True)
            subprocess.run([*CHROMIUM, f"--print-to-pdf={scratch}/{name}.pdf", "--no-pdf-header-footer", str(path)], check=True, capture_output=True)
            printed = subprocess.run(["pdftotext", "-layout", f"{scratch}/{name}.pdf", "-"], capture_output=True, text=True, check=True).stdout
            figures = re.findall(r"-?[\d,]*\d,\d{3}\b", text.split("Notes")[0])
            held = printed.replace("\u2212", "-")
            missing = [f for f in figures if f not in held]
            expect(figures and not missing, f"{name}: not on the printed pages: {missing}")
            pages = printed.rstrip("\f").split("\f")
            expect(all("books" in p and ("draft" in p or "final" in p) for p in pages), f"{name}: a printed page without its foot")
    print(*problems, sep="\n")
    print(f"{passed} passed, {len(problems)} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
