"""Rows as tables of the Common Longitudinal ICU data Format, one hospitalization a row, for the two programs of clifpy."""
import csv
import os
import sys
from datetime import datetime, timedelta, timezone

import pandas as pd
import rows

START = datetime(2024, 1, 1, 8, tzinfo=timezone.utc)
# Of a day of 24 hours; what runs has run for more than an hour.
END = START + timedelta(hours=24)
DEVICE = {"none": "Room Air", "oxygen": "Face Mask", "hfnc": "High Flow NC", "cpap": "CPAP", "niv": "NIPPV", "imv": "IMV"}
LABS = {
    "pao2": ("po2_arterial", ["mm[Hg]"]), "platelets": ("platelet_count", ["10*9/L", "10*3/uL"]), "bilirubin": ("bilirubin_total", ["mg/dL"]),
    "creatinine": ("creatinine", ["mg/dL"]), "potassium": ("potassium", ["mmol/L"]), "ph": ("ph_arterial", ["[pH]"]),
    "bicarbonate": ("bicarbonate", ["mmol/L"]),
}
UNITS = {"ug/kg/min": "mcg/kg/min", "ug/min": "mcg/min", "[U]/h": "units/hr"}
COLUMNS = {
    "labs": ["hospitalization_id", "lab_category", "lab_collect_dttm", "lab_result_dttm", "lab_value", "lab_value_numeric"],
    "vitals": ["hospitalization_id", "recorded_dttm", "vital_category", "vital_value"],
    "patient_assessments": ["hospitalization_id", "recorded_dttm", "assessment_category", "numerical_value", "categorical_value"],
    "respiratory_support": ["hospitalization_id", "recorded_dttm", "device_category", "mode_category", "fio2_set", "lpm_set", "tidal_volume_set", "resp_rate_set"],
    "medication_admin_continuous": ["hospitalization_id", "admin_dttm", "med_category", "med_dose", "med_dose_unit", "mar_action_category"],
    "medication_admin_intermittent": ["hospitalization_id", "admin_dttm", "med_category", "med_dose", "med_dose_unit", "mar_action_category"],
    "ecmo_mcs": ["hospitalization_id", "recorded_dttm", "mcs_group", "ecmo_configuration_category"],
    "crrt_therapy": ["hospitalization_id", "recorded_dttm"],
    "output": ["hospitalization_id", "recorded_dttm", "output_volume", "output_group"],
    "input": ["hospitalization_id", "recorded_dttm", "input_volume", "input_category"],
}


