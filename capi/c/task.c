/* A FreeRTOS-shaped task: an interrupt queues events, the task owns the window. Queue and tick are the system's; here they are a stand-in. */
#include "endotype.h"

/* readme:begin */
struct charted {
    uint32_t minute; /* by your clock; an event is plain data, so a queue copies it */
    endo_event event;
};
int xQueueReceive(void *queue, struct charted *charted, uint32_t ticks);
void show(uint8_t lowest, uint8_t highest);
void refused(endo_status status);

void sofa_task(void *queue) {
    static endo_window window; /* a task's own: one a patient */
    struct charted charted;
    endo_day day;
    endo_score score;
    endo_score_info shown;
    uint8_t lowest, highest;
    endo_status status = endo_window_init(&window, &endo_sofa_1996, NULL);
    while (status == ENDO_OK && xQueueReceive(queue, &charted, UINT32_MAX)) {
        while ((status = endo_window_push(&window, &endo_sofa_1996, charted.minute, &charted.event)) == ENDO_E_DAY_NOT_CLOSED)
            if ((status = endo_window_close_day(&window, &endo_sofa_1996, &day)) != ENDO_OK) break; /* here it enters a course */
        if (status != ENDO_OK) refused(status); /* nothing has changed: log it and go on */
        status = endo_window_so_far(&window, &endo_sofa_1996, &day);
        if (status == ENDO_OK)
            status = endo_day_score(&day, &endo_sofa_1996, ENDO_MISSING_OPEN, ENDO_INFUSIONS_COMPLETE, NULL, &score);
        if (status == ENDO_OK) status = endo_score_read(&score, &shown);
        if (status == ENDO_OK) status = endo_total_ends(shown.total, &lowest, &highest);
        if (status == ENDO_OK) show(lowest, highest);
    }
    if (status != ENDO_OK) refused(status);
}
/* readme:end */
