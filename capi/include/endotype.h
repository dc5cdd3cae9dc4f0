/*
 * endotype: published sepsis research criteria for device firmware, from C. This header is the manual.
 *
 * It classifies by published research criteria; it is not a medical device and recommends no treatment. The ImmunoSep trial showed no
 * mortality benefit; do not change practice on one trial.
 *
 * WHAT HOLDS FOR EVERY FUNCTION
 *
 *  Status     Returned: ENDO_OK, or why the call was refused. Below 100 the numbers are those of the Rust crate's errors, from 100 on what
 *             only C can get wrong. A number never changes its meaning. Each comment lists what is particular to its function; any may
 *             return ENDO_E_NULL, those with an opaque type ENDO_E_STATE, those with an enumeration ENDO_E_NUMBER, and those with a
 *             reading ENDO_E_QUANTITY, or the number that says what is wrong with its ends.
 *  Outputs    Written on ENDO_OK only, all of them, last of all. A refused call changes nothing. Pointers are checked for NULL before
 *             anything else is looked at; a parameter marked ENDO_OPTIONAL may be NULL.
 *  Memory     Yours. The library has no heap, no variable of its own and no lock: a task with its own objects needs none. It never keeps a
 *             pointer behind a call. The pointers of one call lead to different objects, but for two that are const, or where a comment says so;
 *             each leads to a whole object, aligned as its type asks.
 *  Opaque     endo_window and the others named "opaque" are written by their endo_..._init (or by the call that they come out of), and
 *             then by this library's functions only; copy them whole, by assignment or memcpy, as you like: there is no pointer inside
 *             (but in the two constants of endo_rules).
 *             Every call looks at two words that say which type it is and which release wrote it, so zeroed, foreign or stale memory is
 *             ENDO_E_STATE. What it can not see is a byte overwritten behind these words: keep state where nothing else writes.
 *             Their sizes include room that later releases may use.
 *  Structs    The others are plain: reserved fields are written as 0 and ignored when read.
 *  const      A const object is not changed.
 *  Time       Minutes by your own clock since the patient's minute 0, up to ENDO_LAST_MINUTE. Never wall clock: it must not go back.
 *  Sets       Points and totals are sets of what is still possible: bit n is n points. A reading that does not settle them leaves more
 *             than one bit; a device shows the lowest and the highest (endo_points_ends, endo_total_ends).
 *  No float, no division, no 64-bit product at run time but in endo_reading_float and endo_criteria_guarded.
 *  Nothing panics, nothing recurses, every loop is bounded.
 */
#ifndef ENDOTYPE_H
#define ENDOTYPE_H

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------------------------------------------------------- version */

/* This header's release. endo_version() is the library's: compare them at start. */
#define ENDO_VERSION_MAJOR 0
#define ENDO_VERSION_MINOR 1
#define ENDO_VERSION_PATCH 0
#define ENDO_VERSION ((uint32_t)((ENDO_VERSION_MAJOR << 16) | (ENDO_VERSION_MINOR << 8) | ENDO_VERSION_PATCH))

/* A check that the compiler makes, in C99, C11 and C++. */
#if defined(__cplusplus)
#define ENDO_ASSERT(name, what) static_assert(what, #name)
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#define ENDO_ASSERT(name, what) _Static_assert(what, #name)
#else
#define ENDO_ASSERT(name, what) typedef char endo_assert_##name[(what) ? 1 : -1]
#endif

/* May be NULL. */
#define ENDO_OPTIONAL

/* ENDO_VERSION of the library that is linked. Never refused: it returns no status.
 * e.g. if (endo_version() != ENDO_VERSION) return 1; */
uint32_t endo_version(void);

/* -------------------------------------------------------------------------------------------------------------------- status */

typedef uint8_t endo_status;

enum {
    ENDO_OK = 0,
    ENDO_E_NOT_A_NUMBER = 1, /* "abc", ".5", "5." */
    ENDO_E_SIGN = 2, /* "-5" */
    ENDO_E_EXPONENT = 3, /* "1e3" */
    ENDO_E_OUT_OF_RANGE = 4, /* not reportable */
    ENDO_E_BACKWARDS = 5, /* the higher end first; lo > hi */
    ENDO_E_NOT_WHOLE = 6, /* half a point of a score */
    ENDO_E_NOTHING = 7, /* "<0": no value is left */
    ENDO_E_NOT_FINITE = 8, /* a float that is no number */
    ENDO_E_UNKNOWN_ITEM = 9,
    ENDO_E_UNKNOWN_UNIT = 10, /* a unit that this item does not have */
    ENDO_E_MOLAR_FERRITIN = 11, /* pmol/L: its factor is an assumption */
    ENDO_E_NOT_A_FLAG = 12, /* expected 0 or 1 */
    ENDO_E_NOT_A_SUPPORT = 13,
    ENDO_E_NOT_A_DOSE = 14,
    ENDO_E_NOT_ONE = 15,
    ENDO_E_NOT_A_CUTOFF = 16, /* expected "< 7" */
    ENDO_E_CLOCK_BACK = 20, /* by endo_window_clock minus the minute */
    ENDO_E_DAY_CLOSED = 21, /* a late result of a closed day */
    ENDO_E_DAY_NOT_CLOSED = 22, /* close the day first: it ends at endo_window_day_end */
    ENDO_E_AFTER_END = 23, /* after death or discharge */
    ENDO_E_MINUTE_OUT_OF_RANGE = 24,
    ENDO_E_RULES_DIFFER = 30, /* another rule set than it is bound to */
    ENDO_E_DAY_OUT_OF_ORDER = 31, /* declare the days between as gaps */
    ENDO_E_COURSE_FULL = 32,
    ENDO_E_NO_SUCH_DAY = 33,
    ENDO_E_DAY_OPEN = 34, /* only a closed day enters a course */
    ENDO_E_DAYS_DIFFER = 35,
    ENDO_E_SAMPLE_DIFFERS = 40, /* another result of the same minute */
    ENDO_E_NO_SAMPLE = 41,
    ENDO_E_SERIES_FULL = 42,
    ENDO_E_DOSE_GIVEN = 43,
    ENDO_E_NOT_A_REMARK = 44,
    ENDO_E_NOT_A_MARKER = 45,
    ENDO_E_NOT_OURS = 50, /* neither a snapshot nor a receipt */
    ENDO_E_UNKNOWN_VERSION = 51, /* of a later release */
    ENDO_E_WRONG_LENGTH = 52, /* another length than it says or needs */
    ENDO_E_CHECKSUM = 53, /* damaged */
    ENDO_E_OTHER_PATIENT = 54,
    ENDO_E_IMPOSSIBLE = 55, /* a content that no charting leads to */
    ENDO_E_NO_ROOM = 56, /* an endpoint of more than 15 days has no receipt */
    ENDO_E_DOES_NOT_FOLLOW = 57, /* a result that is not what its inputs say */
    ENDO_E_NULL = 100, /* a pointer is NULL; from here on what only C can get wrong */
    ENDO_E_NUMBER = 101, /* a number that the enumeration does not have */
    ENDO_E_QUANTITY = 102, /* another quantity's reading */
    ENDO_E_STATE = 103, /* not initialised, another type, or of another release */
    ENDO_E_SIZE = 104, /* a length that is too short or too long */
    ENDO_E_SET = 105, /* empty, or with impossible members */
    ENDO_E_SETTING = 106, /* a setting out of bounds */
    ENDO_E_NO_SUCH = 107 /* there is none: no error, an answer */
};

/* ---------------------------------------------------------------------------------------------------------------------- text */

/* Text in is a pointer and a length in bytes, at most ENDO_TEXT_MOST, not terminated: as it came off the wire. Blank (length 0) is
 * "charted, without a value". ENDO_TEXT gives both of a literal. */
#define ENDO_TEXT(literal) (literal), (sizeof(literal) - 1U)
enum { ENDO_TEXT_MOST = 255 };

/* Text out is constant, in flash, not terminated: printf("%.*s", ENDO_PRINT(text)). */
typedef struct {
    const char *at;
    size_t length;
} endo_text;
#define ENDO_PRINT(text) ((int)(text).length), ((text).at)

/* Of a status its one line, what was found and what was expected. ENDO_E_NUMBER: no such status.
 * e.g. endo_message(ENDO_E_SIGN, &text); */
endo_status endo_message(endo_status status, endo_text *out);

enum {
    ENDO_NAMES_ORGAN = 0,
    ENDO_NAMES_ENDOTYPE = 1,
    ENDO_NAMES_SUPPORT = 2,
    ENDO_NAMES_INFUSION = 3,
    ENDO_NAMES_FLAG = 4,
    ENDO_NAMES_DOSE = 5,
    ENDO_NAMES_REMARK = 6,
    ENDO_NAMES_MARKER = 7,
    ENDO_NAMES_CRITERION = 8,
    ENDO_NAMES_ITEM = 9,
    ENDO_NAMES_NEED = 10,
    ENDO_NAMES_STAGE = 11
};

/* The name of a number of one of the enumerations above, as it stands in charted events. Of ENDO_NAMES_ITEM the infusion is "infusion":
 * which one is a drug's number. ENDO_NAMES_STAGE: of an HLA-DR's stage, by how many of its cut-offs are passed.
 * e.g. endo_name(ENDO_NAMES_ORGAN, ENDO_ORGAN_LIVER, &text); */
endo_status endo_name(uint8_t of, uint8_t number, endo_text *out);

/* No value, where a number may have none; no minute. */
enum { ENDO_NONE = 255 };
#define ENDO_NO_MINUTE UINT32_MAX

enum { ENDO_DAY_MINUTES = 1440, ENDO_LAST_MINUTE = 5256000 };

/* Yes, no, or not settled by the readings (Kleene's three values). */
enum {
    ENDO_MET_NO = 0,
    ENDO_MET_UNKNOWN = 1,
    ENDO_MET_YES = 2
};
#define ENDO_MET_AND(a, b) ((a) < (b) ? (a) : (b))
#define ENDO_MET_OR(a, b) ((a) > (b) ? (a) : (b))
#define ENDO_MET_NOT(a) (ENDO_MET_YES - (a))

/* ------------------------------------------------------------------------------------------------------------------ readings */

/* The quantities: name and UCUM unit. US and SI columns of one analyte are two quantities: the printed cut-offs are not conversions of
 * one another, and nothing is converted. */
enum {
    ENDO_Q_PAO2 = 0, /* mm[Hg] */
    ENDO_Q_PAO2_KPA = 1, /* kPa */
    ENDO_Q_FIO2 = 2, /* % */
    ENDO_Q_SPO2 = 3, /* % */
    ENDO_Q_PAO2_FIO2 = 4, /* mm[Hg]; only a rule row has it */
    ENDO_Q_PAO2_FIO2_KPA = 5, /* kPa; only a rule row has it */
    ENDO_Q_SPO2_FIO2 = 6, /* %; only a rule row has it */
    ENDO_Q_PLATELETS = 7, /* 10*9/L */
    ENDO_Q_BILIRUBIN = 8, /* mg/dL */
    ENDO_Q_BILIRUBIN_SI = 9, /* umol/L */
    ENDO_Q_CREATININE = 10, /* mg/dL */
    ENDO_Q_CREATININE_SI = 11, /* umol/L */
    ENDO_Q_MAP = 12, /* mm[Hg] */
    ENDO_Q_SBP = 13, /* mm[Hg] */
    ENDO_Q_RESPIRATORY_RATE = 14, /* /min */
    ENDO_Q_RATE_BY_WEIGHT = 15, /* ug/kg/min */
    ENDO_Q_RATE = 16, /* ug/min */
    ENDO_Q_RATE_IN_ANY_UNIT = 17, /* on or off */
    ENDO_Q_WEIGHT = 18, /* kg */
    ENDO_Q_GCS = 19, /* {score} */
    ENDO_Q_GCS_MOTOR = 20, /* {score} */
    ENDO_Q_URINE = 21, /* mL */
    ENDO_Q_URINE_RATE = 22, /* mL/kg/h; only a rule row has it */
    ENDO_Q_POTASSIUM = 23, /* mmol/L */
    ENDO_Q_BICARBONATE = 24, /* mmol/L */
    ENDO_Q_LACTATE = 25, /* mmol/L */
    ENDO_Q_PH = 26, /* [pH] */
    ENDO_Q_FERRITIN = 27, /* ng/mL */
    ENDO_Q_MHLA_DR = 28, /* {AB}/{cell} */
    ENDO_Q_MHLA_DR_POSITIVE = 29, /* % */
    ENDO_Q_LYMPHOCYTES = 30, /* 10*9/L */
    ENDO_Q_NEUTROPHILS = 31, /* 10*9/L */
    ENDO_Q_LYMPHOCYTES_FRACTION = 32, /* % */
    ENDO_Q_NK_CELLS = 33, /* 10*9/L */
    ENDO_Q_DENDRITIC_CELLS = 34, /* 10*9/L */
    ENDO_Q_B_CELLS = 35, /* 10*9/L */
    ENDO_Q_T_CELLS = 36, /* 10*9/L */
    ENDO_Q_HEMOGLOBIN = 37, /* g/dL */
    ENDO_Q_AGE = 38 /* a */
};

