//! A device's screen: `cargo run --release -p endotype-pictures --example bedside -- --help`.
//!
//! `bedside/screen.rs` draws on any `DrawTarget`; here a host keeps the pixels, and `firmware/src/bin/screen.rs` their checksum.

#[path = "bedside/band.rs"]
mod band;
#[path = "bedside/bed.rs"]
mod bed;
#[path = "replay/chart.rs"]
mod chart;
#[path = "replay/messages.rs"]
mod messages;
#[path = "bedside/screen.rs"]
mod screen;
#[cfg(test)]
#[path = "bedside/tests.rs"]
mod tests;

use anyhow::{Context, bail, ensure};
use bed::{Bed, Edition, Tour};
use clap::{Parser, ValueEnum};
use embedded_graphics::pixelcolor::{Rgb565, RgbColor};
use endotype::Event;
use endotype_pictures::{Pixels, shipped};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Draws a bedside monitor's screen of 320 x 240 pixels at a minute of a stay.
#[derive(Parser)]
#[command(after_help = "Published research criteria, not a medical device. The ImmunoSep trial showed no mortality benefit.")]
struct Arguments {
    /// The patient, by the name in the chart
    #[arg(long, value_name = "NAME", required_unless_present = "checksums")]
    patient: Option<String>,
    /// Only what was charted up to this minute [default: all]
    #[arg(long, value_name = "N")]
    minute: Option<u32>,
    /// An outage that ended at this minute
    #[arg(long, value_name = "N")]
    outage: Option<u32>,
    /// The rule set
    #[arg(long, value_enum, default_value_t = Rules::Sofa1996)]
    rules: Rules,
    /// A chart in the format of REPLAY.md; none is all that ships in tests/data
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Where to: a name that ends in .png
    #[arg(long, value_name = "FILE", default_value = "bedside.png")]
    out: PathBuf,
    /// Each pixel as so many in either direction
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=8))]
    enlarge: u32,
    /// Instead of a picture the checksums of a tour through the charts, as the firmware prints them
    #[arg(long)]
    checksums: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Rules {
    #[value(name = "sofa-1996")]
    Sofa1996,
    #[value(name = "sofa-2")]
    Sofa2,
}

impl Rules {
    const fn edition(self) -> Edition {
        match self {
            Rules::Sofa1996 => bed::FIRST,
            Rules::Sofa2 => bed::SECOND,
        }
    }
}

struct Charted {
    patient: String,
    minute: u32,
    event: Event,
    text: String,
}

fn charted(file: Option<&Path>) -> anyhow::Result<Vec<Charted>> {
    let mut all = Vec::new();
    for file in file.map_or_else(shipped, |file| vec![file.to_owned()]) {
        let name = || file.display().to_string();
        let mut chart = chart::open(&file, None, None).with_context(name)?;
        while let Some(line) = chart.next().with_context(name)? {
            let (minute, event) = line.read().with_context(name)?;
            all.push(Charted { patient: line.patient.to_owned(), minute, event, text: line.value.to_owned() });
        }
    }
    Ok(all)
}

/// The pixels of a bed's screen.
fn pixels(bed: &Bed<'_>) -> anyhow::Result<Pixels> {
    let mut rgb = Vec::new();
    // Five and six bits to eight.
    let wide = |part: u8, most: u8| (u32::from(part) * 255 / u32::from(most)) as u8;
    let mut keep = |band: &[Rgb565]| {
        rgb.extend(band.iter().flat_map(|pixel| [wide(pixel.r(), 31), wide(pixel.g(), 63), wide(pixel.b(), 31)]));
    };
    let lost = bed.show(|screen| band::each(screen, &mut keep))?;
    ensure!(lost == 0, "{lost} texts of the screen have no room");
    Ok(Pixels { width: screen::WIDTH, rgb })
}

/// The bed of a patient at a minute.
fn bed_at<'a>(events: &'a [Charted], patient: &'a str, arguments: &Arguments) -> anyhow::Result<Bed<'a>> {
    let mut bed = Bed::new(patient, arguments.rules.edition());
    let (mut outage, last) = (arguments.outage, arguments.minute.unwrap_or(u32::MAX));
    let of_patient = || events.iter().filter(|charted| charted.patient == patient);
    if of_patient().next().is_none() {
        let mut names: Vec<_> = events.iter().map(|charted| charted.patient.as_str()).collect();
        names.dedup();
        bail!("no patient `{patient}`; there are {}", names.join(", "));
    }
    let resume = |bed: &mut Bed<'_>, minute| bed.resume(minute).with_context(|| format!("--outage {minute}"));
    for charted in of_patient().filter(|charted| charted.minute <= last) {
        if let Some(minute) = outage.take_if(|minute| *minute <= charted.minute) {
            resume(&mut bed, minute)?;
        }
        let at = || format!("patient {patient}, minute {}", charted.minute);
        bed.push(charted.minute, &charted.event, &charted.text).with_context(at)?;
    }
    if let Some(minute) = outage {
        resume(&mut bed, minute)?;
    }
    Ok(bed)
}

/// A line a screen of the tour.
fn checksums(events: &[Charted], edition: Edition, mut line: impl FnMut(String)) -> anyhow::Result<()> {
    let mut tour = Tour::default();
    let mut show = |bed: &Bed<'_>| {
        let sum = bed.show(band::checksum);
        line(sum.map_or_else(|error| error.to_string(), |sum| format!("{},{},{sum:08x}", bed.patient(), bed.minute())));
    };
    for Charted { patient, minute, event, text } in events {
        tour.take((patient, *minute, event, text), edition, &mut show)
            .with_context(|| format!("patient {patient}, minute {minute}"))?;
    }
    tour.end(show);
    Ok(())
}

fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let events = charted(arguments.file.as_deref())?;
    if arguments.checksums {
        return checksums(&events, arguments.rules.edition(), |line| println!("{line}"));
    }
    ensure!(arguments.out.extension().is_some_and(|png| png == "png"), "{}: expected a .png", arguments.out.display());
    let bed = bed_at(&events, arguments.patient.as_deref().unwrap_or_default(), arguments)?;
    let png = pixels(&bed)?.enlarged(arguments.enlarge).png()?;
    std::fs::write(&arguments.out, png).with_context(|| arguments.out.display().to_string())
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bedside: {error:#}");
            ExitCode::from(2)
        }
    }
}
