//! Calls everything that is counted, on the edges and on the real stays, and compares the crate's answers with the C's.
//!
//! QEMU's plugin counts from an entry's first instruction until control is back at `behind_the_call`. Exit status 1 if an answer
//! differs.

#![no_std]
#![no_main]

mod call;
mod edges;
mod immune;
mod stay;
#[cfg(target_arch = "arm")]
mod with_c;

#[cfg(target_arch = "arm")]
use cortex_m_rt::entry;
#[cfg(target_arch = "riscv32")]
use riscv_rt::entry;
use semihosting::{println, process::exit};

/// More than 100,000 of each; the first 80,880 patients walk every edge.
const INPUTS: u32 = 110_000;

#[entry]
fn main() -> ! {
    edges::crate_alone(INPUTS);
    stay::stays();
    stay::worst();
    immune::courses(INPUTS / 100);
    #[cfg(target_arch = "arm")]
    {
        let differences = with_c::compare(INPUTS);
        println!("equal to C: {} inputs a function, {differences} answers differ", INPUTS);
        exit(i32::from(differences > 0))
    }
    #[cfg(target_arch = "riscv32")]
    {
        println!("{} inputs a function", INPUTS);
        exit(0)
    }
}
