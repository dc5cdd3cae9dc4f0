"""The section "Immune markers (`--immune`)" of REPLAY.md, read a second time; a part of replay_ref.py, in its style.

Nothing is kept from line to line or from day to day: each row is had anew from the patient's lines with a minute up to its *now*
(a line is never of a day that is over, so these are the lines known by then). Comments in quotation marks are the document's words;
"READING:" marks a place where the document leaves a choice, and says which was taken.
"""
from dataclasses import dataclass, replace
from fractions import Fraction
from math import inf

import replay_ref
from replay_ref import (CHARTED_CRITERIA, NO, REMARKS, UNKNOWN, YES, Interval, Malformed, Patient, all_of, any_of, between, charted, day_of,
                        ends, whole)

COLUMNS = ("ferritin mhla_dr entry entry_ferritin entry_mhla_dr entry_needs stage restored restored_needs switched both inflamed "
           "paralysed twice persistent slope lymphocytes lymphocytes_day_4 ferritin_stays watch eligible failed not_known arm "
           "doubts").split()
OUTPUT_HEADER = ",".join(["patient", "day", "closed", *COLUMNS])

# ------------------------------------------------------------------------------------------------------------------
# 1. Options
# ------------------------------------------------------------------------------------------------------------------

# READING: no ranges are given but FACTOR's; all are whole, from 0 on.
LIMITS = {"gap": 0, "age": 0, "cv_ferritin": 0, "cv_mhla_dr": 0, "coverage": 0, "fell": 2, "fell_within": 0, "watch_hemoglobin": 0,
          "watch_platelets": 0}


def add_options(parser):
    parser.add_argument("--immune", action="store_true")
    for name, least in LIMITS.items():
        parser.add_argument("--" + name.replace("_", "-"), type=whole(least, 10**9))


def check_options(parser, options):
    given = {name for name in LIMITS if getattr(options, name) is not None}
    if given and not options.immune:  # READING: an option of a part that is off is a mistake
        parser.error(f"{sorted(given)} without --immune")
    if options.immune and not {"gap", "age"} <= given:
        parser.error("--immune requires --gap and --age")
    # READING: `--coverage` without a CV is allowed; it has no effect.
    if given & {"cv_ferritin", "cv_mhla_dr"} and "coverage" not in given:
        parser.error("--cv-ferritin and --cv-mhla-dr require --coverage")
    if len(given & {"fell", "fell_within"}) == 1:
        parser.error("--fell and --fell-within require each other")


# ------------------------------------------------------------------------------------------------------------------
# 2. Samples
# ------------------------------------------------------------------------------------------------------------------

TOP = Fraction(1000000)  # "the top of its reportable range", of both
MOST = 64


@dataclass(frozen=True)
class Sample:
    minute: int
    text: str
    reading: Interval
    remarks: frozenset


def samples(lines, item):
    """The samples that stand after these lines, by minute."""
    standing, last = {}, (None, frozenset())
    for line in lines:
        at = line.minute
        if line.item == "specimen":
            # "A remark on the samples of its minute that are there, and on those that follow while no other minute's remark is charted."
            last = (at, (last[1] if last[0] == at else frozenset()) | {line.value})
            if at in standing:
                standing[at] = replace(standing[at], remarks=standing[at].remarks | {line.value})
        elif line.item == "withdrawn" and line.value == item:
            if at not in standing:
                raise Malformed(f"no {item} was collected at minute {at}")
            del standing[at]
        elif line.item == item and line.value is not None:
            # READING: "the same reading" is the same set of values, however written and in whichever unit. "Of a duplicate the first
            # text."
            if at in standing and standing[at].reading == line.value:
                continue
            # "A correction keeps the remarks, a withdrawal takes them along."
            before = standing[at].remarks if at in standing else frozenset()
            standing[at] = Sample(at, charted(line), line.value, before | (last[1] if last[0] == at else frozenset()))
            if len(standing) > MOST:  # READING: of those that stand, so one withdrawn makes room
                raise Malformed(f"more than {MOST} samples of {item}")
    return [standing[at] for at in sorted(standing)]