def chart(row, known):
    """The lines of each table; an item that the program does not take is not asked."""
    lines = []
    at = lambda minutes: START + timedelta(minutes=minutes)

    def add(table, **values):
        lines.append((table, {"hospitalization_id": row.id, **values}))

    row.only(*known)
    for item in row.items:
        if item in LABS:
            category, units = LABS[item]
            value = float(row.number(item, *units))
            add("labs", lab_category=category, lab_collect_dttm=at(90), lab_result_dttm=at(90), lab_value=str(value), lab_value_numeric=value)
        elif item in ("spo2", "map", "weight"):
            category = {"weight": "weight_kg"}.get(item, item)
            add("vitals", recorded_dttm=at(0 if item == "weight" else 90), vital_category=category, vital_value=float(row.number(item, "%", "mm[Hg]", "kg")))
        elif item in ("gcs", "gcs_motor"):
            category = {"gcs": "gcs_total"}.get(item, item)
            add("patient_assessments", recorded_dttm=at(90), assessment_category=category, numerical_value=float(row.number(item)), categorical_value=None)
        elif item in ("norepinephrine", "epinephrine", "dopamine", "dobutamine", "vasopressin", "phenylephrine", "milrinone"):
            dose = float(row.number(item))
            for minutes in (0, 60, 120):
                add("medication_admin_continuous", admin_dttm=at(minutes), med_category=item, med_dose=dose, med_dose_unit=UNITS[row.items[item][1]],
                    mar_action_category=("stop" if dose == 0 else "start" if minutes == 0 else "going"))
        elif item == "sedated" and row.word(item) == "1":
            for minutes in (0, 60, 1380):
                add("medication_admin_continuous", admin_dttm=at(minutes), med_category="propofol", med_dose=20.0, med_dose_unit="mcg/kg/min", mar_action_category="going")
        elif item == "delirium_drug" and row.word(item) == "1":
            add("medication_admin_intermittent", admin_dttm=at(60), med_category="haloperidol", med_dose=2.0, med_dose_unit="mg", mar_action_category="given")
        elif item == "rrt" and row.word(item) == "1":
            add("crrt_therapy", recorded_dttm=at(60))
        elif item == "mechanical_circulatory_support" and row.word(item) == "1":
            add("ecmo_mcs", recorded_dttm=at(60), mcs_group="iabp", ecmo_configuration_category=None)
        elif item.startswith("urine_"):
            span = int(item[len("urine_"):-len("min")])
            # The first charting begins the time that the second is of.
            add("output", recorded_dttm=at(0), output_volume=0.0, output_group="urine")
            add("output", recorded_dttm=at(span), output_volume=float(row.number(item, "mL")), output_group="urine")
    support = row.word("support")
    if support in ("ecmo_vv", "ecmo_va"):
        add("ecmo_mcs", recorded_dttm=at(60), mcs_group="ecmo", ecmo_configuration_category=support[-2:])
        support = "imv"
    if "fio2" in row.items or support is not None:
        if support not in DEVICE:
            raise rows.Unsupported("support")
        if "fio2" not in row.items and "pao2" in row.items:
            # It would be taken from the device.
            raise rows.Unsupported("fio2")
        fio2 = float(row.fio2()) if "fio2" in row.items else None
        add("respiratory_support", recorded_dttm=at(60), device_category=DEVICE[support], mode_category=None, fio2_set=fio2, lpm_set=None, tidal_volume_set=None, resp_rate_set=None)
    elif "pao2" in row.items or "spo2" in row.items:
        raise rows.Unsupported("fio2")
    return lines


def run(folder, rules, known, scores, columns):
    """Charts every row that can be asked, has them scored at once, and answers."""
    asked, order, tables = {}, [], {name: [] for name in COLUMNS}
    for line in csv.DictReader(sys.stdin):
        row = rows.Row(line)
        order.append(row.id)
        try:
            if row.rules != rules or row.asks not in columns or rules == "sofa-1996" and row.word("support", "").startswith("ecmo"):
                raise rows.Unsupported(row.asks)
            for table, values in chart(row, known):
                tables[table].append(values)
            asked[row.id] = row
        except rows.Unsupported:
            pass
    os.makedirs(folder, exist_ok=True)
    text = {"hospitalization_id", "lab_category", "lab_value", "vital_category", "assessment_category", "categorical_value", "device_category", "mode_category",
            "med_category", "med_dose_unit", "mar_action_category", "mcs_group", "ecmo_configuration_category", "output_group", "input_category"}
    for name, names in COLUMNS.items():
        frame = pd.DataFrame(tables[name], columns=names)
        for column in names:
            if column.endswith("_dttm"):
                frame[column] = pd.to_datetime(frame[column], utc=True)
            elif column in text:
                frame[column] = frame[column].astype("string")
            else:
                frame[column] = frame[column].astype("float64")
        frame.to_parquet(os.path.join(folder, f"clif_{name}.parquet"))
    cohort = pd.DataFrame({"hospitalization_id": list(asked), "start_dttm": START, "end_dttm": END})
    found = scores(folder, cohort)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["id", "answer"])
    for name in order:
        row = asked.get(name)
        if row is None:
            out.writerow([name, "unsupported"])
            continue
        points = found.get(name, {}).get(columns[row.asks])
        if points is None or points != points:
            # Null: not known, which counts as 0 where what is missing is normal.
            out.writerow([name, 0 if row.missing == "normal" else "unsupported" if row.asks in ("total", "cardiovascular") else "0..4"])
        elif row.missing == "open" and row.asks == "total":
            # A sum of those that are there: what is not is not said.
            out.writerow([name, "unsupported"])
        else:
            out.writerow([name, int(points)])
