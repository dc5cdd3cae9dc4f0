#!/usr/bin/env python3
"""replay.md, read a second time: a reference implementation that is meant to be read.

Exact arithmetic (fractions), intervals with explicit open and closed ends, brute force over lines and minutes.
`--rules sofa-1996` (class Patient), `sofa-2` (class Patient2) or `both`; output is always the CSV of the document. Comments in
quotation marks are the document's words;
"READING:" marks a place where the document leaves a choice, and says which was taken; "DECISION:" one where the crate has
decided, on purpose, otherwise than this file first read the document, and this file now follows the crate.
"""
import argparse
import gzip
import re
import sys
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from itertools import product
from math import inf

# ------------------------------------------------------------------------------------------------------------------
# 1. Intervals: the set of values a quantity may truly have
# ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Interval:
    lo: Fraction
    hi: Fraction  # or math.inf, never attained
    lo_open: bool = False
    hi_open: bool = False

    def is_empty(self):
        return self.lo > self.hi or (self.lo == self.hi and (self.lo_open or self.hi_open))

    def cut(self, other):
        """The values that lie in both."""
        lo, lo_open = max((self.lo, self.lo_open), (other.lo, other.lo_open))  # the higher end; of equals the open one
        hi, hi_closed = min((self.hi, not self.hi_open), (other.hi, not other.hi_open))
        return Interval(lo, hi, lo_open, not hi_closed)

    def meets(self, other):
        return not self.cut(other).is_empty()

    def plus(self, other):
        return Interval(self.lo + other.lo, self.hi + other.hi, self.lo_open or other.lo_open, self.hi_open or other.hi_open)

    def times(self, factor):
        return Interval(self.lo * factor, self.hi * factor, self.lo_open, self.hi_open)

    def over(self, other):
        """All quotients a / b, for non-negative a and b, b > 0."""
        lo, lo_open = self.lo / other.hi, self.lo_open or other.hi_open
        if self.lo == 0 and not self.lo_open:
            lo, lo_open = Fraction(0), False  # 0 / anything is 0, whichever end of b is open
        if self.hi == 0:
            hi, hi_open = Fraction(0), False
        elif other.lo == 0:
            hi, hi_open = inf, True
        else:
            hi, hi_open = self.hi / other.lo, self.hi_open or other.lo_open
        return Interval(lo, hi, lo_open, hi_open)


def between(text):
    """'[1.2,2.0)' -> Interval; 'inf' is allowed at the top."""
    lo, hi = text[1:-1].split(",")
    return Interval(Fraction(lo), inf if hi == "inf" else Fraction(hi), text[0] == "(", text[-1] == ")")


POSITIVE = between("(0,inf)")

# ------------------------------------------------------------------------------------------------------------------
# 2. Items: kind, units, reportable ranges
# ------------------------------------------------------------------------------------------------------------------

MEASURED, ADDS_UP, HOLDS, EVENT = "measured", "adds up", "holds", "event"

SUPPORT = ("none", "oxygen", "hfnc", "cpap", "niv", "imv", "home_vent", "ecmo_vv", "ecmo_va")
POSITIVE_PRESSURE_OR_ECMO = {"cpap", "niv", "imv", "home_vent", "ecmo_vv", "ecmo_va"}

SCORED_DRUGS = ("norepinephrine", "epinephrine", "dopamine", "dobutamine")
ON_OFF_DRUGS = ("vasopressin", "phenylephrine", "milrinone", "other_vasoactive")
RATES = SCORED_DRUGS + ON_OFF_DRUGS
ANY_RATE_UNIT = re.compile(r".*/(s|min|h|d)", re.DOTALL)

# item: {unit: (lowest, highest reportable value)}
QUANTITIES = {
    "pao2": {"mm[Hg]": (0, 1000), "kPa": (0, 150)},
    "fio2": {"%": (15, 100), "1": ("0.15", 1)},
    "spo2": {"%": (0, 100)},
    "platelets": {"10*9/L": (0, 10000), "10*3/uL": (0, 10000)},
    "bilirubin": {"mg/dL": (0, 200), "umol/L": (0, 5000)},
    "creatinine": {"mg/dL": (0, 100), "umol/L": (0, 10000)},
    "map": {"mm[Hg]": (0, 500)},
    "sbp": {"mm[Hg]": (0, 500)},
    "respiratory_rate": {"/min": (0, 200)},
    **{drug: {"ug/kg/min": (0, 1000), "ug/min": (0, 100000)} for drug in SCORED_DRUGS},
    **{drug: {"any rate unit": (0, 1000000)} for drug in ON_OFF_DRUGS},
    "gcs": {"{score}": (3, 15)},
    "gcs_motor": {"{score}": (1, 6)},
    "urine": {"mL": (0, 100000)},
    "weight": {"kg": (1, 1000)},
    "potassium": {"mmol/L": (0, 20)},
    "bicarbonate": {"mmol/L": (0, 100)},
    "lactate": {"mmol/L": (0, 100)},
    "ph": {"[pH]": (0, 14)},
    "ferritin": {"ng/mL": (0, 1000000), "ug/L": (0, 1000000)},
    "mhla_dr": {"{AB}/{cell}": (0, 1000000)},
    "mhla_dr_positive": {"%": (0, 100)},
    "lymphocytes": {"10*9/L": (0, 1000), "/uL": (0, 1000000)},
    "neutrophils": {"10*9/L": (0, 1000), "/uL": (0, 1000000)},
    "lymphocytes_fraction": {"%": (0, 100)},
    "hemoglobin": {"g/dL": (0, 30), "g/L": (0, 300)},
    **{cells: {"10*9/L": (0, 1000), "/uL": (0, 1000000)} for cells in ("nk_cells", "dendritic_cells", "b_cells", "t_cells")},
    "age": {"a": (0, 150)},
}
FLAGS = ("mechanical_circulatory_support", "rrt", "sedated", "delirium_drug", "ventilation_unavailable",
         "vasoactives_unavailable", "hypovolemia", "infection", "covid19", "emergency_admission")
# What `--immune` alone makes use of; without it these are validated and move the clock.
CHARTED_CRITERIA = ("contraception", "lung_or_bloodstream_infection", "pyelonephritis", "intra_abdominal_infection", "meningitis",
                    "skin_infection", "stage_iv_malignancy", "do_not_resuscitate", "contaminant_bacteremia", "consent_denied", "steroids",
                    "tuberculosis", "hiv", "pregnancy", "immunodeficiency", "lupus", "multiple_sclerosis")
REMARKS = ("undiluted", "hemolysis", "icterus", "lipemia", "specimen_age", "stain_time", "turnaround", "lyse_no_wash")
WORDS = {  # items whose value is one of a few words; they have no unit
    "support": SUPPORT,
    **{flag: ("0", "1") for flag in FLAGS},
    "first_dose": ("anakinra", "interferon_gamma", "placebo", "other"),
    "death": ("1",),
    "discharge": ("1",),
    **{criterion: ("0", "1") for criterion in CHARTED_CRITERIA},
    "specimen": REMARKS,
    "withdrawn": ("ferritin", "mhla_dr"),
    "sepsis_classified": ("1",),
    "icu_admission": ("1",),
}
KIND = {item: MEASURED for item in QUANTITIES}
KIND |= {"urine": ADDS_UP, "fio2": HOLDS, "weight": HOLDS} | {drug: HOLDS for drug in RATES}
KIND |= {"support": HOLDS} | {flag: HOLDS for flag in FLAGS} | {"first_dose": EVENT, "death": EVENT, "discharge": EVENT}
KIND |= {criterion: HOLDS for criterion in CHARTED_CRITERIA}
KIND |= {"specimen": MEASURED, "withdrawn": MEASURED, "sepsis_classified": EVENT, "icu_admission": EVENT}