/* Ticks in one unit: the finest decimal that is kept exactly. */
enum {
    ENDO_TICKS_PAO2 = 1000,
    ENDO_TICKS_PAO2_KPA = 1000,
    ENDO_TICKS_FIO2 = 1000,
    ENDO_TICKS_SPO2 = 1000,
    ENDO_TICKS_PAO2_FIO2 = 1,
    ENDO_TICKS_PAO2_FIO2_KPA = 10,
    ENDO_TICKS_SPO2_FIO2 = 1,
    ENDO_TICKS_PLATELETS = 1000,
    ENDO_TICKS_BILIRUBIN = 1000,
    ENDO_TICKS_BILIRUBIN_SI = 1000,
    ENDO_TICKS_CREATININE = 1000,
    ENDO_TICKS_CREATININE_SI = 1000,
    ENDO_TICKS_MAP = 1000,
    ENDO_TICKS_SBP = 1000,
    ENDO_TICKS_RESPIRATORY_RATE = 1000,
    ENDO_TICKS_RATE_BY_WEIGHT = 1000000,
    ENDO_TICKS_RATE = 1000,
    ENDO_TICKS_RATE_IN_ANY_UNIT = 1,
    ENDO_TICKS_WEIGHT = 1000,
    ENDO_TICKS_GCS = 1,
    ENDO_TICKS_GCS_MOTOR = 1,
    ENDO_TICKS_URINE = 1000,
    ENDO_TICKS_URINE_RATE = 10,
    ENDO_TICKS_POTASSIUM = 1000,
    ENDO_TICKS_BICARBONATE = 1000,
    ENDO_TICKS_LACTATE = 1000,
    ENDO_TICKS_PH = 1000,
    ENDO_TICKS_FERRITIN = 1000,
    ENDO_TICKS_MHLA_DR = 1000,
    ENDO_TICKS_MHLA_DR_POSITIVE = 1000,
    ENDO_TICKS_LYMPHOCYTES = 1000000,
    ENDO_TICKS_NEUTROPHILS = 1000000,
    ENDO_TICKS_LYMPHOCYTES_FRACTION = 1000,
    ENDO_TICKS_NK_CELLS = 1000000,
    ENDO_TICKS_DENDRITIC_CELLS = 1000000,
    ENDO_TICKS_B_CELLS = 1000000,
    ENDO_TICKS_T_CELLS = 1000000,
    ENDO_TICKS_HEMOGLOBIN = 1000,
    ENDO_TICKS_AGE = 1000
};

/* The set of values that a quantity may truly have, its two ends in HALF-TICKS, both included: an even one lies on a tick, an odd one
 * strictly between two, so that open ends need no flag. 4420 ng/mL of ferritin is 8840000; "> 4420" begins at 8840001.
 * One type for all quantities, each reading with its quantity's number, which is compared at every use: a ferritin in the place of an
 * HLA-DR is ENDO_E_QUANTITY. (Thirty-nine types would be refused by the compiler instead, at the price of as many copies of every
 * function below.) Build it by these functions; ends that you kept go through endo_reading_ends. */
typedef struct {
    int32_t lo;
    int32_t hi;
    uint8_t quantity;
    uint8_t reserved[3];
} endo_reading;
ENDO_ASSERT(reading_is_12_bytes, sizeof(endo_reading) == 12U && offsetof(endo_reading, quantity) == 8U);

/* Whether an amount is in whole units or in ticks. */
enum { ENDO_UNITS = 0, ENDO_TICKS = 1 };

enum {
    ENDO_SCALE_AMOUNT = 0, /* "<x" reaches down to 0 */
    ENDO_SCALE_RATE = 1, /* "<x" is running: down to 0, without 0 */
    ENDO_SCALE_SCORE = 2 /* whole points */
};

/* A row of the table of quantities: reportable from `least` to `most` whole units, both included. */
typedef struct {
    endo_text name;
    endo_text unit;
    uint32_t ticks;
    uint32_t least;
    uint32_t most;
    uint8_t scale;
    uint8_t reserved[3];
} endo_quantity_row;

/* The row of a quantity.
 * e.g. endo_quantity(ENDO_Q_FERRITIN, &row); */
endo_status endo_quantity(uint8_t quantity, endo_quantity_row *out);

/* Not known: any value.
 * e.g. endo_reading_unknown(ENDO_Q_MHLA_DR, &mhla_dr); */
endo_status endo_reading_unknown(uint8_t quantity, endo_reading *out);

/* Exactly this amount. ENDO_E_OUT_OF_RANGE.
 * e.g. endo_reading_exact(ENDO_Q_FERRITIN, ENDO_UNITS, 4421, &ferritin); */
endo_status endo_reading_exact(uint8_t quantity, uint8_t in_ticks, uint32_t amount, endo_reading *out);

/* Less than this, "<12": down to 0, of a score to its least, of a rate to above 0. ENDO_E_OUT_OF_RANGE; ENDO_E_NOTHING: no value is left.
 * e.g. endo_reading_below(ENDO_Q_FERRITIN, ENDO_UNITS, 12, &ferritin); */
endo_status endo_reading_below(uint8_t quantity, uint8_t in_ticks, uint32_t amount, endo_reading *out);

/* This or less, "<=12", as endo_reading_below.
 * e.g. endo_reading_at_most(ENDO_Q_FERRITIN, ENDO_UNITS, 12, &ferritin); */
endo_status endo_reading_at_most(uint8_t quantity, uint8_t in_ticks, uint32_t amount, endo_reading *out);

/* More than this, ">2000": up to the most that is reportable. ENDO_E_OUT_OF_RANGE, ENDO_E_NOTHING.
 * e.g. endo_reading_above(ENDO_Q_FERRITIN, ENDO_UNITS, 2000, &ferritin); */
endo_status endo_reading_above(uint8_t quantity, uint8_t in_ticks, uint32_t amount, endo_reading *out);

/* This or more, ">=2000", as endo_reading_above.
 * e.g. endo_reading_at_least(ENDO_Q_FERRITIN, ENDO_UNITS, 2000, &ferritin); */
endo_status endo_reading_at_least(uint8_t quantity, uint8_t in_ticks, uint32_t amount, endo_reading *out);

/* From one amount to another, both included. ENDO_E_OUT_OF_RANGE; ENDO_E_BACKWARDS: from > to.
 * e.g. endo_reading_between(ENDO_Q_FERRITIN, ENDO_UNITS, 4300, 4500, &ferritin); */
endo_status endo_reading_between(uint8_t quantity, uint8_t in_ticks, uint32_t from, uint32_t to, endo_reading *out);

/* Charted text in the quantity's unit, exactly: 4421, 0.08, <12, <=12, >2000, >=40000, 4300..4500, blank for not known. ENDO_E_NOT_A_NUMBER,
 * ENDO_E_SIGN, ENDO_E_EXPONENT, ENDO_E_OUT_OF_RANGE, ENDO_E_BACKWARDS, ENDO_E_NOT_WHOLE, ENDO_E_NOTHING; ENDO_E_SIZE: longer than
 * ENDO_TEXT_MOST.
 * e.g. endo_reading_text(ENDO_Q_FERRITIN, ENDO_TEXT("> 2000"), &ferritin); */
endo_status endo_reading_text(uint8_t quantity, const char *text, size_t length, endo_reading *out);

/* A measured float in the quantity's unit, rounded outward, never across a cut-off. The only function with a float; what it needs is
 * linked only if it is called. ENDO_E_NOT_FINITE, ENDO_E_SIGN, ENDO_E_OUT_OF_RANGE, ENDO_E_NOT_WHOLE.
 * e.g. endo_reading_float(ENDO_Q_FERRITIN, 4421.5F, &ferritin); */
endo_status endo_reading_float(uint8_t quantity, float value, endo_reading *out);

/* From ends in half-ticks that you kept. ENDO_E_BACKWARDS: lo > hi; ENDO_E_OUT_OF_RANGE; ENDO_E_NOT_WHOLE: half a point of a score.
 * e.g. endo_reading_ends(ENDO_Q_FERRITIN, 8840000, 8840000, &ferritin); */
endo_status endo_reading_ends(uint8_t quantity, int32_t lo, int32_t hi, endo_reading *out);

/* What is known when either may be true: the smallest reading that contains both. `out` may be where one of them came from.
 * e.g. endo_reading_either(ferritin, ferritin, &ferritin); */
endo_status endo_reading_either(endo_reading one, endo_reading other, endo_reading *out);

/* 1 if nothing at all is known, else 0.
 * e.g. endo_reading_is_unknown(ferritin, &yes); */
endo_status endo_reading_is_unknown(endo_reading reading, uint8_t *out);

/* Whether a reading passes a cut-off in words, "< 7": <, <=, > or >= and a reportable amount on a tick, in the reading's unit; an
 * ENDO_MET_. ENDO_E_NOT_A_CUTOFF, ENDO_E_SIZE. The published cut-offs are below; this is for limits that a user sets.
 * e.g. endo_cutoff_met(ENDO_TEXT("< 7"), hemoglobin, &met); */
endo_status endo_cutoff_met(const char *cutoff, size_t length, endo_reading reading, uint8_t *out);

/* ---------------------------------------------------------------------------------------------------- the published cut-offs */

/*
 * In half-ticks, the first value that passes: of a rising row lo >= it certainly does, of a falling one hi <= it. The number behind a
 * row's name is its points. Sources: endo_source_of. Of drugs in ug/kg/min, of urine rates in mL/kg/h; PaO2/FiO2 over a fraction.
 */