def check(lines, line):
    """What is malformed under `--immune` alone. READING: without it no samples are kept, so none can be missing or too many."""
    items = [line.value] if line.item == "withdrawn" else [line.item] if line.item in ("ferritin", "mhla_dr") else []
    for item in items:
        samples([*lines, line], item)


# ------------------------------------------------------------------------------------------------------------------
# 3. A reading against a limit
# ------------------------------------------------------------------------------------------------------------------


def not_(answer):
    return {YES: NO, NO: YES, UNKNOWN: UNKNOWN}[answer]


def above(limit):
    return Interval(limit, inf, lo_open=True)


def at_least(limit):
    return Interval(limit, inf)


def below(limit):
    return Interval(min(Fraction(-1), limit - 1), limit, hi_open=True)


def at_most(limit):
    return Interval(min(Fraction(-1), limit - 1), limit)


def ask(reading, met, not_met):
    """Does it lie in one or the other? None: nothing is known."""
    if reading is None:
        return UNKNOWN
    yes, no = reading.meets(met), reading.meets(not_met)
    return UNKNOWN if yes and no else YES if yes else NO


def is_below(reading, limit):
    return ask(reading, below(Fraction(limit)), at_least(Fraction(limit)))


def is_at_most(reading, limit):
    return ask(reading, at_most(Fraction(limit)), above(Fraction(limit)))


def lower(a, b, or_equal):
    """Is a < b (or a <= b), each being anything in its interval?"""
    gap, both_closed = b.lo - a.hi, not (b.lo_open or a.hi_open)
    if gap > 0 or gap == 0 and (or_equal or not both_closed):
        return YES
    gap, both_closed = b.hi - a.lo, not (b.hi_open or a.lo_open)
    return UNKNOWN if gap > 0 or gap == 0 and or_equal and both_closed else NO


def fell_by_15(base, now):
    """`100*now <= 85*entry`."""
    if base is None or now is None:
        return UNKNOWN
    return lower(now.times(100), base.times(85), or_equal=True)


def by_pairs(pairs):
    """"Yes if one pair has both, no if of each pair one is certainly not, unknown otherwise and while there is no such pair." """
    answers = [all_of(a, b) for a, b in pairs]
    return any_of(*answers) if answers else UNKNOWN


def if_all_agree(answers):
    """"Yes or no if all samples of these days agree, else unknown." """
    kinds = set(answers)
    return kinds.pop() if len(kinds) == 1 else UNKNOWN


def in_units(line, factors):
    return line.value.times(factors[line.unit])


PER_UL = {"/uL": 1, "10*9/L": 1000, "10*3/uL": 1000}
PER_DL = {"g/dL": 1, "g/L": Fraction(1, 10)}

# ------------------------------------------------------------------------------------------------------------------
# 4. What is known at one minute
# ------------------------------------------------------------------------------------------------------------------

ARMS = {"mals": "anakinra", "immunoparalysis": "interferon_gamma"}
CLASSES = ("mals", "immunoparalysis", "unclassified")
STAGES = (("competent", "[15000,inf)"), ("impaired", "(8000,15000)"), ("severe", "[5000,8000]"), ("immunoparalysis", "[0,5000)"))


