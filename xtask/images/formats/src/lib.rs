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
use endotype_formats::{Change, Observation, Refused, Time};

unsafe extern "C" {
    safe fn endotype_panics() -> !;
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    endotype_panics()
}

macro_rules! entries {
    ($( $(#[$when:meta])* fn $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)? $body:block )+) => {
        $(
            $(#[$when])*
            #[unsafe(no_mangle)]
            #[unsafe(link_section = ".entry")]
            pub extern "C" fn $name($($argument: $type),*) $(-> $result)? $body
        )+
    };
}

/// What a device keeps of an answer.
#[cfg(any(feature = "hl7", feature = "astm"))]
fn kept(answer: Option<Result<Observation<'_>, Refused>>, start: &Time, minute: &mut u32, event: &mut Event) -> u8 {
    let observation = match answer {
        None => return 0,
        Some(Err(refused)) => return refused.error.code(),
        Some(Ok(observation)) => observation,
    };
    match observation.time.since(*start) {
        Ok(at) => *minute = at,
        Err(error) => return error.code(),
    }
    match observation.change {
        Change::Final(read) | Change::Preliminary(read) | Change::Corrected(read) => *event = read,
        Change::Withdrawn => return 255,
    }
    254
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
    #[cfg(any(feature = "hl7", feature = "astm"))]
    fn start(text: &&[u8], start: &mut Time) -> u8 {
        Time::read(text).map(|time| *start = time).map_or_else(endotype_formats::Error::code, |()| 0)
    }
    #[cfg(feature = "hl7")]
    fn hl7(reader: &mut Hl7, byte: u8, start: &Time, minute: &mut u32, event: &mut Event) -> u8 {
        kept(reader.push(byte), start, minute, event)
    }
    #[cfg(feature = "astm")]
    fn astm(reader: &mut Astm, byte: u8, start: &Time, minute: &mut u32, event: &mut Event) -> u8 {
        kept(reader.push(byte), start, minute, event)
    }
    #[cfg(feature = "control-panic")]
    fn control_panic(table: &[u8; 4], index: usize) -> u8 {
        table[index]
    }
    #[cfg(feature = "control-symbols")]
    fn control_symbols(a: f32, b: u32, c: u64) -> u64 {
        (a + 1.0) as u64 * c + u64::from(100 / b.max(1))
    }
}