/* Vincent JL et al., Intensive Care Med 1996;22:707-710. Urine in mL a day. */
enum {
    ENDO_SOFA_1996_PAO2_FIO2_1 = 799, /* < 400 */
    ENDO_SOFA_1996_PAO2_FIO2_2 = 599, /* < 300 */
    ENDO_SOFA_1996_PAO2_FIO2_3 = 399, /* < 200 */
    ENDO_SOFA_1996_PAO2_FIO2_4 = 199, /* < 100 */
    ENDO_SOFA_1996_PAO2_FIO2_KPA_1 = 1065, /* < 53.3 */
    ENDO_SOFA_1996_PAO2_FIO2_KPA_2 = 799, /* < 40 */
    ENDO_SOFA_1996_PAO2_FIO2_KPA_3 = 533, /* < 26.7 */
    ENDO_SOFA_1996_PAO2_FIO2_KPA_4 = 265, /* < 13.3 */
    ENDO_SOFA_1996_PLATELETS_1 = 299999, /* < 150 */
    ENDO_SOFA_1996_PLATELETS_2 = 199999, /* < 100 */
    ENDO_SOFA_1996_PLATELETS_3 = 99999, /* < 50 */
    ENDO_SOFA_1996_PLATELETS_4 = 39999, /* < 20 */
    ENDO_SOFA_1996_BILIRUBIN_1 = 2400, /* >= 1.2 */
    ENDO_SOFA_1996_BILIRUBIN_2 = 4000, /* >= 2 */
    ENDO_SOFA_1996_BILIRUBIN_3 = 12000, /* >= 6 */
    ENDO_SOFA_1996_BILIRUBIN_4 = 24000, /* >= 12 */
    ENDO_SOFA_1996_BILIRUBIN_SI_1 = 40000, /* >= 20 */
    ENDO_SOFA_1996_BILIRUBIN_SI_2 = 66000, /* >= 33 */
    ENDO_SOFA_1996_BILIRUBIN_SI_3 = 204000, /* >= 102 */
    ENDO_SOFA_1996_BILIRUBIN_SI_4 = 408001, /* > 204 */
    ENDO_SOFA_1996_MAP_1 = 139999, /* < 70 */
    ENDO_SOFA_1996_NOREPINEPHRINE_3 = 1, /* > 0 */
    ENDO_SOFA_1996_NOREPINEPHRINE_4 = 200001, /* > 0.1 */
    ENDO_SOFA_1996_EPINEPHRINE_3 = 1, /* > 0 */
    ENDO_SOFA_1996_EPINEPHRINE_4 = 200001, /* > 0.1 */
    ENDO_SOFA_1996_DOPAMINE_2 = 1, /* > 0 */
    ENDO_SOFA_1996_DOPAMINE_3 = 10000001, /* > 5 */
    ENDO_SOFA_1996_DOPAMINE_4 = 30000001, /* > 15 */
    ENDO_SOFA_1996_DOBUTAMINE_2 = 1, /* > 0 */
    ENDO_SOFA_1996_GCS_1 = 29, /* < 15 */
    ENDO_SOFA_1996_GCS_2 = 25, /* < 13 */
    ENDO_SOFA_1996_GCS_3 = 19, /* < 10 */
    ENDO_SOFA_1996_GCS_4 = 11, /* < 6 */
    ENDO_SOFA_1996_CREATININE_1 = 2400, /* >= 1.2 */
    ENDO_SOFA_1996_CREATININE_2 = 4000, /* >= 2 */
    ENDO_SOFA_1996_CREATININE_3 = 7000, /* >= 3.5 */
    ENDO_SOFA_1996_CREATININE_4 = 10000, /* >= 5 */
    ENDO_SOFA_1996_CREATININE_SI_1 = 220000, /* >= 110 */
    ENDO_SOFA_1996_CREATININE_SI_2 = 342000, /* >= 171 */
    ENDO_SOFA_1996_CREATININE_SI_3 = 600000, /* >= 300 */
    ENDO_SOFA_1996_CREATININE_SI_4 = 880001, /* > 440 */
    ENDO_SOFA_1996_URINE_3 = 999999, /* < 500 */
    ENDO_SOFA_1996_URINE_4 = 399999 /* < 200 */
};

/* Ranzani OT et al., JAMA 2025, doi 10.1001/jama.2025.20516. Norepinephrine and epinephrine are added up; dopamine as the only drug; MAP_NO_DRUGS
 * while vasoactive drugs are unavailable; urine rates over 6 h, 12 h, 24 h, and for the criteria of RRT. */
enum {
    ENDO_SOFA_2_PAO2_FIO2_1 = 600, /* <= 300 */
    ENDO_SOFA_2_PAO2_FIO2_2 = 450, /* <= 225 */
    ENDO_SOFA_2_PAO2_FIO2_3 = 300, /* <= 150 */
    ENDO_SOFA_2_PAO2_FIO2_4 = 150, /* <= 75 */
    ENDO_SOFA_2_PAO2_FIO2_KPA_1 = 800, /* <= 40 */
    ENDO_SOFA_2_PAO2_FIO2_KPA_2 = 600, /* <= 30 */
    ENDO_SOFA_2_PAO2_FIO2_KPA_3 = 400, /* <= 20 */
    ENDO_SOFA_2_PAO2_FIO2_KPA_4 = 200, /* <= 10 */
    ENDO_SOFA_2_PLATELETS_1 = 300000, /* <= 150 */
    ENDO_SOFA_2_PLATELETS_2 = 200000, /* <= 100 */
    ENDO_SOFA_2_PLATELETS_3 = 160000, /* <= 80 */
    ENDO_SOFA_2_PLATELETS_4 = 100000, /* <= 50 */
    ENDO_SOFA_2_BILIRUBIN_1 = 2401, /* > 1.2 */
    ENDO_SOFA_2_BILIRUBIN_2 = 6001, /* > 3 */
    ENDO_SOFA_2_BILIRUBIN_3 = 12001, /* > 6 */
    ENDO_SOFA_2_BILIRUBIN_4 = 24001, /* > 12 */
    ENDO_SOFA_2_BILIRUBIN_SI_1 = 41201, /* > 20.6 */
    ENDO_SOFA_2_BILIRUBIN_SI_2 = 102601, /* > 51.3 */
    ENDO_SOFA_2_BILIRUBIN_SI_3 = 205201, /* > 102.6 */
    ENDO_SOFA_2_BILIRUBIN_SI_4 = 410001, /* > 205 */
    ENDO_SOFA_2_MAP_1 = 139999, /* < 70 */
    ENDO_SOFA_2_NOREPINEPHRINE_2 = 1, /* > 0 */
    ENDO_SOFA_2_NOREPINEPHRINE_3 = 400001, /* > 0.2 */
    ENDO_SOFA_2_NOREPINEPHRINE_4 = 800001, /* > 0.4 */
    ENDO_SOFA_2_EPINEPHRINE_2 = 1, /* > 0 */
    ENDO_SOFA_2_EPINEPHRINE_3 = 400001, /* > 0.2 */
    ENDO_SOFA_2_EPINEPHRINE_4 = 800001, /* > 0.4 */
    ENDO_SOFA_2_DOPAMINE_2 = 1, /* > 0 */
    ENDO_SOFA_2_DOPAMINE_3 = 40000001, /* > 20 */
    ENDO_SOFA_2_DOPAMINE_4 = 80000001, /* > 40 */
    ENDO_SOFA_2_DOBUTAMINE_2 = 1, /* > 0 */
    ENDO_SOFA_2_GCS_1 = 29, /* < 15 */
    ENDO_SOFA_2_GCS_2 = 25, /* < 13 */
    ENDO_SOFA_2_GCS_3 = 17, /* < 9 */
    ENDO_SOFA_2_GCS_4 = 11, /* < 6 */
    ENDO_SOFA_2_CREATININE_1 = 2401, /* > 1.2 */
    ENDO_SOFA_2_CREATININE_2 = 4001, /* > 2 */
    ENDO_SOFA_2_CREATININE_3 = 7001, /* > 3.5 */
    ENDO_SOFA_2_CREATININE_SI_1 = 220001, /* > 110 */
    ENDO_SOFA_2_CREATININE_SI_2 = 340001, /* > 170 */
    ENDO_SOFA_2_CREATININE_SI_3 = 600001, /* > 300 */
    ENDO_SOFA_2_SPO2 = 195999, /* < 98: where SpO2/FiO2 counts */
    ENDO_SOFA_2_SPO2_FIO2_1 = 600, /* <= 300 */
    ENDO_SOFA_2_SPO2_FIO2_2 = 500, /* <= 250 */
    ENDO_SOFA_2_SPO2_FIO2_3 = 400, /* <= 200 */
    ENDO_SOFA_2_SPO2_FIO2_4 = 240, /* <= 120 */
    ENDO_SOFA_2_MAP_NO_DRUGS_1 = 139999, /* < 70 */
    ENDO_SOFA_2_MAP_NO_DRUGS_2 = 119999, /* < 60 */
    ENDO_SOFA_2_MAP_NO_DRUGS_3 = 99999, /* < 50 */
    ENDO_SOFA_2_MAP_NO_DRUGS_4 = 79999, /* < 40 */
    ENDO_SOFA_2_GCS_MOTOR_1 = 11, /* < 6 */
    ENDO_SOFA_2_GCS_MOTOR_2 = 9, /* < 5 */
    ENDO_SOFA_2_GCS_MOTOR_3 = 7, /* < 4 */
    ENDO_SOFA_2_GCS_MOTOR_4 = 5, /* < 3 */
    ENDO_SOFA_2_URINE_RATE_1 = 9, /* < 0.5 */
    ENDO_SOFA_2_URINE_RATE_2 = 9, /* < 0.5 */
    ENDO_SOFA_2_URINE_RATE_3 = 5, /* < 0.3 */
    ENDO_SOFA_2_URINE_RATE_4 = 5, /* < 0.3 */
    ENDO_SOFA_2_POTASSIUM_4 = 12000, /* >= 6 */
    ENDO_SOFA_2_PH_4 = 14400, /* <= 7.2 */
    ENDO_SOFA_2_BICARBONATE_4 = 24000 /* <= 12 */
};

/* Giamarellos-Bourboulis EJ et al., JAMA 2025, doi 10.1001/jama.2025.24175: the classes, restoration, the endpoints, the trial. */
enum {
    ENDO_IMMUNOSEP_FERRITIN = 8840001,    /* > 4420 ng/mL: mals */
    ENDO_IMMUNOSEP_MHLA_DR = 9999999,     /* < 5000: immunoparalysis, unless mals */
    ENDO_RESTORATION_PERCENT = 15,        /* by which ferritin fell, of mals */
    ENDO_RESTORATION_FERRITIN = 8839999,  /* < 4420, of immunoparalysis */
    ENDO_RESTORATION_MHLA_DR = 16000001,  /* > 8000, of immunoparalysis */
    ENDO_IMMUNOSEP_DAY9_LAST = 9,         /* SOFA of day 1 minus the mean of days 2 to 9 */
    ENDO_IMMUNOSEP_DAY9_FALL_TENTHS = 14, /* at least 1.4 */
    ENDO_IMMUNOSEP_DAY9_AFTER_DEATH = 24, /* a day after death */
    ENDO_IMMUNOSEP_DAY15_LAST = 15,
    ENDO_IMMUNOSEP_DAY15_FALL_TENTHS = 14,
    ENDO_IMMUNOSEP_DAY15_AFTER_DEATH = 24,
    ENDO_TRIAL_AGE = 36000,         /* >= 18 */
    ENDO_TRIAL_NEUTROPHILS = 2999999, /* < 1.5 10*9/L keeps out */
    ENDO_TRIAL_WITHIN = 4320        /* fewer minutes from the classification of sepsis to the first dose */
};

/* Stages of HLA-DR; Lyon, doi 10.1007/s00134-025-08110-w; Meisel 2009; de Roquetaillade 2022; IRIS-7; Drewry 2014; Kyriazopoulou 2017;
 * Docke 2005 (staining, lyse-no-wash). */
enum {
    ENDO_MHLA_DR_STAGE_1 = 29999999, /* < 15000 */
    ENDO_MHLA_DR_STAGE_2 = 16000000, /* <= 8000 */
    ENDO_MHLA_DR_STAGE_3 = 9999999,  /* < 5000 */
    ENDO_LYON_MHLA_DR = 15999999,    /* < 8000 */
    ENDO_MEISEL_MHLA_DR = 15999999,
    ENDO_PERSISTENT_MHLA_DR = 15999999,
    ENDO_IRIS_7_LYMPHOCYTES = 1800000, /* <= 0.9 10*9/L */
    ENDO_DREWRY_LYMPHOCYTES = 1200000, /* <= 0.6 10*9/L */
    ENDO_KYRIAZOPOULOU_PERCENT = 15,
    ENDO_STAIN_TIME_MOST = 240,      /* minutes */
    ENDO_LYSE_NO_WASH_LEAST = 1000,  /* per mille of lyse-wash */
    ENDO_LYSE_NO_WASH_MOST = 1180
};

/* Singer M et al., JAMA 2016;315:801. */
enum {
    ENDO_SEPSIS_3_RISE = 2,
    ENDO_SEPSIS_3_LACTATE = 4001,          /* > 2 mmol/L */
    ENDO_QSOFA_RESPIRATORY_RATE = 44000,   /* >= 22 */
    ENDO_QSOFA_GCS = 29,                   /* < 15 */
    ENDO_QSOFA_SBP = 200000,               /* <= 100 */
    ENDO_QSOFA_POSITIVE = 2                /* of the three */
};

/* The fingerprints of the rule sets: another cut-off is another id. */
#define ENDO_SOFA_1996_ID UINT32_C(2237971085)
#define ENDO_SOFA_2_ID UINT32_C(1579328704)
#define ENDO_SEPSIS_3_ID UINT32_C(2487141774)
#define ENDO_IMMUNOSEP_ID UINT32_C(4005493139)

/* How well a rule is known: stated by registry, abstract or printed table; second-hand; recalled; inferred. */
enum {
    ENDO_EVIDENCE_A = 0,
    ENDO_EVIDENCE_B = 1,
    ENDO_EVIDENCE_R = 2,
    ENDO_EVIDENCE_I = 3
};

/* Where a rule is printed. */
typedef struct {
    endo_text name;
    endo_text citation;
    uint8_t evidence;
    uint8_t reserved[3];
} endo_source;

