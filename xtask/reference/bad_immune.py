#!/usr/bin/env python3
"""bad_immune.py SEED: as bad.py, a good file of gen_immune.py with one malformed line of the items of `--immune`.

All kinds are malformed with and without `--immune`, but those named `..._under_immune`, which are so under it alone.
"""
import random
import sys

import bad
import gen_immune

KINDS = {}
REMARKS = gen_immune.REMARKS


class Bad(bad.Bad):
    def __init__(self, seed):
        self.rng = random.Random(f"bad immune {seed}")
        self.lines, self.end = gen_immune.generate(100000 + seed, self.rng.randint(1, 4))
        self.fields = [bad.field_split(line) for line in self.lines]

    def latest(self, i):
        """The latest minute of this patient so far."""
        return max(int(f[1]) for f in self.fields[1:i + 1] if f[0] == self.fields[i][0])


def kind(f):
    KINDS[f.__name__] = f
    return f


@kind
def withdrawal_of_nothing_under_immune(b):
    """A minute without a sample of this marker, one with an empty value, or one that is withdrawn twice."""
    item = b.rng.choice(["ferritin", "mhla_dr"])
    i = b.somewhere(lambda f: f[2] not in ("death", "discharge"))
    if i is None:
        return None
    name, latest = b.fields[i][0], b.latest(i)
    used = {int(f[1]) for f in b.fields[1:i + 1] if f[0] == name and f[2] == item}
    free = [m for m in range(latest // 1440 * 1440, latest + 1) if m not in used]
    if not free:
        return None
    minute = str(b.rng.choice(free[-3:] + free[:3]))
    if b.rng.random() < 0.3:
        unit = "ng/mL" if item == "ferritin" else "{AB}/{cell}"
        i = b.insert_after(i, name, minute, item, b.rng.choice(["", "5000"]), unit)
        if b.lines[i].split(",")[-2] == "5000":
            i = b.insert_after(i, name, minute, "withdrawn", item, "")
    return b.insert_after(i, name, minute, "withdrawn", item, "")


@kind
def withdrawn_word(b):
    return b.insert_item(*b.rng.choice([("withdrawn", v, "") for v in ("", "1", "0", "hla_dr", "Ferritin", "lymphocytes",
                                                                      "mhla_dr_positive", "ferritin/mhla_dr", "specimen")]
                                       + [("withdrawn", "ferritin", "ng/mL")]))


@kind
def remark(b):
    values = ["", "1", "diluted", "Undiluted", "hemolytic", "haemolysis", "lyse_wash", "lyse-no-wash",
              "undiluted/hemolysis", "none"]
    return b.insert_item(*b.rng.choice([("specimen", v, "") for v in values]
                                       + [("specimen", "undiluted", "1"), ("specimen", "stain_time", "min")]))


@kind
def criterion(b):
    values = ["2", "-1", "yes", "no", "unknown", "", "<1", "0..1", "1.0", "01"]
    return b.insert_item(b.rng.choice([*gen_immune.CRITERIA]), b.rng.choice(values), "")


@kind
def criterion_unit(b):
    return b.insert_item(b.rng.choice([*gen_immune.CRITERIA]), b.rng.choice("01"), b.rng.choice(["1", "%", "{score}"]))


@kind
def milestone(b):
    return b.insert_item(b.rng.choice(["sepsis_classified", "icu_admission"]), b.rng.choice(["0", "", "2", "yes", "1.0", ">0", "-1"]), "")


@kind
def unit(b):
    return b.insert_item(*b.rng.choice([
        ("nk_cells", "0.1", "10*3/uL"), ("nk_cells", "100", ""), ("dendritic_cells", "10", "%"), ("b_cells", "0.1", "10*6/L"),
        ("t_cells", "1", "/L"), ("t_cells", "", "/mm3"), ("age", "70", ""), ("age", "70", "y"), ("age", "840", "mo"), ("age", "", "d"),
        ("sepsis_classified", "1", "1"), ("icu_admission", "1", "min")]))


@kind
def out_of_range(b):
    return b.insert_item(*b.rng.choice([
        ("age", "151", "a"), ("age", ">151", "a"), ("age", "150.001", "a"), ("age", "18..151", "a"), ("nk_cells", "1000.001", "10*9/L"),
        ("b_cells", "1000001", "/uL"), ("t_cells", "<1001", "10*9/L"), ("dendritic_cells", "0..1000001", "/uL"), ("age", "19..18", "a"),
        ("nk_cells", "2..1", "/uL"), ("age", "-1", "a"), ("t_cells", "1e3", "/uL"), ("age", "eighteen", "a")]))


@kind
def unknown_item(b):
    return b.insert_item(b.rng.choice(["adult", "sepsis", "endotype", "within_72_h", "neutropenia", "covid19_without_mals", "entry",
                                       "remark", "withdraw", "nk", "tcells", "icu_discharge", "specimens",
                                       "contraceptive"]), b.rng.choice("01"), "")


@kind
def held_late(b):
    """A criterion or a milestone goes back in time."""
    i = b.somewhere(lambda f: int(f[1]) > 0 and f[2] not in ("death", "discharge"))
    if i is None:
        return None
    latest = b.latest(i)
    item, value = b.rng.choice([("sepsis_classified", "1"), ("icu_admission", "1"), *gen_immune.CRITERIA.items()])
    return b.insert_after(i, b.fields[i][0], str(latest - b.rng.choice([1, 1, min(latest, 60)])), item, value, "")


@kind
def before_open_day(b):
    i = b.somewhere(lambda f: int(f[1]) >= 1440 and f[2] not in ("death", "discharge"))
    if i is None:
        return None
    day_start = b.latest(i) // 1440 * 1440
    if day_start == 0:
        return None
    item, value, unit = b.rng.choice([("specimen", "undiluted", ""), ("age", "70", "a"), ("nk_cells", "100", "/uL"),
                                      ("withdrawn", "ferritin", ""), ("withdrawn", "mhla_dr", ""), ("ferritin", "900", "ng/mL"),
                                      ("t_cells", "", "10*9/L")])
    return b.insert_after(i, b.fields[i][0], str(day_start - b.rng.choice([1, 1, 60, 1440])), item, value, unit)


@kind
def after_the_end(b):
    i = b.somewhere(lambda f: f[2] in ("death", "discharge"))
    if i is None:
        return None
    item, value = b.rng.choice([("specimen", "undiluted"), ("sepsis_classified", "1"), ("icu_admission", "1"), ("pregnancy", "0"),
                                ("withdrawn", "ferritin")])
    return b.insert_after(i, b.fields[i][0], str(int(b.fields[i][1]) + b.rng.choice([0, 0, 1, 1440])), item, value, "")


@kind
def sample_65_under_immune(b):
    """A patient of 64 samples, some of them charted twice, one withdrawn and charted again; then one more."""
    item, unit = b.rng.choice([("ferritin", "ng/mL"), ("mhla_dr", "{AB}/{cell}")])
    step = b.rng.choice([1, 7, 60, 1440, 700])
    rows = []
    for n in range(64):
        minute = str(step * n)
        rows.append((minute, item, str(4400 + n), unit))
        if b.rng.random() < 0.2:
            rows.append((minute, item, str(4400 + n + b.rng.choice([0, 1])), unit))
        if b.rng.random() < 0.1:
            rows.append((minute, "withdrawn", item, ""))
            rows.append((minute, item, "5000", unit))
        if b.rng.random() < 0.1:
            rows.append((minute, item, "", unit))
    rows.append((str(step * 64), item, "1", unit))
    if b.rng.random() < 0.5:
        rows.append((str(step * 65), "age", "70", "a"))
    for row in rows:
        at = b.insert_after(len(b.lines) - 1, "many", *row)
    return next(i for i in range(at, 0, -1) if f",{step * 64},{item},1," in b.lines[i])


def main():
    seed = int(sys.argv[1])
    names = list(KINDS)
    for turn in range(1000):
        b = Bad(seed + 1000000 * turn)
        name = names[seed % len(names)]
        at = KINDS[name](b)
        if at is not None:
            break
    print(f"{name}: line {at + 1}: {b.lines[at]!r}", file=sys.stderr)
    sys.stdout.buffer.write("".join(line + b.end for line in b.lines).encode("utf-8"))


if __name__ == "__main__":
    sys.stderr.reconfigure(errors="backslashreplace")
    main()
