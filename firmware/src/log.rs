//! Where the lines go, and how the image ends: defmt on ARM, text on RISC-V, a status through semihosting on both.

#[cfg_attr(target_arch = "arm", path = "log/defmt.rs")]
#[cfg_attr(target_arch = "riscv32", path = "log/text.rs")]
mod out;

use crate::stays::Refused;
use core::panic::PanicInfo;
use semihosting::process::exit;

pub use out::{class, end, line, screen, total};

/// The statuses of an image that fails; QEMU passes them on.
const REFUSED: i32 = 1;
const PANICKED: i32 = 101;

/// Ends the image.
pub fn finish(outcome: Result<(), Refused>) -> ! {
    match outcome {
        Ok(()) => exit(0),
        Err(refused) => {
            out::refused(&refused);
            exit(REFUSED)
        }
    }
}

#[panic_handler]
fn panicked(info: &PanicInfo<'_>) -> ! {
    // Where is enough: the message itself would need `core::fmt`.
    let (file, line) = info.location().map_or(("?", 0), |at| (at.file(), at.line()));
    out::panicked(file, line);
    exit(PANICKED)
}
