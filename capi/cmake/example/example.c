/* The README's example. */
/* readme:begin */
#include <endotype.h>
#include <stdio.h>

int main(void) {
    endo_reading ferritin, mhla_dr;
    endo_class class_of;
    endo_text name;
    if (endo_version() != ENDO_VERSION) return 1;
    if (endo_reading_text(ENDO_Q_FERRITIN, ENDO_TEXT("> 2000"), &ferritin) != ENDO_OK) return 1;
    if (endo_reading_exact(ENDO_Q_MHLA_DR, ENDO_UNITS, 9000, &mhla_dr) != ENDO_OK) return 1;
    if (endo_classify(&endo_immunosep, ferritin, mhla_dr, &class_of) != ENDO_OK) return 1;
    for (uint8_t n = 0; n < 3; n++)
        if (ENDO_HAS(class_of.classes, n) && endo_name(ENDO_NAMES_ENDOTYPE, n, &name) == ENDO_OK) printf("%.*s\n", ENDO_PRINT(name));
    return 0;
}
/* readme:end */
