#!/usr/bin/env python3
"""python3 test_immune_ref.py: small charts whose answers are worked out by hand from the document, and the reference's rows for them."""
import csv
import io
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
UNITS = {"ferritin": "ng/mL", "mhla_dr": "{AB}/{cell}", "lymphocytes": "/uL", "neutrophils": "10*9/L", "age": "a", "hemoglobin": "g/dL",
         "platelets": "10*9/L", "respiratory_rate": "/min"}
CHECKED = 0
BASE = "--gap 720 --age 2880"
FIRST_TRUE = "contraception lung_or_bloodstream_infection".split()
REST = ("pyelonephritis intra_abdominal_infection meningitis skin_infection stage_iv_malignancy do_not_resuscitate contaminant_bacteremia "
        "consent_denied steroids tuberculosis hiv pregnancy immunodeficiency lupus multiple_sclerosis").split()


def replay(chart, options):
    """`chart`: "MINUTE ITEM VALUE [UNIT]" joined by `, `."""
    lines = ["patient,minute,item,value,unit"]
    for line in chart.split(", "):
        minute, item, *rest = line.split(" ")
        value = rest[0] if rest else ""
        lines.append(f"p,{minute},{item},{value},{rest[1] if len(rest) > 1 else UNITS.get(item, '')}")
    run = subprocess.run([sys.executable, HERE / "replay_ref.py", *options.split(), "-"], input="\n".join(lines) + "\n", text=True,
                         capture_output=True, check=False)
    return run.returncode, run.stderr, list(csv.DictReader(io.StringIO(run.stdout)))


def check(chart, day=-1, options=BASE, **expected):
    """The columns of the row of a day (-1: the last)."""
    global CHECKED
    status, err, rows = replay(chart, "--immune " + options)
    assert status == 0, err
    row = rows[-1] if day == -1 else rows[day - 1]
    for column, value in expected.items():
        CHECKED += 1
        assert row[column] == value, f"{chart!r} {options}\n  {column}: {row[column]!r}, not {value!r}"


def malformed(chart, line, options="--immune " + BASE):
    global CHECKED
    CHECKED += 1
    status, err, _ = replay(chart, options)
    assert status == 2 and err.startswith(f"line {line}:"), (chart, status, err)


# Rule 1: now; a late line of the day counts from the row of its day on; the next day changes nothing of the row before.
check("10 mhla_dr 6000, 1500 mhla_dr 4000", day=1, mhla_dr="6000@10", stage="severe", closed="yes")
check("100 age 70, 50 ferritin 900, 60 mhla_dr 4999", entry="immunoparalysis", entry_ferritin="50", entry_mhla_dr="60")

# Rule 2: duplicates, corrections, withdrawals.
check("10 ferritin 4421, 10 ferritin 4421.0 ug/L", ferritin="4421@10")
check("10 ferritin 4421, 10 ferritin 4420", ferritin="4420@10", entry="immunoparalysis/unclassified")
check("10 ferritin 4421, 10 ferritin ", ferritin="4421@10", entry="mals")
check("10 ferritin 4421, 20 ferritin 900, 20 withdrawn ferritin", ferritin="4421@10", entry="mals")
check("10 ferritin 4421, 10 withdrawn ferritin", ferritin="-", entry="-", entry_needs="ferritin sample/mhla_dr sample")
malformed("10 ferritin 4421, 10 withdrawn mhla_dr", 3)
malformed("10 ferritin 4421, 10 withdrawn ferritin, 10 withdrawn ferritin", 4)
malformed(", ".join(f"{m} ferritin 900" for m in range(65)), 66)
check(", ".join(f"{m} ferritin 900" for m in range(64)) + ", 63 ferritin 901, 3 withdrawn ferritin, 64 ferritin 902", ferritin="902@64")

# Rule 6: the cut-offs, age and gap.
check("0 ferritin 4420, 0 mhla_dr 5000", entry="unclassified", entry_needs="-", arm="-")
check("0 ferritin 4420.00004, 0 mhla_dr 5000", entry="mals", arm="anakinra")
check("0 ferritin 4420, 0 mhla_dr 4999.999", entry="immunoparalysis", arm="interferon_gamma")
check("0 ferritin >2000, 0 mhla_dr 9000", entry="mals/unclassified", entry_needs="ferritin dilution")
check("0 ferritin 4300..4500, 0 mhla_dr <5000", entry="mals/immunoparalysis", entry_needs="ferritin repeat")
check("0 ferritin 900, 720 mhla_dr 4000", entry="immunoparalysis", entry_ferritin="0")
check("0 ferritin 900, 721 mhla_dr 4000", entry="mals/immunoparalysis", entry_ferritin="-", entry_mhla_dr="721",
      entry_needs="ferritin sample")
