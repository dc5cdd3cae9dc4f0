/* Written by tests/header.rs from the header: every function with each pointer NULL in turn, and with memory that nobody initialised. */
#include "endotype.h"
#include <stdio.h>
#include <string.h>

enum { TURNS = 600 };

static const unsigned char patterns[] = { 0x00, 0xA5, 0xFF };
static unsigned long calls, wrong;

/* Repeatable. */
static uint32_t any(void) {
    static uint32_t state = 2463534242U;
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    /* Small numbers are the ones that are enumerated. */
    return (state >> 28) < 12U ? (state >> 8) % 6U : state;
}

static endo_reading any_reading(void) {
    endo_reading reading = { 0, 0, 0, { 0, 0, 0 } };
    reading.quantity = (uint8_t)(any() % 45U);
    reading.lo = (int32_t)(any() % 200000U);
    reading.hi = (int32_t)(any() % 200000U);
    if (any() % 4U == 0U) {
        reading.lo = 1 - INT32_MAX;
        reading.hi = INT32_MAX - 1;
    }
    return reading;
}

static void *unless(void *object, int is_null) {
    return is_null ? NULL : object;
}

static void fill(void *object, size_t size, unsigned char pattern) {
    memset(object, pattern, size);
}

static int holds(const void *object, size_t size, unsigned char pattern) {
    const unsigned char *bytes = (const unsigned char *)object;
    for (size_t n = 0; n < size; n++) {
        if (bytes[n] != pattern) return 0;
    }
    return 1;
}

static void expect(const char *name, endo_status status, int with_null, int takes_state, int nothing_written) {
    calls++;
    if ((with_null && status != ENDO_E_NULL) || (!with_null && status == ENDO_E_NULL) || (takes_state && status == ENDO_OK)
        || !nothing_written) {
        wrong++;
        printf("%s: %u%s%s\n", name, (unsigned)status, with_null ? " with NULL" : "", nothing_written ? "" : ", and wrote");
    }
}

#ifdef CONTROL
/* Looks at no pointer but the one that it writes to: this must be told. */
static endo_status unchecked(const endo_criteria *criteria, endo_reading ferritin, endo_reading mhla_dr, endo_class *out) {
    (void)criteria;
    (void)ferritin;
    (void)mhla_dr;
    if (out == NULL) return ENDO_E_NULL;
    memset(out, 0, sizeof *out);
    return ENDO_OK;
}
#define endo_classify unchecked
#endif

CALLS
int main(void) {
EVERY    printf("%lu refusals tried, %lu wrong\n", calls, wrong);
    return wrong == 0U ? 0 : 1;
}
