#include "bedside.h"
#include "endotype.h"

#include <string.h>

/* A line is sized for three texts of 32 and what the rules can say beside them. */
struct line {
    char text[256];
    size_t length;
};

static void put(struct line *line, const char *text, size_t length) {
    if (length < sizeof line->text - line->length) {
        memcpy(line->text + line->length, text, length);
        line->length += length;
        line->text[line->length] = '\0';
    }
}

static void field(struct line *line, const char *text) {
    if (line->length > 0) put(line, ",", 1);
    put(line, text, strlen(text));
}

static void digits(struct line *line, uint32_t number) {
    char text[10];
    size_t at = sizeof text;
    do {
        text[--at] = (char)('0' + number % 10U);
        number /= 10U;
    } while (number > 0U);
    put(line, text + at, sizeof text - at);
}

static void number(struct line *line, uint32_t value) {
    field(line, "");
    digits(line, value);
}

static void part(struct line *line, int32_t value) {
    if (value < 0) put(line, "-", 1);
    digits(line, (uint32_t)(value < 0 ? -value : value));
}

static void ends(struct line *line, int32_t lo, int32_t hi) {
    field(line, "");
    part(line, lo);
    if (lo != hi) {
        put(line, "..", 2);
        part(line, hi);
    }
}

static void met(struct line *line, uint8_t value) {
    field(line, value == ENDO_MET_YES ? "yes" : value == ENDO_MET_NO ? "no" : "unknown");
}

/* The names of a set, with a slash between them. */
static void either(struct line *line, uint8_t of, uint8_t set) {
    uint8_t first = 1;
    field(line, "");
    for (uint8_t n = 0; n < 8U; n++) {
        endo_text name;
        if (ENDO_HAS(set, n) && endo_name(of, n, &name) == ENDO_OK) {
            if (!first) put(line, "/", 1);
            put(line, name.at, name.length);
            first = 0;
        }
    }
}

/* ----------------------------------------------------------------------------------------------- one patient */

struct edition {
    const endo_rules *rules;
    uint8_t missing;
    uint8_t has_endpoint; /* the trial's is bound to 1996 */
};

/* Footnote b of SOFA-2: what was not measured is as it was. */
static const struct edition editions[2] = {
    { &endo_sofa_1996, ENDO_MISSING_OPEN, 1 },
    { &endo_sofa_2, ENDO_MISSING_CARRY, 0 },
};

struct scored {
    endo_window window;
    endo_course course;
    endo_carried carried;
    uint32_t first; /* total of day 1, 0 before it */
    uint8_t has_carried;
};

/* The last reading of a marker with a value, and its text. */
struct marker {
    endo_reading reading;
    const char *text;
    uint8_t charted;
};

struct monitor {
    const char *patient;
    uint32_t minute;
    struct scored scored[2];
    struct marker markers[2];
    endo_immune immune;
};

static const endo_immune_rules immune_rules = {
    1440U,
    2880U,
    { ENDO_LIMIT_OFF, ENDO_LIMIT_OFF, ENDO_LIMIT_OFF, ENDO_LIMIT_OFF, ENDO_LIMIT_OFF, ENDO_LIMIT_OFF, 0U, 0U, 0U, 0U, 1U, { 0U, 0U } },
    { ENDO_LIMIT_OFF, ENDO_LIMIT_OFF, ENDO_LIMIT_OFF, ENDO_LIMIT_OFF, ENDO_LIMIT_OFF, ENDO_LIMIT_OFF, 0U, ENDO_LYSE_NO_WASH_LEAST,
      ENDO_LYSE_NO_WASH_MOST, 0U, 0U, { 0U, 0U } },
};

#define TRY(call)                                            \
    do {                                                     \
        const endo_status refused = (call);                  \
        if (refused != ENDO_OK) return refused;              \
    } while (0)

static endo_status admit(struct monitor *monitor, const char *patient) {
    monitor->patient = patient;
    monitor->minute = 0;
    for (size_t n = 0; n < 2U; n++) {
        struct scored *scored = &monitor->scored[n];
        TRY(endo_window_init(&scored->window, editions[n].rules, NULL));
        TRY(endo_course_init(&scored->course, editions[n].rules));
        scored->first = 0;
        scored->has_carried = 0;
        monitor->markers[n].text = "";
        monitor->markers[n].charted = 0;
    }
    TRY(endo_reading_unknown(ENDO_Q_FERRITIN, &monitor->markers[0].reading));
    TRY(endo_reading_unknown(ENDO_Q_MHLA_DR, &monitor->markers[1].reading));
    return endo_immune_init(&monitor->immune);
}

static endo_status see(struct marker *marker, const endo_event *event, const char *text) {
    uint8_t unknown;
    marker->charted = 1;
    TRY(endo_reading_is_unknown(event->reading, &unknown));
    if (!unknown) {
        marker->reading = event->reading;
        marker->text = text;
    }
    return ENDO_OK;
}