/* Of a rule's id, as the answers carry it. ENDO_E_NO_SUCH: a rule set of a site's own, a guarded one among them.
 * e.g. endo_source_of(ENDO_IMMUNOSEP_ID, &source); */
endo_status endo_source_of(uint32_t rule, endo_source *out);

/* ----------------------------------------------------------------------------------------------------------------- endotypes */

/* The classes of the ImmunoSep trial, published research criteria, not diagnoses. */
enum {
    ENDO_CLASS_MALS = 0,
    ENDO_CLASS_IMMUNOPARALYSIS = 1,
    ENDO_CLASS_UNCLASSIFIED = 2
};

/* Criteria; opaque. */
typedef struct {
    uint64_t reserved[6];
} endo_criteria;
ENDO_ASSERT(criteria_are_48_bytes, sizeof(endo_criteria) == 48U);

/* As published: ferritin > 4420 ng/mL is mals, whatever the HLA-DR; else HLA-DR < 5000 is immunoparalysis; else unclassified. */
extern const endo_criteria endo_immunosep;

/* What two readings leave possible. */
typedef struct {
    uint8_t classes;           /* bit n: class n is possible; 1 to 3 of them */
    uint8_t single;            /* the class once only one is left, else ENDO_NONE */
    uint8_t hyperinflammation; /* ENDO_MET_ of the ferritin criterion */
    uint8_t immunoparalysis;   /* ENDO_MET_ of the HLA-DR criterion by itself */
} endo_class;
ENDO_ASSERT(class_is_4_bytes, sizeof(endo_class) == 4U);

/* What is missing before an answer can be decided. */
enum {
    ENDO_NEED_NOTHING = 0,
    ENDO_NEED_SAMPLE = 1,
    ENDO_NEED_REPEAT = 2, /* on both sides of the cut-off, or within its band */
    ENDO_NEED_DILUTION = 3, /* beyond what the analyser reports */
    ENDO_NEED_FIRST_DOSE = 4,
    ENDO_NEED_ENTRY = 5,
    ENDO_NEED_ORIGIN = 6 /* the minute from which the rule's days count */
};

/* An ENDO_NEED_ of each marker. */
typedef struct {
    uint8_t ferritin;
    uint8_t mhla_dr;
} endo_needs;

/* The classes that a ferritin (ENDO_Q_FERRITIN) and an HLA-DR (ENDO_Q_MHLA_DR) leave possible; exact. One not measured is unknown.
 * e.g. endo_classify(&endo_immunosep, ferritin, mhla_dr, &class_of); */
endo_status endo_classify(const endo_criteria *criteria, endo_reading ferritin, endo_reading mhla_dr, endo_class *out);

/* What would settle an open class: of each criterion that is open a sample, a dilution or a repeat; nothing once it is decided.
 * e.g. endo_needs_of(&endo_immunosep, ferritin, mhla_dr, &needs); */
endo_status endo_needs_of(const endo_criteria *criteria, endo_reading ferritin, endo_reading mhla_dr, endo_needs *out);

/* Whether one criterion is met, by the reading's quantity; an ENDO_MET_.
 * e.g. endo_criterion_met(&endo_immunosep, ferritin, &met); */
endo_status endo_criterion_met(const endo_criteria *criteria, endo_reading reading, uint8_t *out);

/* How an assay scatters (JCGM 106:2012): U at a true value t is coverage/100 * sqrt(absolute^2 + (per_mille/1000 * t)^2); `absolute` in
 * the quantity's ticks. Yours, of the assay and the laboratory: there is no default. */
typedef struct {
    uint32_t absolute;
    uint16_t per_mille;
    uint16_t coverage; /* hundredths: 196 is 1.96 */
} endo_imprecision;
ENDO_ASSERT(imprecision_is_8_bytes, sizeof(endo_imprecision) == 8U);

/* The published criteria with a guard band at each cut-off: a result within U of it leaves the class open. Call it once, at start, and keep
 * the criteria: it takes 64-bit products (no division); decisions by them cost what those without a band do. Their id is their own.
 * ENDO_E_SETTING: per_mille * coverage of 100000 or more, so that the band is as wide as the value, or `absolute` beyond the range.
 * e.g. endo_criteria_guarded(&imprecision, &imprecision, &criteria); */
endo_status endo_criteria_guarded(const endo_imprecision *ferritin, const endo_imprecision *mhla_dr, endo_criteria *out);

/* The fingerprint.
 * e.g. endo_criteria_id(&endo_immunosep, &id); */
endo_status endo_criteria_id(const endo_criteria *criteria, uint32_t *out);

/* Where the criterion of ENDO_Q_FERRITIN or ENDO_Q_MHLA_DR changes, in half-ticks: the last value that certainly does not meet it and the
 * first that certainly does; a guard band lies between them.
 * e.g. endo_criteria_edge(&endo_immunosep, ENDO_Q_FERRITIN, &last, &first); */
endo_status endo_criteria_edge(const endo_criteria *criteria, uint8_t quantity, int32_t *last, int32_t *first);

/* ---------------------------------------------------------------------------------------------------------------------- SOFA */

/* A rule set; opaque, and constant: there are these two. An image links only those that it names. */
typedef struct {
    uint64_t reserved[2];
} endo_rules;
extern const endo_rules endo_sofa_1996;
extern const endo_rules endo_sofa_2;

enum {
    ENDO_ORGAN_RESPIRATION = 0,
    ENDO_ORGAN_COAGULATION = 1,
    ENDO_ORGAN_LIVER = 2,
    ENDO_ORGAN_CARDIOVASCULAR = 3,
    ENDO_ORGAN_BRAIN = 4,
    ENDO_ORGAN_RENAL = 5
};
enum { ENDO_ORGANS = 6 };

/* What decides an organ's points. */
enum {
    ENDO_ITEM_PAO2 = 0,
    ENDO_ITEM_SPO2 = 1,
    ENDO_ITEM_ECMO = 2,
    ENDO_ITEM_PLATELETS = 3,
    ENDO_ITEM_BILIRUBIN = 4,
    ENDO_ITEM_MAP = 5,
    ENDO_ITEM_INFUSION = 6, /* which one is a drug beside it */
    ENDO_ITEM_MECHANICAL_SUPPORT = 7,
    ENDO_ITEM_CIRCULATION = 8, /* a rolling window does not keep which */
    ENDO_ITEM_GCS = 9,
    ENDO_ITEM_GCS_MOTOR = 10,
    ENDO_ITEM_DELIRIUM_DRUG = 11,
    ENDO_ITEM_CREATININE = 12,
    ENDO_ITEM_URINE = 13,
    ENDO_ITEM_RRT = 14,
    ENDO_ITEM_RRT_CRITERIA = 15
};

enum {
    ENDO_SUPPORT_NONE = 0,
    ENDO_SUPPORT_OXYGEN = 1,
    ENDO_SUPPORT_HFNC = 2,
    ENDO_SUPPORT_CPAP = 3,
    ENDO_SUPPORT_NIV = 4,
    ENDO_SUPPORT_IMV = 5,
    ENDO_SUPPORT_HOME_VENT = 6,
    ENDO_SUPPORT_ECMO_VV = 7,
    ENDO_SUPPORT_ECMO_VA = 8
};

/* Vasoactive infusions; of those behind dobutamine only on or off matters. */
enum {
    ENDO_DRUG_NOREPINEPHRINE = 0,
    ENDO_DRUG_EPINEPHRINE = 1,
    ENDO_DRUG_DOPAMINE = 2,
    ENDO_DRUG_DOBUTAMINE = 3,
    ENDO_DRUG_VASOPRESSIN = 4,
    ENDO_DRUG_PHENYLEPHRINE = 5,
    ENDO_DRUG_MILRINONE = 6,
    ENDO_DRUG_OTHER_VASOACTIVE = 7
};
enum { ENDO_DRUGS = 8 };

/* A set of points, bit n for n, 0 to 4; a total, 0 to 24. The set of one value; whether it has a value. */
#define ENDO_POINTS(n) (1U << (n))
#define ENDO_TOTAL(n) (UINT32_C(1) << (n))
#define ENDO_HAS(set, n) ((((uint32_t)(set) >> (n)) & 1U) != 0U)
#define ENDO_POINTS_ALL 0x1FU
#define ENDO_TOTAL_ALL UINT32_C(0x1FFFFFF)

/* The fingerprint.
 * e.g. endo_rules_id(&endo_sofa_1996, &id); */
endo_status endo_rules_id(const endo_rules *rules, uint32_t *out);

/* Where the points of a row change: two neighbouring half-ticks, and the points on either side. */
typedef struct {
    endo_text item;
    endo_text unit;
    uint32_t ticks;
    int32_t last;
    int32_t first;
    uint8_t points_last;
    uint8_t points_first;
    uint8_t reserved[2];
} endo_edge;

/* The nth place, from 0, where points change, row by row, for a test of your own. ENDO_E_NO_SUCH behind the last.
 * e.g. for (n = 0; endo_rules_edge(&endo_sofa_1996, n, &edge) == ENDO_OK; n++) { } */
endo_status endo_rules_edge(const endo_rules *rules, uint32_t n, endo_edge *out);

/* The set of points of one row: ENDO_ITEM_PLATELETS, _BILIRUBIN and _CREATININE (in either column, by the reading's quantity), _MAP, _GCS,
 * _URINE (1996: mL a day), _GCS_MOTOR (SOFA-2). ENDO_E_NUMBER: an item that is no row of this edition.
 * e.g. endo_row_points(&endo_sofa_1996, ENDO_ITEM_PLATELETS, platelets, &points); */
endo_status endo_row_points(const endo_rules *rules, uint8_t item, endo_reading reading, uint8_t *out);

/* Respiration: one gas (ENDO_Q_PAO2, _PAO2_KPA or _SPO2) with the FiO2 and the support of its minute; unknown FiO2 is 21 to 100 %,
 * unknown support ENDO_NONE.
 * e.g. endo_respiration(&endo_sofa_1996, pao2, fio2, ENDO_SUPPORT_IMV, &points); */
endo_status endo_respiration(const endo_rules *rules, endo_reading gas, endo_reading fio2, uint8_t support, uint8_t *out);

/* An infusion that counts: its rate (ENDO_Q_RATE_BY_WEIGHT, _RATE, _RATE_IN_ANY_UNIT), an ENDO_DRUG_. */
typedef struct {
    endo_reading rate;
    uint8_t drug;
    uint8_t reserved[3];
} endo_infusion;
ENDO_ASSERT(infusion_is_16_bytes, sizeof(endo_infusion) == 16U && offsetof(endo_infusion, drug) == 12U);

/* Cardiovascular: `count` infusions together, 0 to ENDO_DRUGS, by the weight that holds for rates per minute. ENDO_E_SIZE.
 * e.g. endo_infusions_points(&endo_sofa_2, &infusion, 1, weight, &points); */
endo_status endo_infusions_points(const endo_rules *rules, const endo_infusion *infusion, size_t count, endo_reading weight,
                                  uint8_t *out);

/* Cardiovascular: the points of the pressure, 0 if there is none, joined with those of the infusions. ENDO_E_SET.
 * e.g. endo_cardiovascular(&endo_sofa_1996, ENDO_POINTS(1), ENDO_POINTS(0), &points); */
endo_status endo_cardiovascular(const endo_rules *rules, uint8_t map, uint8_t infusions, uint8_t *out);

/* Renal: the worse of creatinine and urine; 0 for one that was not measured. ENDO_E_SET.
 * e.g. endo_renal(&endo_sofa_1996, ENDO_POINTS(2), 0, &points); */
endo_status endo_renal(const endo_rules *rules, uint8_t creatinine, uint8_t urine, uint8_t *out);

/* The set of totals of the sets of points of the organs, in the order of ENDO_ORGAN_: every sum of one value each. ENDO_E_SET.
 * e.g. endo_sofa_total(organs, &total); */
endo_status endo_sofa_total(const uint8_t organs[ENDO_ORGANS], uint32_t *out);

/* The worst of two moments. ENDO_E_SET.
 * e.g. endo_points_join(ENDO_POINTS(1), ENDO_POINTS(3), &points); */
endo_status endo_points_join(uint8_t one, uint8_t other, uint8_t *out);

/* The lowest and the highest. ENDO_E_SET.
 * e.g. endo_points_ends(ENDO_POINTS(1), &lo, &hi); */
