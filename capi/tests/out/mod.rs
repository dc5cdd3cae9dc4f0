use std::mem::MaybeUninit;

/// What a call writes; it must have been done.
pub fn out<T>(call: impl FnOnce(Option<&mut MaybeUninit<T>>) -> u8) -> T {
    let mut place = MaybeUninit::uninit();
    assert_eq!(call(Some(&mut place)), 0);
    // SAFETY: what was done is written.
    unsafe { place.assume_init() }
}