# "`<x` reaches down to 0 (`gcs` to 3, `gcs_motor` to 1)". READING: fio2 and weight too reach down to 0, not to 15 % and 1 kg.
FLOOR = defaultdict(int, gcs=3, gcs_motor=1)
WHOLE = {"gcs", "gcs_motor"}


class Malformed(Exception):
    pass


# DECISION: blanks (space, tab) may stand around a value, after its comparator and around `..`; a value of blanks is empty.
DECIMAL, BLANKS = r"[0-9]+(?:\.[0-9]+)?", r"[ \t]*"
VALUE = re.compile(rf"(?P<sign><=|>=|<|>|){BLANKS}(?P<x>{DECIMAL})|(?P<a>{DECIMAL}){BLANKS}\.\.{BLANKS}(?P<b>{DECIMAL})")


@lru_cache(maxsize=None)
def read_value(item, text, unit):
    """The charted text as an Interval (FiO2 in %), None for the empty value, or a word."""
    if item in WORDS:
        if unit != "":
            raise Malformed(f"{item} has no unit, got {unit!r}")
        if text not in WORDS[item]:
            raise Malformed(f"{item} takes {', '.join(WORDS[item])}, got {text!r}")
        return text
    if item not in QUANTITIES:
        raise Malformed(f"no item is called {item!r}")
    units = QUANTITIES[item]
    column = "any rate unit" if item in ON_OFF_DRUGS and ANY_RATE_UNIT.fullmatch(unit) else unit
    if column not in units or unit == "any rate unit":
        raise Malformed(f"{item} has no unit {unit!r}, it takes {', '.join(units)}")
    text = text.strip(" \t")
    if text == "":
        return None
    bottom, top = map(Fraction, units[column])
    found = VALUE.fullmatch(text)
    if not found:
        raise Malformed(f"{item}: expected a decimal, <x, <=x, >x, >=x, a..b or nothing, got {text!r}")
    for number in filter(None, (found["x"], found["a"], found["b"])):
        if not bottom <= Fraction(number) <= top:
            raise Malformed(f"{item}: {number} lies outside {bottom} to {top} {unit}")
        if item in WHOLE and Fraction(number).denominator != 1:
            raise Malformed(f"{item}: {number} is not whole")
    if found["a"]:
        reading = Interval(Fraction(found["a"]), Fraction(found["b"]))
    else:
        x, sign, floor = Fraction(found["x"]), found["sign"], Fraction(FLOOR[item])
        # "a rate `<x` is running". READING: so is `<=x`, unless it is `<=0`, which can only be 0.
        running = item in RATES and x > 0
        reading = {
            "": Interval(x, x),
            "<": Interval(floor, x, lo_open=running, hi_open=True),
            "<=": Interval(floor, x, lo_open=running),
            ">": Interval(x, top, lo_open=True),
            ">=": Interval(x, top),
        }[sign]
    if reading.is_empty():  # an interval written backwards; READING: also `<0`, gcs `>15` ...: no value is possible
        raise Malformed(f"{item}: no value lies in {text!r}")
    return reading.times(100) if (item, unit) == ("fio2", "1") else reading


# ------------------------------------------------------------------------------------------------------------------
# 3. Lines
# ------------------------------------------------------------------------------------------------------------------

INPUT_HEADER = b"patient,minute,item,value,unit"
LAST_MINUTE = 5256000


@dataclass(frozen=True, eq=False)  # a line is only equal to itself
class Line:
    minute: int
    item: str
    text: str  # the value as charted
    value: object  # Interval, word, or None when empty
    unit: str
    late: bool


def day_of(minute):
    return minute // 1440 + 1


QUOTED = re.compile(r'"((?:[^"]|"")*+)"')  # possessive: a doubled quote is never a closing one


def split_fields(record):
    """RFC 4180 fields of one record without its line end; None while a quote is still open."""
    if '"' not in record:
        if "\r" in record:
            raise Malformed("a carriage return inside a line")
        return record.split(",")
    fields, at = [], 0
    while True:
        if record[at:at + 1] == '"':
            found = QUOTED.match(record, at)
            if not found:
                return None
            fields.append(found[1].replace('""', '"'))
            at = found.end()
        else:
            plain = re.compile(r'[^",\r\n]*').match(record, at)
            fields.append(plain[0])
            at = plain.end()
        if at == len(record):
            return fields
        if record[at] != ",":
            raise Malformed("a quotation mark in the wrong place")
        at += 1


def records(data):
    """(line number, fields) of each record after the header; the fields are a Malformed when they can not be had."""
    raw = data.split(b"\n")
    if raw[-1] == b"":
        raw.pop()
    if not raw or raw[0].removesuffix(b"\r") != INPUT_HEADER:
        yield 1, Malformed(f"expected the header {INPUT_HEADER.decode()}")
        return
    number = 1
    while number < len(raw):
        first, record, fields = number + 1, None, None
        try:
            while fields is None:
                if number == len(raw):
                    raise Malformed("a quotation mark is never closed")
                text = raw[number].decode("utf-8")
                record = text if record is None else record + "\n" + text
                number += 1
                fields = split_fields(record.removesuffix("\r"))
        except UnicodeDecodeError:
            yield first, Malformed("not UTF-8")
            return
        except Malformed as problem:
            yield first, problem
            return
        yield first, fields


def read_line(fields, known, finished):
    """One record as (patient, Line). `known`: the lines so far of the patient being read as (patient, lines), or None."""
    if len(fields) != 5:
        raise Malformed(f"expected 5 fields, got {len(fields)}")
    patient, minute, item, text, unit = fields
    if not re.fullmatch(r"[0-9]+", minute) or int(minute) > LAST_MINUTE:
        raise Malformed(f"expected a whole minute from 0 to {LAST_MINUTE}, got {minute!r}")
    minute = int(minute)
    value = read_value(item, text, unit)
    if patient in finished:
        raise Malformed(f"patient {patient!r} comes back")
    late = False
    if known and known[0] == patient and known[1]:
        before = known[1]
        if before[-1].item in ("death", "discharge"):
            raise Malformed(f"a line after {before[-1].item}")
        latest = latest_minute(before)
        late = minute < latest  # "Late means earlier than the latest minute of any line so far"
        if late and day_of(minute) < day_of(latest):
            raise Malformed(f"minute {minute} lies before the open day {day_of(latest)}")
        if late and KIND[item] not in (MEASURED, ADDS_UP):
            raise Malformed(f"{item} can not be late: minute {minute} after {latest}")
    return patient, Line(minute, item, text, value, unit, late)


def latest_minute(lines):
    """The latest minute of any line so far. (A line that is not late has it, so look back only that far.)"""
    for line in reversed(lines):
        if not line.late:
            return line.minute
    raise AssertionError


# ------------------------------------------------------------------------------------------------------------------
# 4. SOFA 1996, the printed table. A band's place in its row is its points.
# ------------------------------------------------------------------------------------------------------------------