static endo_status take(struct monitor *monitor, uint32_t minute, const endo_event *event, const char *text) {
    uint8_t filed;
    for (size_t n = 0; n < 2U; n++) {
        endo_day day;
        endo_score score;
        struct scored *scored = &monitor->scored[n];
        TRY(endo_window_push(&scored->window, editions[n].rules, minute, event));
        /* As a monitor shows it, after every event. */
        TRY(endo_window_so_far(&scored->window, editions[n].rules, &day));
        TRY(endo_day_score(&day, editions[n].rules, editions[n].missing, ENDO_INFUSIONS_COMPLETE,
                           scored->has_carried ? &scored->carried : NULL, &score));
    }
    monitor->minute = minute;
    TRY(endo_immune_push(&monitor->immune, minute, event, &filed));
    if (event->kind == ENDO_EVENT_READING && event->reading.quantity == ENDO_Q_FERRITIN) return see(&monitor->markers[0], event, text);
    if (event->kind == ENDO_EVENT_READING && event->reading.quantity == ENDO_Q_MHLA_DR) return see(&monitor->markers[1], event, text);
    return ENDO_OK;
}

/* Blanks around a text are not quoted; one that is blank was charted without a value. */
static void quoted(struct line *line, const char *text) {
    size_t length;
    while (*text == ' ') text++;
    length = strlen(text);
    while (length > 0U && text[length - 1U] == ' ') length--;
    field(line, length == 0U ? "-" : "");
    put(line, text, length);
}

static endo_status sofa_line(struct monitor *monitor, size_t n, const endo_day *day) {
    struct line line = { "", 0 };
    struct scored *scored = &monitor->scored[n];
    const struct edition *edition = &editions[n];
    endo_day_info info;
    endo_score score;
    endo_score_info shown;
    endo_source source;
    endo_class class_of;
    uint8_t lo, hi, end, sepsis, shock, circulatory, assumed = 0;
    int8_t change_lo = 0, change_hi = 0;
    endo_status status;

    TRY(endo_day_read(day, &info));
    TRY(endo_day_score(day, edition->rules, edition->missing, ENDO_INFUSIONS_COMPLETE, scored->has_carried ? &scored->carried : NULL,
                       &score));
    TRY(endo_score_read(&score, &shown));
    if (info.closed) {
        TRY(endo_score_carried(&score, &scored->carried));
        scored->has_carried = 1;
        status = endo_course_push(&scored->course, &score);
        if (status != ENDO_OK && status != ENDO_E_COURSE_FULL) return status;
        TRY(endo_window_end(&scored->window, &end));
        if (end != ENDO_NONE) TRY(endo_course_end(&scored->course, end));
    }
    TRY(endo_source_of(info.rules, &source));
    field(&line, monitor->patient);
    number(&line, info.number);
    field(&line, info.closed ? "yes" : "no");
    field(&line, "");
    put(&line, source.name.at, source.name.length);
    for (size_t organ = 0; organ < ENDO_ORGANS; organ++) {
        TRY(endo_points_ends(shown.organs[organ], &lo, &hi));
        ends(&line, lo, hi);
        assumed = (uint8_t)(assumed + (ENDO_HAS(shown.assumed, organ) ? 1U : 0U));
    }
    TRY(endo_total_ends(shown.total, &lo, &hi));
    ends(&line, lo, hi);
    number(&line, assumed);
    if (scored->first != 0U) TRY(endo_total_change(scored->first, shown.total, &change_lo, &change_hi));
    ends(&line, change_lo, change_hi);
    TRY(endo_day_shock(day, ENDO_INFUSIONS_COMPLETE, &circulatory));
    TRY(endo_sepsis(info.infection, info.emergency, shown.total, ENDO_NONE, &sepsis));
    TRY(endo_shock(sepsis, circulatory, &shock));
    met(&line, sepsis);
    met(&line, shock);
    quoted(&line, monitor->markers[0].text);
    quoted(&line, monitor->markers[1].text);
    if (monitor->markers[0].charted || monitor->markers[1].charted) {
        TRY(endo_classify(&endo_immunosep, monitor->markers[0].reading, monitor->markers[1].reading, &class_of));
        either(&line, ENDO_NAMES_ENDOTYPE, class_of.classes);
    } else {
        field(&line, "-");
    }
    if (edition->has_endpoint) {
        endo_response response;
        TRY(endo_response_of(ENDO_IMMUNOSEP_DAY9, &scored->course, &response));
        met(&line, response.met);
    } else {
        field(&line, "-");
    }
    if (scored->first == 0U) scored->first = shown.total;
    say(line.text);
    return ENDO_OK;
}

