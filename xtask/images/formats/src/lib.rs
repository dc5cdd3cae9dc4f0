//! What a device calls of the formats, exported. Linked without a definition of `endotype_panics`, so only if nothing can panic.

#![no_std]
#![allow(improper_ctypes_definitions)]

use endotype::published::SOFA_1996;
use endotype::{Event, Immune, Window};
#[cfg(any(feature = "hl7", feature = "astm"))]
use endotype_formats::{Astm, Change, Hl7, Observation, Origin, Refused};

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
fn kept(answer: Option<Result<Observation<'_>, Refused>>, minute: &mut u32, event: &mut Event) -> u8 {
    match answer {
        None => 0,
        Some(Err(refused)) => refused.error.code(),
        Some(Ok(observation)) => {
            *minute = observation.minute;
            match observation.change {
                Change::Final(read) | Change::Preliminary(read) | Change::Corrected(read) => *event = read,
                Change::Withdrawn => return 255,
            }
            254
        }
    }
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
    #[cfg(feature = "hl7")]
    fn hl7_begin(reader: &mut Hl7, origin: &&[u8]) -> u8 {
        Origin::read(origin).map(|origin| *reader = Hl7::new(origin)).map_or_else(endotype_formats::Error::code, |()| 0)
    }
    #[cfg(feature = "hl7")]
    fn hl7_push(reader: &mut Hl7, byte: u8, minute: &mut u32, event: &mut Event) -> u8 {
        kept(reader.push(byte), minute, event)
    }
    #[cfg(feature = "astm")]
    fn astm_begin(reader: &mut Astm, origin: &&[u8]) -> u8 {
        Origin::read(origin).map(|origin| *reader = Astm::new(origin)).map_or_else(endotype_formats::Error::code, |()| 0)
    }
    #[cfg(feature = "astm")]
    fn astm_push(reader: &mut Astm, byte: u8, minute: &mut u32, event: &mut Event) -> u8 {
        kept(reader.push(byte), minute, event)
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