class At:
    """Everything asked at `now`, of the lines with a minute up to it."""

    def __init__(self, lines, now, options, sepsis):
        self.now, self.options, self.sepsis = now, options, sepsis
        self.lines = [line for line in lines if line.minute <= now]
        self.samples = {item: samples(self.lines, item) for item in ("ferritin", "mhla_dr")}
        # "Of several lines of `first_dose`, `sepsis_classified` or `icu_admission` the first counts."
        self.dose, self.classified, self.admitted = (
            next((line.minute for line in self.lines if line.item == item), None)
            for item in ("first_dose", "sepsis_classified", "icu_admission"))
        self.entered = now if self.dose is None else self.dose
        # "Whatever their gap", and those that counted.
        self.at_entry = self.last_of_each(self.entered)
        self.entry = self.counted_at_entry()
        self.possible = self.classes()

    # -- rules 3, 4: what a sample compares with --------------------------------------------------------------------

    def opening(self, sample, asked):
        """Of a ferritin: why it may truly be anything from the reading up."""
        why = []
        earlier = [s for s in self.samples["ferritin"] if s.minute < sample.minute]
        if self.options.fell is not None and earlier:
            # "May be more than FACTOR times as high (readings as charted)". READING: whatever the mHLA-DR; "in the same way" says
            # how it opens, not when. A reading that may be 0 has fallen from anything that may be above 0.
            before = earlier[-1]
            if (sample.minute - before.minute <= self.options.fell_within
                    and before.reading.hi > self.options.fell * sample.reading.lo):
                why.append("fell")
        # "However old, may meet its criterion, guard band included, or where there is none." READING: by what it compares with (opened by
        # `lyse_no_wash`).
        by_then = [s for s in self.samples["mhla_dr"] if s.minute <= asked]
        if "undiluted" in sample.remarks:
            if not by_then or self.low_mhla_dr(self.truly("mhla_dr", by_then[-1], asked)) != NO:
                why.append("undiluted")
        return why

    def truly(self, item, sample, asked):
        """The values it may truly have, when asked about this minute."""
        if sample is None:
            return None
        reading = sample.reading
        if item == "ferritin":
            return Interval(reading.lo, TOP, reading.lo_open) if self.opening(sample, asked) else reading
        if "lyse_no_wash" in sample.remarks:
            # "The reading times 1/1.18 to 1, exactly."
            return Interval(reading.lo / Fraction("1.18"), reading.hi, reading.lo_open, reading.hi_open)
        return reading

    # -- rule 5: guard bands ----------------------------------------------------------------------------------------

    def guard(self, cutoff, per_mille):
        return Fraction(0) if per_mille is None else Fraction(per_mille * self.options.coverage * cutoff, 100000)

    def high_ferritin(self, reading):
        """The criterion > 4420."""
        guard = self.guard(4420, self.options.cv_ferritin)
        return ask(reading, above(4420 - guard), at_most(4420 + guard))

    def low_mhla_dr(self, reading):
        """The criterion < 5000."""
        guard = self.guard(5000, self.options.cv_mhla_dr)
        return ask(reading, below(5000 + guard), at_least(5000 - guard))

    def met(self, pair, asked):
        """Both criteria by a pair of samples."""
        return (self.high_ferritin(self.truly("ferritin", pair["ferritin"], asked)),
                self.low_mhla_dr(self.truly("mhla_dr", pair["mhla_dr"], asked)))

    # -- rule 6: entry ----------------------------------------------------------------------------------------------

    def last_of_each(self, asked, later_than=-1):
        """The last of each at or before this minute "if at most `--age` minutes older"."""
        pair = {}
        for item, of_item in self.samples.items():
            fit = [s for s in of_item if later_than < s.minute <= asked and asked - s.minute <= self.options.age]
            pair[item] = fit[-1] if fit else None
        return pair

    def together(self, pair):
        """"Of two that lie more than `--gap` minutes apart only the later counts." """
        f, m = pair["ferritin"], pair["mhla_dr"]
        if f and m and abs(f.minute - m.minute) > self.options.gap:
            return {**pair, "mhla_dr" if m.minute < f.minute else "ferritin": None}
        return pair

    def counted_at_entry(self):
        """"But a ferritin that certainly meets its criterion always does." """
        pair = self.together(self.at_entry)
        f = self.at_entry["ferritin"]
        if pair["ferritin"] is None and f and self.high_ferritin(self.truly("ferritin", f, self.entered)) == YES:
            return {"ferritin": f, "mhla_dr": None}
        return pair

    def classes(self):
        """Those that are possible at entry."""
        high, low = self.met(self.entry, self.entered)
        possible = set()
        if high != NO:
            possible.add("mals")
        if high != YES:
            possible |= {c for c, unless in (("immunoparalysis", NO), ("unclassified", YES)) if low != unless}
        return [c for c in CLASSES if c in possible]

    def entry_is_known(self):
        return len(self.possible) == 1

    def no_sample_by_entry(self):
        return not any(s.minute <= self.entered for of_item in self.samples.values() for s in of_item)

    def need(self, item, sample, asked):
        if sample is None:
            return f"{item} sample"
        truly = self.truly(item, sample, asked)
        up_to_the_top = truly.hi == TOP and not truly.hi_open
        return f"{item} dilution" if item == "ferritin" and up_to_the_top else f"{item} repeat"

    def entry_needs(self):
        """READING: without any sample both are needed, though `entry` is `-`; an open mHLA-DR settles nothing where mals is certain."""
        if self.entry_is_known():
            return []
        return [self.need(item, self.entry[item], self.entered)
                for item, answer in zip(("ferritin", "mhla_dr"), self.met(self.entry, self.entered)) if answer == UNKNOWN]

    def doubts(self):
        ferritin, mhla_dr = self.entry["ferritin"], self.entry["mhla_dr"]
        fell = ["fell"] if ferritin and "fell" in self.opening(ferritin, self.entered) else []
        remarked = {remark for sample in (ferritin, mhla_dr) if sample for remark in sample.remarks}
        return fell + [remark for remark in REMARKS if remark in remarked]

    # -- rule 7 -----------------------------------------------------------------------------------------------------

    def stage(self):
        fit = [s for s in self.samples["mhla_dr"] if self.now - s.minute <= self.options.age]
        if not fit:
            return []
        truly = self.truly("mhla_dr", fit[-1], self.now)
        return [name for name, band in STAGES if truly.meets(between(band))]

    # -- rules 8 to 10: after the dose ------------------------------------------------------------------------------

    def after(self):
        return self.last_of_each(self.now, self.dose)

    def both_after(self):
        return self.together(self.after())

    def restored_parts(self):
        """Of each marker that is asked: its answer."""
        if self.possible == ["mals"]:
            ferritin = self.truly("ferritin", self.after()["ferritin"], self.now)
            # READING: the ferritin at entry opens as it did at entry, that of now as now.
            return {"ferritin": fell_by_15(self.truly("ferritin", self.entry["ferritin"], self.entered), ferritin)}
        ferritin, mhla_dr = (self.truly(item, sample, self.now) for item, sample in self.both_after().items())
        return {"ferritin": is_below(ferritin, 4420), "mhla_dr": not_(is_at_most(mhla_dr, 8000))}

    def restored(self):
        # READING: `-` goes before `unknown`, also before the dose.
        if self.possible == ["unclassified"]:
            return "-"
        if self.dose is None or not self.entry_is_known():
            return UNKNOWN
        return all_of(*self.restored_parts().values())

    def restored_needs(self):
        if self.restored() != UNKNOWN:
            return []
        if self.dose is None:
            return ["first dose"]
        if not self.entry_is_known():
            return ["entry"]
        after = self.after() if self.possible == ["mals"] else self.both_after()
        # READING: of mals with an entry that was a range, too, the ferritin after the dose is what is named.
        return [self.need(item, after[item], self.now) for item, answer in self.restored_parts().items() if answer == UNKNOWN]

    def switched(self):
        if self.possible == ["unclassified"]:
            return "-"
        if self.dose is None or not self.entry_is_known():
            return UNKNOWN
        if self.possible == ["immunoparalysis"]:
            return self.met(self.after(), self.now)[0]
        high, low = self.met(self.both_after(), self.now)
        return all_of(not_(high), low)

    def both(self):
        return all_of(*self.met(self.together(self.last_of_each(self.now)), self.now))

    def newly(self):
        """`inflamed`, `paralysed`."""
        if self.dose is None:
            return UNKNOWN, UNKNOWN
        then, now = self.met(self.at_entry, self.entered), self.met(self.after(), self.now)
        return tuple(all_of(is_met, not_(was_met)) for is_met, was_met in zip(now, then))

    # -- rules 11 to 13: as charted ---------------------------------------------------------------------------------

    @staticmethod
    def days(found, milestone, first, last):
        """Those of days `first` to `last` from the milestone, whose "minute begins day 1"."""
        if milestone is None:
            return []
        return [s for s in found if milestone + 1440 * (first - 1) <= s.minute < milestone + 1440 * last]

    def twice(self):
        low = [(day_of(s.minute), is_below(s.reading, 8000)) for s in self.samples["mhla_dr"]]
        return by_pairs((a, b) for day, a in low for next_day, b in low if next_day == day + 1)

    def persistent(self):
        # READING: also before these days are over, of the samples so far.
        return if_all_agree(is_below(s.reading, 8000) for s in self.days(self.samples["mhla_dr"], self.admitted, 5, 7))

    def slope(self):
        late, early = (self.days(self.samples["mhla_dr"], self.admitted, *days) for days in ((5, 10), (1, 3)))
        return lower(late[0].reading, early[0].reading, or_equal=False) if late and early else UNKNOWN

    def lymphocyte_lines(self):
        """Of one minute the last line with a value."""
        by_minute = {line.minute: line for line in self.lines if line.item == "lymphocytes" and line.value is not None}
        return [by_minute[minute] for minute in sorted(by_minute)]

    def lymphocytes(self):
        if self.classified is None:
            return UNKNOWN
        low = [(line.minute, is_at_most(in_units(line, PER_UL), 900)) for line in self.lymphocyte_lines()]
        return by_pairs((a, b) for first, a in low for second, b in low
                        if second - first >= 720 and second - self.classified >= 2880)

    def lymphocytes_day_4(self):
        return if_all_agree(is_at_most(in_units(line, PER_UL), 600) for line in self.days(self.lymphocyte_lines(), self.classified, 4, 4))

    def ferritin_stays(self):
        day_3 = self.days(self.samples["ferritin"], self.classified, 3, 3)
        # READING: the first of the whole chart, before `sepsis_classified` or not.
        before = [s for s in self.samples["ferritin"] if self.classified is not None and s.minute < self.classified + 2880]
        if not before:
            return UNKNOWN
        return if_all_agree(not_(fell_by_15(before[0].reading, s.reading)) for s in day_3)

    # -- rule 14 ----------------------------------------------------------------------------------------------------

    def watch(self):
        limits = {"hemoglobin": (self.options.watch_hemoglobin, PER_DL),
                  "platelets": (self.options.watch_platelets, {"10*9/L": 1, "10*3/uL": 1})}
        shown = []
        for line in self.lines:
            if self.dose is None or line.item not in limits or line.value is None or line.minute <= self.dose:
                continue
            limit, factors = limits[line.item]
            if limit is None or day_of(line.minute) != day_of(self.now):
                continue
            answer = is_below(in_units(line, factors), limit)
            if answer != NO:
                before = [b for b in self.lines if b.item == line.item and b.value is not None and b.minute <= self.dose]
                latest = max(reversed(before), key=lambda b: b.minute) if before else None
                baseline = f"{charted(latest)} {latest.unit}" if latest else "-"
                shown.append(f"{line.item}@{line.minute} {answer} +{(line.minute - self.dose) // 60} h from {baseline}")
        return "; ".join(shown) or "-"

    # -- rule 15 ----------------------------------------------------------------------------------------------------

    def age(self):
        """"The last with a value." """
        found = [line.value for line in self.lines if line.item == "age" and line.value is not None]
        return found[-1] if found else None

    def flag(self, item):
        """"The last line at or before entry's minute." """
        found = [line.value for line in self.lines if line.item == item and line.minute <= self.entered]
        return {None: UNKNOWN, "0": NO, "1": YES}[found[-1] if found else None]

    def class_is_among(self, *names):
        # READING: of an open class yes if each that is possible is among them.
        inside = {c in names for c in self.possible}
        return UNKNOWN if len(inside) == 2 else YES if True in inside else NO

    def septic(self):
        """Of the days "up to entry's"."""
        by_entry = self.sepsis[:day_of(self.entered)]
        return YES if YES in by_entry else NO if set(by_entry) == {NO} else UNKNOWN

    def within_72_h(self):
        if self.classified is None:
            return UNKNOWN
        return YES if 0 <= self.entered - self.classified < 4320 else NO

    def neutropenia(self):
        # READING: the last in the file of those with a value and a minute at or before entry's.
        found = [line for line in self.lines if line.item == "neutrophils" and line.value is not None and line.minute <= self.entered]
        return is_below(in_units(found[-1], PER_UL), 1500) if found else UNKNOWN

    def criteria(self):
        """Name: (in or out, is it met?)."""
        charted_criteria = {name: ("out", self.flag(name)) for name in CHARTED_CRITERIA}
        return {
            "adult": ("in", not_(is_below(self.age(), 18))),
            "contraception": ("in", self.flag("contraception")),
            "lung_or_bloodstream_infection": ("in", self.flag("lung_or_bloodstream_infection")),
            "sepsis": ("in", self.septic()),
            "endotype": ("in", self.class_is_among("mals", "immunoparalysis")),
            "within_72_h": ("in", self.within_72_h()),
            **{name: charted_criteria[name] for name in CHARTED_CRITERIA[2:7]},
            "neutropenia": ("out", self.neutropenia()),
            **{name: charted_criteria[name] for name in CHARTED_CRITERIA[7:10]},
            "covid19_without_mals": ("out", all_of(self.flag("covid19"), not_(self.class_is_among("mals")))),
            **{name: charted_criteria[name] for name in CHARTED_CRITERIA[10:]},
        }

    def eligible(self):
        """The whole, those that failed, those that are not known."""
        passed = {name: met if side == "in" else not_(met) for name, (side, met) in self.criteria().items()}
        return (all_of(*passed.values()), [name for name in passed if passed[name] == NO],
                [name for name in passed if passed[name] == UNKNOWN])

    # -- the row ----------------------------------------------------------------------------------------------------

    def last(self, item):
        found = self.samples[item]
        return f"{found[-1].text}@{found[-1].minute}" if found else "-"

    def row(self):
        eligible, failed, not_known = self.eligible()
        inflamed, paralysed = self.newly()
        minutes = {item: str(sample.minute) if sample else "-" for item, sample in self.entry.items()}
        shown = {
            "ferritin": self.last("ferritin"),
            "mhla_dr": self.last("mhla_dr"),
            "entry": "-" if self.no_sample_by_entry() else slashed(self.possible),
            "entry_ferritin": minutes["ferritin"],
            "entry_mhla_dr": minutes["mhla_dr"],
            "entry_needs": slashed(self.entry_needs()),
            "stage": slashed(self.stage()),
            "restored": self.restored(),
            "restored_needs": slashed(self.restored_needs()),
            "switched": self.switched(),
            "both": self.both(),
            "inflamed": inflamed,
            "paralysed": paralysed,
            "twice": self.twice(),
            "persistent": self.persistent(),
            "slope": self.slope(),
            "lymphocytes": self.lymphocytes(),
            "lymphocytes_day_4": self.lymphocytes_day_4(),
            "ferritin_stays": self.ferritin_stays(),
            "watch": self.watch(),
            "eligible": eligible,
            "failed": slashed(failed),
            "not_known": slashed(not_known),
            "arm": "-" if eligible == NO else ARMS.get(slashed(self.possible), "-"),
            "doubts": slashed(self.doubts()),
        }
        return [replay_ref.quoted(shown[column]) for column in COLUMNS]


def slashed(names):
    return "/".join(names) or "-"


def rows(lines, options, only_closed=False):
    """Each row a list of fields, from day 1 to the last with an event."""
    # "The options above decide `sepsis` as above; of `--rules both` the first edition."
    patient = (replay_ref.Patient2 if options.rules == "sofa-2" else Patient)(lines, options)
    sepsis = []
    for day in range(1, patient.last_day + 1):
        if only_closed and day == patient.last_day and patient.clock_is_open():
            return
        organs = patient.organs(day, patient.missing)
        total = tuple(map(sum, zip(*map(ends, organs))))
        sepsis.append(patient.sepsis(day, total))
        now = patient.minutes(day)[-1]
        yield [str(day), YES if patient.closed(day) else NO, *At(lines, now, options, sepsis).row()]
