//! What a call returns: 0, the number of an [`Error`], or from 100 on a refusal that only C can provoke.

use endotype::Error;

/// Why a call was refused; nothing was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Refused(pub u8);

impl Refused {
    pub const NULL: Refused = Refused(100);
    pub const NUMBER: Refused = Refused(101);
    pub const QUANTITY: Refused = Refused(102);
    pub const STATE: Refused = Refused(103);
    pub const SIZE: Refused = Refused(104);
    pub const SET: Refused = Refused(105);
    pub const SETTING: Refused = Refused(106);
    pub const NO_SUCH: Refused = Refused(107);

    /// Every one, with its message; a number is never used again.
    pub const ALL: [(Refused, &'static str); 8] = [
        (Refused::NULL, "a pointer is NULL"),
        (Refused::NUMBER, "a number that this enumeration does not have"),
        (Refused::QUANTITY, "a reading of another quantity, or one that this function does not take"),
        (Refused::STATE, "not initialised, another type, or written by another release"),
        (Refused::SIZE, "a length that is too short or too long"),
        (Refused::SET, "no set of points or totals: empty, or with impossible members"),
        (
            Refused::SETTING,
            "a setting out of bounds: a guard band as wide as the value, a method beyond 500 to 2000 per mille, an endpoint's days or points, a limit that is not exact",
        ),
        (Refused::NO_SUCH, "there is none"),
    ];
}

impl From<Error> for Refused {
    fn from(error: Error) -> Refused {
        Refused(error.code())
    }
}

pub type Done = Result<(), Refused>;

pub const fn status(done: Done) -> u8 {
    match done {
        Ok(()) => 0,
        Err(Refused(number)) => number,
    }
}

/// The functions of the header. Pointers are `Option` of a reference, which has the layout of a pointer that may be NULL.
macro_rules! functions {
    ($( fn $name:ident($($argument:ident: $type:ty),* $(,)?) $body:block )+) => {
        $(
            #[unsafe(no_mangle)]
            #[allow(clippy::not_unsafe_ptr_arg_deref, clippy::too_many_arguments, reason = "C has no `unsafe`: the header says what a pointer leads to")]
            pub extern "C" fn $name($($argument: $type),*) -> u8 {
                $crate::status::status((move || -> $crate::status::Done { $body Ok(()) })())
            }
        )+
        /// This room's functions with their arguments, for the test against the header.
        pub const FUNCTIONS: &[(&str, &[(&str, &str)])] =
            &[ $( (stringify!($name), &[ $( (stringify!($argument), stringify!($type)) ),* ]) ),+ ];
    };
}

/// Every pointer of a call before anything else is looked at.
macro_rules! given {
    ($($pointer:ident),+) => {
        let ($( Some($pointer), )+) = ($( $pointer, )+) else { return Err($crate::status::Refused::NULL) };
    };
}
