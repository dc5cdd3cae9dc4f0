"""medcalc-bench (PyPI): `medcalc.sofa.compute_sofa_explanation`, SOFA of 1996.

It returns a total and no organ's points. Those of an organ are its total less the total of the same call with that organ normal; those of
the cardiovascular system, which it always asks for, are the total with all others normal. FiO2 is passed as a fraction and platelets per
uL, as in the example at the end of its file. Where creatinine and urine are given, urine of 500 mL and more scores nothing and is left out.
"""
import rows
from medcalc.sofa import compute_sofa_explanation

ITEMS = ["pao2", "fio2", "support", "platelets", "bilirubin", "creatinine", "urine", "gcs", "map", "norepinephrine", "epinephrine", "dopamine", "dobutamine"]
SUPPORT = {"none": {}, "oxygen": {}, "hfnc": {}, "cpap": {"cpap": True}, "imv": {"mechanical_ventilation": True}, "home_vent": {"mechanical_ventilation": True}, "niv": {"mechanical_ventilation": True}}
NORMAL = {
    "partial_pressure_oxygen": (100, "mm Hg"), "fio2": (0.21, "%"), "platelet_count": (200000, "µL"), "gcs": 15, "bilirubin": (0.5, "mg/dL"),
    "creatinine": (0.8, "mg/dL"), "sys_bp": (120, "mm Hg"), "dia_bp": (80, "mm Hg"),
}


def total(given):
    try:
        return compute_sofa_explanation(dict(given))["Answer"]
    except (KeyError, TypeError, ValueError, UnboundLocalError) as refused:
        raise rows.Unsupported(str(refused)) from refused


def answer(row):
    if row.rules != "sofa-1996" or row.asks not in [*rows.ORGANS, "total"] or row.missing == "open":
        raise rows.Unsupported(row.asks)
    row.only(*ITEMS)
    given = dict(NORMAL)
    if "pao2" in row.items:
        if row.fio2() is None or row.word("support") not in SUPPORT:
            raise rows.Unsupported("support")
        given["partial_pressure_oxygen"] = (float(row.number("pao2", "mm[Hg]")), "mm Hg")
        given["fio2"] = (float(row.fio2()), "%")
        given.update(SUPPORT[row.word("support")])
    if "platelets" in row.items:
        given["platelet_count"] = (float(row.number("platelets", "10*9/L", "10*3/uL") * 1000), "µL")
    if "bilirubin" in row.items:
        given["bilirubin"] = (float(row.number("bilirubin", "mg/dL", "umol/L")), row.items["bilirubin"][1].replace("umol", "µmol"))
    if "gcs" in row.items:
        given["gcs"] = int(row.number("gcs"))
    urine = row.number("urine", "mL")
    if "creatinine" in row.items:
        given["creatinine"] = (float(row.number("creatinine", "mg/dL", "umol/L")), row.items["creatinine"][1].replace("umol", "µmol"))
        if urine is not None and urine < 500:
            given["urine_output"] = (float(urine), "mL")
    elif urine is not None:
        del given["creatinine"]
        given["urine_output"] = (float(urine), "mL")
    if "map" in row.items:
        # A mean pressure has no input: a pair 30 apart that makes it.
        mean = row.number("map", "mm[Hg]")
        given["sys_bp"], given["dia_bp"] = (float(mean + 20), "mm Hg"), (float(mean - 10), "mm Hg")
    for drug in ["norepinephrine", "epinephrine", "dopamine", "dobutamine"]:
        dose = row.number(drug, "ug/kg/min")
        if dose is not None:
            given[drug] = (float(dose), "µg/kg/min")
    if row.asks == "total":
        return total(given)
    if row.asks == "cardiovascular":
        circulation = ["sys_bp", "dia_bp", "norepinephrine", "epinephrine", "dopamine", "dobutamine"]
        return total(NORMAL | {item: value for item, value in given.items() if item in circulation})
    parts = {
        "respiration": ["partial_pressure_oxygen", "fio2", "mechanical_ventilation", "cpap"], "coagulation": ["platelet_count"],
        "liver": ["bilirubin"], "brain": ["gcs"], "renal": ["creatinine", "urine_output"],
    }[row.asks]
    without = {item: value for item, value in given.items() if item not in parts} | {item: NORMAL[item] for item in parts if item in NORMAL}
    return total(given) - total(without)


rows.run(answer)
