/* QEMU TCG plugin: the address of every instruction that was executed, one a line, added to what the file has: each run is one test.
 *
 * Argument: out=FILE. Declares what it uses of plugin API 1, since Debian has no header package for it. An instruction that a
 * condition skips counts as executed. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint64_t qemu_plugin_id_t;
typedef struct qemu_info_t qemu_info_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum { ADD_U64 = 0 };
#define VISIBLE __attribute__((visibility("default")))
VISIBLE int qemu_plugin_version = 1;
extern void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t, void (*)(qemu_plugin_id_t, struct qemu_plugin_tb *));
extern void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *, int, void *, uint64_t);
extern void qemu_plugin_register_atexit_cb(qemu_plugin_id_t, void (*)(qemu_plugin_id_t, void *), void *);
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);
extern struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *, size_t);
extern uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *);

/* One for every translation: the reader takes them as a set. */
struct place {
    uint64_t address, times;
    struct place *next;
};
static struct place *places;
static const char *out;

static void on_block(qemu_plugin_id_t id, struct qemu_plugin_tb *block)
{
    size_t n = qemu_plugin_tb_n_insns(block);
    (void)id;
    for (size_t k = 0; k < n; k++) {
        struct qemu_plugin_insn *instruction = qemu_plugin_tb_get_insn(block, k);
        struct place *place = calloc(1, sizeof *place);
        if (place == NULL) {
            abort();
        }
        place->address = qemu_plugin_insn_vaddr(instruction);
        place->next = places;
        places = place;
        qemu_plugin_register_vcpu_insn_exec_inline(instruction, ADD_U64, &place->times, 1);
    }
}

static void on_exit_of_qemu(qemu_plugin_id_t id, void *data)
{
    FILE *file = fopen(out, "a");
    (void)id;
    (void)data;
    if (file == NULL) {
        abort();
    }
    for (const struct place *place = places; place != NULL; place = place->next) {
        if (place->times > 0) {
            fprintf(file, "%" PRIx64 "\n", place->address);
        }
    }
    fclose(file);
}

VISIBLE int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv)
{
    (void)info;
    if (argc != 1 || strncmp(argv[0], "out=", 4) != 0) {
        fprintf(stderr, "covered.c: expected out=\n");
        return 1;
    }
    out = strdup(argv[0] + 4);
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_block);
    qemu_plugin_register_atexit_cb(id, on_exit_of_qemu, NULL);
    return 0;
}
