//! A folder to work in and the program to run there, after ripgrep's `Dir` and `TestCommand`.

use serde_json::Value;
use std::{
    ffi::OsStr,
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::SystemTime,
};
use tempfile::TempDir;

/// A folder of its own for a test; it is removed in the end.
pub struct Dir {
    root: TempDir,
}

impl Dir {
    /// An empty folder.
    pub fn new() -> Self {
        Self { root: tempfile::tempdir().unwrap() }
    }

    /// A folder with the sample articles in `corpus`.
    pub fn with_corpus() -> Self {
        let dir = Self::new();
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/corpus");
        for entry in fs::read_dir(fixtures).unwrap() {
            let path = entry.unwrap().path();
            dir.write(format!("corpus/{}", path.file_name().unwrap().to_str().unwrap()), fs::read(&path).unwrap());
        }
        dir
    }

    /// A folder with the sample articles, indexed.
    pub fn indexed() -> Self {
        let dir = Self::with_corpus();
        dir.faqt(["index"]).ok();
        dir
    }

    /// A folder with an index of the repository's own articles.
    pub fn of_own_articles() -> Self {
        let dir = Self::new();
        dir.faqt([Path::new("index"), &repository("corpus")]).ok();
        dir
    }

    /// A folder with these files in `corpus`, indexed.
    pub fn of<const N: usize>(files: [(&str, &str); N]) -> Self {
        let dir = Self::new();
        for (name, text) in files {
            dir.write(format!("corpus/{name}"), text);
        }
        dir.faqt(["index"]).ok();
        dir
    }

    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.path().join(relative)
    }

    /// Writes a file, with the folders above it.
    pub fn write(&self, relative: impl AsRef<Path>, contents: impl AsRef<[u8]>) -> &Self {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
        self
    }

    pub fn read(&self, relative: impl AsRef<Path>) -> Vec<u8> {
        fs::read(self.path(relative)).unwrap()
    }

    /// Replaces a text in a file; it has to be there.
    pub fn edit(&self, relative: &str, from: &str, to: &str) {
        let text = String::from_utf8(self.read(relative)).unwrap();
        assert!(text.contains(from), "{relative} has no {from:?}");
        self.write(relative, text.replace(from, to));
    }

    /// The program, to be run in this folder.
    pub fn faqt<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(&self, args: I) -> Faqt {
        let mut command = Command::new(env!("CARGO_BIN_EXE_faqt"));
        command.args(args);
        self.clean(command)
    }

    /// A shell command in this folder, with the program in `$FAQT`.
    #[cfg(unix)]
    pub fn shell(&self, script: &str) -> Faqt {
        let mut command = Command::new("sh");
        command.args(["-c", script]).env("FAQT", env!("CARGO_BIN_EXE_faqt"));
        self.clean(command)
    }

    fn clean(&self, mut command: Command) -> Faqt {
        for (name, _) in std::env::vars_os() {
            let is_ours = name.to_string_lossy().starts_with("FAQT_");
            if is_ours
                || matches!(
                    name.to_str(),
                    Some("NO_COLOR" | "CLICOLOR" | "CLICOLOR_FORCE" | "COLUMNS" | "RAYON_NUM_THREADS")
                )
            {
                command.env_remove(name);
            }
        }
        command.current_dir(self.root.path());
        Faqt { command, input: Vec::new() }
    }

    /// A question's reply as JSON, however the program ended.
    pub fn ask<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Value {
        let mut args: Vec<&str> = args.into_iter().collect();
        args.insert(0, "ask");
        args.extend(["--format", "json"]);
        let run = self.faqt(args).run();
        assert!(run.code < 2, "{run}");
        run.json()
    }

    /// The folders of the generations, by name.
    pub fn generations(&self) -> Vec<String> {
        let names = fs::read_dir(self.path("index")).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
        names.retain(|name| name.starts_with("gen-"));
        names.sort();
        names
    }

    /// The path of a file of the generation in force, from here on.
    pub fn in_generation(&self, file: &str) -> String {
        let name = String::from_utf8(self.read("index/CURRENT")).unwrap();
        format!("index/{}/{file}", name.trim())
    }

    /// Every file under a folder, with its size and time.
    pub fn listing(&self, folder: &str) -> Vec<(PathBuf, u64, SystemTime)> {
        let mut found = Vec::new();
        let mut folders = vec![self.path(folder)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                let metadata = fs::metadata(&path).unwrap();
                found.push((path.clone(), metadata.len(), metadata.modified().unwrap()));
                if metadata.is_dir() {
                    folders.push(path);
                }
            }
        }
        found.sort();
        found
    }
}

