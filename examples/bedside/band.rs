//! A display without the memory for a whole picture: it is drawn once a band, and only what falls into the band is kept.

use crate::screen::{self, HEIGHT, Screen, WIDTH};
use core::convert::Infallible;
use crc::{CRC_32_ISO_HDLC, Crc};
use embedded_graphics::pixelcolor::{Rgb565, raw::RawU16};
use embedded_graphics::prelude::*;
use embedded_graphics::primitives::Rectangle;

/// Rows of a band: 5 KiB.
const ROWS: u32 = 8;

pub(crate) struct Band {
    top: i32,
    pixels: [Rgb565; (WIDTH * ROWS) as usize],
}

impl Dimensions for Band {
    fn bounding_box(&self) -> Rectangle {
        Rectangle::new(Point::new(0, self.top), Size::new(WIDTH, ROWS))
    }
}

impl DrawTarget for Band {
    type Color = Rgb565;
    type Error = Infallible;

    fn draw_iter<I: IntoIterator<Item = Pixel<Rgb565>>>(&mut self, pixels: I) -> Result<(), Infallible> {
        for Pixel(at, colour) in pixels {
            let row = at.y - self.top;
            let inside = (0..ROWS as i32).contains(&row) && (0..WIDTH as i32).contains(&at.x);
            let place = if inside { (row * WIDTH as i32 + at.x) as usize } else { usize::MAX };
            if let Some(pixel) = self.pixels.get_mut(place) {
                *pixel = colour;
            }
        }
        Ok(())
    }

    // Most of a screen is ground and bars.
    fn fill_solid(&mut self, area: &Rectangle, colour: Rgb565) -> Result<(), Infallible> {
        self.draw_iter(area.intersection(&self.bounding_box()).points().map(|at| Pixel(at, colour)))
    }
}

/// Draws a screen band by band, and hands on each when it is done; how many texts had no room.
pub(crate) fn each(screen: &Screen<'_>, mut done: impl FnMut(&[Rgb565])) -> u32 {
    let mut band = Band { top: 0, pixels: [Rgb565::BLACK; (WIDTH * ROWS) as usize] };
    let mut lost = 0;
    while band.top < HEIGHT as i32 {
        let Ok(without_room) = screen::draw(screen, &mut band);
        lost = without_room;
        done(&band.pixels);
        band.top += ROWS as i32;
    }
    lost
}

static CRC: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// The checksum of all pixels of a screen, two bytes each, as a display's controller takes them.
pub(crate) fn checksum(screen: &Screen<'_>) -> u32 {
    let mut digest = CRC.digest();
    each(screen, |pixels| {
        for &pixel in pixels {
            digest.update(&RawU16::from(pixel).into_inner().to_be_bytes());
        }
    });
    digest.finalize()
}
