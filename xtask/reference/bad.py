#!/usr/bin/env python3
"""bad.py SEED: one malformed replay CSV on standard output; what is wrong, and the line it is on, on standard error.

A good file of gen.py with one line changed, inserted or cut; or its header. Only what is malformed under every reading.
Stray quotation marks are not: RFC 4180 forbids them, CSV readers take them as they are.
"""
import csv
import random
import sys

import gen


def field_split(line):
    return next(csv.reader([line]))


def joined(fields):
    return ",".join('"' + f.replace('"', '""') + '"' if set(f) & set('",') else f for f in fields)


class Bad:
    def __init__(self, seed):
        self.rng = random.Random(f"bad {seed}")
        self.lines, self.end = gen.generate(100000 + seed, self.rng.randint(1, 4))
        self.fields = [field_split(line) for line in self.lines]

    def somewhere(self, ok=lambda f: True):
        places = [i for i, f in enumerate(self.fields) if i and ok(f)]
        return self.rng.choice(places) if places else None

    def insert_after(self, i, *fields):
        self.lines.insert(i + 1, joined(fields))
        return i + 1

    def insert_item(self, item, value, unit):
        """A line with this item, charted on time, after some good line."""
        i = self.somewhere(lambda f: f[2] not in ("death", "discharge"))
        if i is None:
            i = self.somewhere()
        name = self.fields[i][0]
        minute = max(int(f[1]) for f in self.fields[1:i + 1] if f[0] == name)
        return self.insert_after(i, name, str(minute), item, value, unit)


ITEMS = [("pao2", "80", "mm[Hg]"), ("fio2", "40", "%"), ("spo2", "95", "%"), ("platelets", "150", "10*9/L"),
         ("bilirubin", "1", "mg/dL"), ("creatinine", "1", "mg/dL"), ("map", "70", "mm[Hg]"), ("sbp", "100", "mm[Hg]"),
         ("respiratory_rate", "20", "/min"), ("norepinephrine", "0.1", "ug/kg/min"), ("epinephrine", "5", "ug/min"),
         ("dopamine", "5", "ug/kg/min"), ("dobutamine", "5", "ug/kg/min"), ("vasopressin", "2", "[U]/h"),
         ("gcs", "15", "{score}"), ("gcs_motor", "6", "{score}"), ("urine", "100", "mL"), ("weight", "70", "kg"),
         ("potassium", "4", "mmol/L"), ("lactate", "2", "mmol/L"), ("ph", "7.4", "[pH]"), ("ferritin", "900", "ng/mL"),
         ("mhla_dr", "9000", "{AB}/{cell}"), ("mhla_dr_positive", "30", "%"), ("lymphocytes", "900", "/uL"),
         ("lymphocytes_fraction", "10", "%"), ("hemoglobin", "7", "g/dL")]
FLAGS = ["mechanical_circulatory_support", "rrt", "sedated", "delirium_drug", "ventilation_unavailable",
         "vasoactives_unavailable", "hypovolemia", "infection", "covid19", "emergency_admission"]
KINDS = {}


def kind(f):
    KINDS[f.__name__] = f
    return f


def bad_value(b, make):
    item, value, unit = b.rng.choice(ITEMS)
    return b.insert_item(item, make(value), unit)


@kind
def negative(b):
    return bad_value(b, lambda v: b.rng.choice(["-" + v, "-0", "<-" + v, f"-{v}..{v}"]))


@kind
def sign(b):
    return bad_value(b, lambda v: b.rng.choice(["+" + v, ">+" + v, f"{v}..+{v}"]))


@kind
def exponent(b):
    return bad_value(b, lambda v: v + b.rng.choice(["e0", "E0", "e1", "e-1", "E+0"]))


@kind
def not_a_number(b):
    return bad_value(b, lambda v: b.rng.choice(["x", "nan", "inf", "0x1", "1_0", "1 0", "1 .0", "\u00a0" + v, v + "\n", "1;0", "?",
                                                "<", ">", "<=", "..", v + "..", ".." + v, f"{v}..{v}..{v}", "=" + v, "=<" + v, "< =" + v,
                                                "<<" + v, "<>" + v, f"<{v}..{v}", f"{v}..>{v}", f"{v}.{v}.{v}", "٣", "none", "–1"]))