/// A run of the program that is being prepared.
pub struct Faqt {
    command: Command,
    input: Vec<u8>,
}

impl Faqt {
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn input(mut self, input: impl AsRef<[u8]>) -> Self {
        self.input = input.as_ref().to_vec();
        self
    }

    /// Starts it with all streams piped, for tests that close or kill.
    pub fn spawn(mut self) -> Child {
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        self.command.spawn().unwrap()
    }

    pub fn run(mut self) -> Run {
        let input = std::mem::take(&mut self.input);
        let line = format!("{:?}", self.command);
        let mut child = self.spawn();
        let mut stdin = child.stdin.take().unwrap();
        let writer = std::thread::spawn(move || {
            // A program that does not read its input is no failure of the test.
            let _ = stdin.write_all(&input);
        });
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Run {
            line,
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs it; it has to end with this status.
    #[track_caller]
    pub fn ends_with(self, code: i32) -> Run {
        let run = self.run();
        assert_eq!(run.code, code, "{run}");
        run
    }

    /// Runs it; it has to do what it was asked.
    #[track_caller]
    pub fn ok(self) -> Run {
        self.ends_with(0)
    }

    /// Runs it; it has to fail with a message that has all these parts, and nothing on standard output.
    #[track_caller]
    pub fn fails_with(self, parts: &[&str]) {
        let run = self.ends_with(2);
        assert_eq!(run.stdout, "", "{run}");
        assert!(run.stderr.starts_with("faqt: "), "{run}");
        for part in parts {
            assert!(run.stderr.contains(part), "no {part:?} in {run}");
        }
    }
}

/// What a run printed, and its exit status; -1 for one that was killed.
pub struct Run {
    line: String,
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self}"))
    }

    /// Every line of standard output as JSON.
    #[track_caller]
    pub fn json_lines(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line:?}"))).collect()
    }
}

impl std::fmt::Display for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { line, code, stdout, stderr } = self;
        write!(f, "{line}\nstatus {code}\n--- standard output\n{stdout}\n--- standard error\n{stderr}")
    }
}

/// Snapshots of what people read, without figures that change with every run or with the weights.
pub fn steady(check: impl FnOnce()) {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r"in \d+\.\d s", "in [time] s");
    settings.add_filter(r"Confidence \d+ %", "Confidence [share] %");
    settings.bind(check);
}

/// A file or folder of this repository.
pub fn repository(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// A reply without the one thing that differs from run to run.
pub fn timeless(mut reply: Value) -> Value {
    reply.as_object_mut().unwrap().remove("took_ms").expect("a reply has took_ms");
    reply
}

/// The first answer of a reply.
#[track_caller]
pub fn first(reply: &Value) -> &Value {
    reply["answers"].get(0).unwrap_or_else(|| panic!("no answer in {reply:#}"))
}

/// The texts of all answers of a reply.
pub fn texts(reply: &Value) -> Vec<&str> {
    reply["answers"].as_array().unwrap().iter().map(|answer| answer["text"].as_str().unwrap()).collect()
}

/// Numbers that look random and are always the same (xorshift).
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(1))
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    /// A made-up word; small numbers, thus some words, come more often.
    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 12] = ["ba", "ko", "ri", "mun", "sel", "ta", "vor", "li", "dep", "gan", "zu", "he"];
        let end = 1 + self.below(1_700);
        let mut number = self.below(end) + 12;
        let mut word = String::new();
        while number > 0 {
            word.push_str(SYLLABLES[number % 12]);
            number /= 12;
        }
        word
    }

    pub fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

/// Rows of generated questions and answers.
pub fn generated_rows(count: usize, seed: u64) -> String {
    let mut numbers = Numbers::new(seed);
    let mut rows = String::new();
    for row in 0..count {
        let (question, answer) = (numbers.words(6), numbers.words(25));
        writeln!(rows, r#"{{"_id": "d{row}", "question": "{question}?", "answer": "{answer}."}}"#).unwrap();
    }
    rows
}
