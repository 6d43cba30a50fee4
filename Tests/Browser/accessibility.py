#!/usr/bin/env python3
"""The pages held to WCAG 2.2 A and AA by axe-core in headless Chromium, light and dark.

    accessibility.py --program .build/release/outturn --axe .../axe.min.js

Statements with charts, budgets, funds and findings, `check-table` on a table with errors, and the index of
a report pack. axe sees what a program can see of accessibility; a person looks at the rest.
"""
import argparse, pathlib, subprocess, sys, tempfile
from selenium import webdriver

ROOT = pathlib.Path(__file__).resolve().parents[2]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--axe", required=True)
    options = arguments.parse_args()
    axe = pathlib.Path(options.axe).read_text()
    problems, rules = [], set()
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        pages = []
        for ledger in ("tri-borough", "bexley/2016-17", "illustrative-pooled-fund", "city-hackney", "lewisham"):
            path = scratch / (ledger.split("/")[0] + ".html")
            subprocess.run([options.program, "statement", str(ROOT / "Ledgers" / ledger), "--output", str(path)], check=True, capture_output=True)
            pages.append(path)
        table = scratch / "check-table.html"
        table.write_bytes(subprocess.run([options.program, "check-table", str(ROOT / "Ledgers/lewisham/published.csv"), "--format", "html"], capture_output=True).stdout)
        pages.append(table)
        pack = scratch / "pack"
        subprocess.run([options.program, "report", str(ROOT / "Ledgers/bexley"), "--years", "2", "--output", str(pack), "--forms", "html"], check=True, capture_output=True)
        pages += [pack / "index.html", pack / "years.html", pack / "2016-17/variances.html", pack / "2016-17/notes.html"]
        for dark in (False, True):
            setting = webdriver.ChromeOptions()
            for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1200,1600"):
                setting.add_argument(argument)
            if dark:
                setting.add_argument("--blink-settings=preferredColorScheme=0")
            setting.binary_location = "/usr/bin/chromium"
            browser = webdriver.Chrome(options=setting, service=webdriver.ChromeService("/usr/bin/chromedriver"))
            try:
                for path in pages:
                    browser.get(f"file://{path}")
                    if browser.execute_script("return matchMedia('(prefers-color-scheme: dark)').matches") != dark:
                        problems.append(f"{path.name}: the browser isn't {'dark' if dark else 'light'}")
                    # Disclosures are looked at open, too.
                    browser.execute_script("document.querySelectorAll('details').forEach((d, i) => { d.open = i % 3 == 0 })")
                    browser.execute_script(axe)
                    result = browser.execute_async_script(
                        "const done = arguments[arguments.length - 1]; axe.run(document, {runOnly: {type: 'tag', values: arguments[0]}}).then(done, e => done({error: String(e)}))", TAGS)
                    if "error" in result:
                        problems.append(f"{path.name}: {result['error']}")
                        continue
                    rules |= {p["id"] for p in result["passes"]}
                    if not result["passes"]:
                        problems.append(f"{path.name}: axe looked at nothing")
                    for violation in result["violations"]:
                        problems.append(f"{path.name}{' (dark)' if dark else ''}: {violation['id']} ({violation['impact']}): {violation['help']}: {violation['nodes'][0]['html'][:160]} and {len(violation['nodes']) - 1} more")
            finally:
                browser.quit()
    print(*problems, sep="\n")
    print(f"axe: {len(pages)} pages, light and dark, {len(rules)} rules passed, {len(problems)} violations")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