@kind
def backwards(b):
    item, value, unit, = b.rng.choice([("pao2", "80..79.999", "mm[Hg]"), ("fio2", "41..40", "%"), ("fio2", "0.5..0.4", "1"),
                                       ("map", "71..70", "mm[Hg]"), ("gcs", "10..9", "{score}"), ("weight", "71..70", "kg"),
                                       ("norepinephrine", "0.1..0", "ug/kg/min"), ("urine", "200..100", "mL"),
                                       ("ferritin", "4500..4300", "ng/mL"), ("vasopressin", "2..1", "[U]/h")])
    return b.insert_item(item, value, unit)


@kind
def fio2_range(b):
    return b.insert_item("fio2", *b.rng.choice([("14.999", "%"), ("100.001", "%"), ("0", "%"), ("0.4", "%"), ("14", "%"),
                                                ("0.149", "1"), ("1.001", "1"), ("40", "1"), (">101", "%"),
                                                ("10..40", "%"), ("40..101", "%")]))


@kind
def score(b):
    item, value = b.rng.choice([("gcs", "2"), ("gcs", "16"), ("gcs", "0"), ("gcs", "14.5"), ("gcs", "3..16"), ("gcs", "2..5"),
                                ("gcs", ">16"), ("gcs", "<2"), ("gcs", "<7.5"), ("gcs", "10.5..12"),
                                ("gcs_motor", "0"), ("gcs_motor", "7"), ("gcs_motor", "5..7"), ("gcs_motor", "0..3")])
    return b.insert_item(item, value, "{score}")


@kind
def percentage(b):
    return b.insert_item(b.rng.choice(["spo2", "mhla_dr_positive", "lymphocytes_fraction"]),
                         b.rng.choice(["100.001", "101", ">101", "90..101"]), "%")


@kind
def out_of_range(b):
    return b.insert_item(*b.rng.choice([(i, v, u) for i, _, u in ITEMS
                                        for v in ("2000000000", ">2000000000", "1..2000000000", "99999999999999999999999")]))


@kind
def unit(b):
    return b.insert_item(*b.rng.choice([
        ("pao2", "80", "mmHg"), ("pao2", "80", ""), ("pao2", "80", "%"), ("fio2", "40", ""), ("fio2", "40", "mm[Hg]"),
        ("platelets", "150", "/uL"), ("bilirubin", "1", "mmol/L"), ("creatinine", "1", "mg/L"), ("map", "70", "kPa"),
        ("norepinephrine", "0.1", "mg/h"), ("dopamine", "5", "ug/kg/h"), ("vasopressin", "2", "[U]"), ("milrinone", "1", ""),
        ("gcs", "15", ""), ("gcs", "15", "1"), ("urine", "0.1", "L"), ("weight", "70", "g"), ("lactate", "2", "mg/dL"),
        ("ferritin", "9000", "pmol/L"), ("ferritin", "", "pmol/L"), ("mhla_dr", "9000", "%"), ("mhla_dr_positive", "9", "{AB}/{cell}"),
        ("lymphocytes", "1", "10*3/uL"), ("hemoglobin", "7", "mmol/L"), ("ph", "7.4", "1"), ("pao2", "80", "MM[HG]"),
        ("respiratory_rate", "20", "min"), ("weight", "", "lb")]))


@kind
def flag(b):
    return b.insert_item(b.rng.choice(FLAGS), b.rng.choice(["2", "-1", "yes", "true", "<1", "0..1", ">0", "0.5"]), "")


@kind
def word(b):
    return b.insert_item(*b.rng.choice([("support", "bipap"), ("support", "IMV"), ("support", "0"), ("support", "imv..niv"),
                                        ("first_dose", "interferon"), ("first_dose", "1"), ("death", "0"), ("death", "2"),
                                        ("discharge", "0"), ("discharge", "yes"), ("death", "<1")]), "")


@kind
def unknown_item(b):
    return b.insert_item(b.rng.choice(["", "PaO2", "pao2 ", "paco2", "norepi", "item"]), "1", "")


@kind
def field_count(b):
    i = b.somewhere()
    f = b.fields[i]
    b.lines[i] = joined(b.rng.choice([f[:4], f[:1], f[:3], [*f, ""], [*f, "x"]]))
    return i


