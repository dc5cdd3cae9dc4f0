//! What the crate decides, as a picture: `cargo run --release -p endotype-pictures --example decision_map -- --help`.
//!
//! `map` is the plane of the two markers, one evaluation of the crate a pixel; `course` the SOFA of a stay, day by day. Every number in
//! them is the crate's: no cut-off is typed here.

#[path = "replay/chart.rs"]
mod chart;
#[path = "decision_map/course.rs"]
mod course;
#[path = "decision_map/map.rs"]
mod map;
#[path = "replay/messages.rs"]
mod messages;
#[path = "decision_map/paper.rs"]
mod paper;
#[cfg(test)]
#[path = "decision_map/tests.rs"]
mod tests;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Draws what the crate decides.
#[derive(Parser)]
#[command(after_help = "Published research criteria, not a medical device. The ImmunoSep trial showed no mortality benefit.")]
struct Arguments {
    #[command(subcommand)]
    picture: Picture,
    /// Where to: a name that ends in .svg or .png
    #[arg(long, value_name = "FILE", global = true, default_value = "picture.svg")]
    out: PathBuf,
}

#[derive(Subcommand)]
enum Picture {
    /// Ferritin against monocyte HLA-DR: the three classes, and every set of them that stays open
    Map(map::Options),
    /// The SOFA of a stay: organs stacked, what is still possible striped, day 1, the day-9 endpoint
    Course(course::Options),
}

fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let svg = match &arguments.picture {
        Picture::Map(options) => map::draw(options)?,
        Picture::Course(options) => course::draw(options)?,
    };
    endotype_pictures::save(&svg, &arguments.out)
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("decision_map: {error:#}");
            ExitCode::from(2)
        }
    }
}
