/*
 * What the readings leave open stays open: a reading is an interval, points and totals are sets.
 *
 * A row is monotone, so the points of an interval run from those of its milder end to those of its severer end; the points that no
 * value scores at all (urine is 0, 3 or 4) are masked away.
 */
#include "bedside.h"

#define CUTOFFS 4
#define ALL_POINTS 0x1FU

/* The first half-tick that passes a cut-off printed in ticks. */
#define BELOW(ticks) (2 * (ticks)-1)
#define FROM(ticks) (2 * (ticks))
#define ABOVE(ticks) (2 * (ticks) + 1)
/* Beyond unknown, which any other cut-off may hold. */
#define NEVER_BELOW (-INT32_MAX)

enum { FERRITIN_MALS = ABOVE(4420000), MHLA_DR_LOW = BELOW(5000000) };
enum { FIO2_ROOM_AIR = 2 * 21000, FIO2_PURE = 2 * 100000 };
enum { UNSUPPORTED_MOST = 2 };

/* S1 - mean of 8 days >= 1.4, times 8: 11.2, so 12 in whole points. */
enum { RESPONSE_FALL = 12, LAST_DAY = 9, TOTAL_AFTER_DEATH = 24, TOTAL_MOST = 24 };

struct row {
    int32_t edge[CUTOFFS];
    uint8_t falling;
    uint8_t reachable;
};

static const struct row platelets = { { BELOW(150000), BELOW(100000), BELOW(50000), BELOW(20000) }, true, 0x1F };
static const struct row gcs = { { BELOW(15), BELOW(13), BELOW(10), BELOW(6) }, true, 0x1F };
static const struct row map = { { BELOW(70000), NEVER_BELOW, NEVER_BELOW, NEVER_BELOW }, true, 0x03 };
static const struct row urine = { { BELOW(500000), BELOW(500000), BELOW(500000), BELOW(200000) }, true, 0x19 };

/* US, SI: not conversions of one another. */
static const struct row bilirubin[2] = {
    { { FROM(1200), FROM(2000), FROM(6000), FROM(12000) }, false, 0x1F },
    { { FROM(20000), FROM(33000), FROM(102000), ABOVE(204000) }, false, 0x1F },
};
static const struct row creatinine[2] = {
    { { FROM(1200), FROM(2000), FROM(3500), FROM(5000) }, false, 0x1F },
    { { FROM(110000), FROM(171000), FROM(300000), ABOVE(440000) }, false, 0x1F },
};

/* Cut-offs of a quotient, all strict, in the unit that keeps its products inside 32 bits. */
struct quotient_row {
    int16_t cutoff[CUTOFFS];
    int16_t scale;
};

/* mmHg; tenths of kPa. PaO2 in thousandths times the scale over FiO2 in thousandths of 1 %. */
static const struct quotient_row pf[2] = {
    { { 400, 300, 200, 100 }, 100 },
    { { 533, 400, 267, 133 }, 1000 },
};

enum { NEVER_ABOVE = 255 };

/* Tenths of ug/kg/min. */
struct drug {
    uint8_t cutoff[CUTOFFS];
    uint8_t reachable;
};

static const struct drug drugs[RATES] = {
    { { 0, 0, 0, 1 }, 0x19 },
    { { 0, 0, 0, 1 }, 0x19 },
    { { 0, 0, 50, 150 }, 0x1D },
    { { 0, 0, NEVER_ABOVE, NEVER_ABOVE }, 0x05 },
};

static bool is_unknown(struct interval x)
{
    return x.hi == UNKNOWN_HI;
}

static uint8_t points_between(uint8_t mildest, uint8_t severest)
{
    return (uint8_t)((2U << severest) - (1U << mildest));
}

static uint8_t points_of(const struct row *row, int32_t x)
{
    uint8_t n = 0;
    while (n < CUTOFFS && (row->falling ? x <= row->edge[n] : x >= row->edge[n])) {
        n++;
    }
    return n;
}

