/* What devices ship today: exact integers, nothing missing, one unit per analyte. */
#include "bedside.h"

#define CUTOFFS 4

enum { FERRITIN_MALS = 4420000, MHLA_DR_LOW = 5000000 };
enum { RESPIRATION_UNSUPPORTED = 2 };

/* S1 - mean of 8 days >= 1.4, times 8: 11.2, so 12 in whole points. */
enum { RESPONSE_FALL = 12 };

static const uint32_t pf_below[CUTOFFS] = { 400, 300, 200, 100 };
static const uint32_t platelets_below[CUTOFFS] = { 150000, 100000, 50000, 20000 };
static const uint32_t bilirubin_from[CUTOFFS] = { 1200, 2000, 6000, 12000 };
static const uint32_t creatinine_from[CUTOFFS] = { 1200, 2000, 3500, 5000 };
static const uint32_t gcs_below[CUTOFFS] = { 15, 13, 10, 6 };
enum { MAP_LOW = 70000 };
enum { URINE_LOW = 500000, URINE_VERY_LOW = 200000 };
enum { ADRENERGIC_HIGH = 100000, DOPAMINE_MODERATE = 5000000, DOPAMINE_HIGH = 15000000 };

/* The times-unit argument serves P/F, whose cut-offs are multiplied by the FiO2 because the Cortex-M0 can not divide. */
static uint8_t points_below(uint32_t x, const uint32_t cutoffs[CUTOFFS], uint32_t unit)
{
    uint8_t points = 0;
    while (points < CUTOFFS && x < cutoffs[points] * unit) {
        points++;
    }
    return points;
}

static uint8_t points_from(uint32_t x, const uint32_t cutoffs[CUTOFFS])
{
    uint8_t points = 0;
    while (points < CUTOFFS && x >= cutoffs[points]) {
        points++;
    }
    return points;
}

static uint8_t worst(uint8_t a, uint8_t b)
{
    return a > b ? a : b;
}

static uint8_t respiration(const struct classic_bedside *b)
{
    uint8_t points = points_below(b->pao2 * 100, pf_below, b->fio2);
    return !b->supported && points > RESPIRATION_UNSUPPORTED ? RESPIRATION_UNSUPPORTED : points;
}

static uint8_t cardiovascular(const struct classic_bedside *b)
{
    if (b->norepinephrine > ADRENERGIC_HIGH || b->epinephrine > ADRENERGIC_HIGH || b->dopamine > DOPAMINE_HIGH) {
        return 4;
    }
    if (b->norepinephrine > 0 || b->epinephrine > 0 || b->dopamine > DOPAMINE_MODERATE) {
        return 3;
    }
    if (b->dopamine > 0 || b->dobutamine > 0) {
        return 2;
    }
    return b->map < MAP_LOW ? 1 : 0;
}

static uint8_t renal(const struct classic_bedside *b)
{
    uint8_t urine = 0;
    if (b->urine < URINE_VERY_LOW) {
        urine = 4;
    } else if (b->urine < URINE_LOW) {
        urine = 3;
    }
    return worst(points_from(b->creatinine, creatinine_from), urine);
}

uint8_t classic_classify(uint32_t ferritin, uint32_t mhla_dr)
{
    if (ferritin > FERRITIN_MALS) {
        return CLASS_MALS;
    }
    return mhla_dr < MHLA_DR_LOW ? CLASS_IMMUNOPARALYSIS : CLASS_UNCLASSIFIED;
}

uint8_t classic_sofa(const struct classic_bedside *b, uint8_t organs[ORGANS])
{
    uint8_t total = 0;
    organs[ORGAN_RESPIRATION] = respiration(b);
    organs[ORGAN_COAGULATION] = points_below(b->platelets, platelets_below, 1);
    organs[ORGAN_LIVER] = points_from(b->bilirubin, bilirubin_from);
    organs[ORGAN_CARDIOVASCULAR] = cardiovascular(b);
    organs[ORGAN_BRAIN] = points_below(b->gcs, gcs_below, 1);
    organs[ORGAN_RENAL] = renal(b);
    for (uint8_t k = 0; k < ORGANS; k++) {
        total = (uint8_t)(total + organs[k]);
    }
    return total;
}

bool classic_day9(const uint8_t totals[9])
{
    int32_t fall = 8 * totals[0];
    for (uint8_t day = 1; day < 9; day++) {
        fall -= totals[day];
    }
    return fall >= RESPONSE_FALL;
}