check("0 ferritin 9000, 2880 age 70", entry="mals")
check("0 ferritin 9000, 2881 age 70", entry="mals/immunoparalysis/unclassified", entry_ferritin="-",
      entry_needs="ferritin sample/mhla_dr sample")
check("10 ferritin 9000, 10 first_dose other, 11 mhla_dr 4000",
      entry="mals", entry_ferritin="10", entry_mhla_dr="-")
check("10 ferritin 900, 10 mhla_dr 4000, 10 first_dose other, 11 ferritin 9000", entry="immunoparalysis", entry_ferritin="10")

# Rule 5: a CV of 7.5 % and 1.96: 4420 +- 649.74; of 15 %: 5000 +- 1470.
GUARD = BASE + " --cv-ferritin 75 --cv-mhla-dr 150 --coverage 196"
check("0 ferritin 5069.74, 0 mhla_dr 6470", options=GUARD, entry="mals/unclassified", entry_needs="ferritin repeat")
check("0 ferritin 5069.741, 0 mhla_dr 6470", options=GUARD, entry="mals")
check("0 ferritin 3770.26, 0 mhla_dr 3530", options=GUARD, entry="immunoparalysis/unclassified", entry_needs="mhla_dr repeat",
      stage="immunoparalysis")
check("0 ferritin 3770.26, 0 mhla_dr 3529.999", options=GUARD, entry="immunoparalysis")
check("0 ferritin 3770.261, 0 mhla_dr 3529.999", options=GUARD, entry="mals/immunoparalysis", eligible="unknown")

# Rule 3: remarks. 5900 / 1.18 = 5000; 9440.001 / 1.18 = 8000.0008.., above 8000.
check("0 specimen lyse_no_wash, 0 mhla_dr 5899.999, 0 ferritin 900", entry="immunoparalysis/unclassified",
      doubts="lyse_no_wash", stage="severe/immunoparalysis")
check("0 specimen lyse_no_wash, 0 mhla_dr 5900, 0 ferritin 900", entry="unclassified", doubts="lyse_no_wash", stage="severe")
check("0 mhla_dr 5899.999, 0 specimen lyse_no_wash, 0 ferritin 900", entry="immunoparalysis/unclassified", doubts="lyse_no_wash")
check("0 specimen lyse_no_wash, 0 mhla_dr 9440.001", stage="impaired")
check("0 specimen lyse_no_wash, 0 mhla_dr 9440", stage="impaired/severe")
check("0 specimen lyse_no_wash, 0 mhla_dr >9440", stage="competent/impaired")
check("0 specimen undiluted, 0 ferritin 900, 0 mhla_dr 4999", entry="mals/immunoparalysis", doubts="undiluted",
      entry_needs="ferritin dilution")
check("0 specimen undiluted, 0 ferritin 900, 0 mhla_dr 5000", entry="unclassified", doubts="undiluted")
check("0 specimen undiluted, 0 ferritin 900", entry="mals/immunoparalysis/unclassified", doubts="undiluted")
check("0 specimen undiluted, 0 ferritin 900, 0 mhla_dr 6469", options=GUARD, entry="mals/immunoparalysis/unclassified", doubts="undiluted")
check("0 specimen undiluted, 0 ferritin 900, 0 mhla_dr 4999, 5 mhla_dr 9000", entry="unclassified", doubts="undiluted")

# Rule 6: the gap. A ferritin above its cut-off needs no HLA-DR; where both are needed the later counts.
check("0 ferritin 4421, 721 mhla_dr 9000", entry="mals", entry_ferritin="0", entry_mhla_dr="-", both="no")
check("0 ferritin 4420, 721 mhla_dr 9000", entry="mals/unclassified", entry_ferritin="-", entry_mhla_dr="721")

# Rule 4: fell.
FELL = BASE + " --fell 2 --fell-within 60"
check("0 ferritin 8000, 60 ferritin 4000, 60 mhla_dr 9000", options=FELL, entry="unclassified", doubts="-")
check("0 ferritin 8000, 60 ferritin 3999.999, 60 mhla_dr 9000", options=FELL, entry="mals/unclassified", doubts="fell",
      entry_needs="ferritin dilution")
