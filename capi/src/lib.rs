//! The C interface of `endotype`: every function, type and number is explained in `include/endotype.h`, which is the manual; a test
//! compares the two, so nothing is explained here once more.
//!
//! | room | what is in it |
//! |---|---|
//! | `status` | what a call returns, and the refusals that only C can provoke |
//! | `state` | opaque memory of the caller's, and the only `unsafe` that reads it |
//! | `numbers` | C numbers to Rust enums, each by a list: nothing is reinterpreted |
//! | the others | the functions, in the order of the header |

#![cfg_attr(target_os = "none", no_std)]
#![deny(unsafe_op_in_unsafe_fn, clippy::float_arithmetic, clippy::integer_division, clippy::modulo_arithmetic)]

#[macro_use]
pub mod status;
#[macro_use]
pub mod reading;

pub mod course;
pub mod event;
pub mod immune;
pub mod keep;
pub mod marker;
pub mod names;
pub mod numbers;
pub mod sofa;
pub mod state;
pub mod text;
pub mod window;

/// Loops: nothing in this library panics, which `cargo xtask c` shows by linking it with a handler that is not defined. So the optimizer drops
/// it, and a library with a handler of its own links beside this one; `cargo xtask c` looks for the symbol.
#[cfg(all(target_os = "none", not(feature = "proof")))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

#[cfg(all(target_os = "none", feature = "proof"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    unsafe extern "C" {
        safe fn endotype_panics() -> !;
    }
    endotype_panics()
}

/// The control of the proof.
#[cfg(feature = "control-panic")]
#[unsafe(no_mangle)]
pub extern "C" fn endo_control_panic(number: u32) -> u32 {
    [1, 2, 3][number as usize]
}
