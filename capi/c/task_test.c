/* The task on the host: a queue of five events over a midnight, and what it shows of them. */
#include "endotype.h"
#include <stdio.h>

struct charted {
    uint32_t minute;
    endo_event event;
};
int xQueueReceive(void *queue, struct charted *charted, uint32_t ticks);
void show(uint8_t lowest, uint8_t highest);
void refused(endo_status status);
void sofa_task(void *queue);

static unsigned sum, refusals;

int xQueueReceive(void *queue, struct charted *charted, uint32_t ticks) {
    static const struct {
        uint32_t minute;
        uint32_t gcs;
    } chart[] = { { 10, 15 }, { 20, 13 }, { 4000, 9 }, { 2000, 3 }, { 4001, 15 } };
    unsigned *at = (unsigned *)queue;
    endo_reading gcs;
    (void)ticks;
    if (*at == sizeof chart / sizeof *chart) return 0;
    charted->minute = chart[*at].minute;
    if (endo_reading_exact(ENDO_Q_GCS, ENDO_UNITS, chart[*at].gcs, &gcs) != ENDO_OK) return 0;
    if (endo_event_reading(gcs, &charted->event) != ENDO_OK) return 0;
    ++*at;
    return 1;
}

void show(uint8_t lowest, uint8_t highest) {
    sum = sum * 10U + lowest;
    (void)highest;
}

void refused(endo_status status) {
    refusals += status;
}

int main(void) {
    unsigned at = 0;
    sofa_task(&at);
    /* 15 is 0, 13 is 1, 9 (day 3) is 3; 3 of day 2 is a late result of a closed day. */
    printf("shown %u, refused %u\n", sum, refusals);
    return sum == 1333U && refusals == ENDO_E_DAY_CLOSED ? 0 : 1;
}
