"""clifpy (PyPI): `compute_sofa_polars`, SOFA of 1996 from tables of the CLIF format; null kept as null, the rest its defaults."""
import contextlib
import os
import sys
import tempfile

import clif

KNOWN = ["pao2", "fio2", "support", "platelets", "bilirubin", "creatinine", "gcs", "map", "weight", "norepinephrine", "epinephrine", "dopamine", "dobutamine"]
COLUMNS = {"respiration": "sofa_resp", "coagulation": "sofa_coag", "liver": "sofa_liver", "cardiovascular": "sofa_cv_97", "brain": "sofa_cns", "renal": "sofa_renal", "total": "sofa_total"}


def scores(folder, cohort):
    with contextlib.redirect_stdout(sys.stderr):
        import pandas as pd
        import polars as pl
        # It needs a saturation somewhere: that of another patient, of no effect on these.
        vitals = pd.read_parquet(os.path.join(folder, "clif_vitals.parquet"))
        other = {"hospitalization_id": "other", "recorded_dttm": clif.START, "vital_category": "spo2", "vital_value": 99.0}
        pd.concat([vitals, pd.DataFrame([other])]).to_parquet(os.path.join(folder, "clif_vitals.parquet"))
        cohort = pd.concat([cohort, pd.DataFrame([{"hospitalization_id": "other", "start_dttm": clif.START, "end_dttm": clif.END}])])
        from clifpy import compute_sofa_polars
        table = compute_sofa_polars(folder, pl.from_pandas(cohort), fill_na_scores_with_zero=False, timezone="UTC")
    return {row["hospitalization_id"]: row for row in table.to_dicts()}


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    clif.run(folder, "sofa-1996", KNOWN, scores, COLUMNS)
