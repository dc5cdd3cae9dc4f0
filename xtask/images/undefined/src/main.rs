//! The control of `cargo xtask verify --only miri`: says what it runs on; with an argument it reads a byte behind its memory.

fn main() {
    let endian = if cfg!(target_endian = "big") { "big" } else { "little" };
    println!("{endian} {}", usize::BITS);
    if std::env::args().count() > 1 {
        let bytes = [1_u8, 2];
        // SAFETY: none, on purpose.
        println!("{}", unsafe { *bytes.as_ptr().add(2) });
    }
}
