/* As classic, in single precision: how a program reads that was written on a desk and then compiled for the device. */
#include "bedside.h"

#define CUTOFFS 4

enum { RESPIRATION_UNSUPPORTED = 2 };

static const float pf_below[CUTOFFS] = { 400.0f, 300.0f, 200.0f, 100.0f };
static const float platelets_below[CUTOFFS] = { 150.0f, 100.0f, 50.0f, 20.0f };
static const float bilirubin_from[CUTOFFS] = { 1.2f, 2.0f, 6.0f, 12.0f };
static const float creatinine_from[CUTOFFS] = { 1.2f, 2.0f, 3.5f, 5.0f };
static const uint8_t gcs_below[CUTOFFS] = { 15, 13, 10, 6 };

static uint8_t points_below(float x, const float cutoffs[CUTOFFS])
{
    uint8_t points = 0;
    while (points < CUTOFFS && x < cutoffs[points]) {
        points++;
    }
    return points;
}

static uint8_t points_from(float x, const float cutoffs[CUTOFFS])
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

static uint8_t respiration(const struct float_bedside *b)
{
    uint8_t points = points_below(b->pao2 / (b->fio2 / 100.0f), pf_below);
    return !b->supported && points > RESPIRATION_UNSUPPORTED ? RESPIRATION_UNSUPPORTED : points;
}

static uint8_t cardiovascular(const struct float_bedside *b)
{
    if (b->norepinephrine > 0.1f || b->epinephrine > 0.1f || b->dopamine > 15.0f) {
        return 4;
    }
    if (b->norepinephrine > 0.0f || b->epinephrine > 0.0f || b->dopamine > 5.0f) {
        return 3;
    }
    if (b->dopamine > 0.0f || b->dobutamine > 0.0f) {
        return 2;
    }
    return b->map < 70.0f ? 1 : 0;
}

static uint8_t brain(uint8_t gcs)
{
    uint8_t points = 0;
    while (points < CUTOFFS && gcs < gcs_below[points]) {
        points++;
    }
    return points;
}

static uint8_t renal(const struct float_bedside *b)
{
    uint8_t urine = 0;
    if (b->urine < 200.0f) {
        urine = 4;
    } else if (b->urine < 500.0f) {
        urine = 3;
    }
    return worst(points_from(b->creatinine, creatinine_from), urine);
}

uint8_t float_classify(float ferritin, float mhla_dr)
{
    if (ferritin > 4420.0f) {
        return CLASS_MALS;
    }
    return mhla_dr < 5000.0f ? CLASS_IMMUNOPARALYSIS : CLASS_UNCLASSIFIED;
}

uint8_t float_sofa(const struct float_bedside *b, uint8_t organs[ORGANS])
{
    uint8_t total = 0;
    organs[ORGAN_RESPIRATION] = respiration(b);
    organs[ORGAN_COAGULATION] = points_below(b->platelets, platelets_below);
    organs[ORGAN_LIVER] = points_from(b->bilirubin, bilirubin_from);
    organs[ORGAN_CARDIOVASCULAR] = cardiovascular(b);
    organs[ORGAN_BRAIN] = brain(b->gcs);
    organs[ORGAN_RENAL] = renal(b);
    for (uint8_t k = 0; k < ORGANS; k++) {
        total = (uint8_t)(total + organs[k]);
    }
    return total;
}

bool float_day9(const uint8_t totals[9])
{
    float sum = 0.0f;
    for (uint8_t day = 1; day < 9; day++) {
        sum += (float)totals[day];
    }
    return (float)totals[0] - sum / 8.0f >= 1.4f;
}
