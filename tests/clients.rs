//! The real clients that faqt is tested with: Python packages, npm packages, a browser.
//!
//! Packages are installed under `target/clients`, at the versions of the lock files in `tests/clients`, by the first
//! test that needs them; again only when a lock file, the folder or the version of Python or Node changes.

use crate::harness::Dir;
pub use crate::harness::repository;
use std::{
    env,
    ffi::OsStr,
    fmt::Write as _,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

const PYTHON: Environment = Environment {
    name: "python",
    locks: &["requirements.txt"],
    interpreter: "python3",
    remedy: "install Python 3.11 or newer with its venv module (Debian: apt-get install python3-venv)",
    make: |folder| make_venv(folder, "requirements.txt"),
};

const LEGACY_MCP: Environment = Environment {
    name: "legacy-mcp",
    locks: &["legacy_mcp.txt"],
    make: |folder| make_venv(folder, "legacy_mcp.txt"),
    ..PYTHON
};

const NPM: Environment = Environment {
    name: "npm",
    locks: &["package.json", "package-lock.json"],
    interpreter: "node",
    remedy: "install Node.js and npm (Debian: apt-get install nodejs npm)",
    make: make_npm,
};

/// Python with the packages of `requirements.txt`, and with the client of `clients/python`.
pub fn python() -> Command {
    static READY: OnceLock<PathBuf> = OnceLock::new();
    let mut command = sheltered(PYTHON.folder(&READY).join("bin/python"));
    command.env("PYTHONPATH", repository("clients/python/src"));
    command
}

/// pytest, which leaves nothing behind but in this folder.
pub fn pytest(dir: &Dir) -> Command {
    let mut command = python();
    command.args(["-m", "pytest", "-q", "-p", "no:cacheprovider"]).current_dir(dir.path(""));
    command
}

/// A command that one of these packages brings, such as `schemathesis`.
pub fn python_tool(name: &str) -> Command {
    let python = python();
    let mut command = sheltered(Path::new(python.get_program()).with_file_name(name));
    command.envs(python.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command
}

/// Python with the MCP client of before 2.0.
pub fn python_legacy_mcp() -> Command {
    static READY: OnceLock<PathBuf> = OnceLock::new();
    sheltered(LEGACY_MCP.folder(&READY).join("bin/python"))
}

/// Node.js running a script of `tests/clients/node`, which can import the packages of `package.json`.
pub fn node(script: &str) -> Command {
    let npm = npm();
    let mut command = sheltered(npm.join("node_modules/.bin/node"));
    // Through the link, so that imports are looked up beside it and not beside the script's own place.
    command.args(["--preserve-symlinks", "--preserve-symlinks-main"]).arg(npm.join("scripts").join(script));
    command
}

/// A command that one of these packages brings, such as `mcp-inspector`.
pub fn node_tool(name: &str) -> Command {
    let bin = npm().join("node_modules/.bin");
    let mut command = sheltered(bin.join("node"));
    command.arg(bin.join(name));
    command
}

/// The path of Chromium.
pub fn chromium() -> PathBuf {
    let found = env::split_paths(&env::var_os("PATH").unwrap_or_default())
        .map(|folder| folder.join("chromium"))
        .find(|path| path.is_file());
    found.expect("no chromium on the path: apt-get install chromium")
}

/// Runs a command; it has to succeed. What it printed on standard output.
#[track_caller]
pub fn succeed(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    assert!(output.status.success(), "{command:?}\n{}\n{stdout}\n{stderr}", output.status);
    stdout
}

/// A set of packages in a folder of its own.
struct Environment {
    name: &'static str,
    /// The files of `tests/clients` that name the packages.
    locks: &'static [&'static str],
    interpreter: &'static str,
    /// What to do where something is missing.
    remedy: &'static str,
    make: fn(&Path) -> Result<(), String>,
}

impl Environment {
    /// The folder, with everything installed. Other threads wait for the first, other processes for its lock.
    fn folder(&self, ready: &'static OnceLock<PathBuf>) -> &'static Path {
        ready.get_or_init(|| {
            let folder = clients().join(self.name);
            self.install(&folder)
                .unwrap_or_else(|why| panic!("cannot set up {}: {why}\n{}", folder.display(), self.remedy));
            folder
        })
    }

    fn install(&self, folder: &Path) -> Result<(), String> {
        fs::create_dir_all(clients().join("home")).map_err(|error| error.to_string())?;
        let lock = File::create(folder.with_extension("lock")).map_err(|error| error.to_string())?;
        lock.lock().map_err(|error| error.to_string())?;
        let (stamp, wanted) = (folder.join("stamp"), self.stamp(folder)?);
        if fs::read_to_string(&stamp).is_ok_and(|made| made == wanted) {
            return Ok(());
        }
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(|error| error.to_string())?;
        }
        (self.make)(folder)?;
        // Last, so that what was broken off is made again.
        fs::write(stamp, wanted).map_err(|error| error.to_string())
    }

    /// What the folder depends on.
    fn stamp(&self, folder: &Path) -> Result<String, String> {
        let mut stamp = format!("{} {}", run(self.interpreter, ["--version"])?.trim(), folder.display());
        for lock in self.locks {
            let text = fs::read(pins(lock)).map_err(|error| error.to_string())?;
            write!(stamp, " {lock} {}", blake3::hash(&text)).unwrap();
        }
        Ok(stamp)
    }
}

fn make_venv(folder: &Path, requirements: &str) -> Result<(), String> {
    run("python3", ["-c", "import sys; assert sys.version_info >= (3, 11), 'Python is too old: ' + sys.version"])?;
    run("python3", [OsStr::new("-m"), OsStr::new("venv"), folder.as_os_str()])?;
    let mut pip = Command::new(folder.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--requirement"]);
    output(pip.arg(pins(requirements)))?;
    Ok(())
}

fn make_npm(folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    for lock in NPM.locks {
        fs::copy(pins(lock), folder.join(lock)).map_err(|error| error.to_string())?;
    }
    std::os::unix::fs::symlink(pins("node"), folder.join("scripts")).map_err(|error| error.to_string())?;
    let mut npm = Command::new("npm");
    output(npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(folder))?;
    Ok(())
}

fn npm() -> &'static Path {
    static READY: OnceLock<PathBuf> = OnceLock::new();
    NPM.folder(&READY)
}

/// A command that neither writes outside `target` nor calls home.
fn sheltered(program: PathBuf) -> Command {
    let mut command = Command::new(program);
    command.env("HOME", clients().join("home")).env("PYTHONDONTWRITEBYTECODE", "1").env("PYTHONUTF8", "1");
    command.env("HAYSTACK_TELEMETRY_ENABLED", "False").env("LANGSMITH_TRACING", "false").env("DO_NOT_TRACK", "1");
    command
}

fn run<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(program: &str, args: I) -> Result<String, String> {
    output(Command::new(program).args(args))
}

fn output(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    if output.status.success() { Ok(stdout) } else { Err(format!("{command:?} failed:\n{stdout}{stderr}")) }
}

fn clients() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("clients")
}

fn pins(file: &str) -> PathBuf {
    repository("tests/clients").join(file)
}

#[test]
fn the_python_packages_are_those_of_the_lock_file() {
    let script = "import importlib.metadata as m; print(*(m.version(p) for p in ('openai', 'mcp', 'httpx')))";
    assert_eq!(succeed(python().args(["-c", script])).trim(), "3.54.0 2.3.0 0.28.1");
    assert!(succeed(python_tool("schemathesis").arg("--version")).contains("4.32.5"));
}

#[test]
fn the_older_mcp_client_is_there_beside_them() {
    let script = "import importlib.metadata as m; print(m.version('mcp'))";
    assert_eq!(succeed(python_legacy_mcp().args(["-c", script])).trim(), "1.12.4");
}

#[test]
fn the_npm_packages_are_those_of_the_lock_file() {
    assert_eq!(succeed(&mut node("versions.mjs")).trim(), "v24.21.0 openai 7.57.0 playwright-core 1.65.1");
    assert!(succeed(node_tool("mcp-inspector").args(["--cli", "--help"])).contains("--method"));
}

#[test]
fn chromium_is_there() {
    assert!(succeed(Command::new(chromium()).arg("--version")).contains("Chromium"));
}
