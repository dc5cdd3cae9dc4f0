//! What a device calls of the formats, exported. Linked without a definition of `endotype_panics`, so only if nothing can panic.

#![no_std]
#![allow(improper_ctypes_definitions)]

use endotype::published::SOFA_1996;
use endotype::{Event, Immune, Window};
#[cfg(feature = "astm")]
use endotype_formats::Astm;
#[cfg(feature = "hl7")]
use endotype_formats::Hl7;
#[cfg(any(feature = "hl7", feature = "astm"))]
use endotype_formats::{Observation, Refused, Time};

unsafe extern "C" {
    safe fn endotype_panics() -> !;
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    endotype_panics()
}

macro_rules! entries {
    ($( fn $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)? $body:block )+) => {
        $(
            #[unsafe(no_mangle)]
            #[unsafe(link_section = ".entry")]
            pub extern "C" fn $name($($argument: $type),*) $(-> $result)? $body
        )+
    };
}

entries! {
    // What the rules crate links by itself: its own reader of text, and what events go to.
    fn read_event(item: &&str, unit: &&str, value: &&str, event: &mut Event) -> u8 {
        Event::read(item, unit, value).map(|read| *event = read).map_or_else(endotype::Error::code, |()| 0)
    }
    fn window(window: &mut Window, minute: u32, event: &Event) -> u8 {
        window.push(&SOFA_1996, minute, event).map_or_else(endotype::Error::code, |()| 0)
    }
    fn immune(immune: &mut Immune<7>, minute: u32, event: &Event) -> u8 {
        immune.push(minute, event).map_or_else(endotype::Error::code, |_| 0)
    }
    fn copies(window: &mut Window, immune: &mut Immune<7>) {
        *window = Window::new(&SOFA_1996);
        *immune = Immune::new();
    }
    // What the runtime of any firmware has: memory copied, cleared, compared.
    fn memory(to: &mut [u8; 600], from: &[u8; 600]) -> bool {
        let same = to == from;
        to.fill(0);
        to[..300].copy_from_slice(&from[300..]);
        same
    }
}

#[cfg(feature = "control-panic")]
entries! {
    fn control_panic(bytes: &[u8; 8], at: usize) -> u8 {
        bytes[at]
    }
}

#[cfg(feature = "control-symbols")]
entries! {
    fn control_float(a: f32, b: f32) -> f32 {
        a * b
    }
    fn control_divide(a: u32, b: u32) -> u32 {
        a.checked_div(b).unwrap_or(0)
    }
    fn control_long_multiply(a: u64, b: u64) -> u64 {
        a.wrapping_mul(b)
    }
    fn control_fmt(window: &Window, out: &mut &mut dyn core::fmt::Write) -> bool {
        write!(out, "{window:?}").is_ok()
    }
}

/// What a reader says, where a device keeps it.
#[cfg(any(feature = "hl7", feature = "astm"))]
type Said<'a> = Option<Result<Observation<'a>, Refused>>;

#[cfg(any(feature = "hl7", feature = "astm"))]
#[unsafe(no_mangle)]
#[unsafe(link_section = ".entry")]
pub extern "C" fn minute(time: &Time, start: &&[u8], minute: &mut u32) -> u8 {
    let since = Time::read(start).and_then(|start| time.since(start));
    since.map(|since| *minute = since).map_or_else(endotype_formats::Error::code, |()| 0)
}

#[cfg(feature = "hl7")]
#[unsafe(no_mangle)]
#[unsafe(link_section = ".entry")]
pub extern "C" fn hl7<'a>(reader: &'a mut Hl7, byte: u8, said: &mut Said<'a>) {
    *said = reader.push(byte);
}

#[cfg(feature = "hl7")]
#[unsafe(no_mangle)]
#[unsafe(link_section = ".entry")]
pub extern "C" fn hl7_begin(reader: &mut Hl7) {
    *reader = Hl7::new();
}

#[cfg(feature = "astm")]
#[unsafe(no_mangle)]
#[unsafe(link_section = ".entry")]
pub extern "C" fn astm<'a>(reader: &'a mut Astm, byte: u8, said: &mut Said<'a>) {
    *said = reader.push(byte);
}

#[cfg(feature = "astm")]
#[unsafe(no_mangle)]
#[unsafe(link_section = ".entry")]
pub extern "C" fn astm_begin(reader: &mut Astm) {
    *reader = Astm::new();
}