endo_status endo_points_ends(uint8_t points, uint8_t *lo, uint8_t *hi);

/* The lowest and the highest. ENDO_E_SET.
 * e.g. endo_total_ends(ENDO_TOTAL_ALL, &lo, &hi); */
endo_status endo_total_ends(uint32_t total, uint8_t *lo, uint8_t *hi);

/* Whether a total is at least this much; an ENDO_MET_. ENDO_E_SET.
 * e.g. endo_total_at_least(total, 2, &met); */
endo_status endo_total_at_least(uint32_t total, uint8_t least, uint8_t *out);

enum {
    ENDO_SALT_BITARTRATE_MONOHYDRATE = 0,
    ENDO_SALT_BITARTRATE_ANHYDROUS = 1,
    ENDO_SALT_HYDROCHLORIDE = 2
};

/* The rate of norepinephrine base in a rate of this salt, exact against every cut-off; a rate in another unit stays on or off.
 * e.g. endo_salt_base(ENDO_SALT_HYDROCHLORIDE, rate, &rate); */
endo_status endo_salt_base(uint8_t salt, endo_reading charted_rate, endo_reading *out);

/* The set of stages of an HLA-DR: bit n, n of ENDO_MHLA_DR_STAGE_ are passed.
 * e.g. endo_mhla_dr_stage(mhla_dr, &points); */
endo_status endo_mhla_dr_stage(endo_reading mhla_dr, uint8_t *out);

/* Sepsis-3: infection (ENDO_MET_), and a total (emergency admission) or a rise over the SOFA before (0 to 24, ENDO_NONE unknown) of at
 * least 2. An ENDO_MET_. ENDO_E_SET.
 * e.g. endo_sepsis(ENDO_MET_YES, ENDO_MET_NO, total, ENDO_NONE, &met); */
endo_status endo_sepsis(uint8_t infection, uint8_t emergency, uint32_t total, uint8_t prior, uint8_t *out);

/* Septic shock: sepsis, and the circulatory part (endo_day_shock). An ENDO_MET_.
 * e.g. endo_shock(ENDO_MET_YES, ENDO_MET_UNKNOWN, &met); */
endo_status endo_shock(uint8_t sepsis, uint8_t circulatory, uint8_t *out);

/* qSOFA: each an ENDO_MET_; needed: bit 0 respiratory rate, 1 Glasgow Coma Scale, 2 systolic pressure, while it is not decided. */
typedef struct {
    uint8_t met;
    uint8_t respiratory_rate;
    uint8_t gcs;
    uint8_t sbp;
    uint8_t needed;
} endo_screen;

/* ENDO_Q_RESPIRATORY_RATE, ENDO_Q_GCS, ENDO_Q_SBP.
 * e.g. endo_qsofa(respiratory_rate, gcs, sbp, &screen); */
endo_status endo_qsofa(endo_reading respiratory_rate, endo_reading gcs, endo_reading sbp, endo_screen *out);

/* -------------------------------------------------------------------------------------------------------------------- events */

/* What an event is of. */
enum {
    ENDO_EVENT_READING = 0,
    ENDO_EVENT_INFUSION = 1,
    ENDO_EVENT_SUPPORT = 2,
    ENDO_EVENT_FLAG = 3,
    ENDO_EVENT_FIRST_DOSE = 4,
    ENDO_EVENT_SPECIMEN = 5,
    ENDO_EVENT_WITHDRAWN = 6,
    ENDO_EVENT_CRITERION = 7,
    ENDO_EVENT_SEPSIS_CLASSIFIED = 8,
    ENDO_EVENT_ICU_ADMISSION = 9,
    ENDO_EVENT_DEATH = 10,
    ENDO_EVENT_DISCHARGE = 11
};

/* States that hold until they are charted again. */
enum {
    ENDO_FLAG_MECHANICAL_CIRCULATORY_SUPPORT = 0,
    ENDO_FLAG_RRT = 1,
    ENDO_FLAG_SEDATED = 2,
    ENDO_FLAG_DELIRIUM_DRUG = 3,
    ENDO_FLAG_VENTILATION_UNAVAILABLE = 4,
    ENDO_FLAG_VASOACTIVES_UNAVAILABLE = 5,
    ENDO_FLAG_HYPOVOLEMIA = 6,
    ENDO_FLAG_INFECTION = 7,
    ENDO_FLAG_COVID19 = 8,
    ENDO_FLAG_EMERGENCY_ADMISSION = 9
};

/* The first dose of a trial drug. */
enum {
    ENDO_DOSE_ANAKINRA = 0,
    ENDO_DOSE_INTERFERON_GAMMA = 1,
    ENDO_DOSE_PLACEBO = 2,
    ENDO_DOSE_OTHER = 3
};

/* What a laboratory remarks of a specimen. Sets of remarks: bit n; ENDO_REMARK_FELL is found in a series, never charted. */
enum {
    ENDO_REMARK_UNDILUTED = 0,
    ENDO_REMARK_HEMOLYSIS = 1,
    ENDO_REMARK_ICTERUS = 2,
    ENDO_REMARK_LIPEMIA = 3,
    ENDO_REMARK_SPECIMEN_AGE = 4,
    ENDO_REMARK_STAIN_TIME = 5,
    ENDO_REMARK_TURNAROUND = 6,
    ENDO_REMARK_LYSE_NO_WASH = 7,
    ENDO_REMARK_FELL = 8
};

enum {
    ENDO_MARKER_FERRITIN = 0,
    ENDO_MARKER_MHLA_DR = 1
};

/* The trial's criteria. Charted by their own names are all but ADULT, SEPSIS, ENDOTYPE, WITHIN72_H, NEUTROPENIA, COVID19_WITHOUT_MALS, which
 * are decided from what is. */
enum {
    ENDO_CRITERION_ADULT = 0,
    ENDO_CRITERION_CONTRACEPTION = 1,
    ENDO_CRITERION_LUNG_OR_BLOODSTREAM_INFECTION = 2,
    ENDO_CRITERION_SEPSIS = 3,
    ENDO_CRITERION_ENDOTYPE = 4,
    ENDO_CRITERION_WITHIN72_H = 5,
    ENDO_CRITERION_PYELONEPHRITIS = 6,
    ENDO_CRITERION_INTRA_ABDOMINAL_INFECTION = 7,
    ENDO_CRITERION_MENINGITIS = 8,
    ENDO_CRITERION_SKIN_INFECTION = 9,
    ENDO_CRITERION_STAGE_IV_MALIGNANCY = 10,
    ENDO_CRITERION_NEUTROPENIA = 11,
    ENDO_CRITERION_DO_NOT_RESUSCITATE = 12,
    ENDO_CRITERION_CONTAMINANT_BACTEREMIA = 13,
    ENDO_CRITERION_CONSENT_DENIED = 14,
    ENDO_CRITERION_COVID19_WITHOUT_MALS = 15,
    ENDO_CRITERION_STEROIDS = 16,
    ENDO_CRITERION_TUBERCULOSIS = 17,
    ENDO_CRITERION_HIV = 18,
    ENDO_CRITERION_PREGNANCY = 19,
    ENDO_CRITERION_IMMUNODEFICIENCY = 20,
    ENDO_CRITERION_LUPUS = 21,
    ENDO_CRITERION_MULTIPLE_SCLEROSIS = 22
};

/* One charted item, plain data: an interrupt fills it, a queue carries it, a task feeds it. Every call looks at it again. */
typedef struct {
    endo_reading reading; /* of ENDO_EVENT_READING and ENDO_EVENT_INFUSION */
    uint8_t kind;         /* ENDO_EVENT_ */
    uint8_t which;        /* the drug, support, flag, dose, remark, marker or criterion */
    uint8_t is_so;        /* of a flag and a criterion 1 or 0 */
    uint8_t reserved;
} endo_event;
ENDO_ASSERT(event_is_16_bytes, sizeof(endo_event) == 16U && offsetof(endo_event, kind) == 12U);

/* A measured value, an FiO2 or a weight; unknown is "charted, without a value". ENDO_E_QUANTITY: nobody charts a ratio.
 * e.g. endo_event_reading(platelets, &event); */
endo_status endo_event_reading(endo_reading reading, endo_event *out);

/* An infusion's new rate (ENDO_Q_RATE_BY_WEIGHT, _RATE, _RATE_IN_ANY_UNIT); 0 stops it.
 * e.g. endo_event_infusion(ENDO_DRUG_NOREPINEPHRINE, rate, &event); */
endo_status endo_event_infusion(uint8_t drug, endo_reading rate, endo_event *out);

/* Any other event, ENDO_EVENT_SUPPORT and those behind it; which and is_so as in endo_event, 0 where they mean nothing.
 * e.g. endo_event_state(ENDO_EVENT_FLAG, ENDO_FLAG_SEDATED, 1, &event); */
endo_status endo_event_state(uint8_t kind, uint8_t which, uint8_t is_so, endo_event *out);

/* From an item's name, the value's UCUM unit and the value as charted (REPLAY.md lists them). ENDO_E_UNKNOWN_ITEM, ENDO_E_UNKNOWN_UNIT,
 * ENDO_E_MOLAR_FERRITIN, ENDO_E_NOT_A_FLAG, ENDO_E_NOT_A_SUPPORT, ENDO_E_NOT_A_DOSE, ENDO_E_NOT_A_REMARK, ENDO_E_NOT_A_MARKER,
 * ENDO_E_NOT_ONE, ENDO_E_SIZE, and those of endo_reading_text.
 * e.g. endo_event_text(ENDO_TEXT("platelets"), ENDO_TEXT("10*9/L"), ENDO_TEXT("88"), &event); */
endo_status endo_event_text(const char *item, size_t item_length, const char *unit, size_t unit_length, const char *value,
                            size_t value_length, endo_event *out);

/* When an item counts: at its own minute, and late while its day is open; from its minute until the next, never late; once, never late. */
enum {
    ENDO_COUNTS_MEASURED = 0,
    ENDO_COUNTS_HOLDS = 1,
    ENDO_COUNTS_HAPPENS = 2
};

/* An ENDO_COUNTS_.
 * e.g. endo_event_kind(&event, &counts); */
endo_status endo_event_kind(const endo_event *event, uint8_t *out);

/* -------------------------------------------------------------------------------------------------------------------- window */

/* The last 24 hours of one patient, and what holds; opaque. */
typedef struct {
    uint64_t reserved[81];
} endo_window;
ENDO_ASSERT(window_is_648_bytes, sizeof(endo_window) == 648U);

/* How long each item may hold, in minutes. */
typedef struct {
    uint32_t fio2;
    uint32_t support;
    uint32_t weight;
    uint32_t infusion;
} endo_limits;
#define ENDO_LIMITS_NONE { UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX }

/* A window of day 1, in which nothing holds and nothing was measured; without `limits` an item holds until its next, or an outage.
 * e.g. endo_window_init(&window, &endo_sofa_1996, NULL); */
endo_status endo_window_init(endo_window *window, const endo_rules *rules, ENDO_OPTIONAL const endo_limits *limits);

/* For the next patient, in the same place; rules and limits stay.
 * e.g. endo_window_clear(&window); */
endo_status endo_window_clear(endo_window *window);

/* Takes one event. Measured values, and urine, may come late while their day is open. ENDO_E_RULES_DIFFER: not the rules of
 * endo_window_init. ENDO_E_AFTER_END: death or discharge was charted. ENDO_E_MINUTE_OUT_OF_RANGE. ENDO_E_DAY_NOT_CLOSED: at or behind
 * endo_window_day_end, close the day first. ENDO_E_DAY_CLOSED: a late result of a day that is closed. ENDO_E_CLOCK_BACK: what holds, or
 * happens, before endo_window_clock.
 * e.g. endo_window_push(&window, &endo_sofa_1996, 12, &event); */
endo_status endo_window_push(endo_window *window, const endo_rules *rules, uint32_t minute, const endo_event *event);

/* The latest minute that it heard of.
 * e.g. endo_window_clock(&window, &minute); */
endo_status endo_window_clock(const endo_window *window, uint32_t *out);

/* The first minute behind the open day.
 * e.g. endo_window_day_end(&window, &minute); */
endo_status endo_window_day_end(const endo_window *window, uint32_t *out);

/* The open day's number, from 1.
 * e.g. endo_window_day(&window, &number); */
endo_status endo_window_day(const endo_window *window, uint32_t *out);

