/* QEMU TCG plugin: instructions from each entry's first one until control is back behind the call, by entry: calls, least, most, sum.
 *
 * Arguments: out=FILE, done=ADDRESS (behind the call), entry=ADDRESS (repeated). Declares what it uses of plugin API 1, since Debian
 * has no header package for it. Counted by translated block, so an instruction that a condition skips counts as executed. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint64_t qemu_plugin_id_t;
typedef struct qemu_info_t qemu_info_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum { NO_REGISTERS = 0, ADD_U64 = 0 };
#define VISIBLE __attribute__((visibility("default")))
VISIBLE int qemu_plugin_version = 1;
extern void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t, void (*)(qemu_plugin_id_t, struct qemu_plugin_tb *));
extern void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb *, int, void *, uint64_t);
extern void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *, void (*)(unsigned, void *), int, void *);
extern void qemu_plugin_register_atexit_cb(qemu_plugin_id_t, void (*)(qemu_plugin_id_t, void *), void *);
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);
extern struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *, size_t);
extern uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *);

enum { ENTRIES = 64 };
struct entry {
    uint64_t address, calls, least, most, sum;
};
/* A block that begins with an entry, or behind the call. */
struct mark {
    struct entry *entry;
    uint64_t instructions;
};

static struct entry entries[ENTRIES], *active;
static int n;
static uint64_t behind_call, executed, start;
static const char *out;

/* The whole block was added when it began. */
static void on_entry(unsigned cpu, void *data)
{
    struct mark *mark = data;
    (void)cpu;
    if (active == NULL) {
        active = mark->entry;
        start = executed - mark->instructions;
    }
}

static void on_done(unsigned cpu, void *data)
{
    struct mark *mark = data;
    (void)cpu;
    if (active != NULL) {
        uint64_t count = executed - mark->instructions - start;
        active->least = active->calls == 0 || count < active->least ? count : active->least;
        active->most = count > active->most ? count : active->most;
        active->sum += count;
        active->calls++;
        active = NULL;
    }
}

static struct mark *marked(struct entry *entry, uint64_t instructions)
{
    struct mark *mark = malloc(sizeof *mark);
    if (mark == NULL) {
        abort();
    }
    mark->entry = entry;
    mark->instructions = instructions;
    return mark;
}

static void on_block(qemu_plugin_id_t id, struct qemu_plugin_tb *block)
{
    uint64_t instructions = qemu_plugin_tb_n_insns(block);
    struct qemu_plugin_insn *first = qemu_plugin_tb_get_insn(block, 0);
    uint64_t address = qemu_plugin_insn_vaddr(first);
    (void)id;
    qemu_plugin_register_vcpu_tb_exec_inline(block, ADD_U64, &executed, instructions);
    if (address == behind_call) {
        qemu_plugin_register_vcpu_insn_exec_cb(first, on_done, NO_REGISTERS, marked(NULL, instructions));
    }
    for (int k = 0; k < n; k++) {
        if (address == entries[k].address) {
            qemu_plugin_register_vcpu_insn_exec_cb(first, on_entry, NO_REGISTERS, marked(&entries[k], instructions));
        }
    }
}

static void on_exit_of_qemu(qemu_plugin_id_t id, void *data)
{
    FILE *file = fopen(out, "w");
    (void)id;
    (void)data;
    if (file == NULL) {
        abort();
    }
    for (int k = 0; k < n; k++) {
        fprintf(file, "%" PRIx64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", entries[k].address, entries[k].calls,
                entries[k].least, entries[k].most, entries[k].sum);
    }
    fclose(file);
}

VISIBLE int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv)
{
    (void)info;
    for (int k = 0; k < argc; k++) {
        if (strncmp(argv[k], "out=", 4) == 0) {
            out = argv[k] + 4;
        } else if (strncmp(argv[k], "done=", 5) == 0) {
            behind_call = strtoull(argv[k] + 5, NULL, 0);
        } else if (strncmp(argv[k], "entry=", 6) == 0 && n < ENTRIES) {
            entries[n++].address = strtoull(argv[k] + 6, NULL, 0);
        } else {
            fprintf(stderr, "count.c: not understood: %s\n", argv[k]);
            return 1;
        }
    }
    if (out == NULL || behind_call == 0 || n == 0) {
        fprintf(stderr, "count.c: expected out=, done= and entry=\n");
        return 1;
    }
    out = strdup(out);
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_block);
    qemu_plugin_register_atexit_cb(id, on_exit_of_qemu, NULL);
    return 0;
}