ROWS = {
    ("pf", "mm[Hg]"): "[400,inf) [300,400) [200,300) [100,200) [0,100)",
    ("pf", "kPa"): "[53.3,inf) [40,53.3) [26.7,40) [13.3,26.7) [0,13.3)",
    ("platelets", "10*9/L"): "[150,inf) [100,150) [50,100) [20,50) [0,20)",
    ("platelets", "10*3/uL"): "[150,inf) [100,150) [50,100) [20,50) [0,20)",
    ("bilirubin", "mg/dL"): "[0,1.2) [1.2,2.0) [2.0,6.0) [6.0,12.0) [12.0,inf)",
    ("bilirubin", "umol/L"): "[0,20) [20,33) [33,102) [102,204] (204,inf)",
    ("creatinine", "mg/dL"): "[0,1.2) [1.2,2.0) [2.0,3.5) [3.5,5.0) [5.0,inf)",
    ("creatinine", "umol/L"): "[0,110) [110,171) [171,300) [300,440] (440,inf)",
    ("map", "mm[Hg]"): "[70,inf) [0,70) - - -",
    ("gcs", "{score}"): "[15,15] [13,14] [10,12] [6,9] [3,5]",  # whole numbers, charted with whole ends
    ("urine", "mL"): "[500,inf) - - [200,500) [0,200)",
    ("dobutamine", "ug/kg/min"): "- - (0,inf) - -",
    ("dopamine", "ug/kg/min"): "- - (0,5] (5,15] (15,inf)",
    ("epinephrine", "ug/kg/min"): "- - - (0,0.1] (0.1,inf)",
    ("norepinephrine", "ug/kg/min"): "- - - (0,0.1] (0.1,inf)",
}
BANDS = {key: [(p, between(band)) for p, band in enumerate(row.split()) if band != "-"] for key, row in ROWS.items()}


@lru_cache(maxsize=None)
def points_of(item, unit, reading):
    """The set of points that a reading leaves possible."""
    return frozenset(p for p, band in BANDS[item, unit] if reading.meets(band))


def worse(a, b):
    """"Worst of the day": the set of what the worse of two may be. Its ends are the highest `lo` and the highest `hi`."""
    return frozenset(max(x, y) for x in a for y in b)


NOT_MEASURED = frozenset(range(5))


@lru_cache(maxsize=None)
def respiration_points(pao2, unit, fio2, support, support_any):
    """`fio2` an Interval in %, `support` a word or None for unknown."""
    ratio = pao2.over(fio2).times(100)
    points = points_of("pf", unit, ratio)
    capped = frozenset(min(p, 2) for p in points)  # "P/F below 200 without support scores 2"
    if support_any or support in POSITIVE_PRESSURE_OR_ECMO:
        return points
    return capped if support is not None else points | capped


FIO2_UNKNOWN = between("[21,100]")


@lru_cache(maxsize=None)
def drug_points(drug, rate, unit, weight):
    """Points of a running drug (rate > 0): the values of `rate` above 0."""
    dose = rate.cut(POSITIVE)
    if unit == "ug/min":
        if weight is None:
            return frozenset(p for p, _ in BANDS[drug, "ug/kg/min"])  # 3..4; dopamine 2..4; dobutamine 2
        dose = dose.over(weight)
    return points_of(drug, "ug/kg/min", dose)


# ------------------------------------------------------------------------------------------------------------------
# 5. Yes, no, unknown
# ------------------------------------------------------------------------------------------------------------------

YES, NO, UNKNOWN = "yes", "no", "unknown"


def all_of(*answers):
    return NO if NO in answers else UNKNOWN if UNKNOWN in answers else YES


def any_of(*answers):
    return YES if YES in answers else UNKNOWN if UNKNOWN in answers else NO


def at_least(ends, n):
    lo, hi = ends
    return YES if lo >= n else NO if hi < n else UNKNOWN


# ------------------------------------------------------------------------------------------------------------------
# 6. One patient
# ------------------------------------------------------------------------------------------------------------------


