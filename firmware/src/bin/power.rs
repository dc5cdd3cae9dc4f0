//! The charts once more, on a device whose power fails, beside one whose power does not.

#![no_std]
#![no_main]

use firmware::{log, power};

#[cfg(target_arch = "arm")]
use cortex_m_rt::entry;
#[cfg(target_arch = "riscv32")]
use riscv_rt::entry;

#[entry]
fn main() -> ! {
    log::finish(power::run())
}
