"""clincalc (PyPI): `calculate("sofa")` of 1996, and `calculate("qsofa")`.

Every input is required, so that an organ which is not asked about is given as normal, and rows with `missing` open are not asked. The
cardiovascular input is the level itself, chosen by the caller from a printed list, so that its doses and pressures can not be asked; for a
total the level is chosen as that list says. There is no urine: 500 mL and more scores nothing and is left out.
"""
import clincalc
import rows

ITEMS = ["pao2", "fio2", "support", "platelets", "bilirubin", "creatinine", "urine", "gcs", "map", "norepinephrine", "epinephrine", "dopamine", "dobutamine"]
# "TRUE if the patient is receiving mechanical ventilation or CPAP": ECMO is not said.
SUPPORT = {"none": False, "oxygen": False, "hfnc": False, "cpap": True, "niv": True, "imv": True, "home_vent": True}


def level(row):
    doses = {drug: row.number(drug, "ug/kg/min") or 0 for drug in ["norepinephrine", "epinephrine", "dopamine", "dobutamine"]}
    catecholamine = max(doses["norepinephrine"], doses["epinephrine"])
    if catecholamine * 10 > 1 or doses["dopamine"] > 15:
        return "high-vasopressors"
    if catecholamine > 0 or doses["dopamine"] > 5:
        return "moderate-vasopressors"
    if doses["dopamine"] > 0 or doses["dobutamine"] > 0:
        return "dopamine-low"
    return "map-below70" if (row.number("map", "mm[Hg]") or 70) < 70 else "map-at-least70"


def qsofa(row):
    if any(item not in row.items for item in ["respiratory_rate", "gcs", "sbp"]):
        raise rows.Unsupported("all three are required")
    given = {"respiratory_rate": float(row.number("respiratory_rate")), "systolic_bp": float(row.number("sbp")), "altered_mentation": row.number("gcs") < 15}
    return "yes" if clincalc.calculate("qsofa", given)["result"] >= 2 else "no"


def answer(row):
    if row.rules == "qsofa":
        return qsofa(row)
    if row.rules != "sofa-1996" or row.asks not in [*rows.ORGANS, "total"] or row.asks == "cardiovascular" or row.missing == "open":
        raise rows.Unsupported(row.asks)
    row.only(*ITEMS)
    if (row.number("urine", "mL") or 500) < 500 or row.number("urine", "mL") == 0:
        raise rows.Unsupported("urine")
    ratio = 450.0
    if "pao2" in row.items:
        if row.fio2() is None or row.word("support") not in SUPPORT:
            raise rows.Unsupported("support")
        ratio = float(row.number("pao2", "mm[Hg]") / row.fio2())
    given = {
        "pao2_fio2": ratio, "respiratory_support": SUPPORT[row.word("support", "none")],
        "platelets": float(row.number("platelets", "10*9/L", "10*3/uL") or 200) if row.number("platelets", "10*9/L", "10*3/uL") != 0 else 0.0,
        "gcs": int(row.number("gcs") or 15), "cardiovascular": level(row),
    }
    for item, normal in [("bilirubin", "0.5"), ("creatinine", "0.8")]:
        value, unit = row.items.get(item, [normal, "mg/dL"])
        given[item], given[item + "_unit"] = float(row.number(item, "mg/dL", "umol/L") if item in row.items else normal), unit
    try:
        working = clincalc.calculate("sofa", given)["working"]
    except ValueError as refused:
        raise rows.Unsupported(str(refused)) from refused
    return working[{"brain": "cns"}.get(row.asks, row.asks) + "_score"]


rows.run(answer)
