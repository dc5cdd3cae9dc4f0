/* A bedside monitor's loop in C: charted events in, one line a patient-day and edition out, as the host's `replay` prints it. */
#ifndef BEDSIDE_H
#define BEDSIDE_H

#include <stdint.h>

/* One event: its item and unit in chart_items, the minutes since the row before it, its value as charted. */
struct chart_row {
    const char *value;
    int16_t after;
    uint8_t item;
};

struct chart_item {
    const char *item;
    const char *unit;
};

struct chart_stay {
    const char *patient;
    const struct chart_row *rows;
    uint32_t count;
};

/* Of charts.c, which `cargo xtask c` writes from ../../tests/data. */
extern const struct chart_item chart_items[];
extern const struct chart_stay chart_stays[];
extern const uint32_t chart_count;

/* The platform's: one line out. */
void say(const char *line);

/* 0, or the status that something was refused with. */
int bedside(void);

#endif