static uint8_t points(const struct row *row, struct interval x)
{
    uint8_t low = points_of(row, x.lo);
    uint8_t high = points_of(row, x.hi);
    return row->reachable & (low < high ? points_between(low, high) : points_between(high, low));
}

/* The worst of two sets: a member stands unless the other set lies wholly above it. */
static uint8_t worst(uint8_t a, uint8_t b)
{
    uint8_t lowest_a = (uint8_t)(a & (0U - a));
    uint8_t lowest_b = (uint8_t)(b & (0U - b));
    uint8_t lowest = lowest_a > lowest_b ? lowest_a : lowest_b;
    return (uint8_t)((a | b) & (0U - lowest));
}

/* An end of a quotient: numerator in half-ticks, odd if it is not reached, over whole ticks. */
struct quotient {
    int32_t over, under;
};

/* Rounded outward to the tick; nothing is lost, as the cut-offs are whole and strict. 0 over anything is 0, and is reached. */
static struct quotient least_quotient(struct interval over, int32_t scale, struct interval under)
{
    struct quotient q;
    q.over = (over.lo & ~1) * scale;
    if (over.lo != 0) {
        q.over |= (over.lo | under.hi) & 1;
    }
    q.under = (under.hi + 1) >> 1;
    return q;
}

static struct quotient most_quotient(struct interval over, int32_t scale, struct interval under)
{
    struct quotient q;
    q.over = (over.hi + (over.hi & 1)) * scale - ((over.hi | under.lo) & 1);
    q.under = under.lo >> 1;
    return q;
}

static uint8_t pf_points(const struct quotient_row *row, struct quotient q)
{
    uint8_t n = 0;
    while (n < CUTOFFS && q.over < 2 * row->cutoff[n] * q.under) {
        n++;
    }
    return n;
}

static uint8_t respiration(const struct interval_bedside *b)
{
    const struct quotient_row *row = &pf[b->pao2_kpa];
    struct interval fio2 = b->fio2;
    uint8_t ratio = ALL_POINTS;
    uint8_t unsupported;

    if (is_unknown(fio2)) {
        fio2.lo = FIO2_ROOM_AIR;
        fio2.hi = FIO2_PURE;
    }
    if (!is_unknown(b->pao2)) {
        ratio = points_between(pf_points(row, most_quotient(b->pao2, row->scale, fio2)),
                               pf_points(row, least_quotient(b->pao2, row->scale, fio2)));
    }
    if (b->support >= SUPPORT_CPAP && b->support <= SUPPORT_ECMO_VA) {
        return ratio;
    }
    unsupported = ratio & (uint8_t)((2U << UNSUPPORTED_MOST) - 1U);
    if (unsupported != ratio) {
        unsupported |= 1U << UNSUPPORTED_MOST;
    }
    return b->support <= SUPPORT_HFNC ? unsupported : (uint8_t)(ratio | unsupported);
}

static uint8_t drug_points(const struct drug *drug, struct quotient q)
{
    uint8_t n = 0;
    while (n < CUTOFFS && drug->cutoff[n] != NEVER_ABOVE && q.over > 2 * drug->cutoff[n] * q.under) {
        n++;
    }
    return n;
}

static uint8_t infusion(const struct drug *drug, struct interval rate, bool per_minute, struct interval weight)
{
    /* By weight, millionths are scored in tenths: as if per minute, in another unit, of somebody who weighs so much. */
    static const struct interval by_weight = { 2 * 100000, 2 * 100000 };
    int32_t scale = 1;

    if (is_unknown(rate)) {
        rate.lo = 0;
    }
    if (!per_minute) {
        weight = by_weight;
    } else if (is_unknown(rate) || is_unknown(weight)) {
        /* Of ug/min without a weight only whether it runs is known. */
        weight = by_weight;
        rate.lo = rate.lo > 0;
        rate.hi = rate.hi > 0 ? UNKNOWN_HI : 0;
    } else {
        scale = 10;
    }
    return drug->reachable & points_between(drug_points(drug, least_quotient(rate, scale, weight)),
                                            drug_points(drug, most_quotient(rate, scale, weight)));
}

