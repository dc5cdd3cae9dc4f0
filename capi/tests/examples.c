/* What the header's examples use; EXAMPLES is replaced by them. */
#include "endotype.h"
#include <stdio.h>

int examples(void);

int examples(void) {
    endo_text text;
    endo_quantity_row row;
    endo_reading ferritin, mhla_dr, hemoglobin, platelets, pao2, fio2, weight, rate, respiratory_rate, gcs, sbp, lymphocytes, low, high, before;
    endo_source source;
    endo_class class_of;
    endo_needs needs;
    endo_imprecision imprecision;
    endo_criteria criteria;
    endo_edge edge;
    endo_infusion infusion;
    endo_screen screen;
    endo_event event;
    endo_window window, other;
    endo_day day;
    endo_day_info info;
    endo_witness witness;
    endo_score score;
    endo_score_info score_info;
    endo_carried carried;
    endo_course course;
    endo_response response;
    endo_endpoint endpoint;
    endo_series series;
    endo_sample sample;
    endo_answer answer;
    endo_checks checks;
    endo_specimen specimen;
    endo_immune immune;
    endo_immune_rules immune_rules;
    endo_entry entry;
    endo_immune_answer immune_answer;
    endo_axes axes;
    endo_candidate candidate;
    endo_eligibility eligibility;
    endo_criterion criterion;
    endo_arm arm;
    endo_watch watch;
    endo_signal signal_of;
    uint8_t organs[ENDO_ORGANS];
    uint8_t met, points, lo, hi, yes, counts, end, filed, trend, level, dose;
    int8_t change_lo, change_hi;
    int32_t last, first;
    uint32_t n, id, total, minute, number;
    uint16_t remarks;
    endo_snapshot snapshot;
    endo_receipt receipt_info;
    uint8_t key[ENDO_KEY], bytes[ENDO_SNAPSHOT_MOST], receipt[ENDO_RECEIPT_MOST], receipt_length;
    uint32_t length;
EXAMPLES
    return 0;
}
