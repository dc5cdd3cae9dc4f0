//! What both pictures need of a host: an SVG as pixels, pixels as a PNG.
//!
//! A picture is drawn once, as SVG; a PNG is that SVG rendered by `resvg` with a font that is in the binary, so no machine needs to have one.

use anyhow::{Context, bail, ensure};
use resvg::{tiny_skia, usvg};
use std::path::{Path, PathBuf};

/// Pixels, row by row, three bytes each.
#[derive(Clone, PartialEq, Eq)]
pub struct Pixels {
    /// In pixels.
    pub width: u32,
    /// Red, green, blue.
    pub rgb: Vec<u8>,
}

impl Pixels {
    /// In pixels.
    pub fn height(&self) -> u32 {
        self.rgb.len() as u32 / (3 * self.width).max(1)
    }

    /// One pixel.
    pub fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let at = 3 * (y * self.width + x) as usize;
        [self.rgb[at], self.rgb[at + 1], self.rgb[at + 2]]
    }

    /// Each pixel as so many in either direction.
    pub fn enlarged(&self, times: u32) -> Pixels {
        let (width, height) = (self.width * times, self.height() * times);
        let rgb = (0..height).flat_map(|y| (0..width).flat_map(move |x| self.at(x / times, y / times))).collect();
        Pixels { width, rgb }
    }

    /// As a PNG.
    pub fn png(&self) -> anyhow::Result<Vec<u8>> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, self.width, self.height());
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::High);
        encoder.write_header()?.write_image_data(&self.rgb)?;
        Ok(file)
    }

    /// Of a PNG of ours.
    pub fn read(file: &[u8]) -> anyhow::Result<Pixels> {
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info()?;
        let mut rgb = vec![0; reader.output_buffer_size().context("too large")?];
        let info = reader.next_frame(&mut rgb)?;
        ensure!(info.color_type == png::ColorType::Rgb && info.bit_depth == png::BitDepth::Eight, "no RGB of eight bits");
        Ok(Pixels { width: info.width, rgb })
    }

    /// Of an SVG, a pixel a unit.
    pub fn of_svg(svg: &str) -> anyhow::Result<Pixels> {
        let mut options = usvg::Options::default();
        let fonts = options.fontdb_mut();
        fonts.load_font_data(dejavu::sans::regular().to_vec());
        fonts.load_font_data(dejavu::sans::bold().to_vec());
        fonts.set_sans_serif_family("DejaVu Sans");
        let tree = usvg::Tree::from_str(svg, &options)?;
        let size = tree.size().to_int_size();
        let mut pixels = tiny_skia::Pixmap::new(size.width(), size.height()).context("an empty picture")?;
        pixels.fill(tiny_skia::Color::WHITE);
        resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixels.as_mut());
        let rgb = pixels.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
        Ok(Pixels { width: size.width(), rgb })
    }
}

/// Writes a picture as its file's name says: `.svg` or `.png`.
pub fn save(svg: &str, out: &Path) -> anyhow::Result<()> {
    let file = match out.extension().and_then(|extension| extension.to_str()) {
        Some("svg") => svg.as_bytes().to_vec(),
        Some("png") => Pixels::of_svg(svg)?.png()?,
        _ => bail!("{}: expected a name that ends in .svg or .png", out.display()),
    };
    std::fs::write(out, file).with_context(|| out.display().to_string())
}

/// The charts that ship, in the order in which the firmware has them.
pub fn shipped() -> Vec<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("tests").join("data");
    ["mimic-iv-demo-stays.csv", "made-up-markers.csv", "made-up-scenarios.csv"].map(|file| data.join(file)).to_vec()
}

/// A picture of this folder, and the command that draws it.
pub struct Command {
    /// Where it is.
    pub picture: PathBuf,
    /// The example's name, and what it is told.
    pub words: Vec<String>,
}

/// The commands of an example in this folder's README.md.
pub fn commands(example: &str) -> anyhow::Result<Vec<Command>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(folder.join("README.md"))?;
    let told = format!("cargo run --release -p endotype-pictures --example {example} -- ");
    let lines = readme.lines().filter_map(|line| line.strip_prefix(&told));
    lines.map(|line| command(folder, example, line).with_context(|| line.to_owned())).collect()
}

fn command(folder: &Path, example: &str, line: &str) -> anyhow::Result<Command> {
    // A name with blanks stands in quotes.
    let quoted = line.split('\'').enumerate();
    let words = quoted.flat_map(|(n, part)| match n % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    let words: Vec<String> = std::iter::once(example.to_owned()).chain(words).collect();
    let out = words.iter().position(|word| word == "--out").and_then(|at| words.get(at + 1)).context("no --out")?;
    let name = out.strip_prefix("pictures/").context("not in pictures/")?;
    Ok(Command { picture: folder.join(name), words })
}
