//! What the fuzz targets share: the printed rows, naive readings of them, and the switch of the controls.

pub mod chart;
pub mod model;
#[path = "../../tests/naive/mod.rs"]
pub mod naive;
pub mod paper;

use std::sync::OnceLock;

/// Each target has one fault that this switches on, and that it must find: `cargo xtask fuzz` runs it so, too.
pub fn control() -> bool {
    static CONTROL: OnceLock<bool> = OnceLock::new();
    *CONTROL.get_or_init(|| std::env::var_os("ENDOTYPE_FUZZ_CONTROL").is_some())
}

/// A number for a member of a list.
pub fn one<T>(list: &[T], number: u8) -> &T {
    &list[usize::from(number) % list.len()]
}