/* How a stay, and a course, ended. */
enum {
    ENDO_END_DEATH = 0,
    ENDO_END_DISCHARGE = 1
};

/* An ENDO_END_ once charted, else ENDO_NONE.
 * e.g. endo_window_end(&window, &end); */
endo_status endo_window_end(const endo_window *window, uint8_t *out);

/* What was charted in a day, or in the last 24 hours, before anything is assumed; opaque. */
typedef struct {
    uint64_t reserved[11];
} endo_day;
ENDO_ASSERT(day_is_88_bytes, sizeof(endo_day) == 88U);

/* The day so far. ENDO_E_RULES_DIFFER.
 * e.g. endo_window_so_far(&window, &endo_sofa_1996, &day); */
endo_status endo_window_so_far(const endo_window *window, const endo_rules *rules, endo_day *out);

/* The hour of the clock and the 23 before it, across midnight; not a day of a course. ENDO_E_RULES_DIFFER.
 * e.g. endo_window_rolling(&window, &endo_sofa_1996, &day); */
endo_status endo_window_rolling(const endo_window *window, const endo_rules *rules, endo_day *out);

/* Ends the open day, which it writes, and opens the next. ENDO_E_RULES_DIFFER; ENDO_E_MINUTE_OUT_OF_RANGE; ENDO_E_AFTER_END: the day
 * of death is closed already.
 * e.g. endo_window_close_day(&window, &endo_sofa_1996, &day); */
endo_status endo_window_close_day(endo_window *window, const endo_rules *rules, endo_day *out);

/* After an outage: from the minute behind the last event on nothing that holds is known until it is charted again. `now` in a later day
 * moves the clock to the last minute of the open day: close the days between as ever. ENDO_E_RULES_DIFFER, ENDO_E_AFTER_END,
 * ENDO_E_CLOCK_BACK, ENDO_E_MINUTE_OUT_OF_RANGE.
 * e.g. endo_window_resume(&window, &endo_sofa_1996, 700); */
endo_status endo_window_resume(endo_window *window, const endo_rules *rules, uint32_t now);

/* Joins what another window of the same patient, rules and day has scored; what both saw counts once. `other` may be `window` itself,
 * which changes nothing. It takes a copy of `other` on the stack. ENDO_E_RULES_DIFFER, ENDO_E_AFTER_END, ENDO_E_DAYS_DIFFER.
 * e.g. endo_window_merge(&window, &endo_sofa_1996, &other); */
endo_status endo_window_merge(endo_window *window, const endo_rules *rules, const endo_window *other);

/* A day in the open. */
typedef struct {
    uint32_t number;
    uint32_t rules;       /* the id of the rule set that it was scored by */
    endo_reading urine;   /* charted, mL; unknown if none was. Its sum may lie beyond what one charting may report. */
    uint8_t closed;       /* 1 once it is over */
    uint8_t infection;    /* ENDO_MET_: at any minute of the day */
    uint8_t emergency;    /* ENDO_MET_: admission through the emergency department */
    uint8_t reserved;
} endo_day_info;

/* e.g. endo_day_read(&day, &info); */
endo_status endo_day_read(const endo_day *day, endo_day_info *out);

/* The worst points of one item by itself; `drug` is read with ENDO_ITEM_INFUSION only. ENDO_E_NO_SUCH: it was not scored.
 * e.g. endo_day_points(&day, ENDO_ITEM_CREATININE, ENDO_NONE, &points); */
endo_status endo_day_points(const endo_day *day, uint8_t item, uint8_t drug, uint8_t *out);

/* What decided an organ's points: an ENDO_ITEM_, of an infusion the ENDO_DRUG_ (else ENDO_NONE), its minute. */
typedef struct {
    uint32_t minute;
    uint8_t item;
    uint8_t drug;
    uint8_t reserved[2];
} endo_witness;

/* ENDO_E_NO_SUCH: nothing was scored.
 * e.g. endo_day_witness(&day, ENDO_ORGAN_BRAIN, &witness); */
endo_status endo_day_witness(const endo_day *day, uint8_t organ, endo_witness *out);

/* How a score takes what was not measured: as any points; as normal; as the day before, else normal. The last two are counted. */
enum {
    ENDO_MISSING_OPEN = 0,
    ENDO_MISSING_NORMAL = 1,
    ENDO_MISSING_CARRY = 2
};

/* What you declare of infusions (under SOFA-2 of devices and states, too) that were never charted: the charting is complete, or they may be. */
enum {
    ENDO_INFUSIONS_COMPLETE = 0,
    ENDO_INFUSIONS_UNKNOWN = 1
};

/* The circulatory part of septic shock; an ENDO_MET_.
 * e.g. endo_day_shock(&day, ENDO_INFUSIONS_COMPLETE, &met); */
endo_status endo_day_shock(const endo_day *day, uint8_t infusions, uint8_t *out);

/* A day's SOFA with what was assumed for it; what it hands on to the next day. Both opaque. */
typedef struct {
    uint64_t reserved[7];
} endo_score;
typedef struct {
    uint64_t reserved[3];
} endo_carried;
ENDO_ASSERT(score_is_56_bytes, sizeof(endo_score) == 56U && sizeof(endo_carried) == 24U);

/* Scores a day. `before` is what the day before handed on, NULL for day 1; read with ENDO_MISSING_CARRY only. ENDO_E_RULES_DIFFER: not the
 * day's rules.
 * e.g. endo_day_score(&day, &endo_sofa_1996, ENDO_MISSING_OPEN, ENDO_INFUSIONS_COMPLETE, NULL, &score); */
endo_status endo_day_score(const endo_day *day, const endo_rules *rules, uint8_t missing, uint8_t infusions,
                           ENDO_OPTIONAL const endo_carried *before, endo_score *out);

/* A score in the open. */
typedef struct {
    uint32_t total;                /* set of totals */
    uint8_t organs[ENDO_ORGANS];   /* sets of points, by ENDO_ORGAN_ */
    uint8_t assumed;               /* bit n: organ n rests on an assumption */
    uint8_t reserved;
} endo_score_info;
ENDO_ASSERT(score_info_is_12_bytes, sizeof(endo_score_info) == 12U && offsetof(endo_score_info, assumed) == 10U);

/* e.g. endo_score_read(&score, &score_info); */
endo_status endo_score_read(const endo_score *score, endo_score_info *out);

/* e.g. endo_score_carried(&score, &carried); */
endo_status endo_score_carried(const endo_score *score, endo_carried *out);

/* -------------------------------------------------------------------------------------------------------------------- course */

/* The closed days of a patient, at most ENDO_COURSE_DAYS; opaque. Full, it refuses further days; the daily score goes on without it. */
typedef struct {
    uint64_t reserved[21];
} endo_course;
ENDO_ASSERT(course_is_168_bytes, sizeof(endo_course) == 168U);
enum { ENDO_COURSE_DAYS = 28 };

/* e.g. endo_course_init(&course, &endo_sofa_1996); */
endo_status endo_course_init(endo_course *course, const endo_rules *rules);

/* Adds a closed day's score. ENDO_E_DAY_OPEN, ENDO_E_RULES_DIFFER, ENDO_E_AFTER_END, ENDO_E_COURSE_FULL; ENDO_E_DAY_OUT_OF_ORDER: the day that
 * comes next is endo_course_length + 1.
 * e.g. endo_course_push(&course, &score); */
endo_status endo_course_push(endo_course *course, const endo_score *score);

/* Adds a day's total, where the score is not at hand. ENDO_E_SET, and as endo_course_push.
 * e.g. endo_course_push_total(&course, 1, ENDO_TOTAL(9)); */
endo_status endo_course_push_total(endo_course *course, uint32_t day, uint32_t total);

/* Declares that a day was not scored; a gap is never inferred. As endo_course_push.
 * e.g. endo_course_gap(&course, 2); */
endo_status endo_course_gap(endo_course *course, uint32_t day);

/* Ends it behind its last day, with an ENDO_END_. ENDO_E_AFTER_END.
 * e.g. endo_course_end(&course, ENDO_END_DEATH); */
endo_status endo_course_end(endo_course *course, uint8_t end);

/* Corrects a day or fills a gap, and records that it did. ENDO_E_NO_SUCH_DAY, ENDO_E_SET.
 * e.g. endo_course_amend(&course, 1, ENDO_TOTAL(8)); */
endo_status endo_course_amend(endo_course *course, uint32_t day, uint32_t total);

/* Days that it holds, gaps included.
 * e.g. endo_course_length(&course, &number); */
endo_status endo_course_length(const endo_course *course, uint32_t *out);

/* The id of its rule set.
 * e.g. endo_course_rules(&course, &id); */
endo_status endo_course_rules(const endo_course *course, uint32_t *out);

/* A day's set of totals, 0 for a gap. ENDO_E_NO_SUCH_DAY.
 * e.g. endo_course_total(&course, 1, &total); */
endo_status endo_course_total(const endo_course *course, uint32_t day, uint32_t *out);

/* 1 if the day was amended. ENDO_E_NO_SUCH_DAY.
 * e.g. endo_course_amended(&course, 1, &yes); */
endo_status endo_course_amended(const endo_course *course, uint32_t day, uint8_t *out);

/* A day's total minus that of day 1, the lowest and the highest; negative is a fall. ENDO_E_NO_SUCH_DAY.
 * e.g. endo_course_change(&course, 1, &change_lo, &change_hi); */
endo_status endo_course_change(const endo_course *course, uint32_t day, int8_t *lo, int8_t *hi);

/* The same of any two totals. ENDO_E_SET.
 * e.g. endo_total_change(ENDO_TOTAL(9), ENDO_TOTAL(6), &change_lo, &change_hi); */
endo_status endo_total_change(uint32_t from, uint32_t to, int8_t *lo, int8_t *hi);

/* The trial's endpoints, over days 2 to 9 and 2 to 15; bound to SOFA-1996. */
enum { ENDO_IMMUNOSEP_DAY9 = 0, ENDO_IMMUNOSEP_DAY15 = 1 };

/* What a course says to an endpoint. */
typedef struct {
    int32_t fall_lo; /* the fall of SOFA, times the number of days in the mean */
    int32_t fall_hi;
    uint8_t met;     /* ENDO_MET_: the required fall is reached, whatever the days that are still open bring */
    uint8_t days;    /* in the mean; of these: */
    uint8_t scored;
    uint8_t carried;
    uint8_t dead;
    uint8_t reserved[3];
} endo_response;
ENDO_ASSERT(response_is_16_bytes, sizeof(endo_response) == 16U && offsetof(endo_response, met) == 8U);

/* Of ENDO_IMMUNOSEP_DAY9 or ENDO_IMMUNOSEP_DAY15. ENDO_E_RULES_DIFFER: a course of another rule set than SOFA-1996.
 * e.g. endo_response_of(ENDO_IMMUNOSEP_DAY9, &course, &response); */
endo_status endo_response_of(uint8_t endpoint, const endo_course *course, endo_response *out);

/* How an endpoint takes a day that was not scored: as the last one before it, or as any total. */
enum {
    ENDO_GAP_CARRY = 0,
    ENDO_GAP_OPEN = 1
};

/* An endpoint of a site's own: total of day `first` minus the mean of the days behind it up to `last`, at most 127 later. */
typedef struct {
    uint8_t first;
    uint8_t last;
    uint8_t fall_tenths; /* the fall that is required */
    uint8_t after_death; /* what a day after death scores, 0 to 24 */
    uint8_t gap;         /* ENDO_GAP_ */
} endo_endpoint;

/* The same of an endpoint of your own, bound to `rules`. ENDO_E_RULES_DIFFER; ENDO_E_SETTING: its days or its score after death.
 * e.g. endo_response_local(&endpoint, &endo_sofa_2, &course, &response); */
endo_status endo_response_local(const endo_endpoint *endpoint, const endo_rules *rules, const endo_course *course, endo_response *out);

/* ------------------------------------------------------------------------------------------------------------ serial markers */

/* Timed samples of one marker, at most ENDO_SERIES_SAMPLES, in the order in which they were taken; opaque. */
typedef struct {
    uint64_t reserved[25];
} endo_series;
ENDO_ASSERT(series_is_200_bytes, sizeof(endo_series) == 200U);
enum { ENDO_SERIES_SAMPLES = 14 };