check("0 ferritin 8000, 61 ferritin 3999.999, 61 mhla_dr 9000", options=FELL, entry="unclassified", doubts="-")
check("0 ferritin 8000, 30 ferritin 6000, 60 ferritin 3500, 60 mhla_dr 9000", options=FELL, entry="unclassified", doubts="-")

# Rule 7: stages.
for value, stage in (("15000", "competent"), ("14999.999", "impaired"), ("8000", "severe"), ("8000.001", "impaired"), ("5000", "severe"),
                     ("4999.999", "immunoparalysis"), (">=15000", "competent"), (">8000", "competent/impaired"),
                     ("4900..8000", "severe/immunoparalysis")):
    check(f"0 mhla_dr {value}", stage=stage)
check("0 mhla_dr 4000, 2881 age 70", stage="-", mhla_dr="4000@0")

# Rules 8 to 10.
check("0 ferritin 20000, 10 first_dose anakinra, 1000 ferritin 17000", restored="yes", restored_needs="-", switched="no", inflamed="no")
check("0 ferritin 20000, 10 first_dose anakinra, 1000 ferritin 17000.001", restored="no")
check("0 ferritin 20000, 10 first_dose anakinra, 1000 ferritin 900, 1000 mhla_dr 4000", restored="yes", switched="yes", both="no",
      paralysed="unknown")
check("0 ferritin 20000, 0 mhla_dr 5000, 10 first_dose anakinra, 1000 ferritin 900, 1000 mhla_dr 4000", paralysed="yes")
check("0 ferritin 20000, 10 first_dose anakinra", restored="unknown", restored_needs="ferritin sample", both="unknown")
check("0 ferritin 20000", restored="unknown", restored_needs="first dose", inflamed="unknown")
check("0 ferritin 900, 0 mhla_dr 9000", restored="-", restored_needs="-", switched="-", both="no")
check("0 ferritin 900, 10 first_dose other", restored="unknown", restored_needs="entry", switched="unknown")
SIP = "0 ferritin 900, 0 mhla_dr 4000, 10 first_dose interferon_gamma, "
check(SIP + "1000 ferritin 4419.999, 1000 mhla_dr 8000.001", restored="yes", switched="no")
check(SIP + "1000 ferritin 4420, 1000 mhla_dr 8001", restored="no", switched="no", inflamed="no")
check(SIP + "1000 ferritin 4421, 1000 mhla_dr 8001", restored="no", switched="yes", inflamed="yes", both="no")
check(SIP + "1000 ferritin >4000, 1000 mhla_dr >7000", restored="unknown", restored_needs="ferritin dilution/mhla_dr repeat")
check(SIP + "1000 ferritin 900, 1721 mhla_dr 9000", restored="unknown", restored_needs="ferritin sample")
check("0 ferritin 9000, 720 mhla_dr 4000", both="yes")
check("0 ferritin 9000, 721 mhla_dr 4000", both="unknown")

# Rules 11 to 13.
check("1439 mhla_dr 7999, 1440 mhla_dr 7999", twice="yes")
check("0 mhla_dr 7999, 1439 mhla_dr 7999", twice="unknown")
check("0 mhla_dr 8000, 1440 mhla_dr 7999", twice="no")
check("0 mhla_dr 7999, 1440 mhla_dr 9000, 2880 mhla_dr 7000..9000", options="--gap 0 --age 0", twice="no")
check("100 icu_admission 1, 100 mhla_dr 9000, 5859 mhla_dr 7999", persistent="unknown", slope="unknown")
check("100 icu_admission 1, 100 mhla_dr 9000, 5860 mhla_dr 7999, 10179 mhla_dr 3000", persistent="yes", slope="yes")
check("100 icu_admission 1, 100 mhla_dr 9000, 5860 mhla_dr 9000, 10179 mhla_dr 7000, 10180 mhla_dr 1", persistent="unknown", slope="no")
check("0 lymphocytes 900, 0 sepsis_classified 1, 2880 lymphocytes 0.9 10*9/L", lymphocytes="yes")
check("0 lymphocytes 900, 0 sepsis_classified 1, 2879 lymphocytes 0.9 10*9/L", lymphocytes="unknown")
check("0 sepsis_classified 1, 2160 lymphocytes 900, 2880 lymphocytes 901", lymphocytes="no")
check("0 sepsis_classified 1, 2161 lymphocytes 900, 2880 lymphocytes 900", lymphocytes="unknown")
check("5 sepsis_classified 1, 4325 lymphocytes 600, 5764 lymphocytes 0.6 10*9/L, 5765 lymphocytes 5000", lymphocytes_day_4="yes")
check("5 sepsis_classified 1, 4324 lymphocytes 600", lymphocytes_day_4="unknown")
check("0 ferritin 20000, 5 sepsis_classified 1, 2885 ferritin 17000", ferritin_stays="no")
check("0 ferritin 20000, 5 sepsis_classified 1, 2884 ferritin 1, 4324 ferritin 17001, 4325 ferritin 1", ferritin_stays="yes")

