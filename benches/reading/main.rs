//! How fast files are read and split into units, on one core, and in how much memory.
//!
//! `cargo bench --bench reading -- [MEGABYTES] [FORMAT]...`; 24 MB of every format if nothing is said. The best of
//! several runs counts; each format's memory is that of a process of its own.

#[path = "../made_up/mod.rs"]
mod made_up;
mod pages;
mod rows;
mod write;

use faqt::{
    model::UnitKind,
    read::{Found, Reading, SourceFile, reader_for},
    split::split,
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// How much of each format is read.
const MEGABYTES: usize = 24;
/// How often; the best run counts.
const RUNS: usize = 5;
/// The first argument of a process that reads a folder once and tells its memory.
const MEMORY: &str = "--memory-of";

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let [first, folder] = &args[..]
        && first == MEMORY
    {
        read(&files(Path::new(folder))?)?;
        println!("{}", peak_kilobytes().unwrap_or(0));
        return Ok(());
    }
    let size = args.iter().find_map(|arg| arg.parse().ok()).unwrap_or(MEGABYTES);
    let wanted: Vec<&String> = args.iter().filter(|arg| arg.parse::<usize>().is_err()).collect();
    println!(
        "{:9} {:>6} {:>7} {:>8} {:>7} {:>9} {:>9} {:>9}",
        "format", "files", "MB", "units", "MB/s", "CPU MB/s", "peak MB", "x4 MB"
    );
    for format in write::FORMATS {
        if wanted.is_empty() || wanted.iter().any(|name| *name == format.name) {
            measure(format, size)?;
        }
    }
    Ok(())
}

/// Writes files of a format, reads them, and prints a row of the table.
fn measure(format: &write::Format, megabytes: usize) -> Result<()> {
    let folder = tempfile::tempdir()?;
    write::write(format, folder.path(), megabytes << 20)?;
    let files = files(folder.path())?;
    let bytes: u64 = files.iter().map(|file| file.size).sum();
    let (mut best, mut best_cpu) = (f64::MAX, f64::MAX);
    let mut units = BTreeMap::new();
    for _ in 0..RUNS {
        let (start, cpu) = (Instant::now(), cpu_seconds());
        units = read(&files)?;
        best = best.min(start.elapsed().as_secs_f64());
        if let (Some(before), Some(after)) = (cpu, cpu_seconds()) {
            best_cpu = best_cpu.min(after - before);
        }
    }
    let speed =
        |seconds: f64| if seconds < f64::MAX { format!("{:.1}", bytes as f64 / 1e6 / seconds) } else { "-".into() };
    // Four times as many rows take no more memory where a file is streamed.
    let larger = if format.one_file {
        let folder = tempfile::tempdir()?;
        write::write(format, folder.path(), megabytes << 22)?;
        peak_of(folder.path())?
    } else {
        "-".to_owned()
    };
    println!(
        "{:9} {:6} {:7.1} {:8} {:>7} {:>9} {:>9} {:>9}",
        format.name,
        files.len(),
        bytes as f64 / 1e6,
        units.values().sum::<usize>(),
        speed(best),
        speed(best_cpu),
        peak_of(folder.path())?,
        larger,
    );
    Ok(())
}

/// Reads files and splits what is in them; the units are counted and let go.
fn read(files: &[SourceFile]) -> Result<BTreeMap<UnitKind, usize>> {
    let reading = Reading::default();
    let mut units = BTreeMap::new();
    for file in files {
        let reader = reader_for(file).ok_or("no reader")?;
        reader.read(file, &reading, &mut |found| {
            match found {
                Found::Article(article) => {
                    for unit in split(&article, &reading.sections) {
                        *units.entry(unit.kind).or_default() += 1;
                    }
                }
                Found::Skipped(note) | Found::Nothing(note) => eprintln!("skipped: {note:?}"),
                Found::Recognised(_) | Found::Warning(_) => {}
            }
            Ok(())
        })?;
    }
    Ok(units)
}

fn files(folder: &Path) -> Result<Vec<SourceFile>> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder)? {
        paths.push(entry?.path());
    }
    paths.sort();
    let file = |path: PathBuf| {
        let source = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(SourceFile { size: fs::metadata(&path)?.len(), source, path })
    };
    paths.into_iter().map(file).collect()
}

/// The processor time of this thread, where the system tells it.
fn cpu_seconds() -> Option<f64> {
    let times = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(times.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}

/// The most memory that this process has had, where the system tells it.
fn peak_kilobytes() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// The most memory in MB that it takes to read a folder.
fn peak_of(folder: &Path) -> Result<String> {
    let output = Command::new(std::env::current_exe()?).arg(MEMORY).arg(folder).output()?;
    let kilobytes: usize = String::from_utf8(output.stdout)?.trim().parse()?;
    Ok(if kilobytes > 0 { format!("{:.1}", kilobytes as f64 / 1e3) } else { "-".to_owned() })
}
