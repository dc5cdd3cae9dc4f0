/* Truth tables of the C interface: what each call says, writes, refuses and leaves alone. */
#include "endotype.h"

#include <stdio.h>
#include <string.h>

static unsigned long tried, failed;

#define IS(what, expected)                                                                                      \
    do {                                                                                                        \
        const long long is_what = (long long)(what), is_expected = (long long)(expected);                              \
        tried++;                                                                                                \
        if (is_what != is_expected) {                                                                                  \
            failed++;                                                                                           \
            printf("%s:%d: %s is %lld, expected %lld\n", __FILE__, __LINE__, #what, is_what, is_expected);             \
        }                                                                                                       \
    } while (0)
#define OK(call) IS(call, ENDO_OK)

static endo_reading text(uint8_t quantity, const char *words) {
    endo_reading reading;
    OK(endo_reading_text(quantity, words, strlen(words), &reading));
    return reading;
}

static endo_event event(const char *item, const char *unit, const char *value) {
    endo_event charted;
    OK(endo_event_text(item, strlen(item), unit, strlen(unit), value, strlen(value), &charted));
    return charted;
}

static void readings(void) {
    static const struct {
        const char *words;
        int32_t lo, hi;
        endo_status status;
    } rows[] = {
        { "4421", 8842000, 8842000, ENDO_OK },
        { " 4420.0004 ", 8840001, 8840001, ENDO_OK },
        { "<12", 0, 23999, ENDO_OK },
        { "<=12", 0, 24000, ENDO_OK },
        { "> 2000", 4000001, 2000000000, ENDO_OK },
        { ">=40000", 80000000, 2000000000, ENDO_OK },
        { "4300..4500", 8600000, 9000000, ENDO_OK },
        { "", 1 - INT32_MAX, INT32_MAX - 1, ENDO_OK },
        { "abc", 0, 0, ENDO_E_NOT_A_NUMBER },
        { "-5", 0, 0, ENDO_E_SIGN },
        { "1e3", 0, 0, ENDO_E_EXPONENT },
        { "1000001", 0, 0, ENDO_E_OUT_OF_RANGE },
        { "4500..4300", 0, 0, ENDO_E_BACKWARDS },
        { "<0", 0, 0, ENDO_E_NOTHING },
    };
    endo_reading reading, other;
    endo_quantity_row row;
    uint8_t yes;
    for (size_t n = 0; n < sizeof rows / sizeof *rows; n++) {
        memset(&reading, 0x5A, sizeof reading);
        IS(endo_reading_text(ENDO_Q_FERRITIN, rows[n].words, strlen(rows[n].words), &reading), rows[n].status);
        if (rows[n].status == ENDO_OK) {
            IS(reading.lo, rows[n].lo);
            IS(reading.hi, rows[n].hi);
            IS(reading.quantity, ENDO_Q_FERRITIN);
        } else {
            IS(reading.lo, 0x5A5A5A5A);
        }
    }
    /* Ticks and whole units of one amount. */
    OK(endo_reading_exact(ENDO_Q_FERRITIN, ENDO_UNITS, 4420, &reading));
    OK(endo_reading_exact(ENDO_Q_FERRITIN, ENDO_TICKS, 4420000, &other));
    IS(reading.lo, other.lo);
    IS(reading.lo, ENDO_IMMUNOSEP_FERRITIN - 1);
    OK(endo_reading_below(ENDO_Q_RATE_BY_WEIGHT, ENDO_TICKS, 80000, &reading));
    IS(reading.lo, 1);
    IS(reading.hi, 159999);
    OK(endo_reading_at_most(ENDO_Q_FERRITIN, ENDO_UNITS, 12, &reading));
    IS(reading.hi, 24000);
    OK(endo_reading_above(ENDO_Q_FERRITIN, ENDO_UNITS, 2000, &reading));
    IS(reading.lo, 4000001);
    OK(endo_reading_at_least(ENDO_Q_FERRITIN, ENDO_UNITS, 2000, &reading));
    IS(reading.lo, 4000000);
    IS(endo_reading_between(ENDO_Q_FERRITIN, ENDO_UNITS, 4500, 4300, &reading), ENDO_E_BACKWARDS);
    IS(endo_reading_exact(ENDO_Q_AGE + 1, ENDO_UNITS, 1, &reading), ENDO_E_NUMBER);
    IS(endo_reading_exact(ENDO_Q_FERRITIN, 2, 1, &reading), ENDO_E_NUMBER);
    IS(endo_reading_exact(ENDO_Q_FERRITIN, ENDO_UNITS, UINT32_MAX, &reading), ENDO_E_OUT_OF_RANGE);
    IS(endo_reading_exact(ENDO_Q_FERRITIN, ENDO_TICKS, UINT32_MAX, &reading), ENDO_E_OUT_OF_RANGE);
    IS(endo_reading_exact(ENDO_Q_FIO2, ENDO_UNITS, 14, &reading), ENDO_E_OUT_OF_RANGE);
    /* Ends that were kept, and none that nothing leads to. */
    OK(endo_reading_ends(ENDO_Q_FERRITIN, 0, 1, &reading));
    IS(endo_reading_ends(ENDO_Q_FERRITIN, 2, 1, &reading), ENDO_E_BACKWARDS);
    IS(endo_reading_ends(ENDO_Q_FERRITIN, -1, 1, &reading), ENDO_E_OUT_OF_RANGE);
    IS(endo_reading_ends(ENDO_Q_FERRITIN, 0, INT32_MAX, &reading), ENDO_E_OUT_OF_RANGE);
    IS(endo_reading_ends(ENDO_Q_GCS, 6, 7, &reading), ENDO_E_NOT_WHOLE);
    reading = text(ENDO_Q_FERRITIN, "10");
    OK(endo_reading_either(reading, text(ENDO_Q_FERRITIN, "<5"), &reading));
    IS(reading.lo, 0);
    IS(reading.hi, 20000);
    IS(endo_reading_either(reading, text(ENDO_Q_MHLA_DR, "5"), &other), ENDO_E_QUANTITY);
    OK(endo_reading_is_unknown(text(ENDO_Q_FERRITIN, ""), &yes));
    IS(yes, 1);
    OK(endo_reading_is_unknown(reading, &yes));
    IS(yes, 0);
    OK(endo_reading_float(ENDO_Q_MAP, 70.0F, &reading));
    IS(reading.lo, 140000);
    IS(reading.hi, 140000);
    OK(endo_reading_float(ENDO_Q_RATE_BY_WEIGHT, 0.1F, &reading));
    IS(reading.lo < reading.hi, 1);
    IS(endo_reading_float(ENDO_Q_MAP, -1.0F, &reading), ENDO_E_SIGN);
    OK(endo_quantity(ENDO_Q_FERRITIN, &row));
    IS(row.ticks, ENDO_TICKS_FERRITIN);
    IS(row.most, 1000000);
    IS(row.name.length == 8U && memcmp(row.name.at, "ferritin", 8) == 0, 1);
    IS(endo_quantity(ENDO_Q_AGE + 1, &row), ENDO_E_NUMBER);
    OK(endo_cutoff_met(ENDO_TEXT("< 7"), text(ENDO_Q_HEMOGLOBIN, "6.9"), &yes));
    IS(yes, ENDO_MET_YES);
    IS(endo_cutoff_met(ENDO_TEXT("7"), text(ENDO_Q_HEMOGLOBIN, "6.9"), &yes), ENDO_E_NOT_A_CUTOFF);
}

static void classes(void) {
    static const struct {
        const char *ferritin, *mhla_dr;
        uint8_t classes, single, needs_ferritin, needs_mhla_dr;
    } rows[] = {
        { "4421", "", 1, ENDO_CLASS_MALS, ENDO_NEED_NOTHING, ENDO_NEED_NOTHING },
        { "4420.0004", "9000", 1, ENDO_CLASS_MALS, ENDO_NEED_NOTHING, ENDO_NEED_NOTHING },
        { "4420", "4999", 2, ENDO_CLASS_IMMUNOPARALYSIS, ENDO_NEED_NOTHING, ENDO_NEED_NOTHING },
        { "4420", "5000", 4, ENDO_CLASS_UNCLASSIFIED, ENDO_NEED_NOTHING, ENDO_NEED_NOTHING },
        { ">2000", "3000", 3, ENDO_NONE, ENDO_NEED_DILUTION, ENDO_NEED_NOTHING },
        { "900", "4700..5300", 6, ENDO_NONE, ENDO_NEED_NOTHING, ENDO_NEED_REPEAT },
        { "", "", 7, ENDO_NONE, ENDO_NEED_SAMPLE, ENDO_NEED_SAMPLE },
    };
    endo_class found;
    endo_needs needs;
    endo_criteria criteria, never;
    endo_imprecision ferritin = { 0, 80, 196 }, mhla_dr = { 0, 150, 196 };
    uint8_t met;
    uint32_t id, guarded;
    int32_t last, first;
    for (size_t n = 0; n < sizeof rows / sizeof *rows; n++) {
        const endo_reading f = text(ENDO_Q_FERRITIN, rows[n].ferritin), h = text(ENDO_Q_MHLA_DR, rows[n].mhla_dr);
        OK(endo_classify(&endo_immunosep, f, h, &found));
        IS(found.classes, rows[n].classes);
        IS(found.single, rows[n].single);
        OK(endo_needs_of(&endo_immunosep, f, h, &needs));
        IS(needs.ferritin, rows[n].needs_ferritin);
        IS(needs.mhla_dr, rows[n].needs_mhla_dr);
    }
    /* A ferritin is no HLA-DR; ends that nobody built are refused. */
    {
        const endo_reading f = text(ENDO_Q_FERRITIN, "900");
        endo_reading wrong = f;
        IS(endo_classify(&endo_immunosep, f, f, &found), ENDO_E_QUANTITY);
        wrong.hi = wrong.lo - 1;
        IS(endo_classify(&endo_immunosep, wrong, text(ENDO_Q_MHLA_DR, ""), &found), ENDO_E_BACKWARDS);
        wrong.quantity = 200;
        IS(endo_classify(&endo_immunosep, wrong, text(ENDO_Q_MHLA_DR, ""), &found), ENDO_E_QUANTITY);
    }
    OK(endo_criterion_met(&endo_immunosep, text(ENDO_Q_MHLA_DR, "<5000"), &met));
    IS(met, ENDO_MET_YES);
    IS(endo_criterion_met(&endo_immunosep, text(ENDO_Q_MAP, "70"), &met), ENDO_E_QUANTITY);
    OK(endo_criteria_edge(&endo_immunosep, ENDO_Q_FERRITIN, &last, &first));
    IS(first, ENDO_IMMUNOSEP_FERRITIN);
    IS(last, ENDO_IMMUNOSEP_FERRITIN - 1);
    /* The band of a CV of 8 %, k 1.96: 4420 * (1 -+ 0.1568), 3726.944 and 5113.056. */
    OK(endo_criteria_guarded(&ferritin, &mhla_dr, &criteria));
    OK(endo_criteria_edge(&criteria, ENDO_Q_FERRITIN, &last, &first));
    IS(last, 2 * 3726944);
    IS(first, 2 * 5113056 + 1);
    OK(endo_classify(&criteria, text(ENDO_Q_FERRITIN, "4421"), text(ENDO_Q_MHLA_DR, "9000"), &found));
    IS(found.single, ENDO_NONE);
    OK(endo_criteria_id(&endo_immunosep, &id));
    IS(id, ENDO_IMMUNOSEP_ID);
    OK(endo_criteria_id(&criteria, &guarded));
    IS(guarded != id, 1);
    ferritin.per_mille = 0;
    mhla_dr.per_mille = 0;
    OK(endo_criteria_guarded(&ferritin, &mhla_dr, &criteria));
    OK(endo_criteria_id(&criteria, &guarded));
    IS(guarded, id);
    /* As wide as the value, beyond the range. */
    ferritin.per_mille = 1000;
    ferritin.coverage = 100;
    IS(endo_criteria_guarded(&ferritin, &mhla_dr, &criteria), ENDO_E_SETTING);
    ferritin.per_mille = UINT16_MAX;
    ferritin.coverage = UINT16_MAX;
    IS(endo_criteria_guarded(&ferritin, &mhla_dr, &criteria), ENDO_E_SETTING);
    ferritin.per_mille = 0;
    ferritin.absolute = 1000000001U;
    IS(endo_criteria_guarded(&ferritin, &mhla_dr, &criteria), ENDO_E_SETTING);
    /* Memory that is none, or another type's. */
    memset(&never, 0, sizeof never);
    IS(endo_classify(&never, text(ENDO_Q_FERRITIN, "1"), text(ENDO_Q_MHLA_DR, "1"), &found), ENDO_E_STATE);
    memcpy(&never, &endo_sofa_1996, sizeof endo_sofa_1996);
    IS(endo_classify(&never, text(ENDO_Q_FERRITIN, "1"), text(ENDO_Q_MHLA_DR, "1"), &found), ENDO_E_STATE);
}

static void organs(void) {
    uint8_t points, lo, hi, met, all[ENDO_ORGANS] = { 1, 1, 1, 1, 1, 1 };
    uint32_t total, n;
    endo_infusion infusions[2];
    endo_reading rate;
    endo_screen screen;
    endo_edge edge;
    int32_t sum = 0;
    OK(endo_row_points(&endo_sofa_1996, ENDO_ITEM_BILIRUBIN, text(ENDO_Q_BILIRUBIN_SI, "204"), &points));
    IS(points, ENDO_POINTS(3));
    OK(endo_row_points(&endo_sofa_2, ENDO_ITEM_BILIRUBIN, text(ENDO_Q_BILIRUBIN, "1.2"), &points));
    IS(points, ENDO_POINTS(0));
    OK(endo_row_points(&endo_sofa_1996, ENDO_ITEM_PLATELETS, text(ENDO_Q_PLATELETS, "<100"), &points));
    IS(points, ENDO_POINTS(2) | ENDO_POINTS(3) | ENDO_POINTS(4));
    OK(endo_row_points(&endo_sofa_2, ENDO_ITEM_GCS_MOTOR, text(ENDO_Q_GCS_MOTOR, "5"), &points));
    IS(points, ENDO_POINTS(1));
    IS(endo_row_points(&endo_sofa_2, ENDO_ITEM_URINE, text(ENDO_Q_URINE, "0"), &points), ENDO_E_NUMBER);
    OK(endo_row_points(&endo_sofa_1996, ENDO_ITEM_URINE, text(ENDO_Q_URINE, "0"), &points));
    IS(points, ENDO_POINTS(4));
    IS(endo_row_points(&endo_sofa_1996, ENDO_ITEM_GCS_MOTOR, text(ENDO_Q_GCS_MOTOR, "5"), &points), ENDO_E_NUMBER);
    IS(endo_row_points(&endo_sofa_1996, ENDO_ITEM_ECMO, text(ENDO_Q_GCS, "5"), &points), ENDO_E_NUMBER);
    IS(endo_row_points(&endo_sofa_1996, ENDO_ITEM_RRT_CRITERIA + 1, text(ENDO_Q_GCS, "5"), &points), ENDO_E_NUMBER);
    IS(endo_row_points(&endo_sofa_1996, ENDO_ITEM_MAP, text(ENDO_Q_SBP, "50"), &points), ENDO_E_QUANTITY);
    OK(endo_respiration(&endo_sofa_1996, text(ENDO_Q_PAO2, "60"), text(ENDO_Q_FIO2, "15"), ENDO_SUPPORT_IMV, &points));
    IS(points, ENDO_POINTS(0));
    OK(endo_respiration(&endo_sofa_1996, text(ENDO_Q_PAO2, "60"), text(ENDO_Q_FIO2, "50"), ENDO_NONE, &points));
    IS(points, ENDO_POINTS(2) | ENDO_POINTS(3));
    OK(endo_respiration(&endo_sofa_2, text(ENDO_Q_SPO2, "90"), text(ENDO_Q_FIO2, "100"), ENDO_SUPPORT_ECMO_VV, &points));
    IS(points, ENDO_POINTS(4));
    IS(endo_respiration(&endo_sofa_1996, text(ENDO_Q_PAO2, "60"), text(ENDO_Q_FIO2, "50"), ENDO_SUPPORT_ECMO_VA + 1, &points),
       ENDO_E_NUMBER);
    memset(infusions, 0, sizeof infusions);
    infusions[0].drug = ENDO_DRUG_NOREPINEPHRINE;
    infusions[0].rate = text(ENDO_Q_RATE, "8");
    infusions[1].drug = ENDO_DRUG_VASOPRESSIN;
    infusions[1].rate = text(ENDO_Q_RATE_IN_ANY_UNIT, "2");
    OK(endo_infusions_points(&endo_sofa_1996, infusions, 2, text(ENDO_Q_WEIGHT, "80"), &points));
    IS(points, ENDO_POINTS(3));
    OK(endo_infusions_points(&endo_sofa_2, infusions, 2, text(ENDO_Q_WEIGHT, "80"), &points));
    IS(points, ENDO_POINTS(3));
    OK(endo_infusions_points(&endo_sofa_2, infusions, 0, text(ENDO_Q_WEIGHT, "80"), &points));
    IS(points, ENDO_POINTS(0));
    IS(endo_infusions_points(&endo_sofa_2, infusions, ENDO_DRUGS + 1, text(ENDO_Q_WEIGHT, "80"), &points), ENDO_E_SIZE);
    infusions[0].drug = ENDO_DRUGS;
    IS(endo_infusions_points(&endo_sofa_2, infusions, 1, text(ENDO_Q_WEIGHT, "80"), &points), ENDO_E_NUMBER);
    OK(endo_cardiovascular(&endo_sofa_1996, 0, ENDO_POINTS(0), &points));
    IS(points, ENDO_POINTS(0) | ENDO_POINTS(1));
    IS(endo_cardiovascular(&endo_sofa_1996, 0x20, ENDO_POINTS(0), &points), ENDO_E_SET);
    IS(endo_cardiovascular(&endo_sofa_1996, ENDO_POINTS(0), 0, &points), ENDO_E_SET);
    OK(endo_renal(&endo_sofa_1996, ENDO_POINTS(2), 0, &points));
    IS(points, ENDO_POINTS(2) | ENDO_POINTS(3) | ENDO_POINTS(4));
    OK(endo_sofa_total(all, &total));
    IS(total, ENDO_TOTAL(0));
    all[2] = ENDO_POINTS(1) | ENDO_POINTS(4);
    OK(endo_sofa_total(all, &total));
    IS(total, ENDO_TOTAL(1) | ENDO_TOTAL(4));
    OK(endo_total_ends(total, &lo, &hi));
    IS(lo, 1);
    IS(hi, 4);
    IS(endo_total_ends(0, &lo, &hi), ENDO_E_SET);
    IS(endo_total_ends(UINT32_C(1) << 25, &lo, &hi), ENDO_E_SET);
    all[5] = 0;
    IS(endo_sofa_total(all, &total), ENDO_E_SET);
    OK(endo_points_join(ENDO_POINTS(1) | ENDO_POINTS(3), ENDO_POINTS(2), &points));
    IS(points, ENDO_POINTS(2) | ENDO_POINTS(3));
    OK(endo_points_ends(points, &lo, &hi));
    IS(lo, 2);
    IS(hi, 3);
    OK(endo_total_at_least(total, 2, &met));
    IS(met, ENDO_MET_UNKNOWN);
    OK(endo_salt_base(ENDO_SALT_BITARTRATE_MONOHYDRATE, text(ENDO_Q_RATE_BY_WEIGHT, "0.4"), &rate));
    IS(rate.lo, 400000);
    IS(endo_salt_base(ENDO_SALT_HYDROCHLORIDE + 1, rate, &rate), ENDO_E_NUMBER);
    OK(endo_mhla_dr_stage(text(ENDO_Q_MHLA_DR, "8000"), &points));
    IS(points, ENDO_POINTS(2));
    OK(endo_sepsis(ENDO_MET_YES, ENDO_MET_YES, ENDO_TOTAL(2), ENDO_NONE, &met));
    IS(met, ENDO_MET_YES);
    OK(endo_sepsis(ENDO_MET_YES, ENDO_MET_NO, ENDO_TOTAL(2), 1, &met));
    IS(met, ENDO_MET_NO);
    IS(endo_sepsis(3, ENDO_MET_NO, ENDO_TOTAL(2), 1, &met), ENDO_E_NUMBER);
    IS(endo_sepsis(ENDO_MET_YES, ENDO_MET_NO, ENDO_TOTAL(2), 25, &met), ENDO_E_NUMBER);
    OK(endo_shock(ENDO_MET_YES, ENDO_MET_UNKNOWN, &met));
    IS(met, ENDO_MET_UNKNOWN);
    OK(endo_qsofa(text(ENDO_Q_RESPIRATORY_RATE, "22"), text(ENDO_Q_GCS, ""), text(ENDO_Q_SBP, "101"), &screen));
    IS(screen.met, ENDO_MET_UNKNOWN);
    IS(screen.needed, 2);
    for (n = 0; endo_rules_edge(&endo_sofa_1996, n, &edge) == ENDO_OK; n++) sum += edge.points_first;
    IS(n, 43);
    IS(sum > 100, 1);
    IS(endo_rules_edge(&endo_sofa_1996, UINT32_MAX, &edge), ENDO_E_NO_SUCH);
}

static void events(void) {
    endo_event charted;
    uint8_t counts;
    OK(endo_event_reading(text(ENDO_Q_PLATELETS, "88"), &charted));
    IS(memcmp(&charted, &(endo_event){ text(ENDO_Q_PLATELETS, "88"), 0, 0, 0, 0 }, sizeof charted), 0);
    charted = event("platelets", "10*9/L", "88");
    IS(charted.reading.lo, 176000);
    IS(endo_event_reading(text(ENDO_Q_PAO2_FIO2, "300"), &charted), ENDO_E_QUANTITY);
    OK(endo_event_infusion(ENDO_DRUG_DOPAMINE, text(ENDO_Q_RATE, "300"), &charted));
    IS(endo_event_infusion(ENDO_DRUG_DOPAMINE, text(ENDO_Q_WEIGHT, "80"), &charted), ENDO_E_QUANTITY);
    IS(endo_event_infusion(ENDO_DRUGS, text(ENDO_Q_RATE, "300"), &charted), ENDO_E_NUMBER);
    OK(endo_event_state(ENDO_EVENT_FLAG, ENDO_FLAG_SEDATED, 1, &charted));
    OK(endo_event_kind(&charted, &counts));
    IS(counts, ENDO_COUNTS_HOLDS);
    charted.is_so = 2;
    IS(endo_event_kind(&charted, &counts), ENDO_E_NUMBER);
    charted.kind = 12;
    IS(endo_event_kind(&charted, &counts), ENDO_E_NUMBER);
    IS(endo_event_state(ENDO_EVENT_READING, 0, 0, &charted), ENDO_E_NUMBER);
    IS(endo_event_state(ENDO_EVENT_CRITERION, ENDO_CRITERION_ADULT, 1, &charted), ENDO_E_NUMBER);
    OK(endo_event_state(ENDO_EVENT_CRITERION, ENDO_CRITERION_HIV, 1, &charted));
    IS(endo_event_text(ENDO_TEXT("ferritin"), ENDO_TEXT("pmol/L"), ENDO_TEXT("9932"), &charted), ENDO_E_MOLAR_FERRITIN);
    IS(endo_event_text(ENDO_TEXT("procalcitonin"), ENDO_TEXT("ng/mL"), ENDO_TEXT("1"), &charted), ENDO_E_UNKNOWN_ITEM);
    IS(endo_event_text(ENDO_TEXT("rrt"), ENDO_TEXT(""), ENDO_TEXT("yes"), &charted), ENDO_E_NOT_A_FLAG);
    IS(endo_event_text("platelets", 256, ENDO_TEXT("10*9/L"), ENDO_TEXT("1"), &charted), ENDO_E_SIZE);
    IS(endo_event_text("\xFF", 1, ENDO_TEXT(""), ENDO_TEXT("1"), &charted), ENDO_E_NOT_A_NUMBER);
}

static void push(endo_window *window, uint32_t minute, const char *item, const char *unit, const char *value) {
    const endo_event charted = event(item, unit, value);
    OK(endo_window_push(window, &endo_sofa_1996, minute, &charted));
}

static void windows(void) {
    const endo_limits limits = { 60, 60, 60, 60 }, none = ENDO_LIMITS_NONE;
    endo_window window, copy, other;
    endo_day day;
    endo_day_info info;
    endo_witness witness;
    endo_score score;
    endo_score_info shown;
    endo_carried carried;
    endo_event charted;
    uint8_t points, end, lo, hi, met;
    uint32_t minute;
    OK(endo_window_init(&window, &endo_sofa_1996, NULL));
    OK(endo_window_init(&other, &endo_sofa_1996, &none));
    push(&window, 12, "platelets", "10*9/L", "88");
    push(&window, 15, "gcs", "{score}", "13");
    OK(endo_window_so_far(&window, &endo_sofa_1996, &day));
    OK(endo_day_score(&day, &endo_sofa_1996, ENDO_MISSING_OPEN, ENDO_INFUSIONS_COMPLETE, NULL, &score));
    OK(endo_score_read(&score, &shown));
    OK(endo_total_ends(shown.total, &lo, &hi));
    IS(lo, 3);
    IS(hi, 16);
    IS(shown.organs[ENDO_ORGAN_COAGULATION], ENDO_POINTS(2));
    IS(shown.assumed, 0);
    OK(endo_day_score(&day, &endo_sofa_1996, ENDO_MISSING_NORMAL, ENDO_INFUSIONS_COMPLETE, NULL, &score));
    OK(endo_score_read(&score, &shown));
    IS(shown.total, ENDO_TOTAL(3));
    IS(shown.assumed, 0x2D); /* all but coagulation and brain */
    OK(endo_day_witness(&day, ENDO_ORGAN_COAGULATION, &witness));
    IS(witness.minute, 12);
    IS(witness.item, ENDO_ITEM_PLATELETS);
    IS(witness.drug, ENDO_NONE);
    IS(endo_day_witness(&day, ENDO_ORGAN_LIVER, &witness), ENDO_E_NO_SUCH);
    IS(endo_day_witness(&day, ENDO_ORGANS, &witness), ENDO_E_NUMBER);
    OK(endo_day_points(&day, ENDO_ITEM_GCS, ENDO_NONE, &points));
    IS(points, ENDO_POINTS(1));
    IS(endo_day_points(&day, ENDO_ITEM_CREATININE, ENDO_NONE, &points), ENDO_E_NO_SUCH);
    IS(endo_day_points(&day, ENDO_ITEM_INFUSION, ENDO_DRUGS, &points), ENDO_E_NUMBER);
    OK(endo_day_shock(&day, ENDO_INFUSIONS_COMPLETE, &met));
    IS(met, ENDO_MET_NO);
    IS(endo_day_score(&day, &endo_sofa_2, ENDO_MISSING_OPEN, ENDO_INFUSIONS_COMPLETE, NULL, &score), ENDO_E_RULES_DIFFER);
    IS(endo_day_score(&day, &endo_sofa_1996, 3, ENDO_INFUSIONS_COMPLETE, NULL, &score), ENDO_E_NUMBER);
    /* An infusion as a witness has a drug. */
    push(&window, 20, "norepinephrine", "ug/kg/min", "0.2");
    push(&window, 90, "map", "mm[Hg]", "60");
    OK(endo_window_so_far(&window, &endo_sofa_1996, &day));
    OK(endo_day_witness(&day, ENDO_ORGAN_CARDIOVASCULAR, &witness));
    IS(witness.item, ENDO_ITEM_INFUSION);
    IS(witness.drug, ENDO_DRUG_NOREPINEPHRINE);
    IS(witness.minute, 79);
    /* What is refused changes nothing; a copy is the same. */
    copy = window;
    charted = event("fio2", "%", "40");
    IS(endo_window_push(&window, &endo_sofa_1996, 80, &charted), ENDO_E_CLOCK_BACK);
    IS(endo_window_push(&window, &endo_sofa_1996, 1440, &charted), ENDO_E_DAY_NOT_CLOSED);
    IS(endo_window_push(&window, &endo_sofa_1996, ENDO_LAST_MINUTE + 1, &charted), ENDO_E_MINUTE_OUT_OF_RANGE);
    IS(endo_window_push(&window, &endo_sofa_2, 100, &charted), ENDO_E_RULES_DIFFER);
    charted.which = 9;
    charted.kind = ENDO_EVENT_SUPPORT;
    IS(endo_window_push(&window, &endo_sofa_1996, 100, &charted), ENDO_E_NUMBER);
    IS(endo_window_resume(&window, &endo_sofa_1996, 10), ENDO_E_CLOCK_BACK);
    IS(memcmp(&copy, &window, sizeof window), 0);
    /* const is not changed. */
    OK(endo_window_so_far(&copy, &endo_sofa_1996, &day));
    OK(endo_window_rolling(&copy, &endo_sofa_1996, &day));
    IS(memcmp(&copy, &window, sizeof window), 0);
    OK(endo_window_clock(&window, &minute));
    IS(minute, 90);
    OK(endo_window_day_end(&window, &minute));
    IS(minute, 1440);
    OK(endo_window_end(&window, &end));
    IS(end, ENDO_NONE);
    /* Merged with itself, and with what another device saw. */
    OK(endo_window_merge(&window, &endo_sofa_1996, &window));
    push(&other, 30, "bilirubin", "mg/dL", "7");
    OK(endo_window_merge(&window, &endo_sofa_1996, &other));
    OK(endo_window_so_far(&window, &endo_sofa_1996, &day));
    OK(endo_day_points(&day, ENDO_ITEM_BILIRUBIN, ENDO_NONE, &points));
    IS(points, ENDO_POINTS(3));
    OK(endo_window_resume(&window, &endo_sofa_1996, 200));
    OK(endo_window_close_day(&window, &endo_sofa_1996, &day));
    OK(endo_day_read(&day, &info));
    IS(info.number, 1);
    IS(info.closed, 1);
    IS(info.rules, ENDO_SOFA_1996_ID);
    IS(info.infection, ENDO_MET_UNKNOWN);
    OK(endo_window_day(&window, &minute));
    IS(minute, 2);
    charted = event("creatinine", "mg/dL", "2");
    IS(endo_window_push(&window, &endo_sofa_1996, 1439, &charted), ENDO_E_DAY_CLOSED);
    /* Carried. */
    OK(endo_day_score(&day, &endo_sofa_1996, ENDO_MISSING_CARRY, ENDO_INFUSIONS_COMPLETE, NULL, &score));
    OK(endo_score_carried(&score, &carried));
    OK(endo_window_close_day(&window, &endo_sofa_1996, &day));
    OK(endo_day_score(&day, &endo_sofa_1996, ENDO_MISSING_CARRY, ENDO_INFUSIONS_COMPLETE, &carried, &score));
    OK(endo_score_read(&score, &shown));
    IS(shown.organs[ENDO_ORGAN_COAGULATION], ENDO_POINTS(2));
    /* The end. */
    charted = event("death", "", "1");
    OK(endo_window_push(&window, &endo_sofa_1996, 3000, &charted));
    OK(endo_window_end(&window, &end));
    IS(end, ENDO_END_DEATH);
    IS(endo_window_push(&window, &endo_sofa_1996, 3000, &charted), ENDO_E_AFTER_END);
    OK(endo_window_clear(&window));
    OK(endo_window_day(&window, &minute));
    IS(minute, 1);
    /* With limits what holds does so for an hour. */
    OK(endo_window_init(&other, &endo_sofa_1996, &limits));
    push(&other, 0, "fio2", "%", "100");
    push(&other, 0, "support", "", "imv");
    push(&other, 61, "pao2", "mm[Hg]", "90");
    OK(endo_window_so_far(&other, &endo_sofa_1996, &day));
    OK(endo_day_points(&day, ENDO_ITEM_PAO2, ENDO_NONE, &points));
    OK(endo_points_ends(points, &lo, &hi));
    IS(lo < hi, 1);
    /* One byte of the two words that are looked at. */
    ((unsigned char *)&other)[5] ^= 1U;
    IS(endo_window_clear(&other), ENDO_E_STATE);
}

static void courses(void) {
    endo_course course;
    endo_window window;
    endo_day day;
    endo_score score;
    endo_response response;
    endo_endpoint endpoint = { 1, 5, 14, 24, ENDO_GAP_CARRY };
    uint32_t number, total, id;
    uint8_t yes;
    int8_t lo, hi;
    OK(endo_course_init(&course, &endo_sofa_1996));
    OK(endo_course_push_total(&course, 1, ENDO_TOTAL(9)));
    IS(endo_course_push_total(&course, 3, ENDO_TOTAL(7)), ENDO_E_DAY_OUT_OF_ORDER);
    IS(endo_course_push_total(&course, 2, 0), ENDO_E_SET);
    OK(endo_course_gap(&course, 2));
    for (uint32_t n = 3; n <= 9; n++) OK(endo_course_push_total(&course, n, ENDO_TOTAL(7)));
    OK(endo_course_change(&course, 3, &lo, &hi));
    IS(lo, -2);
    IS(hi, -2);
    OK(endo_course_change(&course, 2, &lo, &hi));
    IS(lo, -9);
    IS(hi, 15);
    OK(endo_response_of(ENDO_IMMUNOSEP_DAY9, &course, &response));
    IS(response.met, ENDO_MET_YES); /* 8*9 - (9 + 7*7) = 14, of 12 */
    IS(response.fall_lo, 14);
    IS(response.scored, 7);
    IS(response.carried, 1);
    OK(endo_course_amend(&course, 9, ENDO_TOTAL(10)));
    OK(endo_course_amended(&course, 9, &yes));
    IS(yes, 1);
    OK(endo_response_of(ENDO_IMMUNOSEP_DAY9, &course, &response));
    IS(response.met, ENDO_MET_NO); /* 11 */
    IS(endo_response_of(2, &course, &response), ENDO_E_NUMBER);
    OK(endo_response_local(&endpoint, &endo_sofa_1996, &course, &response));
    IS(response.days, 4);
    IS(endo_response_local(&endpoint, &endo_sofa_2, &course, &response), ENDO_E_RULES_DIFFER);
    endpoint.last = 1;
    IS(endo_response_local(&endpoint, &endo_sofa_1996, &course, &response), ENDO_E_SETTING);
    endpoint.last = 129;
    IS(endo_response_local(&endpoint, &endo_sofa_1996, &course, &response), ENDO_E_SETTING);
    endpoint.last = 5;
    endpoint.gap = 2;
    IS(endo_response_local(&endpoint, &endo_sofa_1996, &course, &response), ENDO_E_NUMBER);
    OK(endo_course_length(&course, &number));
    IS(number, 9);
    OK(endo_course_rules(&course, &id));
    IS(id, ENDO_SOFA_1996_ID);
    OK(endo_course_total(&course, 2, &total));
    IS(total, 0);
    IS(endo_course_total(&course, 10, &total), ENDO_E_NO_SUCH_DAY);
    IS(endo_course_total(&course, 0, &total), ENDO_E_NO_SUCH_DAY);
    for (uint32_t n = 10; n <= ENDO_COURSE_DAYS; n++) OK(endo_course_gap(&course, n));
    IS(endo_course_gap(&course, ENDO_COURSE_DAYS + 1), ENDO_E_COURSE_FULL);
    IS(endo_course_end(&course, 2), ENDO_E_NUMBER);
    OK(endo_course_end(&course, ENDO_END_DISCHARGE));
    IS(endo_course_end(&course, ENDO_END_DEATH), ENDO_E_AFTER_END);
    /* A score; only of a closed day, and of these rules. */
    OK(endo_course_init(&course, &endo_sofa_1996));
    OK(endo_window_init(&window, &endo_sofa_1996, NULL));
    OK(endo_window_so_far(&window, &endo_sofa_1996, &day));
    OK(endo_day_score(&day, &endo_sofa_1996, ENDO_MISSING_OPEN, ENDO_INFUSIONS_COMPLETE, NULL, &score));
    IS(endo_course_push(&course, &score), ENDO_E_DAY_OPEN);
    OK(endo_window_close_day(&window, &endo_sofa_1996, &day));
    OK(endo_day_score(&day, &endo_sofa_1996, ENDO_MISSING_OPEN, ENDO_INFUSIONS_COMPLETE, NULL, &score));
    OK(endo_course_push(&course, &score));
    OK(endo_course_init(&course, &endo_sofa_2));
    IS(endo_course_push(&course, &score), ENDO_E_RULES_DIFFER);
    IS(endo_response_of(ENDO_IMMUNOSEP_DAY9, &course, &response), ENDO_E_RULES_DIFFER);
    OK(endo_total_change(ENDO_TOTAL(9), ENDO_TOTAL_ALL, &lo, &hi));
    IS(lo, -9);
    IS(hi, 15);
}

static void markers(void) {
    static const endo_immune_rules rules = { 1440, 2880, ENDO_CHECKS_OFF, ENDO_CHECKS_OFF };
    endo_immune_rules wrong = rules;
    endo_immune immune;
    endo_series series;
    endo_entry entry;
    endo_immune_answer answer;
    endo_answer one;
    endo_axes axes;
    endo_sample sample;
    endo_reading before;
    endo_event charted;
    endo_checks checks = ENDO_CHECKS_OFF;
    endo_specimen specimen = ENDO_SPECIMEN_UNKNOWN;
    uint8_t filed, points, trend, level, dose;
    uint16_t remarks;
    uint32_t minute;
    OK(endo_immune_init(&immune));
    charted = event("ferritin", "ng/mL", "6000");
    OK(endo_immune_push(&immune, 60, &charted, &filed));
    IS(filed, ENDO_FILED_LAST);
    IS(endo_immune_push(&immune, ENDO_LAST_MINUTE + 1, &charted, &filed), ENDO_E_MINUTE_OUT_OF_RANGE);
    charted = event("specimen", "", "undiluted");
    OK(endo_immune_push(&immune, 60, &charted, &filed));
    IS(filed, ENDO_NONE);
    OK(endo_immune_entry(&immune, &endo_immunosep, &rules, 100, &entry));
    IS(entry.class_.single, ENDO_CLASS_MALS);
    IS(entry.ferritin_minute, 60);
    IS(entry.mhla_dr_minute, ENDO_NO_MINUTE);
    IS(entry.rule, ENDO_IMMUNOSEP_ID);
    IS(endo_immune_first_dose(&immune, &minute, &dose), ENDO_E_NO_SUCH);
    charted = event("first_dose", "", "anakinra");
    OK(endo_immune_push(&immune, 120, &charted, &filed));
    IS(filed, ENDO_NONE);
    OK(endo_immune_first_dose(&immune, &minute, &dose));
    IS(minute, 120);
    IS(dose, ENDO_DOSE_ANAKINRA);
    charted = event("ferritin", "ng/mL", "5100");
    OK(endo_immune_push(&immune, 1500, &charted, &filed));
    OK(endo_immune_restored(&immune, &endo_immunosep, &rules, 1500, &answer));
    IS(answer.met, ENDO_MET_YES); /* 5100 is 85 % of 6000 */
    OK(endo_immune_switched(&immune, &endo_immunosep, &rules, 1500, &answer));
    IS(answer.met, ENDO_MET_NO);
    OK(endo_immune_axes(&immune, &endo_immunosep, &rules, 1500, &axes));
    IS(axes.both, ENDO_MET_UNKNOWN);
    IS(endo_immune_stage(&immune, &endo_immunosep, &rules, 1500, &points), ENDO_E_NO_SUCH);
    OK(endo_immune_sample(&immune, ENDO_MARKER_FERRITIN, 0, &sample));
    IS(sample.remarks, 1U << ENDO_REMARK_UNDILUTED);
    IS(endo_immune_sample(&immune, ENDO_MARKER_FERRITIN, 2, &sample), ENDO_E_NO_SUCH);
    IS(endo_immune_sample(&immune, 2, 0, &sample), ENDO_E_NUMBER);
    wrong.mhla_dr.lyse_no_wash_least = 499;
    wrong.mhla_dr.lyse_no_wash_most = 1000;
    IS(endo_immune_entry(&immune, &endo_immunosep, &wrong, 100, &entry), ENDO_E_SETTING);
    wrong = rules;
    wrong.ferritin.hemolysis.bias = 3;
    IS(endo_immune_entry(&immune, &endo_immunosep, &wrong, 100, &entry), ENDO_E_NUMBER);
    OK(endo_immune_clear(&immune));
    charted = event("mhla_dr", "{AB}/{cell}", "9000");
    OK(endo_immune_push(&immune, 5, &charted, &filed));
    charted = event("ferritin", "ng/mL", "900");
    OK(endo_immune_push(&immune, 5, &charted, &filed));
    IS(endo_immune_restored(&immune, &endo_immunosep, &rules, 10, &answer), ENDO_E_NO_SUCH);
    OK(endo_immune_stage(&immune, &endo_immunosep, &rules, 10, &points));
    IS(points, ENDO_POINTS(1));
    /* Series and their rules. */
    OK(endo_series_init(&series, ENDO_Q_LYMPHOCYTES));
    IS(endo_series_init(&series, ENDO_Q_MAP), ENDO_E_QUANTITY);
    OK(endo_series_push(&series, 3000, text(ENDO_Q_LYMPHOCYTES, "0.9"), 0, &filed));
    OK(endo_series_push(&series, 2000, text(ENDO_Q_LYMPHOCYTES, "0.8"), 0, &filed));
    IS(filed, ENDO_FILED_LATE);
    IS(endo_series_push(&series, 2000, text(ENDO_Q_LYMPHOCYTES, "0.7"), 0, &filed), ENDO_E_SAMPLE_DIFFERS);
    IS(endo_series_push(&series, 2001, text(ENDO_Q_LYMPHOCYTES, "0.7"), 1U << ENDO_REMARK_FELL, &filed), ENDO_E_NUMBER);
    IS(endo_series_push(&series, 2001, text(ENDO_Q_FERRITIN, "0.7"), 0, &filed), ENDO_E_QUANTITY);
    OK(endo_series_answer(&series, ENDO_RULE_IRIS_7, 0, 3000, &one));
    IS(one.met, ENDO_MET_YES);
    OK(endo_series_answer(&series, ENDO_RULE_IRIS_7, ENDO_NO_MINUTE, 3000, &one));
    IS(one.need, ENDO_NEED_ORIGIN);
    IS(endo_series_answer(&series, ENDO_RULE_MEISEL, 0, 3000, &one), ENDO_E_QUANTITY);
    IS(endo_series_answer(&series, 6, 0, 3000, &one), ENDO_E_NUMBER);
    OK(endo_series_trend(&series, 3000, &trend));
    IS(trend, ENDO_TREND_RISING);
    OK(endo_series_last(&series, 2999, &sample));
    IS(sample.minute, 2000);
    OK(endo_series_remark(&series, 2000, 1U << ENDO_REMARK_STAIN_TIME));
    IS(endo_series_remark(&series, 2001, 1U << ENDO_REMARK_STAIN_TIME), ENDO_E_NO_SAMPLE);
    OK(endo_series_correct(&series, 2000, text(ENDO_Q_LYMPHOCYTES, "1.1"), 0, &before));
    IS(before.lo, 1600000);
    OK(endo_series_sample(&series, 0, &sample));
    IS(sample.corrected, 1);
    OK(endo_series_withdraw(&series, 3000, &before));
    IS(endo_series_withdraw(&series, 3000, &before), ENDO_E_NO_SAMPLE);
    for (uint32_t n = 1; n < ENDO_SERIES_SAMPLES; n++) OK(endo_series_push(&series, n, text(ENDO_Q_LYMPHOCYTES, "1"), 0, &filed));
    IS(endo_series_push(&series, 99, text(ENDO_Q_LYMPHOCYTES, "1"), 0, &filed), ENDO_E_SERIES_FULL);
    OK(endo_series_clear(&series));
    IS(endo_series_sample(&series, 0, &sample), ENDO_E_NO_SUCH);
    OK(endo_reference_level(text(ENDO_Q_NK_CELLS, "0.09"), text(ENDO_Q_NK_CELLS, "0.6"), text(ENDO_Q_NK_CELLS, "0.08"), &level));
    IS(level, ENDO_LEVEL_LOW);
    IS(endo_reference_level(text(ENDO_Q_NK_CELLS, "<0.09"), text(ENDO_Q_NK_CELLS, "0.6"), text(ENDO_Q_NK_CELLS, "0.08"), &level),
       ENDO_E_SETTING);
    IS(endo_reference_level(text(ENDO_Q_FERRITIN, "1"), text(ENDO_Q_FERRITIN, "2"), text(ENDO_Q_FERRITIN, "1"), &level), ENDO_E_QUANTITY);
    /* Off until they are set; then what was not told may be so. */
    OK(endo_remarks(&checks, &specimen, &remarks));
    IS(remarks, 0);
    checks.hemolysis.is_set = 1;
    checks.undiluted = 1;
    OK(endo_remarks(&checks, &specimen, &remarks));
    IS(remarks, (1U << ENDO_REMARK_HEMOLYSIS) | (1U << ENDO_REMARK_UNDILUTED));
    specimen.hemolysis = 0;
    specimen.undiluted = ENDO_MET_NO;
    OK(endo_remarks(&checks, &specimen, &remarks));
    IS(remarks, 0);
}

static void trial(void) {
    endo_candidate candidate;
    endo_eligibility eligibility;
    endo_criterion criterion;
    endo_arm arm;
    endo_watch watch;
    endo_signal signal_of;
    endo_reading baseline;
    memset(&candidate, 0, sizeof candidate);
    candidate.age = text(ENDO_Q_AGE, "61");
    candidate.neutrophils = text(ENDO_Q_NEUTROPHILS, "1.4");
    candidate.ferritin = text(ENDO_Q_FERRITIN, "5000");
    candidate.mhla_dr = text(ENDO_Q_MHLA_DR, "");
    candidate.sepsis_classified = 0;
    candidate.entry = 4319;
    candidate.sepsis = ENDO_MET_YES;
    candidate.covid19 = ENDO_MET_NO;
    candidate.no = UINT32_C(1) << ENDO_CRITERION_HIV;
    OK(endo_would_take(&candidate, &endo_immunosep, &eligibility));
    IS(eligibility.met, ENDO_MET_NO);
    IS(eligibility.failed, UINT32_C(1) << ENDO_CRITERION_NEUTROPENIA);
    IS(ENDO_HAS(eligibility.passed, ENDO_CRITERION_WITHIN72_H), 1);
    IS(ENDO_HAS(eligibility.passed, ENDO_CRITERION_HIV), 1);
    candidate.yes = candidate.no;
    IS(endo_would_take(&candidate, &endo_immunosep, &eligibility), ENDO_E_SET);
    candidate.yes = UINT32_C(1) << ENDO_CRITERION_ADULT;
    IS(endo_would_take(&candidate, &endo_immunosep, &eligibility), ENDO_E_SET);
    OK(endo_criterion_of(ENDO_CRITERION_HIV, &criterion));
    IS(criterion.takes_in, 0);
    IS(criterion.evidence, ENDO_EVIDENCE_R);
    IS(endo_criterion_of(23, &criterion), ENDO_E_NUMBER);
    OK(endo_arm_of(ENDO_CLASS_MALS, &arm));
    IS(arm.drug, ENDO_DOSE_ANAKINRA);
    IS(endo_arm_of(ENDO_CLASS_UNCLASSIFIED, &arm), ENDO_E_NO_SUCH);
    OK(endo_watch_init(&watch, ENDO_Q_HEMOGLOBIN));
    IS(endo_watch_init(&watch, ENDO_Q_MAP), ENDO_E_QUANTITY);
    OK(endo_watch_see(&watch, ENDO_TEXT("< 7"), 100, text(ENDO_Q_HEMOGLOBIN, "9.1"), ENDO_NO_MINUTE, &signal_of));
    IS(signal_of.met, ENDO_MET_NO);
    OK(endo_watch_see(&watch, ENDO_TEXT("< 7"), 2500, text(ENDO_Q_HEMOGLOBIN, "6.8"), 600, &signal_of));
    IS(signal_of.met, ENDO_MET_YES);
    IS(signal_of.hours, 31);
    OK(endo_watch_baseline(&watch, &baseline));
    IS(baseline.lo, 18200);
    IS(endo_watch_see(&watch, ENDO_TEXT("7"), 2500, text(ENDO_Q_HEMOGLOBIN, "6.8"), 600, &signal_of), ENDO_E_NOT_A_CUTOFF);
}

static void kept(void) {
    static const uint8_t key[ENDO_KEY] = { 1, 2, 3 }, another[ENDO_KEY] = { 1, 2, 4 };
    static uint8_t bytes[ENDO_SNAPSHOT_MOST], again[ENDO_SNAPSHOT_MOST];
    static endo_snapshot snapshot;
    endo_window window, back;
    endo_course course;
    endo_carried carried;
    endo_immune immune;
    endo_day day;
    endo_score score;
    endo_score_info shown, shown_back;
    endo_event charted;
    endo_receipt receipt;
    uint8_t entry[ENDO_RECEIPT_MOST], entry_length, filed;
    uint32_t length, length_again;
    OK(endo_window_init(&window, &endo_sofa_1996, NULL));
    OK(endo_course_init(&course, &endo_sofa_1996));
    OK(endo_immune_init(&immune));
    push(&window, 12, "platelets", "10*9/L", "88");
    charted = event("ferritin", "ng/mL", "6000");
    OK(endo_immune_push(&immune, 60, &charted, &filed));
    OK(endo_snapshot_write(&window, &course, NULL, &immune, key, bytes, &length));
    IS(length > 600U && length < ENDO_SNAPSHOT_MOST, 1);
    OK(endo_snapshot_read(&snapshot, bytes, length, key, &endo_sofa_1996));
    OK(endo_snapshot_resume(&snapshot, &endo_sofa_1996, 12, &back, &course, &carried, &immune));
    OK(endo_snapshot_write(&back, &course, &carried, &immune, key, again, &length_again));
    IS(length_again, length);
    OK(endo_window_so_far(&window, &endo_sofa_1996, &day));
    OK(endo_day_score(&day, &endo_sofa_1996, ENDO_MISSING_OPEN, ENDO_INFUSIONS_COMPLETE, NULL, &score));
    OK(endo_score_read(&score, &shown));
    OK(endo_window_so_far(&back, &endo_sofa_1996, &day));
    OK(endo_day_score(&day, &endo_sofa_1996, ENDO_MISSING_OPEN, ENDO_INFUSIONS_COMPLETE, NULL, &score));
    OK(endo_score_read(&score, &shown_back));
    IS(shown_back.total, shown.total);
    charted = event("gcs", "{score}", "13");
    OK(endo_snapshot_push(&snapshot, &endo_sofa_1996, 700, &charted));
    OK(endo_snapshot_merge_into(&snapshot, &endo_sofa_1996, &back));
    IS(endo_snapshot_resume(&snapshot, &endo_sofa_1996, 10, &back, &course, &carried, &immune), ENDO_E_CLOCK_BACK);
    IS(endo_snapshot_read(&snapshot, bytes, length, another, &endo_sofa_1996), ENDO_E_OTHER_PATIENT);
    IS(endo_snapshot_read(&snapshot, bytes, length, key, &endo_sofa_2), ENDO_E_RULES_DIFFER);
    IS(endo_snapshot_read(&snapshot, bytes, length - 1, key, &endo_sofa_1996), ENDO_E_WRONG_LENGTH);
    IS(endo_snapshot_read(&snapshot, bytes, ENDO_SNAPSHOT_MOST + 1, key, &endo_sofa_1996), ENDO_E_SIZE);
    bytes[100] ^= 1U;
    IS(endo_snapshot_read(&snapshot, bytes, length, key, &endo_sofa_1996), ENDO_E_CHECKSUM);
    bytes[4] ^= 2U;
    IS(endo_snapshot_read(&snapshot, bytes, length, key, &endo_sofa_1996), ENDO_E_UNKNOWN_VERSION);
    bytes[0] ^= 1U;
    IS(endo_snapshot_read(&snapshot, bytes, length, key, &endo_sofa_1996), ENDO_E_NOT_OURS);
    /* Receipts. */
    OK(endo_receipt_score(&day, &endo_sofa_1996, ENDO_MISSING_OPEN, ENDO_INFUSIONS_COMPLETE, NULL, 700, entry, &entry_length));
    OK(endo_receipt_check(entry, entry_length, &endo_sofa_1996, &endo_immunosep, &receipt));
    IS(receipt.kind, ENDO_RECEIPT_SCORE);
    IS(receipt.minute, 700);
    IS(receipt.rules, ENDO_SOFA_1996_ID);
    IS(endo_receipt_check(entry, entry_length, &endo_sofa_2, &endo_immunosep, &receipt), ENDO_E_RULES_DIFFER);
    OK(endo_receipt_class(&endo_immunosep, text(ENDO_Q_FERRITIN, "6000"), text(ENDO_Q_MHLA_DR, ""), 60, entry, &entry_length));
    OK(endo_receipt_check(entry, entry_length, &endo_sofa_1996, &endo_immunosep, &receipt));
    IS(receipt.kind, ENDO_RECEIPT_CLASS);
    entry[3] ^= 1U;
    IS(endo_receipt_check(entry, entry_length, &endo_sofa_1996, &endo_immunosep, &receipt), ENDO_E_CHECKSUM);
    OK(endo_receipt_sepsis(&day, ENDO_INFUSIONS_COMPLETE, shown.total, ENDO_NONE, 700, entry, &entry_length));
    OK(endo_receipt_check(entry, entry_length, &endo_sofa_1996, &endo_immunosep, &receipt));
    IS(receipt.kind, ENDO_RECEIPT_SEPSIS);
    OK(endo_course_init(&course, &endo_sofa_1996));
    IS(endo_receipt_change(&course, 1, 700, entry, &entry_length), ENDO_E_NO_SUCH_DAY);
    OK(endo_course_push_total(&course, 1, ENDO_TOTAL(9)));
    OK(endo_course_push_total(&course, 2, ENDO_TOTAL(7)));
    OK(endo_receipt_change(&course, 2, 2880, entry, &entry_length));
    OK(endo_receipt_check(entry, entry_length, &endo_sofa_1996, &endo_immunosep, &receipt));
    IS(receipt.kind, ENDO_RECEIPT_CHANGE);
    OK(endo_receipt_endpoint(ENDO_IMMUNOSEP_DAY9, &course, 2880, entry, &entry_length));
    OK(endo_receipt_check(entry, entry_length, &endo_sofa_1996, &endo_immunosep, &receipt));
    IS(receipt.kind, ENDO_RECEIPT_ENDPOINT);
}

static void names(void) {
    endo_text found;
    endo_source source;
    IS(endo_version(), ENDO_VERSION);
    OK(endo_name(ENDO_NAMES_ORGAN, ENDO_ORGAN_LIVER, &found));
    IS(found.length == 5U && memcmp(found.at, "liver", 5) == 0, 1);
    OK(endo_name(ENDO_NAMES_STAGE, 3, &found));
    IS(endo_name(ENDO_NAMES_STAGE, 4, &found), ENDO_E_NUMBER);
    IS(endo_name(ENDO_NAMES_STAGE + 1, 0, &found), ENDO_E_NUMBER);
    OK(endo_message(ENDO_OK, &found));
    OK(endo_message(ENDO_E_SIGN, &found));
    OK(endo_message(ENDO_E_STATE, &found));
    IS(endo_message(99, &found), ENDO_E_NUMBER);
    OK(endo_source_of(ENDO_SOFA_2_ID, &source));
    IS(source.evidence, ENDO_EVIDENCE_B);
    IS(source.name.length == 6U && memcmp(source.name.at, "sofa-2", 6) == 0, 1);
    IS(endo_source_of(1, &source), ENDO_E_NO_SUCH);
}

int main(void) {
    readings();
    classes();
    organs();
    events();
    windows();
    courses();
    markers();
    trial();
    kept();
    names();
    printf("%lu checks, %lu failed\n", tried, failed);
    return failed == 0U ? 0 : 1;
}
