//! A line of text without a heap, and without `core::fmt`, which would double the image.

use heapless::String;

/// Three texts of at most 32 (build.rs sees to it), and what the rules can say beside them.
const LENGTH: usize = 3 * 32 + 152;

/// A line being written, comma by comma.
#[derive(Default)]
pub struct Line(String<LENGTH>);

impl Line {
    pub fn text(&self) -> &str {
        &self.0
    }

    /// What does not fit is lost; the comparison with the host's lines would show it.
    fn push(&mut self, text: &str) {
        let _ = self.0.push_str(text);
    }

    pub(crate) fn field(&mut self, text: &str) {
        if !self.0.is_empty() {
            self.push(",");
        }
        self.push(text);
    }

    /// As the replay writes what was not charted.
    pub(crate) fn charted(&mut self, text: &str) {
        self.field(if text.is_empty() { "-" } else { text });
    }

    pub(crate) fn number(&mut self, number: u32) {
        self.field("");
        self.digits(number);
    }

    /// One number, or its ends as `2..4`.
    pub(crate) fn ends(&mut self, [lo, hi]: [i32; 2]) {
        self.field("");
        self.signed(lo);
        if lo != hi {
            self.push("..");
            self.signed(hi);
        }
    }

    /// The names with a slash between them.
    pub(crate) fn either(&mut self, names: impl Iterator<Item = &'static str>) {
        self.field("");
        for (at, name) in names.enumerate() {
            if at > 0 {
                self.push("/");
            }
            self.push(name);
        }
    }

    fn signed(&mut self, number: i32) {
        if number < 0 {
            self.push("-");
        }
        self.digits(number.unsigned_abs());
    }

    fn digits(&mut self, number: u32) {
        if number >= 10 {
            self.digits(number / 10);
        }
        let _ = self.0.push(char::from(b'0' + (number % 10) as u8));
    }
}
