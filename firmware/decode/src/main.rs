//! What an ARM image logs with defmt, as text: one message a line, without time and level.
//!
//! `decode ELF < STREAM` decodes a stream. `decode COMMAND... ELF` starts the command with the image as its last argument,
//! decodes what it prints, and ends with its status: so it serves as cargo's runner.

use anyhow::{Context, bail};
use defmt_decoder::{DecodeError, Table};
use std::ffi::OsString;
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

fn decode(elf: &Path, mut stream: impl Read) -> anyhow::Result<()> {
    let image = std::fs::read(elf).with_context(|| elf.display().to_string())?;
    let table = Table::parse(&image)?.with_context(|| format!("{} logs nothing with defmt", elf.display()))?;
    let mut decoder = table.new_stream_decoder();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut bytes = [0; 1 << 12];
    loop {
        let count = stream.read(&mut bytes)?;
        if count == 0 {
            return Ok(());
        }
        decoder.received(&bytes[..count]);
        loop {
            match decoder.decode() {
                Ok(frame) => writeln!(out, "{}", frame.display_message())?,
                Err(DecodeError::UnexpectedEof) => break,
                Err(DecodeError::Malformed) => bail!("a malformed frame"),
            }
        }
        out.flush()?;
    }
}

fn run(command: &[OsString], elf: &OsString) -> anyhow::Result<ExitCode> {
    let [program, arguments @ ..] = command else {
        decode(Path::new(elf), std::io::stdin().lock())?;
        return Ok(ExitCode::SUCCESS);
    };
    let mut board = Command::new(program)
        .args(arguments)
        .arg(elf)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| program.display().to_string())?;
    let decoded = board.stdout.take().context("no standard output")?;
    decode(Path::new(elf), decoded)?;
    let status = board.wait()?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let Some((elf, command)) = arguments.split_last() else {
        eprintln!("usage: decode [COMMAND...] ELF");
        return ExitCode::from(2);
    };
    run(command, elf).unwrap_or_else(|error| {
        eprintln!("decode: {error:#}");
        ExitCode::from(2)
    })
}
