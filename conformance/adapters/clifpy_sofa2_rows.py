"""clifpy (PyPI): `calculate_sofa2`, SOFA-2 from tables of the CLIF format; its defaults."""
import contextlib
import os
import sys
import tempfile

import clif

KNOWN = ["pao2", "spo2", "fio2", "support", "platelets", "bilirubin", "creatinine", "potassium", "ph", "bicarbonate", "gcs", "gcs_motor", "map", "weight",
         "norepinephrine", "epinephrine", "dopamine", "dobutamine", "vasopressin", "phenylephrine", "milrinone", "sedated", "delirium_drug", "rrt",
         "mechanical_circulatory_support", "urine_360min", "urine_361min", "urine_720min", "urine_1440min"]
COLUMNS = {"respiration": "sofa2_resp", "coagulation": "sofa2_hemo", "liver": "sofa2_liver", "cardiovascular": "sofa2_cv", "brain": "sofa2_brain", "renal": "sofa2_kidney", "total": "sofa2_total"}


def scores(folder, cohort):
    # What it logs is not an answer.
    with contextlib.redirect_stdout(sys.stderr):
        from clifpy.utils.sofa2 import calculate_sofa2
        config = os.path.join(folder, "config.yaml")
        with open(config, "w") as file:
            file.write(f"data_directory: {folder}\nfiletype: parquet\ntimezone: UTC\n")
        table = calculate_sofa2(cohort, clif_config_path=config)
    return {row["hospitalization_id"]: row for row in table.to_dict("records")}


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    clif.run(folder, "sofa-2", KNOWN, scores, COLUMNS)
