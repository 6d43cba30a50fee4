#!/usr/bin/env python3
"""Random tables with sub-totals in sub-totals, rounded so that they cast, against an independent check.

    casting.py --runner .build/release/oracle-runner --count 10000 [--seed N] [--state FILE]

Tables are trees of lines by columns with a total, some with rows of equal amounts that print twice, some
with a second hierarchy (columns with sub-totals too), which is no network and may have no solution. Each
answer is held to the law: no cell moves by a unit or more, whole cells stay, every row, column, sub-total
and total adds up. Where a table is small, all roundings are tried: the least sum of movements must be the
program's, and "impossible" must be true.
"""
import argparse, itertools, json, os, random, subprocess, sys

parser = argparse.ArgumentParser()
parser.add_argument("--runner", required=True)
parser.add_argument("--count", type=int, default=10000)
parser.add_argument("--seed", type=int, default=20181)
parser.add_argument("--state")
options = parser.parse_args()
process = subprocess.Popen([options.runner], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1 << 16)


def tree(r, depth):
    """Nested lists; a leaf is None."""
    if depth == 0 or r.random() < 0.4:
        return None
    return [tree(r, depth - 1) for _ in range(r.randint(2, 4))]


def flatten(node, nodes):
    """Numbers the nodes; returns the node's number. nodes[i] is the list of its children."""
    number = len(nodes)
    nodes.append([])
    for child in node or []:
        nodes[number].append(flatten(child, nodes))
    return number


def table(r):
    """Exact cells by (row, column) and the relations between them."""
    rows, columns = [], []
    flatten([tree(r, r.randint(0, 2)) for _ in range(r.randint(1, 4))], rows)
    two = r.random() < 0.2
    flatten([tree(r, 1 if two else 0) for _ in range(r.randint(1, 5))], columns)
    unit = r.choice([100, 100, 1000, 100_000, 10])
    leaves_r = [i for i, c in enumerate(rows) if not c]
    leaves_c = [i for i, c in enumerate(columns) if not c]
    style = r.random()
    cell = {}
    for i in leaves_r:
        for j in leaves_c:
            if style < 0.2:
                value = r.choice([0, unit, -unit, unit // 2, unit // 3, 2 * unit])
            else:
                value = r.randrange(-30 * unit, 60 * unit) if r.random() > 0.15 else r.choice([0, 5 * unit, -unit // 2])
            cell[i, j] = value
    # Inner nodes have higher numbers below them, so from the last to the first.
    for j in reversed(range(len(columns))):
        for i in leaves_r:
            if columns[j]:
                cell[i, j] = sum(cell[i, k] for k in columns[j])
    for i in reversed(range(len(rows))):
        for j in range(len(columns)):
            if rows[i]:
                cell[i, j] = sum(cell[k, j] for k in rows[i])
    names = {key: n for n, key in enumerate(sorted(cell))}
    relations, implied = [], []
    for i in range(len(rows)):
        for j in range(len(columns)):
            if rows[i]:
                relations.append([(names[k, j], 1) for k in rows[i]] + [(names[i, j], -1)])
            if columns[j]:
                row = [(names[i, k], 1) for k in columns[j]] + [(names[i, j], -1)]
                # With one hierarchy, cross-casts of sub-totals follow from the others.
                (relations if not rows[i] or two else implied).append(row)
    exact = [cell[key] for key in sorted(cell)]
    # A figure that prints twice is one figure.
    if r.random() < 0.2 and not two:
        copy = len(exact)
        which = r.randrange(copy)
        used = sum(any(c == which for c, _ in rel) for rel in relations)
        if used < 2:
            exact.append(-exact[which])
            relations.append([(which, 1), (copy, 1)])
    return exact, unit, relations, implied, two


def ask(exact, unit, relations):
    text = f"cast {unit} {len(exact)} {len(relations)}\n" + " ".join(map(str, exact)) + "\n"
    text += "".join(" ".join(("+" if s > 0 else "-") + str(c) for c, s in relation) + "\n" for relation in relations)
    process.stdin.write(text)
    process.stdin.flush()
    return process.stdout.readline().strip()


def brute(exact, unit, relations, limit=200_000):
    """The least movement of all roundings that cast; None where there is none, False where there are too many."""
    free = [i for i, v in enumerate(exact) if v % unit]
    # Only cells that no relation gives are tried: the others follow.
    given, basis = {}, []
    for n, relation in enumerate(relations):
        target = relation[-1][0]
        given.setdefault(target, n)
    basis = [i for i in free if i not in given]
    if 2 ** len(basis) > limit:
        return False
    best = None
    for choice in itertools.product((0, 1), repeat=len(basis)):
        value = {i: v // unit for i, v in enumerate(exact) if v % unit == 0}
        value.update({i: exact[i] // unit + up for i, up in zip(basis, choice)})
        order = list(given.items())
        while order:
            rest = []
            for target, n in order:
                parts = relations[n][:-1]
                if all(c in value for c, _ in parts):
                    total = sum(value[c] * s for c, s in parts) * (1 if relations[n][-1][1] < 0 else -1)
                    if target in value and value[target] != total:
                        break
                    if not (abs(total * unit - exact[target]) < unit):
                        break
                    value[target] = total
                else:
                    rest.append((target, n))
            else:
                if len(rest) == len(order):
                    raise SystemExit("relations in a circle")
                order = rest
                continue
            break
        else:
            if all(sum(value[c] * s for c, s in relation) == 0 for relation in relations):
                moved = sum(abs(value[i] * unit - v) for i, v in enumerate(exact))
                best = moved if best is None else min(best, moved)
    return best


first = 0
if options.state and os.path.exists(options.state):
    first = json.load(open(options.state))["done"]
counts = {"network": 0, "two hierarchies": 0, "impossible": 0, "too hard": 0, "proved by brute force": 0}
for number in range(first, options.count):
    r = random.Random(options.seed * 1_000_003 + number)
    exact, unit, relations, implied, two = table(r)
    answer = ask(exact, unit, relations)
    counts["two hierarchies" if two else "network"] += 1
    case = f"case {number}: {exact} by {unit}, {relations}: {answer}"
    if answer == "impossible":
        counts["impossible"] += 1
        assert two, "one hierarchy always has a solution: " + case
        best = brute(exact, unit, relations)
        assert best is None or best is False, "it has a solution: " + case
        counts["proved by brute force"] += best is None
        continue
    if answer == "too hard":
        counts["too hard"] += 1
        assert two, "a network is never too hard: " + case
        continue
    cells = list(map(int, answer.split()))
    assert len(cells) == len(exact), case
    for value, units in zip(exact, cells):
        assert abs(units * unit - value) < unit, "a cell moves by a unit: " + case
    for relation in relations + implied:
        assert sum(cells[c] * s for c, s in relation) == 0, "it does not cast: " + case
    best = brute(exact, unit, relations, limit=4_096)
    if best is not False:
        counts["proved by brute force"] += 1
        moved = sum(abs(units * unit - value) for value, units in zip(exact, cells))
        assert moved == best, f"{moved} is moved, {best} is enough: " + case
    if options.state and number % 500 == 499:
        json.dump({"done": number + 1}, open(options.state, "w"))
print(f"{options.count - first} tables rounded to cast: " + ", ".join(f"{k} {v}" for k, v in counts.items()))