@kind
def minute(b):
    i = b.somewhere()
    f = b.fields[i]
    b.lines[i] = joined([f[0], b.rng.choice(["", "-1", "1.5", "x", "5256001", "99999999999999999999", "+5", "1e3", " 7", "0x7"]), *f[2:]])
    return i


@kind
def held_late(b):
    """What holds goes back in time."""
    i = b.somewhere(lambda f: int(f[1]) > 0 and f[2] not in ("death", "discharge"))
    if i is None:
        return None
    name = b.fields[i][0]
    latest = max(int(f[1]) for f in b.fields[1:i + 1] if f[0] == name)
    item, value, unit = b.rng.choice([("fio2", "40", "%"), ("fio2", "", "%"), ("support", "imv", ""), ("weight", "70", "kg"),
                                      ("norepinephrine", "0", "ug/kg/min"), ("vasopressin", "1", "[U]/h"),
                                      ("infection", "1", ""), ("hypovolemia", "0", ""), ("first_dose", "placebo", ""),
                                      ("death", "1", ""), ("discharge", "1", "")])
    return b.insert_after(i, name, str(latest - b.rng.choice([1, 1, min(latest, 60)])), item, value, unit)


@kind
def before_open_day(b):
    """A measured value with a minute of a day that is over."""
    i = b.somewhere(lambda f: int(f[1]) >= 1440 and f[2] not in ("death", "discharge"))
    if i is None:
        return None
    day_start = int(b.fields[i][1]) // 1440 * 1440
    item, value, unit = b.rng.choice([x for x in ITEMS if x[0] in ("map", "urine", "gcs", "platelets", "ferritin", "pao2")])
    return b.insert_after(i, b.fields[i][0], str(day_start - b.rng.choice([1, 1, 60, 1440])), item, value, unit)


@kind
def after_the_end(b):
    """A line after death or discharge."""
    i = b.somewhere(lambda f: f[2] in ("death", "discharge"))
    item, value, unit = b.rng.choice([*ITEMS, ("infection", "0", ""), ("death", "1", ""), ("discharge", "1", "")])
    if i is not None:
        at = int(b.fields[i][1])
        return b.insert_after(i, b.fields[i][0], str(max(0, at + b.rng.choice([0, 0, 1, 1440, -1]))), item, value, unit)
    i = len(b.lines) - 1
    name = b.fields[i][0]
    latest = max(int(f[1]) for f in b.fields[1:] if f[0] == name)
    b.insert_after(i, name, str(latest), b.rng.choice(["death", "discharge"]), "1", "")
    return b.insert_after(i + 1, name, str(latest + b.rng.choice([0, 1])), item, value, unit)


@kind
def comes_back(b):
    names = list(dict.fromkeys(f[0] for f in b.fields[1:]))
    if len(names) < 2:
        return None
    first = b.rng.choice([n for n in names if n != b.fields[-1][0]])
    return b.insert_after(len(b.lines) - 1, first, str(5256000), "map", "70", "mm[Hg]")


@kind
def header(b):
    b.lines[0] = b.rng.choice(["", "patient,minute,item,value", "patient,minute,item,value,unit,x", "Patient,minute,item,value,unit",
                               "patient,item,minute,value,unit", "patient;minute;item;value;unit", " patient,minute,item,value,unit",
                               "patient,minute,item,value,unit "])
    return 0


@kind
def no_header(b):
    del b.lines[0]
    return 0


@kind
def not_utf8(b):
    i = b.somewhere()
    b.lines[i] = "\udcff" + b.lines[i]
    return i


def main():
    seed = int(sys.argv[1])
    names = list(KINDS)
    for turn in range(1000):
        b = Bad(seed + 1000000 * turn)
        name = names[seed % len(names)]
        at = KINDS[name](b)
        if at is not None:
            break
    print(f"{name}: line {at + 1}: {b.lines[at] if b.lines else ''!r}", file=sys.stderr)
    sys.stdout.buffer.write("".join(line + b.end for line in b.lines).encode("utf-8", "surrogateescape"))


if __name__ == "__main__":
    sys.stderr.reconfigure(errors="backslashreplace")
    main()
