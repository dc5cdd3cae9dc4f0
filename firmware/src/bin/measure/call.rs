//! A call that is counted: through a pointer that the compiler can not look behind, and back to a place with a name.

use core::arch::global_asm;

#[cfg(target_arch = "arm")]
global_asm!(
    ".global counted",
    ".type counted, %function",
    ".thumb_func",
    "counted:",
    "push {{r4, lr}}",
    "ldr r4, [sp, #8]",
    "blx r4",
    ".global behind_the_call",
    ".type behind_the_call, %function",
    ".thumb_func",
    "behind_the_call:",
    "pop {{r4, pc}}",
);

#[cfg(target_arch = "riscv32")]
global_asm!(
    ".global counted",
    "counted:",
    "addi sp, sp, -16",
    "sw ra, 12(sp)",
    "jalr a4",
    ".global behind_the_call",
    "behind_the_call:",
    "lw ra, 12(sp)",
    "addi sp, sp, 16",
    "ret",
);

unsafe extern "C" {
    fn counted(a: usize, b: usize, c: usize, d: usize, function: usize) -> usize;
}

/// Calls a function of four words at most.
///
/// # Safety
/// The words are what the function takes, by the target's C convention.
pub unsafe fn call(function: usize, [a, b, c, d]: [usize; 4]) -> usize {
    unsafe { counted(a, b, c, d, function) }
}

/// What a function returns through its first argument, as it does what is larger than two words; two may come back in registers.
///
/// # Safety
/// As [`call`]; the function writes a `T` there.
pub unsafe fn call_out<T>(function: usize, [a, b, c]: [usize; 3]) -> T {
    const { assert!(size_of::<T>() > 2 * size_of::<usize>()) };
    let mut out = core::mem::MaybeUninit::<T>::uninit();
    unsafe {
        counted(out.as_mut_ptr() as usize, a, b, c, function);
        out.assume_init()
    }
}

/// The address of what the entry changes.
pub fn to<T>(it: &mut T) -> usize {
    core::ptr::from_mut(it) as usize
}

/// The address of what is pointed to, as the C convention passes it.
pub fn at<T: ?Sized>(it: &T) -> usize {
    core::ptr::from_ref(it).cast::<()>() as usize
}
