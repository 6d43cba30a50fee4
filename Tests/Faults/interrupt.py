#!/usr/bin/env python3
"""Ctrl-C during an import leaves the year as it was, or wholly imported, and nothing between.

    interrupt.py --program .build/release/outturn [--count 12]

A ledger of some thousand rows takes the place of the tri-borough one, and the program is interrupted at
a random moment of it.
"""
import argparse, os, pathlib, random, re, shutil, signal, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--count", type=int, default=12)
    options = arguments.parse_args()
    program = os.path.abspath(options.program)
    source = (ROOT / "Ledgers/tri-borough/2018-19/exports/lbhf/ledger-illustrative.xml").read_text(encoding="utf-8")
    row = next(r for r in re.findall(r"<Row.*?</Row>", source, re.S) if ">10100<" in r)
    rng = random.Random(31)
    states = {"as it was": 0, "wholly imported": 0}
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        export = pathlib.Path(scratch) / "rerun.xml"
        # Rows that say where they stand would go backwards behind the copies, and such a file is read half and refused.
        source = re.sub(r'(<Row[^>]*?) ss:Index="\d+"', r"\1", source)
        export.write_text(source.replace(row, row * 3_000, 1), encoding="utf-8")
        folder = pathlib.Path(scratch) / "partnership"
        command = [program, "import", str(folder), str(export), "--ledger-of", "lbhf", "--replaces", "ledger-illustrative.xml"]
        # Its sub-totals and its control total don't come to the copies.
        command += ["--accept", "E0213", "--accept", "E0214"]

        def begin():
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(ROOT / "Ledgers/tri-borough", folder)
            return time.monotonic(), subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        start, child = begin()
        child.wait()
        whole = time.monotonic() - start
        assert (folder / "2018-19/exports/lbhf/rerun.xml").exists(), "left alone, the import must succeed"
        for _ in range(options.count):
            _, child = begin()
            time.sleep(rng.uniform(whole * 0.5, whole * 1.4))
            child.send_signal(signal.SIGINT)
            child.wait()
            year = folder / "2018-19"
            names = sorted(os.listdir(year / "exports/lbhf"))
            kept = (year / "exports/superseded/lbhf/ledger-illustrative.xml").exists()
            listed = (year / "imports.csv").exists() and "rerun.xml" in (year / "imports.csv").read_text()
            if names == ["ledger-illustrative.xml"] and not kept and not listed:
                states["as it was"] += 1
            elif names == ["rerun.xml"] and kept and listed:
                states["wholly imported"] += 1
            else:
                failed += 1
                print(f"half done: {names}, the earlier file {'kept' if kept else 'not kept'}, the new one {'listed' if listed else 'not listed'}")
    print(f"interrupted imports: {states}")
    print(f"{options.count - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
