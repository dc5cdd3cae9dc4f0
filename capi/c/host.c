/* The host's way out. */
#include "bedside.h"

#include <stdio.h>

void say(const char *line) {
    puts(line);
}

int main(void) {
    const int refused = bedside();
    if (refused != 0) printf("refused: status %d\n", refused);
    return refused;
}