/* One result: as reported, what was remarked of it (bits ENDO_REMARK_), 1 if it replaced an earlier report. */
typedef struct {
    endo_reading reading;
    uint32_t minute;
    uint16_t remarks;
    uint8_t corrected;
    uint8_t reserved;
} endo_sample;
ENDO_ASSERT(sample_is_20_bytes, sizeof(endo_sample) == 20U && offsetof(endo_sample, remarks) == 16U);

/* What became of a result. */
enum {
    ENDO_FILED_LAST = 0,
    ENDO_FILED_LATE = 1,
    ENDO_FILED_DUPLICATE = 2,
    ENDO_FILED_CORRECTED = 3,
    ENDO_FILED_BLANK = 4
};

/* How the last sample lies to the one before it. */
enum {
    ENDO_TREND_UNKNOWN = 0,
    ENDO_TREND_FALLING = 1,
    ENDO_TREND_STEADY = 2,
    ENDO_TREND_RISING = 3
};

/* Of ferritin, HLA-DR, its percentage, lymphocytes and their fraction, neutrophils, NK, dendritic, B and T cells. ENDO_E_QUANTITY: another.
 * e.g. endo_series_init(&series, ENDO_Q_LYMPHOCYTES); */
endo_status endo_series_init(endo_series *series, uint8_t quantity);

/* For the next patient; the quantity stays.
 * e.g. endo_series_clear(&series); */
endo_status endo_series_clear(endo_series *series);

/* Takes a result by the minute at which its specimen was taken; an ENDO_FILED_. ENDO_E_MINUTE_OUT_OF_RANGE, ENDO_E_SERIES_FULL;
 * ENDO_E_SAMPLE_DIFFERS: another result of the same minute, which endo_series_correct replaces.
 * e.g. endo_series_push(&series, 60, lymphocytes, 0, &filed); */
endo_status endo_series_push(endo_series *series, uint32_t minute, endo_reading reading, uint16_t remarks, uint8_t *out);

/* Replaces the result of a minute; what it was. One that is now unknown is withdrawn. ENDO_E_NO_SAMPLE.
 * e.g. endo_series_correct(&series, 60, lymphocytes, 0, &before); */
endo_status endo_series_correct(endo_series *series, uint32_t minute, endo_reading reading, uint16_t remarks, endo_reading *out);

/* Adds to what is remarked of the sample of a minute (bits ENDO_REMARK_). ENDO_E_NO_SAMPLE.
 * e.g. endo_series_remark(&series, 60, 1U << ENDO_REMARK_HEMOLYSIS); */
endo_status endo_series_remark(endo_series *series, uint32_t minute, uint16_t remarks);

/* Takes the result of a minute out again; what it was. ENDO_E_NO_SAMPLE.
 * e.g. endo_series_withdraw(&series, 60, &before); */
endo_status endo_series_withdraw(endo_series *series, uint32_t minute, endo_reading *out);

/* The nth sample, from 0, the earliest first. ENDO_E_NO_SUCH behind the last.
 * e.g. for (n = 0; endo_series_sample(&series, n, &sample) == ENDO_OK; n++) { } */
endo_status endo_series_sample(const endo_series *series, uint32_t n, endo_sample *out);

/* The last sample at or before a minute. ENDO_E_NO_SUCH.
 * e.g. endo_series_last(&series, 1440, &sample); */
endo_status endo_series_last(const endo_series *series, uint32_t now, endo_sample *out);

/* An ENDO_TREND_.
 * e.g. endo_series_trend(&series, 1440, &trend); */
endo_status endo_series_trend(const endo_series *series, uint32_t now, uint8_t *out);

/* Published rules over a series: of HLA-DR the first three, of lymphocytes the next two, of ferritin the last. */
enum {
    ENDO_RULE_MEISEL = 0,
    ENDO_RULE_PERSISTENT = 1,
    ENDO_RULE_SLOPE = 2,
    ENDO_RULE_IRIS_7 = 3,
    ENDO_RULE_DREWRY = 4,
    ENDO_RULE_KYRIAZOPOULOU = 5
};

/* What a rule says, which rule that is, and what is missing where it can not say (ENDO_NEED_). */
typedef struct {
    uint32_t rule;
    uint8_t met;
    uint8_t need;
    uint8_t reserved[2];
} endo_answer;

/* A rule asked at `now`; `origin` is the minute from which its days count (ICU admission, sepsis), ENDO_NO_MINUTE if that is not known.
 * e.g. endo_series_answer(&series, ENDO_RULE_IRIS_7, 0, 4320, &answer); */
endo_status endo_series_answer(const endo_series *series, uint8_t rule, uint32_t origin, uint32_t now, endo_answer *out);

enum {
    ENDO_LEVEL_LOW = 0,
    ENDO_LEVEL_NORMAL = 1,
    ENDO_LEVEL_HIGH = 2,
    ENDO_LEVEL_UNKNOWN = 3
};

/* Where a reading lies to the laboratory's own interval, of a marker that has no agreed cut-off (lymphocytes and their fraction,
 * neutrophils, NK, dendritic, B and T cells, HLA-DR positive monocytes); both limits, exact, are normal. An ENDO_LEVEL_. ENDO_E_SETTING: a limit
 * that is not exact; ENDO_E_BACKWARDS.
 * e.g. endo_reference_level(low, high, lymphocytes, &level); */
endo_status endo_reference_level(endo_reading low, endo_reading high, endo_reading reading, uint8_t *out);

/* How an interference moves a result: it reads falsely high; falsely low; either way. */
enum {
    ENDO_BIAS_RAISES = 0,
    ENDO_BIAS_LOWERS = 1,
    ENDO_BIAS_EITHER = 2
};

/* A limit of an assay, off unless is_set is 1: the most that leaves a result as it is, and which way (ENDO_BIAS_) it errs beyond. */
typedef struct {
    uint32_t most;
    uint8_t is_set;
    uint8_t bias;
    uint8_t reserved[2];
} endo_limit;

/* The checks of one assay, each off unless it is set; each opens a reading where the true value may lie, none changes a report. */
typedef struct {
    endo_limit hemolysis;    /* indices */
    endo_limit icterus;
    endo_limit lipemia;
    endo_limit specimen_age; /* minutes from taking it to measuring, staining, reporting it */
    endo_limit stain_time;
    endo_limit turnaround;
    uint32_t fell_within;        /* the sample before is at most so many minutes older */
    uint16_t lyse_no_wash_least; /* per mille that lyse-no-wash reads of lyse-wash, 500 to 2000; 0 and 0 is off */
    uint16_t lyse_no_wash_most;
    uint8_t fell_factor;         /* and was more than so many times as high: hook, or biotin; 0 is off */
    uint8_t undiluted;           /* 1: an undiluted ferritin beside a low HLA-DR, or none, may be higher */
    uint8_t reserved[2];
} endo_checks;
ENDO_ASSERT(checks_are_60_bytes, sizeof(endo_checks) == 60U && offsetof(endo_checks, fell_within) == 48U);
#define ENDO_LIMIT_OFF { 0U, 0U, 0U, { 0U, 0U } }
#define ENDO_CHECKS_OFF                                                                                                       \
    { ENDO_LIMIT_OFF, ENDO_LIMIT_OFF, ENDO_LIMIT_OFF, ENDO_LIMIT_OFF, ENDO_LIMIT_OFF, ENDO_LIMIT_OFF, 0U, 0U, 0U, 0U, 0U, { 0U, 0U } }

/* What you know of a specimen: indices and minutes, UINT32_MAX for one that was not told, which then may be over its limit. */
typedef struct {
    uint32_t hemolysis;
    uint32_t icterus;
    uint32_t lipemia;
    uint32_t age;
    uint32_t stain;
    uint32_t turnaround;
    uint8_t undiluted;    /* ENDO_MET_ */
    uint8_t lyse_no_wash; /* ENDO_MET_ */
    uint8_t reserved[2];
} endo_specimen;
#define ENDO_SPECIMEN_UNKNOWN                                                                                                 \
    { UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX, ENDO_MET_UNKNOWN, ENDO_MET_UNKNOWN, { 0U, 0U } }

/* What is to be remarked of a specimen, bits ENDO_REMARK_, to be filed with its sample. ENDO_E_SETTING: lyse-no-wash beyond 500 to 2000 per
 * mille, or backwards.
 * e.g. endo_remarks(&checks, &specimen, &remarks); */
endo_status endo_remarks(const endo_checks *checks, const endo_specimen *specimen, uint16_t *out);

/* Serial ferritin and HLA-DR of one patient, at most ENDO_IMMUNE_SAMPLES each, and the first dose; opaque. */
typedef struct {
    uint64_t reserved[27];
} endo_immune;
ENDO_ASSERT(immune_is_216_bytes, sizeof(endo_immune) == 216U);
enum { ENDO_IMMUNE_SAMPLES = 7 };

/* What they are decided by, beside the criteria; nothing has a default. */
typedef struct {
    uint32_t gap; /* minutes that two samples may lie apart where an answer needs both */
    uint32_t age; /* minutes that a sample may be older than the decision */
    endo_checks ferritin;
    endo_checks mhla_dr;
} endo_immune_rules;
ENDO_ASSERT(immune_rules_are_128_bytes, sizeof(endo_immune_rules) == 128U && offsetof(endo_immune_rules, ferritin) == 8U);

/* e.g. endo_immune_init(&immune); */
endo_status endo_immune_init(endo_immune *immune);

/* For the next patient.
 * e.g. endo_immune_clear(&immune); */
endo_status endo_immune_clear(endo_immune *immune);

/* Takes an event as the window does: a sample, the laboratory's remark on the samples of its minute (before or behind them), a withdrawal,
 * the first dose; any other changes nothing. A second result of one minute that differs corrects it. An ENDO_FILED_ of a sample, else
 * ENDO_NONE. ENDO_E_MINUTE_OUT_OF_RANGE, ENDO_E_SERIES_FULL, ENDO_E_NO_SAMPLE, ENDO_E_DOSE_GIVEN.
 * e.g. endo_immune_push(&immune, 60, &event, &filed); */
endo_status endo_immune_push(endo_immune *immune, uint32_t minute, const endo_event *event, uint8_t *out);

/* The first dose's minute and the ENDO_DOSE_. ENDO_E_NO_SUCH before it.
 * e.g. endo_immune_first_dose(&immune, &minute, &dose); */
endo_status endo_immune_first_dose(const endo_immune *immune, uint32_t *minute, uint8_t *dose);

/* The nth sample of an ENDO_MARKER_, from 0, the earliest first. ENDO_E_NO_SUCH behind the last.
 * e.g. endo_immune_sample(&immune, ENDO_MARKER_FERRITIN, 0, &sample); */
endo_status endo_immune_sample(const endo_immune *immune, uint8_t marker, uint32_t n, endo_sample *out);

/* The class at entry, and what it rests on: minutes of the samples that counted (ENDO_NO_MINUTE: none), what its samples were opened for. */
typedef struct {
    uint32_t rule;
    uint32_t minute; /* the first dose's, before it the one that was asked about */
    uint32_t ferritin_minute;
    uint32_t mhla_dr_minute;
    endo_class class_;
    endo_needs needs;
    uint16_t doubts; /* bits ENDO_REMARK_ */
} endo_entry;
ENDO_ASSERT(entry_is_24_bytes, sizeof(endo_entry) == 24U && offsetof(endo_entry, needs) == 20U);

/* The class by the last samples at or before the first dose; before it, at or before `now`. The criteria of the endo_immune_ functions are of static
 * storage, as endo_immunosep or guarded ones that you keep.
 * e.g. endo_immune_entry(&immune, &endo_immunosep, &immune_rules, 60, &entry); */
endo_status endo_immune_entry(const endo_immune *immune, const endo_criteria *criteria, const endo_immune_rules *rules, uint32_t now,
                              endo_entry *out);

/* What a rule that asks both markers says, and what is missing of each. */
typedef struct {
    uint32_t rule;
    uint8_t met;
    endo_needs needs;
    uint8_t reserved;
} endo_immune_answer;

/* Whether the patient is restored, by the rule of the class at entry and the last samples after the first dose. ENDO_E_NO_SUCH: of the
 * unclassified there is no rule.
 * e.g. endo_immune_restored(&immune, &endo_immunosep, &immune_rules, 2880, &immune_answer); */
endo_status endo_immune_restored(const endo_immune *immune, const endo_criteria *criteria, const endo_immune_rules *rules, uint32_t now,
                                 endo_immune_answer *out);

