//! The control of `cargo xtask verify --only msrv`: what the oldest compiler must refuse.

pub fn both(a: Option<u8>, b: Option<u8>) -> u8 {
    if let Some(a) = a
        && let Some(b) = b
    {
        a & b
    } else {
        0
    }
}