class Patient:
    RULES, MISSING = "sofa-1996", "open"  # the name of the edition; what it takes without `--missing`

    def __init__(self, lines, options):
        self.options = options
        self.missing = options.missing or self.MISSING
        self.lines = lines
        self.first_line = {}  # item: the earliest minute at which it has a line, empty or not
        self.on_day = defaultdict(list)  # (day, item): its lines, in file order
        held = defaultdict(dict)
        for line in lines:
            self.first_line[line.item] = min(line.minute, self.first_line.get(line.item, line.minute))
            self.on_day[day_of(line.minute), line.item].append(line)
            # An empty value "ends nothing that holds"; "of several lines of one held item in one minute the last holds".
            # READING: the last with a value.
            if KIND[line.item] == HOLDS and line.value is not None:
                held[line.item][line.minute] = line
        self.held_minutes = {item: sorted(by_minute) for item, by_minute in held.items()}
        self.held_lines = {item: [by_minute[m] for m in sorted(by_minute)] for item, by_minute in held.items()}

        last_event = latest_minute(lines)
        self.last_day = day_of(last_event)
        ending = lines[-1] if lines[-1].item in ("death", "discharge") else None
        self.death_day = self.last_day if ending and ending.item == "death" else None
        self.discharge_day = self.last_day if ending and ending.item == "discharge" else None
        # Rule 3. A later event closes a day; so do death, discharge and `--last-day closed`.
        self.last_day_closed = ending is not None or options.last_day == "closed"
        self.clock = last_event
        if options.last_day == "closed" and ending is None:
            self.clock = 1440 * self.last_day - 1
        self.counting = {drug: self.counting_minutes(drug) for drug in RATES if drug in held}
        self.parts_by_day = {}

    # -- what holds, and when -------------------------------------------------------------------------------------

    def minutes(self, day):
        return range(1440 * (day - 1), min(1440 * day - 1, self.clock) + 1)

    def closed(self, day):
        return day < self.last_day or self.last_day_closed

    def charted_by_end_of(self, day, item):
        return self.first_line.get(item, inf) < 1440 * day

    def drug_charted_by_end_of(self, day, drug):
        """DECISION: a line with an empty value does not chart a drug: charted and not known is unknown."""
        return drug in self.held_minutes and self.held_minutes[drug][0] < 1440 * day

    def held(self, item, minute):
        """The line that holds at this minute, or None: "from its minute up to, not including, its next"."""
        at = bisect_right(self.held_minutes.get(item, ()), minute)
        return self.held_lines[item][at - 1] if at else None

    def held_value(self, item, minute):
        line = self.held(item, minute)
        return line.value if line else None

    # -- rule 4: runs of an infusion ------------------------------------------------------------------------------

    def counting_minutes(self, drug):
        """{minute: YES or UNKNOWN} for each minute up to the clock at which the drug counts, or may.

        A rate `0..x` may be off. More running minutes never make fewer minutes count, so a minute surely counts when it
        does with all such rates off, and may count when it does with all of them on."""
        start = self.held_minutes[drug][0]
        surely, maybe = [], []  # is it running, minute by minute from `start`?
        for line, until in zip(self.held_lines[drug], [*self.held_minutes[drug][1:], self.clock + 1]):
            minutes = until - line.minute  # it holds for that many
            surely += [not line.value.meets(between("[0,0]"))] * minutes
            maybe += [line.value.meets(POSITIVE)] * minutes
        counting = {start + i: UNKNOWN for i in self.count(maybe)}
        counting.update({start + i: YES for i in self.count(surely)})
        return counting

    @staticmethod
    def count(running):
        """"A run from minute s counts from minute s+59 on"; a stop of 5 minutes or less does not break the run."""
        run_first = last_on = None
        for minute, on in enumerate(running):
            if not on:
                continue  # "nothing counts during" a stop
            if last_on is None or minute - (last_on + 1) > 5:  # the stop lasted from last_on + 1 to this minute
                run_first = minute
            last_on = minute
            if minute >= run_first + 59:
                yield minute

    def drug_points(self, day):
        worst = frozenset({0})
        for drug in SCORED_DRUGS:
            counting, seen = self.counting.get(drug, {}), set()
            for minute in self.minutes(day) if counting else ():
                if minute in counting:
                    seen.add((counting[minute], self.held(drug, minute), self.held("weight", minute)))
            for sure, rate, weight in seen:
                points = drug_points(drug, rate.value, rate.unit, weight and weight.value)
                worst = worse(worst, points if sure == YES else points | {0})
            if self.options.infusions == "unknown" and not self.drug_charted_by_end_of(day, drug):
                worst = worse(worst, {0, 2} if drug == "dobutamine" else {0, 4})  # "lifts the upper end"
        return worst

    # -- the seven parts of the six organs ------------------------------------------------------------------------

    def measured(self, day, item):
        """The lines of the day that have a value."""
        return [line for line in self.on_day[day, item] if line.value is not None]

    def pao2_points(self, day, missing):
        scored = []
        for line in self.measured(day, "pao2"):
            fio2 = None if line.late else self.held_value("fio2", line.minute)
            support = None if line.late else self.held_value("support", line.minute)
            if fio2 is None and missing == "normal":
                continue  # "PaO2 without FiO2 not scored, a late one neither"
            scored.append(respiration_points(line.value, line.unit, fio2 or FIO2_UNKNOWN, support,
                                             self.options.support == "any"))
        return reduce(worse, scored) if scored else None

    def plain_points(self, day, item):
        scored = [points_of(item, line.unit, line.value) for line in self.measured(day, item)]
        return reduce(worse, scored) if scored else None

    def gcs_points(self, day):
        scored = self.plain_points(day, "gcs")
        if scored is None and self.on_day[day, "gcs"]:
            return NOT_MEASURED  # "a day with only empty gcs lines is 0..4, under --missing normal too"; READING: under carry too
        return scored

    def urine_points(self, day):
        volumes = [line.value for line in self.measured(day, "urine")]
        if not volumes:
            return None
        points = points_of("urine", "mL", reduce(Interval.plus, volumes))
        return points if self.closed(day) else frozenset(range(max(points) + 1))  # "points 0..k"

    def scored_parts(self, day, missing):
        """Points of each part, None where nothing was scored that day."""
        return {
            "pao2": self.pao2_points(day, missing),
            "platelets": self.plain_points(day, "platelets"),
            "bilirubin": self.plain_points(day, "bilirubin"),
            "map": self.plain_points(day, "map"),
            "gcs": self.gcs_points(day),
            "creatinine": self.plain_points(day, "creatinine"),
            "urine": self.urine_points(day),
        }

    IF_UNKNOWN = {part: NOT_MEASURED for part in ("pao2", "platelets", "bilirubin", "gcs", "creatinine")}
    IF_UNKNOWN |= {"map": frozenset({0, 1}), "urine": frozenset({0, 3, 4})}

    def parts(self, day, missing):
        """Points of each part, with what was not scored filled in as `--missing` says."""
        if (day, missing) not in self.parts_by_day:
            parts = self.scored_parts(day, missing)
            for part, points in parts.items():
                if points is None:
                    if missing == "open":
                        parts[part] = self.IF_UNKNOWN[part]
                    elif missing == "carry" and day > 1:
                        parts[part] = self.parts(day - 1, missing)[part]
                    else:
                        parts[part] = frozenset({0})
            self.parts_by_day[day, missing] = parts
        return self.parts_by_day[day, missing]

    def organs(self, day, missing):
        """Points of respiration, coagulation, liver, cardiovascular, brain, renal."""
        part = self.parts(day, missing)
        return (part["pao2"], part["platelets"], part["bilirubin"], worse(part["map"], self.drug_points(day)),
                part["gcs"], worse(part["creatinine"], part["urine"]))

    # -- rule 8: sepsis and shock ---------------------------------------------------------------------------------

    def sepsis(self, day, total):
        if not self.charted_by_end_of(day, "infection"):
            infection = UNKNOWN
        else:  # READING: minutes before the first `infection` line of a charted patient are not infection 1
            infection = YES if any(self.held_value("infection", m) == "1" for m in self.minutes(day)) else NO
        emergency = at_least(total, 2)
        if self.options.baseline is not None:
            in_hospital = at_least(total, 2 + self.options.baseline)
        else:
            in_hospital = NO if total[1] < 2 else UNKNOWN
        # READING: of a flag that changes within the day, the value at the day's last minute
        flag = self.held_value("emergency_admission", self.minutes(day)[-1])
        if flag is None:
            rise = emergency if emergency == in_hospital else UNKNOWN
        else:
            rise = emergency if flag == "1" else in_hospital
        return all_of(infection, rise)

    def vasopressor(self, day, minute):
        answers = [NO]
        for drug in ("norepinephrine", "epinephrine", "dopamine", "vasopressin", "phenylephrine", "other_vasoactive"):
            answer = self.counting.get(drug, {}).get(minute, NO)
            if self.options.infusions == "unknown" and not self.drug_charted_by_end_of(day, drug):
                answer = UNKNOWN
            if drug == "other_vasoactive" and answer == YES:
                answer = UNKNOWN
            answers.append(answer)
        return any_of(*answers)

    def no_hypovolemia(self, line):
        return self.filled_at(line.minute) if not line.late else self.filled_at_late(line)

    def filled_at(self, minute):
        return {None: UNKNOWN, "0": YES, "1": NO}[self.held_value("hypovolemia", minute)]

    def filled_at_late(self, lactate):
        """DECISION: a late lactate is known to meet hypovolaemia only if that began by its minute and still holds; else unknown."""
        since = None
        for line in self.lines[:self.lines.index(lactate)]:
            if line.item == "hypovolemia":
                since = None if line.value == "0" else line.minute if since is None else since
        return NO if since is not None and since <= lactate.minute else UNKNOWN

    def shock(self, day, sepsis):
        if sepsis == NO:
            return NO
        lactates = self.measured(day, "lactate")
        moments = []
        for line in lactates:
            above = line.value.meets(between("(2,inf)"))
            not_above = line.value.meets(between("[0,2]"))
            high = UNKNOWN if above and not_above else YES if above else NO
            vasopressor = UNKNOWN if line.late else self.vasopressor(day, line.minute)
            moments.append(all_of(high, vasopressor, self.no_hypovolemia(line)))
        if not lactates:  # not charted, so it may have been above 2 at any minute of the day
            for minute in self.minutes(day):
                moments.append(all_of(UNKNOWN, self.vasopressor(day, minute), self.filled_at(minute)))
                if moments[-1] == UNKNOWN:
                    break  # it can not become more than that
        return all_of(sepsis, any_of(*moments))

    # -- the marker columns ---------------------------------------------------------------------------------------

    def last_marker(self, day, item):
        """"The last line with a value up to the end of that day." READING: the last in the file, late or not."""
        lines = [line for line in self.lines if line.item == item and line.value is not None and day_of(line.minute) <= day]
        return lines[-1] if lines else None

    def endotype(self, day, ferritin, mhla_dr):
        if not self.charted_by_end_of(day, "ferritin") and not self.charted_by_end_of(day, "mhla_dr"):
            return "-"
        ferritin = ferritin.value if ferritin else between("[0,inf)")
        mhla_dr = mhla_dr.value if mhla_dr else between("[0,inf)")
        classes = []
        if ferritin.meets(between("(4420,inf)")):
            classes.append("mals")
        if ferritin.meets(between("[0,4420]")):
            if mhla_dr.meets(between("[0,5000)")):
                classes.append("immunoparalysis")
            if mhla_dr.meets(between("[5000,inf)")):
                classes.append("unclassified")
        return "/".join(classes)

    # -- the ImmunoSep day-9 endpoint -----------------------------------------------------------------------------

    def response(self, totals, day):
        """Is 8*S1 - (S2 + ... + S9) >= 12, on the days closed up to `day` and whatever the later days bring?"""
        weight = defaultdict(int)  # how often each source counts; a carried day counts its source again
        for d in range(1, 10):
            if d <= day and self.closed(d) and d <= self.last_day:
                source = d
            elif self.death_day and self.death_day <= day:
                source = "dead"
            elif self.discharge_day and self.discharge_day <= day:
                source = self.discharge_day
            else:
                source = f"open {d}"
            weight[source] += 8 if d == 1 else -1
        low = high = 0
        for source, w in weight.items():
            ends = totals[source] if source in totals else (24, 24) if source == "dead" else (0, 24)
            low += min(w * ends[0], w * ends[1])
            high += max(w * ends[0], w * ends[1])
        return at_least((low, high), 12)

    # -- the lines of output --------------------------------------------------------------------------------------

    def rows(self, only_closed=False):
        """Each row a list of fields, from day 1 to the last with an event."""
        totals = {}
        for day in range(1, self.last_day + 1):
            closed = self.closed(day)
            if only_closed and (day == self.last_day and self.clock_is_open()):
                return
            organs = self.organs(day, self.missing)
            shown = [ends_text(ends(points)) for points in organs]
            under_open = [ends_text(ends(points)) for points in self.organs(day, "open")]
            assumed = sum(a != b for a, b in zip(shown, under_open))
            total = tuple(map(sum, zip(*map(ends, organs))))
            totals[day] = total
            first = totals[1]
            change = (0, 0) if day == 1 else (total[0] - first[1], total[1] - first[0])
            sepsis = self.sepsis(day, total)
            ferritin, mhla_dr = self.last_marker(day, "ferritin"), self.last_marker(day, "mhla_dr")
            yield [str(day), YES if closed else NO, self.RULES, *shown, ends_text(total), str(assumed), ends_text(change),
                   sepsis, self.shock(day, sepsis), charted(ferritin), charted(mhla_dr),
                   self.endotype(day, ferritin, mhla_dr), self.response(totals, day)]

    def clock_is_open(self):
        """Nothing in the file has closed the last day (whatever `--last-day` makes of the end of the file)."""
        return self.death_day is None and self.discharge_day is None