# Rule 14.
WATCH = BASE + " --watch-hemoglobin 7 --watch-platelets 50"
check("0 hemoglobin 9.0, 10 hemoglobin 65 g/L, 10 first_dose anakinra, 11 hemoglobin 69 g/L, "
      "69 platelets 49, 70 platelets 40..50, 71 platelets 50",
      options=WATCH, watch="hemoglobin@11 yes +0 h from 65 g/L; platelets@69 yes +0 h from -; platelets@70 unknown +1 h from -")
check("0 hemoglobin 9, 10 first_dose anakinra, 20 hemoglobin 6, 1440 age 70", options=WATCH, watch="-")
check("10 first_dose anakinra, 20 hemoglobin 6", watch="-")

# Rule 15.
GOOD = ", ".join([f"0 {c} 1" for c in FIRST_TRUE] + [f"0 {c} 0" for c in REST] + ["0 age 18", "0 neutrophils 1.5", "0 covid19 0",
                 "0 infection 1", "0 emergency_admission 1", "0 platelets 99", "0 sepsis_classified 1", "0 ferritin 9000"])
check(GOOD, eligible="yes", failed="-", not_known="-")
check(GOOD.replace("age 18", "age 17.999"), eligible="no", failed="adult", not_known="-")
check(GOOD.replace("neutrophils 1.5", "neutrophils 1499 /uL"), eligible="no", failed="neutropenia")
check(GOOD.replace("hiv 0", "hiv 1").replace("contraception 1", "contraception 0").replace("0 meningitis 0, ", ""), eligible="no",
      failed="contraception/hiv", not_known="meningitis")
check(GOOD.replace("platelets 99", "platelets 100"), eligible="unknown", not_known="sepsis")  # 1 point, all else not measured
check(GOOD.replace(" infection 1", " infection 0"),
      eligible="no", failed="sepsis")
check(GOOD + ", 4319 first_dose placebo", options="--gap 720 --age 9000", eligible="yes", arm="anakinra")
check(GOOD + ", 4320 first_dose placebo", options="--gap 720 --age 9000", eligible="no", failed="within_72_h")
# What is charted after entry changes nothing of it.
check(GOOD + ", 10 first_dose placebo, 11 do_not_resuscitate 1, 11 covid19 1", eligible="yes")
check(GOOD + ", 10 do_not_resuscitate 1, 10 first_dose placebo", eligible="no", failed="do_not_resuscitate")
check(GOOD + ", 4320 respiratory_rate 20", day=3, options="--gap 720 --age 9000", eligible="yes")
check(GOOD + ", 4320 respiratory_rate 20", options="--gap 720 --age 9000", eligible="no", failed="within_72_h")
check("0 first_dose placebo, 1 sepsis_classified 1", failed="within_72_h")
check(GOOD.replace("covid19 0", "covid19 1"), eligible="yes")
check(GOOD.replace("covid19 0", "covid19 1").replace("9000", "900") + ", 0 mhla_dr 4000", eligible="no", failed="covid19_without_mals",
      arm="-")
check(GOOD.replace("9000", ">4000"), eligible="unknown", not_known="endotype", arm="-")
check(GOOD.replace("9000", ">4000") + ", 0 mhla_dr 4000", eligible="yes", entry="mals/immunoparalysis", arm="-")

# What is malformed, also without `--immune`; what is so under it alone.
for options in ("", "--immune " + BASE):
    malformed("0 specimen haemolysis", 2, options)
    malformed("0 sepsis_classified 0", 2, options)
    malformed("0 pregnancy 2", 2, options)
    malformed("0 age 70 y", 2, options)
    malformed("1 age 70, 0 pregnancy 0", 3, options)
    malformed("1440 age 70, 0 specimen undiluted", 3, options)
assert replay("0 withdrawn ferritin", "")[0] == 0
assert replay("0 age 70", "--immune --gap 1")[0] == 2 and replay("0 age 70", "--immune --gap 1 --age 1 --cv-ferritin 5")[0] == 2

print(f"{CHECKED} assertions hold")
