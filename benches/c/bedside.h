/*
 * SOFA (Vincent 1996), the ImmunoSep endotypes and the trial's day-9 endpoint in C99, three times: as devices ship them today
 * (classic), with what the readings leave open (interval), and in single precision (float). The numbers are those of
 * src/published.rs; the crate is measured against these.
 */
#ifndef BEDSIDE_H
#define BEDSIDE_H

#include <stdbool.h>
#include <stdint.h>

/* Bits of a set of classes. */
enum { CLASS_MALS = 1, CLASS_IMMUNOPARALYSIS = 2, CLASS_UNCLASSIFIED = 4 };

enum { ORGAN_RESPIRATION, ORGAN_COAGULATION, ORGAN_LIVER, ORGAN_CARDIOVASCULAR, ORGAN_BRAIN, ORGAN_RENAL, ORGANS };

/* ------------------------------------------------------------------------------------------------ classic */

struct classic_bedside {
    uint32_t pao2;           /* 1/1000 mmHg */
    uint32_t fio2;           /* 1/1000 % */
    uint32_t platelets;      /* 1/1000 10*9/L */
    uint32_t bilirubin;      /* 1/1000 mg/dL */
    uint32_t map;            /* 1/1000 mmHg */
    uint32_t norepinephrine; /* the rates: 1/1000000 ug/kg/min */
    uint32_t epinephrine;
    uint32_t dopamine;
    uint32_t dobutamine;
    uint32_t creatinine; /* 1/1000 mg/dL */
    uint32_t urine;      /* 1/1000 mL in the day */
    uint8_t gcs;
    bool supported; /* positive pressure or ECMO */
};

uint8_t classic_classify(uint32_t ferritin, uint32_t mhla_dr);
uint8_t classic_sofa(const struct classic_bedside *b, uint8_t organs[ORGANS]);
bool classic_day9(const uint8_t totals[9]);

/* ----------------------------------------------------------------------------------------------- interval */

/* Both ends included, in half-ticks: an even end lies on a tick, an odd one strictly between two, so "< 12" needs no flag. */
struct interval {
    int32_t lo, hi;
};

#define UNKNOWN_LO (1 - INT32_MAX)
#define UNKNOWN_HI (INT32_MAX - 1)

enum { RATE_NOREPINEPHRINE, RATE_EPINEPHRINE, RATE_DOPAMINE, RATE_DOBUTAMINE, RATES };

/* In the order of the crate's Support; positive pressure and ECMO come last. */
enum {
    SUPPORT_NONE,
    SUPPORT_OXYGEN,
    SUPPORT_HFNC,
    SUPPORT_CPAP,
    SUPPORT_NIV,
    SUPPORT_IMV,
    SUPPORT_HOME_VENT,
    SUPPORT_ECMO_VV,
    SUPPORT_ECMO_VA,
    SUPPORT_UNKNOWN = 255
};

struct interval_bedside {
    struct interval pao2, fio2, platelets, bilirubin, map, rates[RATES], weight, creatinine, urine, gcs;
    uint8_t support;
    uint8_t pao2_kpa, bilirubin_si, creatinine_si; /* the column of the unit that it was reported in */
    uint8_t per_minute;                            /* bit k: rate k is 1/1000 ug/min, else 1/1000000 ug/kg/min */
};

enum { END_NONE, END_DEATH, END_DISCHARGE };
enum { MET_NO, MET_UNKNOWN, MET_YES };

struct interval_response {
    int32_t fall_lo, fall_hi; /* times the days in the mean */
    uint8_t met;
    uint8_t days, scored, carried, dead;
};

/* Bit n of a set: n points are still possible. */
uint8_t interval_classify(const struct interval *ferritin, const struct interval *mhla_dr);
uint32_t interval_sofa(const struct interval_bedside *b, uint8_t organs[ORGANS]);
struct interval_response interval_day9(const uint32_t *days, uint8_t n, uint8_t end);

/* -------------------------------------------------------------------------------------------------- float */

struct float_bedside {
    float pao2, fio2, platelets, bilirubin, map; /* mmHg, %, 10*9/L, mg/dL, mmHg */
    float norepinephrine, epinephrine, dopamine, dobutamine; /* ug/kg/min */
    float creatinine, urine;                                 /* mg/dL, mL in the day */
    uint8_t gcs;
    bool supported;
};

uint8_t float_classify(float ferritin, float mhla_dr);
uint8_t float_sofa(const struct float_bedside *b, uint8_t organs[ORGANS]);
bool float_day9(const uint8_t totals[9]);

#endif