def charted(marker):
    return marker.text.strip(" \t") if marker else "-"


def ends(points):
    return min(points), max(points)


def ends_text(pair):
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]}..{pair[1]}"


# ------------------------------------------------------------------------------------------------------------------
# 7. SOFA-2. A band's place in its row is its points; the worse side of a cut-off is that of the printed table.
# ------------------------------------------------------------------------------------------------------------------

ROWS2 = {
    ("pf", "mm[Hg]"): "(300,inf) (225,300] (150,225] (75,150] [0,75]",
    ("pf", "kPa"): "(40,inf) (30,40] (20,30] (10,20] [0,10]",
    ("sf", "%"): "(300,inf) (250,300] (200,250] (120,200] [0,120]",
    ("platelets", "10*9/L"): "(150,inf) (100,150] (80,100] (50,80] [0,50]",
    ("platelets", "10*3/uL"): "(150,inf) (100,150] (80,100] (50,80] [0,50]",
    ("bilirubin", "mg/dL"): "[0,1.2] (1.2,3.0] (3.0,6.0] (6.0,12.0] (12.0,inf)",
    ("bilirubin", "umol/L"): "[0,20.6] (20.6,51.3] (51.3,102.6] (102.6,205] (205,inf)",
    ("creatinine", "mg/dL"): "[0,1.2] (1.2,2.0] (2.0,3.5] (3.5,inf) -",
    ("creatinine", "umol/L"): "[0,110] (110,170] (170,300] (300,inf) -",
    ("map", "mm[Hg]"): "[70,inf) [0,70) - - -",
    ("map, vasoactives unavailable", "mm[Hg]"): "[70,inf) [60,70) [50,60) [40,50) [0,40)",
    ("gcs", "{score}"): "[15,15] [13,14] [9,12] [6,8] [3,5]",  # whole numbers, charted with whole ends
    ("gcs_motor", "{score}"): "[6,6] [5,5] [4,4] [3,3] [1,2]",
    ("norepinephrine + epinephrine", "ug/kg/min"): "- - (0,0.2] (0.2,0.4] (0.4,inf)",
    ("dopamine alone", "ug/kg/min"): "- - (0,20] (20,40] (40,inf)",
}
BANDS2 = {key: [(p, between(band)) for p, band in enumerate(row.split()) if band != "-"] for key, row in ROWS2.items()}
ADVANCED_SUPPORT = {"hfnc", "cpap", "niv", "imv", "home_vent", "ecmo_vv", "ecmo_va"}
ECMO = {"ecmo_vv", "ecmo_va"}

# (hours, mean rate in mL/kg/h, points): "less than 0.5 mL/kg/h for 6 h is 1, for 12 h 2; less than 0.3 for 24 h 3"; and
# "none at all for 12 h 3".
URINE_ROWS = ((6, "0.5", 1), (12, "0.5", 2), (24, "0.3", 3))
ANURIA_HOURS, ANURIA_POINTS = 12, 3


@lru_cache(maxsize=None)
def points_of2(item, unit, reading):
    return frozenset(p for p, band in BANDS2[item, unit] if reading.meets(band))


@lru_cache(maxsize=None)
def ratio_points2(item, unit, reading, fio2, support, ratio_alone):
    """`item` pf or sf; `fio2` in %; `support` a word or None for unknown; `ratio_alone`: no cap without advanced support."""
    points = points_of2(item, unit, reading.over(fio2).times(100))
    capped = frozenset(min(p, 2) for p in points)  # "without it at most 2 (h)"
    if ratio_alone or support in ADVANCED_SUPPORT:
        return points
    return capped if support is not None else points | capped  # "before the first `support` line P/F <= 150 is 2 or 3"


