/* Start and way out on QEMU's Cortex-M boards: a vector table, memory made ready, the FPU on where there is one, semihosting. */
#include "../bedside.h"

#include <stdint.h>
#include <string.h>

extern uint32_t data_start, data_end, data_load, bss_start, bss_end;
extern void stack_top(void); /* no function, but what the table begins with */
void reset(void);
static void fault(void);

__attribute__((section(".vectors"), used)) static void (*const vectors[16])(void) = {
    stack_top, reset, fault, fault, fault, fault, fault, 0, 0, 0, 0, fault, fault, 0, fault, fault,
};

static int semihost(int operation, const void *argument) {
    register int r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

enum { SYS_OPEN = 0x01, SYS_WRITE = 0x05, SYS_EXIT_EXTENDED = 0x20 };

void say(const char *line) {
    static int console = -1;
    /* Mode 4 is "w": standard output. */
    const uint32_t open[3] = { (uint32_t) ":tt", 4U, 3U };
    if (console < 0) console = semihost(SYS_OPEN, open);
    {
        const uint32_t text[3] = { (uint32_t)console, (uint32_t)line, (uint32_t)strlen(line) };
        const uint32_t end[3] = { (uint32_t)console, (uint32_t) "\n", 1U };
        semihost(SYS_WRITE, text);
        semihost(SYS_WRITE, end);
    }
}

static void leave(uint32_t status) {
    const uint32_t argument[2] = { 0x20026U, status };
    semihost(SYS_EXIT_EXTENDED, argument);
    for (;;) {
    }
}

static void fault(void) {
    say("fault");
    leave(101U);
}

void reset(void) {
    uint32_t *to;
    const uint32_t *from = &data_load;
#if defined(__ARM_FP)
    /* CP10 and CP11, before the first instruction of the FPU. */
    *(volatile uint32_t *)0xE000ED88U |= 0xFU << 20;
    __asm__ volatile("dsb\n isb");
#endif
    for (to = &data_start; to < &data_end; to++) *to = *from++;
    for (to = &bss_start; to < &bss_end; to++) *to = 0;
    leave((uint32_t)bedside());
}