/* Whether the patient now meets the other class's criterion; a human is told, nothing follows from it. ENDO_E_NO_SUCH as above.
 * e.g. endo_immune_switched(&immune, &endo_immunosep, &immune_rules, 2880, &immune_answer); */
endo_status endo_immune_switched(const endo_immune *immune, const endo_criteria *criteria, const endo_immune_rules *rules, uint32_t now,
                                 endo_immune_answer *out);

/* Whether both axes are abnormal, and whether one newly is after the first dose; each an ENDO_MET_. */
typedef struct {
    uint32_t rule;
    uint8_t both;
    uint8_t inflamed;
    uint8_t paralysed;
    uint8_t reserved;
} endo_axes;

/* e.g. endo_immune_axes(&immune, &endo_immunosep, &immune_rules, 2880, &axes); */
endo_status endo_immune_axes(const endo_immune *immune, const endo_criteria *criteria, const endo_immune_rules *rules, uint32_t now,
                             endo_axes *out);

/* The set of stages of the last HLA-DR that is not too old, as endo_mhla_dr_stage. ENDO_E_NO_SUCH without one.
 * e.g. endo_immune_stage(&immune, &endo_immunosep, &immune_rules, 2880, &points); */
endo_status endo_immune_stage(const endo_immune *immune, const endo_criteria *criteria, const endo_immune_rules *rules, uint32_t now,
                              uint8_t *out);

/* ----------------------------------------------------------------------------------------------------------------- the trial */

/* What is known of a patient at entry. */
typedef struct {
    endo_reading age;
    endo_reading neutrophils;
    endo_reading ferritin; /* both unknown: nothing was measured */
    endo_reading mhla_dr;
    uint32_t sepsis_classified; /* minute, or ENDO_NO_MINUTE */
    uint32_t entry;             /* minute: the first dose's, before it now */
    uint32_t yes;               /* bit n: charted criterion n is so */
    uint32_t no;                /* bit n: it is not so; in neither, it is unknown */
    uint8_t sepsis;             /* ENDO_MET_ */
    uint8_t covid19;            /* ENDO_MET_ */
    uint8_t reserved[2];
} endo_candidate;
ENDO_ASSERT(candidate_is_68_bytes, sizeof(endo_candidate) == 68U && offsetof(endo_candidate, sepsis) == 64U);

/* Bits by ENDO_CRITERION_ of what passes and what fails; in neither, it is not known. met: all pass. */
typedef struct {
    uint32_t passed;
    uint32_t failed;
    uint8_t met;
    uint8_t reserved[3];
} endo_eligibility;

/* Whether the trial would have taken the patient. ENDO_E_SET: a criterion both so and not, or one that is not charted.
 * e.g. endo_would_take(&candidate, &endo_immunosep, &eligibility); */
endo_status endo_would_take(const endo_candidate *candidate, const endo_criteria *criteria, endo_eligibility *out);

/* A criterion in words; whether it takes in (1) or keeps out (0), and whether it is charted by its own name. */
typedef struct {
    endo_text words;
    uint8_t takes_in;
    uint8_t evidence;
    uint8_t is_charted;
    uint8_t reserved;
} endo_criterion;

/* e.g. endo_criterion_of(ENDO_CRITERION_HIV, &criterion); */
endo_status endo_criterion_of(uint8_t criterion, endo_criterion *out);

/* An arm of the trial, as given there; a description, not a prescription. */
typedef struct {
    endo_text active;
    endo_text dummy;
    uint8_t drug; /* ENDO_DOSE_ */
    uint8_t days;
    uint8_t evidence;
    uint8_t dose_evidence;
} endo_arm;

/* The arm matched to a class. ENDO_E_NO_SUCH: the unclassified had none.
 * e.g. endo_arm_of(ENDO_CLASS_MALS, &arm); */
endo_status endo_arm_of(uint8_t endotype, endo_arm *out);

/* A watch on haemoglobin or platelets since the first dose; opaque. */
typedef struct {
    uint64_t reserved[5];
} endo_watch;
ENDO_ASSERT(watch_is_40_bytes, sizeof(endo_watch) == 40U);

/* A watched value: whether it is beyond your limit after the first dose; ENDO_MET_NO: it is not, or was taken before;
 * ENDO_MET_UNKNOWN: it may be, or there is no value. */
typedef struct {
    endo_reading reading;
    endo_reading baseline; /* the last value at or before the first dose */
    uint32_t minute;
    uint32_t since_dose; /* minutes, 0 where nothing is signalled */
    uint32_t hours;      /* whole hours of them */
    uint8_t met;
    uint8_t reserved[3];
} endo_signal;
ENDO_ASSERT(signal_is_40_bytes, sizeof(endo_signal) == 40U && offsetof(endo_signal, met) == 36U);

/* ENDO_Q_HEMOGLOBIN or ENDO_Q_PLATELETS. ENDO_E_QUANTITY: another.
 * e.g. endo_watch_init(&watch, ENDO_Q_HEMOGLOBIN); */
endo_status endo_watch_init(endo_watch *watch, uint8_t quantity);

/* Takes a value, with your limit in words and the first dose's minute (ENDO_NO_MINUTE before it). ENDO_E_NOT_A_CUTOFF, ENDO_E_SIZE.
 * e.g. endo_watch_see(&watch, ENDO_TEXT("< 7"), 2500, hemoglobin, 600, &signal_of); */
endo_status endo_watch_see(endo_watch *watch, const char *limit, size_t length, uint32_t minute, endo_reading reading,
                           uint32_t first_dose, endo_signal *out);

/* The last value at or before the first dose.
 * e.g. endo_watch_baseline(&watch, &before); */
endo_status endo_watch_baseline(const endo_watch *watch, endo_reading *out);

/* ----------------------------------------------------------------------------------------------------- snapshots and receipts */

/* The whole state of one patient, for flash or another device; its layout is src/snapshot.rs's, read for ever. In memory opaque. */
typedef struct {
    uint64_t reserved[129];
} endo_snapshot;
ENDO_ASSERT(snapshot_is_1032_bytes, sizeof(endo_snapshot) == 1032U);
enum { ENDO_SNAPSHOT_MOST = 1024, ENDO_KEY = 16 };

/* Writes the state with your key of the patient, a pseudonym, never a name: `*length` bytes, and 0 behind them. `before` is what the last
 * closed day handed on, NULL for none. ENDO_E_RULES_DIFFER: window and course are of different rules.
 * e.g. endo_snapshot_write(&window, &course, NULL, &immune, key, bytes, &length); */
endo_status endo_snapshot_write(const endo_window *window, const endo_course *course, ENDO_OPTIONAL const endo_carried *before,
                                const endo_immune *immune, const uint8_t key[ENDO_KEY], uint8_t out[ENDO_SNAPSHOT_MOST],
                                uint32_t *length);

/* Reads exactly what endo_snapshot_write wrote, of this patient and these rules. ENDO_E_NOT_OURS, ENDO_E_UNKNOWN_VERSION, ENDO_E_WRONG_LENGTH,
 * ENDO_E_CHECKSUM, ENDO_E_OTHER_PATIENT, ENDO_E_RULES_DIFFER, ENDO_E_IMPOSSIBLE, ENDO_E_COURSE_FULL; ENDO_E_SIZE: more than
 * ENDO_SNAPSHOT_MOST.
 * e.g. endo_snapshot_read(&snapshot, bytes, length, key, &endo_sofa_1996); */
endo_status endo_snapshot_read(endo_snapshot *snapshot, const uint8_t *at, size_t size, const uint8_t key[ENDO_KEY],
                               const endo_rules *rules);

/* Takes an event that you logged behind the snapshot, as endo_window_push and endo_immune_push did before the outage; their errors.
 * e.g. endo_snapshot_push(&snapshot, &endo_sofa_1996, 700, &event); */
endo_status endo_snapshot_push(endo_snapshot *snapshot, const endo_rules *rules, uint32_t minute, const endo_event *event);

/* Joins what it has scored into another device's window of the same patient. As endo_window_merge.
 * e.g. endo_snapshot_merge_into(&snapshot, &endo_sofa_1996, &window); */
endo_status endo_snapshot_merge_into(const endo_snapshot *snapshot, const endo_rules *rules, endo_window *window);

/* The state at the minute at which the device is back: nothing that holds is known until it is charted again (endo_window_resume). The only
 * way back to a window. ENDO_E_CLOCK_BACK, ENDO_E_MINUTE_OUT_OF_RANGE, ENDO_E_RULES_DIFFER.
 * e.g. endo_snapshot_resume(&snapshot, &endo_sofa_1996, 800, &window, &course, &carried, &immune); */
endo_status endo_snapshot_resume(const endo_snapshot *snapshot, const endo_rules *rules, uint32_t now, endo_window *window,
                                 endo_course *course, endo_carried *handed_on, endo_immune *immune);

/* A decision with what decided it, for your log: 0 behind its `*length` bytes. It names no patient. Kinds: */
enum { ENDO_RECEIPT_MOST = 48 };
enum {
    ENDO_RECEIPT_SCORE = 1,
    ENDO_RECEIPT_CLASS = 2,
    ENDO_RECEIPT_ENDPOINT = 3,
    ENDO_RECEIPT_CHANGE = 4,
    ENDO_RECEIPT_SEPSIS = 5
};

/* Of a day's score, as endo_day_score, decided at this minute.
 * e.g. endo_receipt_score(&day, &endo_sofa_1996, ENDO_MISSING_OPEN, ENDO_INFUSIONS_COMPLETE, NULL, 1440, receipt, &receipt_length); */
endo_status endo_receipt_score(const endo_day *day, const endo_rules *rules, uint8_t missing, uint8_t infusions,
                               ENDO_OPTIONAL const endo_carried *before, uint32_t minute, uint8_t out[ENDO_RECEIPT_MOST],
                               uint8_t *length);

/* Of an endotype, as endo_classify.
 * e.g. endo_receipt_class(&endo_immunosep, ferritin, mhla_dr, 60, receipt, &receipt_length); */
endo_status endo_receipt_class(const endo_criteria *criteria, endo_reading ferritin, endo_reading mhla_dr, uint32_t minute,
                               uint8_t out[ENDO_RECEIPT_MOST], uint8_t *length);

/* Of a published endpoint, as endo_response_of.
 * e.g. endo_receipt_endpoint(ENDO_IMMUNOSEP_DAY9, &course, 12960, receipt, &receipt_length); */
endo_status endo_receipt_endpoint(uint8_t endpoint, const endo_course *course, uint32_t minute, uint8_t out[ENDO_RECEIPT_MOST],
                                  uint8_t *length);

/* Of the change of a day, as endo_course_change.
 * e.g. endo_receipt_change(&course, 1, 1440, receipt, &receipt_length); */
endo_status endo_receipt_change(const endo_course *course, uint32_t day, uint32_t minute, uint8_t out[ENDO_RECEIPT_MOST],
                                uint8_t *length);

/* Of Sepsis-3, as endo_sepsis, with the day's infection and admission, and endo_shock.
 * e.g. endo_receipt_sepsis(&day, ENDO_INFUSIONS_COMPLETE, total, ENDO_NONE, 1440, receipt, &receipt_length); */
endo_status endo_receipt_sepsis(const endo_day *day, uint8_t infusions, uint32_t total, uint8_t prior, uint32_t minute,
                                uint8_t out[ENDO_RECEIPT_MOST], uint8_t *length);

/* What a receipt says of itself. */
typedef struct {
    uint32_t rules; /* the id of the rule set that decided */
    uint32_t minute;
    uint8_t kind; /* ENDO_RECEIPT_ */
    uint8_t reserved[3];
} endo_receipt;

/* Reads a receipt, and derives its result again from what it names. ENDO_E_NOT_OURS, ENDO_E_UNKNOWN_VERSION, ENDO_E_WRONG_LENGTH, ENDO_E_CHECKSUM,
 * ENDO_E_IMPOSSIBLE, ENDO_E_RULES_DIFFER, ENDO_E_DOES_NOT_FOLLOW.
 * e.g. endo_receipt_check(receipt, receipt_length, &endo_sofa_1996, &endo_immunosep, &receipt_info); */
endo_status endo_receipt_check(const uint8_t *at, size_t size, const endo_rules *rules, const endo_criteria *criteria,
                               endo_receipt *out);

#ifdef __cplusplus
}
#endif

#endif