def summed_dose(rates, weight):
    """What the sum of running rates may be, in ug/kg/min. `rates`: (Interval, unit); those per minute share one weight."""
    by_weight = [rate.cut(POSITIVE) for rate, unit in rates if unit == "ug/kg/min"]
    per_minute = [rate.cut(POSITIVE) for rate, unit in rates if unit == "ug/min"]
    doses = by_weight
    if per_minute:
        doses = [*by_weight, POSITIVE if weight is None else reduce(Interval.plus, per_minute).over(weight)]
    return reduce(Interval.plus, doses)



def points_of_these_drugs(counting, weight):
    """Points of a minute in which exactly these drugs count: {drug: (rate, unit)}."""
    summed = [counting[drug] for drug in ("norepinephrine", "epinephrine") if drug in counting]
    others = [drug for drug in counting if drug not in ("norepinephrine", "epinephrine")]
    if summed:
        points = points_of2("norepinephrine + epinephrine", "ug/kg/min", summed_dose(summed, weight))
        return frozenset(min(p + 1, 4) for p in points) if others else points
    if others == ["dopamine"]:
        return points_of2("dopamine alone", "ug/kg/min", summed_dose([counting["dopamine"]], weight))
    return frozenset({2}) if others else frozenset({0})

ANY_RATE = (POSITIVE, "ug/kg/min")  # of a drug that may run and was never charted


@lru_cache(maxsize=None)
def points_of_minute(drugs, weight):
    """`drugs`: (name, YES or UNKNOWN, rate, unit) of those that count or may. "Every possible set is looked at"."""
    possible = frozenset()
    for chosen in product(*([True] if sure == YES else [False, True] for _, sure, _, _ in drugs)):
        counting = {name: (rate, unit) for (name, _, rate, unit), counts in zip(drugs, chosen) if counts}
        possible |= points_of_these_drugs(counting, weight)
    return possible