static void minute_or_none(struct line *line, uint32_t minute) {
    if (minute == ENDO_NO_MINUTE) {
        field(line, "-");
    } else {
        number(line, minute);
    }
}

static endo_status answered(struct line *line, endo_status status, const endo_immune_answer *answer) {
    if (status == ENDO_E_NO_SUCH) {
        field(line, "-");
        return ENDO_OK;
    }
    if (status == ENDO_OK) met(line, answer->met);
    return status;
}

static endo_status marker_line(struct monitor *monitor, const endo_day *day, uint32_t now) {
    struct line line = { "", 0 };
    const endo_immune *immune = &monitor->immune;
    endo_day_info info;
    endo_entry entry;
    endo_axes axes;
    endo_immune_answer answer;
    endo_status status;
    uint8_t stage, any = 0;

    TRY(endo_day_read(day, &info));
    TRY(endo_immune_entry(immune, &endo_immunosep, &immune_rules, now, &entry));
    TRY(endo_immune_axes(immune, &endo_immunosep, &immune_rules, now, &axes));
    for (uint8_t marker = 0; marker < 2U; marker++) {
        endo_sample sample;
        if (endo_immune_sample(immune, marker, 0, &sample) == ENDO_OK && sample.minute <= entry.minute) any = 1;
    }
    field(&line, monitor->patient);
    number(&line, info.number);
    field(&line, info.closed ? "yes" : "no");
    if (any) {
        either(&line, ENDO_NAMES_ENDOTYPE, entry.class_.classes);
    } else {
        field(&line, "-");
    }
    minute_or_none(&line, entry.ferritin_minute);
    minute_or_none(&line, entry.mhla_dr_minute);
    status = endo_immune_stage(immune, &endo_immunosep, &immune_rules, now, &stage);
    if (status == ENDO_OK) {
        either(&line, ENDO_NAMES_STAGE, stage);
    } else if (status == ENDO_E_NO_SUCH) {
        field(&line, "-");
    } else {
        return status;
    }
    TRY(answered(&line, endo_immune_restored(immune, &endo_immunosep, &immune_rules, now, &answer), &answer));
    TRY(answered(&line, endo_immune_switched(immune, &endo_immunosep, &immune_rules, now, &answer), &answer));
    met(&line, axes.both);
    met(&line, axes.inflamed);
    met(&line, axes.paralysed);
    say(line.text);
    return ENDO_OK;
}

static endo_status decide(struct monitor *monitor, uint8_t close) {
    for (size_t n = 0; n < 2U; n++) {
        struct scored *scored = &monitor->scored[n];
        endo_day day;
        uint8_t end;
        uint32_t now = monitor->minute;
        if (close) {
            TRY(endo_window_close_day(&scored->window, editions[n].rules, &day));
        } else {
            TRY(endo_window_so_far(&scored->window, editions[n].rules, &day));
        }
        TRY(sofa_line(monitor, n, &day));
        if (!editions[n].has_endpoint) continue;
        TRY(endo_window_end(&scored->window, &end));
        if (close && end == ENDO_NONE) {
            TRY(endo_window_day_end(&scored->window, &now));
            now -= ENDO_DAY_MINUTES + 1U;
        }
        TRY(marker_line(monitor, &day, now));
    }
    return ENDO_OK;
}

static endo_status stay(struct monitor *monitor, const struct chart_stay *chart) {
    uint32_t minute = 0, day_end;
    uint8_t end = ENDO_NONE;
    TRY(admit(monitor, chart->patient));
    for (uint32_t n = 0; n < chart->count; n++) {
        const struct chart_row *row = &chart->rows[n];
        const struct chart_item *item = &chart_items[row->item];
        endo_event event;
        minute = (uint32_t)((int32_t)minute + row->after);
        TRY(endo_event_text(item->item, strlen(item->item), item->unit, strlen(item->unit), row->value, strlen(row->value), &event));
        TRY(endo_window_day_end(&monitor->scored[0].window, &day_end));
        while (minute >= day_end) {
            TRY(decide(monitor, 1));
            TRY(endo_window_day_end(&monitor->scored[0].window, &day_end));
        }
        TRY(take(monitor, minute, &event, row->value));
        TRY(endo_window_end(&monitor->scored[0].window, &end));
        if (end != ENDO_NONE) TRY(decide(monitor, 1));
    }
    /* Death and discharge have closed their day; a chart that breaks off leaves one open. */
    return end == ENDO_NONE ? decide(monitor, 0) : ENDO_OK;
}

int bedside(void) {
    static struct monitor monitor;
    if (endo_version() != ENDO_VERSION) return ENDO_E_STATE;
    for (uint32_t n = 0; n < chart_count; n++) {
        TRY(stay(&monitor, &chart_stays[n]));
    }
    return ENDO_OK;
}