static uint8_t cardiovascular(const struct interval_bedside *b)
{
    uint8_t set = points(&map, b->map);
    for (uint8_t k = 0; k < RATES; k++) {
        set = worst(set, infusion(&drugs[k], b->rates[k], b->per_minute >> k & 1, b->weight));
    }
    return set;
}

uint8_t interval_classify(const struct interval *ferritin, const struct interval *mhla_dr)
{
    uint8_t classes = 0;
    if (ferritin->hi >= FERRITIN_MALS) {
        classes = CLASS_MALS;
    }
    if (ferritin->lo < FERRITIN_MALS) {
        if (mhla_dr->lo <= MHLA_DR_LOW) {
            classes |= CLASS_IMMUNOPARALYSIS;
        }
        if (mhla_dr->hi > MHLA_DR_LOW) {
            classes |= CLASS_UNCLASSIFIED;
        }
    }
    return classes;
}

uint32_t interval_sofa(const struct interval_bedside *b, uint8_t organs[ORGANS])
{
    uint32_t totals = 1;
    organs[ORGAN_RESPIRATION] = respiration(b);
    organs[ORGAN_COAGULATION] = points(&platelets, b->platelets);
    organs[ORGAN_LIVER] = points(&bilirubin[b->bilirubin_si], b->bilirubin);
    organs[ORGAN_CARDIOVASCULAR] = cardiovascular(b);
    organs[ORGAN_BRAIN] = points(&gcs, b->gcs);
    organs[ORGAN_RENAL] = worst(points(&creatinine[b->creatinine_si], b->creatinine), points(&urine, b->urine));
    for (uint8_t k = 0; k < ORGANS; k++) {
        uint32_t sums = 0;
        for (uint8_t p = 0; p <= CUTOFFS; p++) {
            if (organs[k] >> p & 1) {
                sums |= totals << p;
            }
        }
        totals = sums;
    }
    return totals;
}

/* A gap may be any total. */
static struct interval ends_of(uint32_t totals)
{
    struct interval ends = { 0, TOTAL_MOST };
    if (totals == 0) {
        return ends;
    }
    while (!(totals >> ends.lo & 1)) {
        ends.lo++;
    }
    while (!(totals >> ends.hi & 1)) {
        ends.hi--;
    }
    return ends;
}

struct interval_response interval_day9(const uint32_t *days, uint8_t n, uint8_t end)
{
    struct interval_response r = { 0, 0, MET_UNKNOWN, LAST_DAY - 1, 0, 0, 0 };
    struct interval first = ends_of(n > 0 ? days[0] : 0);
    uint32_t last_scored = n > 0 ? days[0] : 0;
    bool is_first = last_scored != 0;

    for (uint8_t day = 1; day < LAST_DAY; day++) {
        uint32_t totals = day < n ? days[day] : 0;
        if (totals != 0) {
            r.scored++;
            last_scored = totals;
            is_first = false;
        } else if (day >= n && end == END_DEATH) {
            r.dead++;
            totals = 1UL << TOTAL_AFTER_DEATH;
        } else if (last_scored != 0 && (day < n || end == END_DISCHARGE)) {
            r.carried++;
            if (is_first) {
                /* Whatever the first day was, it cancels against itself. */
                continue;
            }
            totals = last_scored;
        }
        struct interval ends = ends_of(totals);
        r.fall_lo += first.lo - ends.hi;
        r.fall_hi += first.hi - ends.lo;
    }
    if (r.fall_lo >= RESPONSE_FALL) {
        r.met = MET_YES;
    } else if (r.fall_hi < RESPONSE_FALL) {
        r.met = MET_NO;
    }
    return r;
}