class Patient2(Patient):
    RULES, MISSING = "sofa-2", "carry"  # "without `--missing` it is `carry`"

    def __init__(self, lines, options):
        super().__init__(lines, options)
        self.position = {id(line): i for i, line in enumerate(lines)}
        self.scored_by_day = {}
        self.perhaps = defaultdict(list)
        self.perhaps_gcs = defaultdict(list)
        self.assessments = self.assess()

    # -- states ---------------------------------------------------------------------------------------------------

    # READING: before the first line of a state (flag or `support` for ECMO) that has one, it is not true, under `--infusions
    # unknown` too, on the day of that line; as a drug is not running before its first line.

    def is_on(self, flag, minute):
        return self.held_value(flag, minute) == "1"

    def minutes_with(self, day, item, *words):
        """The minutes of the day in which this held item has one of these values."""
        if item not in self.held_minutes:
            return []
        return [minute for minute in self.minutes(day) if self.held_value(item, minute) in words]

    def not_charted(self, day, item):
        """Is it open because it was never charted? (`--infusions unknown`; "up to the end of that day")"""
        if self.options.infusions == "complete":
            return False
        return not (self.drug_charted_by_end_of if item in RATES else self.charted_by_end_of)(day, item)

    def arrival(self, line):
        """The latest minute when this line was charted."""
        return latest_minute(self.lines[:self.position[id(line)] + 1])

    def since(self, line, flag):
        """For a late line: the values a flag had from that line's minute up to the moment it was charted, both included.

        READING: known is what stands before it in the file. A first line `0` is no change (never charted is not true), nor is
        one that repeats what holds, nor are several in one minute that end where they began. A change in the line's own
        minute acts first, so the line is not earlier than it."""
        held = {}
        for before in self.lines[:self.position[id(line)]]:
            if before.item == flag:
                held[before.minute] = before.value
        values, value = set(), "0"
        for minute in [m for m in sorted(held) if m <= line.minute][-1:]:
            value = held[minute]
        for minute in range(line.minute, self.arrival(line) + 1):
            value = held.get(minute, value)
            values.add(value)
        return values

    # -- 3, 4: respiration ----------------------------------------------------------------------------------------

    def ratio(self, item, unit, reading, minute, late, missing):
        """Points of one gas or saturation, None where it is not scored."""
        fio2 = None if late else self.held_value("fio2", minute)
        support = None if late else self.held_value("support", minute)
        if fio2 is None and missing == "normal":
            return None
        # READING: of a late one `ventilation_unavailable` is as unknown as support is, so both with and without the cap.
        alone = self.options.support == "any" or (not late and self.is_on("ventilation_unavailable", minute))
        return ratio_points2(item, unit, reading, fio2 or FIO2_UNKNOWN, support, alone)

    def saturation_points(self, reading, minute, late, missing):
        below = reading.cut(between("[0,98)"))
        if below.is_empty():
            return None  # "98 % or more scores nothing"
        if reading.meets(between("[98,inf)")):
            # "of a reading on both sides of 98 what lies below may be scored": see `respiration`
            self.perhaps[day_of(minute)].append(self.ratio("sf", "%", below, minute, late, "open"))
            return None
        return self.ratio("sf", "%", below, minute, late, missing)

    def ratio_points(self, day, missing):
        self.perhaps[day] = []
        scored = [self.ratio("pf", line.unit, line.value, line.minute, line.late, missing) for line in self.measured(day, "pao2")]
        # "a late `pao2` does not take back the `spo2` of its minute"
        with_pao2 = {line.minute for line in self.measured(day, "pao2") if not line.late}
        by_minute = defaultdict(list)
        for line in self.measured(day, "spo2"):
            if line.late:  # READING: scored whatever PaO2 its minute had ("as a late `pao2`")
                scored.append(self.saturation_points(line.value, line.minute, True, missing))
            elif line.minute not in with_pao2:
                by_minute[line.minute].append(line.value)
        for minute, readings in by_minute.items():
            lo, lo_open = min((r.lo, r.lo_open) for r in readings)  # "several in one minute: the lowest ends"
            hi, hi_closed = min((r.hi, not r.hi_open) for r in readings)
            scored.append(self.saturation_points(Interval(lo, hi, lo_open, not hi_closed), minute, False, missing))
        scored = [points for points in scored if points is not None]
        return reduce(worse, scored) if scored else None

    def respiration(self, day, ratio):
        for points in self.perhaps[day]:  # "the organ as it is without that; then its points, or 0, are joined"
            ratio = worse(ratio, points | {0})
        if self.minutes_with(day, "support", *ECMO):
            ratio = worse(ratio, {4})
        # READING: "without a line of `support` or of `ventilation_unavailable`": either one missing is enough, whatever the ratio.
        if self.not_charted(day, "support") or self.not_charted(day, "ventilation_unavailable"):
            ratio = worse(ratio, {0, 4})
        return ratio

    # -- 5, 7: cardiovascular -------------------------------------------------------------------------------------

    def plain_points(self, day, item):
        scored = [points_of2(item, line.unit, line.value) for line in self.measured(day, item)]
        return reduce(worse, scored) if scored else None

    def map_points(self, day):
        scored = []
        for line in self.measured(day, "map"):
            states = self.since(line, "vasoactives_unavailable") if line.late else \
                {"1" if self.is_on("vasoactives_unavailable", line.minute) else "0"}
            points = frozenset()
            for state in states:  # "by either row": what either leaves possible
                row = "map, vasoactives unavailable" if state == "1" else "map"
                points |= points_of2(row, line.unit, line.value)
            scored.append(points)
        return reduce(worse, scored) if scored else None

    def drug_points(self, day):
        seen = set()
        for minute in self.minutes(day) if self.counting else ():
            drugs = tuple((drug, counting[minute], self.held(drug, minute)) for drug, counting in self.counting.items()
                          if minute in counting)
            if drugs:
                seen.add((drugs, self.held("weight", minute)))
        uncharted = tuple((drug, UNKNOWN, *ANY_RATE) for drug in RATES if self.not_charted(day, drug))
        worst = frozenset({0})
        for drugs, weight in seen:
            drugs = tuple((drug, sure, line.value, line.unit) for drug, sure, line in drugs)
            # "In each minute in which dopamine counts as low as drugs that were never charted would make it": each of those may
            # count, at any rate. (Without dopamine a drug more never makes it less.)
            worst = worse(worst, points_of_minute(drugs + uncharted, weight and weight.value))
        return worst | {4} if uncharted else worst  # "open up to 4", if vasopressin alone is what was not charted, too

    def cardiovascular(self, day, pressure):
        worst = worse(pressure, self.drug_points(day))
        if self.minutes_with(day, "mechanical_circulatory_support", "1") or self.minutes_with(day, "support", "ecmo_va"):
            worst = worse(worst, {4})
        if self.not_charted(day, "mechanical_circulatory_support") or self.not_charted(day, "vasoactives_unavailable"):
            worst = worse(worst, {0, 4})
        # READING: `support` never charted may be `ecmo_va`, but the document opens respiration alone for it.
        return worst

    # -- 6: brain -------------------------------------------------------------------------------------------------

    def assess(self):
        """Every GCS, or motor response in a minute without one: (line, points to score or None, known as "the last" from)."""
        on_time = [line for line in self.lines if line.item in ("gcs", "gcs_motor") and not line.late and line.value is not None]
        # READING: a late GCS does not take back the motor response of its minute (as with `pao2` and `spo2`).
        with_gcs = {line.minute for line in on_time if line.item == "gcs"}
        assessments = []
        for line in on_time:
            if line.item == "gcs_motor" and line.minute in with_gcs:
                continue
            if not self.is_on("sedated", line.minute):
                assessments.append((line, points_of2(line.item, line.unit, line.value), line.minute))
        for line in self.lines:
            if line.item in ("gcs", "gcs_motor") and line.late and line.value is not None:
                points, states = points_of2(line.item, line.unit, line.value), self.since(line, "sedated")
                if states == {"0"}:
                    assessments.append((line, points, self.arrival(line)))
                elif states == {"0", "1"}:  # "may be scored": see `brain`
                    self.perhaps_gcs[day_of(line.minute)].append(points)
                # else sedated since: not scored
        return assessments

    def last_assessment(self, minute):
        """"The last one charted before"; ""the last" is the latest minute; several of one minute are joined"."""
        known = [(line.minute, points) for line, points, known_from in self.assessments
                 if line.minute < minute and known_from <= minute]
        if not known:
            return None
        latest = max(at for at, _ in known)
        # DECISION: joined is the worse of them, as when they are scored (first read: either may be the last).
        return reduce(worse, (points for at, points in known if at == latest))

    def gcs_points(self, day):
        scored = [points for line, points, _ in self.assessments if day_of(line.minute) == day]
        lasts = {self.last_assessment(minute) for minute in self.minutes_with(day, "sedated", "1")}
        scored += [points for points in lasts if points is not None]
        if scored:
            return reduce(worse, scored)
        for line in self.on_day[day, "gcs"]:
            # READING: of a late empty one, the state of its own minute.
            if line.value is None and not self.is_on("sedated", line.minute):
                return NOT_MEASURED
        return None

    def brain(self, day, gcs):
        # READING: the `0..4` is not carried to later days on which `sedated` is charted; the GCS that was scored is.
        if self.not_charted(day, "sedated"):
            gcs = NOT_MEASURED
        for points in self.perhaps_gcs[day]:
            gcs = worse(gcs, points | {0})
        # READING: a drug for delirium still makes it at least 1 where "the brain is `0..4`".
        if self.minutes_with(day, "delirium_drug", "1"):
            gcs = worse(gcs, {1})
        return worse(gcs, {0, 1}) if self.not_charted(day, "delirium_drug") else gcs

    # -- 8, 9: renal ----------------------------------------------------------------------------------------------

    def spans(self, day, minutes, or_more=True):
        """The urine and the length in minutes of "the shortest span" of at least (or more than) so many minutes that ends in
        each hour of the day with urine, "if it began in this day or the one before"."""
        # READING: an empty `urine` is not a charting.
        lines = [line for line in self.lines if line.item == "urine" and line.value is not None]
        last = {}  # hour: the minute of its last charting
        for line in lines:
            last[line.minute // 60] = max(line.minute, last.get(line.minute // 60, 0))
        for hour, end in last.items():
            if day_of(end) != day:
                continue
            starts = [start for start in last.values() if end - start >= minutes and (or_more or end - start > minutes)]
            if not starts or day_of(max(starts)) < day - 1:
                continue
            start = max(starts)
            hours = defaultdict(list)
            for line in lines:
                if start // 60 < line.minute // 60 <= hour:
                    hours[line.minute // 60].append(line.value)
            yield reduce(Interval.plus, (self.kept(reduce(Interval.plus, inside)) for inside in hours.values())), end - start

    @staticmethod
    def kept(hour):
        """DECISION: "Of an hour charted as a range that begins above 0 only the lower end is kept", but for a few thousandths of 1 mL."""
        half_ticks = 2000 * (hour.hi - hour.lo) - hour.lo_open - hour.hi_open
        if half_ticks < 14 or hour.lo == 0 and not hour.lo_open:
            return hour
        return Interval(hour.lo, Fraction(10) ** 6, hour.lo_open, False)

    def slower(self, day, urine, minutes, limit):
        """Is the mean rate below `limit` mL/kg/h?"""
        weight = self.held_value("weight", self.minutes(day)[-1])
        if weight is None:
            # "Weight unknown: open, but for no urine at all", which is below any limit.
            return YES if urine.hi == 0 else UNKNOWN
        rate = urine.over(weight).times(Fraction(60, minutes))
        below, not_below = rate.meets(between(f"[0,{limit})")), rate.meets(between(f"[{limit},inf)"))
        return UNKNOWN if below and not_below else YES if below else NO

    def urine_points(self, day):
        points_if = {YES: lambda p: frozenset({p}), NO: lambda p: frozenset({0}), UNKNOWN: lambda p: frozenset({0, p})}
        scored = []
        for hours, limit, points in URINE_ROWS:
            for urine, minutes in self.spans(day, 60 * hours):
                scored.append(points_if[self.slower(day, urine, minutes, limit)](points))
        for urine, _ in self.spans(day, 60 * ANURIA_HOURS):
            none, some = urine.meets(between("[0,0]")), urine.meets(POSITIVE)
            scored.append(points_if[UNKNOWN if none and some else YES if none else NO](ANURIA_POINTS))
        if not scored:
            return None
        points = reduce(worse, scored)
        return points if self.closed(day) else frozenset(range(max(points) + 1))  # "0..k"

    def oliguria(self, day):
        """"A span of more than 6 h below 0.3 mL/kg/h". READING: as in the rows, of each hour's shortest span that is longer."""
        answers = [self.slower(day, urine, minutes, "0.3") for urine, minutes in self.spans(day, 360, or_more=False)]
        if not answers:
            return None
        answer = any_of(*answers)
        return UNKNOWN if answer == YES and not self.closed(day) else answer  # "more urine may come"

    def met(self, day, item, band, missing):
        """Did one of the day's values lie in this band?"""
        answers = []
        for line in self.measured(day, item):
            inside, outside = line.value.meets(between(band)), any(line.value.meets(between(b)) for b in self.BESIDE[band])
            answers.append(UNKNOWN if inside and outside else YES if inside else NO)
        if not answers:
            return UNKNOWN if missing == "open" else NO
        return any_of(*answers)

    BESIDE = {"[6.0,inf)": ["[0,6.0)"], "[0,7.20]": ["(7.20,inf)"], "[0,12]": ["(12,inf)"]}

    def meets_criteria(self, day, missing):
        part = self.parts(day, missing)
        creatinine = at_least(ends(part["creatinine"]), 1)  # "above 1.2 mg/dL (110 umol/L)" is its first cut-off; carried with it
        kidney = any_of(creatinine, part["oliguria"])
        potassium = self.met(day, "potassium", "[6.0,inf)", missing)
        acidosis = all_of(self.met(day, "ph", "[0,7.20]", missing), self.met(day, "bicarbonate", "[0,12]", missing))
        return all_of(kidney, any_of(potassium, acidosis))

    def renal(self, day, missing):
        part = self.parts(day, missing)
        worst = worse(part["creatinine"], part["urine"])
        criteria = self.meets_criteria(day, missing)
        if criteria == YES or self.minutes_with(day, "rrt", "1"):
            worst = worse(worst, {4})
        if criteria == UNKNOWN or self.not_charted(day, "rrt"):
            worst = worse(worst, {0, 4})
        return worst

    # -- 1: what was not measured ---------------------------------------------------------------------------------

    def scored_parts(self, day, missing):
        key = day, missing == "normal"
        if key not in self.scored_by_day:
            urine = self.urine_points(day)
            self.scored_by_day[key] = {
                "ratio": self.ratio_points(day, missing),
                "platelets": self.plain_points(day, "platelets"),
                "bilirubin": self.plain_points(day, "bilirubin"),
                "map": self.map_points(day),
                "gcs": self.gcs_points(day),
                "creatinine": self.plain_points(day, "creatinine"),
                "urine": urine,
                # "and with it": carried when the urine is. READING: a longest span of exactly 6 h is not more than 6 h; on such
                # a day urine was measured, and was not low for more than 6 h.
                "oliguria": None if urine is None else self.oliguria(day) or NO,
            }
        return dict(self.scored_by_day[key])

    def if_unknown(self, day):
        # "Without MAP `0..1`, `0..4` if that state held at the end of the day or is unknown then."
        unavailable = self.is_on("vasoactives_unavailable", self.minutes(day)[-1])
        return {"ratio": NOT_MEASURED, "platelets": NOT_MEASURED, "bilirubin": NOT_MEASURED, "gcs": NOT_MEASURED,
                "map": NOT_MEASURED if unavailable else frozenset({0, 1}),
                "creatinine": frozenset(range(4)), "urine": frozenset(range(4)), "oliguria": UNKNOWN}

    def parts(self, day, missing):
        if (day, missing) not in self.parts_by_day:
            parts = self.scored_parts(day, missing)
            for part, points in parts.items():
                if points is None:
                    if missing == "open":
                        parts[part] = self.if_unknown(day)[part]
                    elif missing == "carry" and day > 1:
                        parts[part] = self.parts(day - 1, missing)[part]
                    else:
                        parts[part] = NO if part == "oliguria" else frozenset({0})
            self.parts_by_day[day, missing] = parts
        return self.parts_by_day[day, missing]

    def organs(self, day, missing):
        part = self.parts(day, missing)
        return (self.respiration(day, part["ratio"]), part["platelets"], part["bilirubin"],
                self.cardiovascular(day, part["map"]), self.brain(day, part["gcs"]), self.renal(day, missing))

    def response(self, totals, day):
        return "-"  # "the endpoint is the trial's, on SOFA-1996"


# ------------------------------------------------------------------------------------------------------------------
# 8. The run
# ------------------------------------------------------------------------------------------------------------------

OUTPUT_HEADER = ("patient,day,closed,rules,respiration,coagulation,liver,cardiovascular,brain,renal,total,assumed,change,"
                 "sepsis,shock,ferritin,mhla_dr,endotype,response")


def quoted(text):
    return '"' + text.replace('"', '""') + '"' if re.search('[",\r\n]', text) else text


def show(name, lines, options, out, only_closed=False):
    if options.immune:
        days = ((row,) for row in immune_ref.rows(lines, options, only_closed))
    else:
        days = sofa_rows(lines, options, only_closed)
    for day in days:
        for row in day:
            if options.days is None or int(row[0]) <= options.days:
                out.write(",".join([quoted(name), *row]) + "\n")


def sofa_rows(lines, options, only_closed):
    """Of each day its row of each edition."""
    editions = {"sofa-1996": [Patient], "sofa-2": [Patient2], "both": [Patient, Patient2]}[options.rules]
    return zip(*(edition(lines, options).rows(only_closed) for edition in editions))


def run(data, options, out, err):
    out.write((immune_ref.OUTPUT_HEADER if options.immune else OUTPUT_HEADER) + "\n")
    current, finished = None, set()  # (name, lines) of the patient being read; names of those before
    for number, fields in records(data):
        try:
            if isinstance(fields, Malformed):
                raise fields
            name, line = read_line(fields, current, finished)
            if options.immune:
                immune_ref.check(current[1] if current and current[0] == name else [], line)
        except Malformed as problem:
            if current:
                show(*current, options, out, only_closed=True)  # "the days already closed by then stay printed"
            out.flush()
            err.write(f"line {number}: {problem}\n")
            return 2
        if current is None or name != current[0]:
            if current:
                show(*current, options, out)
                finished.add(current[0])
            current = (name, [])
        current[1].append(line)
    if current:
        show(*current, options, out)
    return 0


def whole(low, high):
    def parse(text):
        if not re.fullmatch("[0-9]+", text) or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"expected {low} to {high}")
        return int(text)
    return parse


def main():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--rules", choices=["sofa-1996", "sofa-2", "both"], default="sofa-1996")
    parser.add_argument("--format", choices=["csv"], default="csv")
    parser.add_argument("--missing", choices=["open", "normal", "carry"])
    parser.add_argument("--infusions", choices=["complete", "unknown"], default="complete")
    parser.add_argument("--last-day", choices=["open", "closed"], default="open")
    parser.add_argument("--support", choices=["rule", "any"], default="rule")
    parser.add_argument("--baseline", type=whole(0, 24))
    parser.add_argument("--days", type=whole(0, 10**9))
    immune_ref.add_options(parser)
    parser.add_argument("file")
    options = parser.parse_args()
    immune_ref.check_options(parser, options)
    if options.file == "-":
        data = sys.stdin.buffer.read()
    else:
        opener = gzip.open if options.file.endswith(".gz") else open
        with opener(options.file, "rb") as f:
            data = f.read()
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    return run(data, options, sys.stdout, sys.stderr)


if __name__ == "__main__":
    import replay_ref  # itself, so that immune_ref meets this module once and not twice
    sys.exit(replay_ref.main())

import immune_ref  # noqa: E402  at the end: it takes what stands above
