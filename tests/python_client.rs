//! The Python client in `clients/python`, by its own tests, against a running server.

use crate::{
    clients::{pytest, python, python_tool, repository, succeed},
    harness::Dir,
    server::Server,
};

const KEY: &str = "a-key-for-asking-0123456789";
const ADMIN_KEY: &str = "a-key-for-everything-0123456789";

#[test]
fn its_own_tests_pass() {
    let dir = Dir::indexed();
    let server = Server::start(&dir, ["--key", &format!("ask:{KEY}"), "--key", &format!("admin:{ADMIN_KEY}")]);
    let mut pytest = pytest(&dir);
    pytest.arg(repository("clients/python/tests"));
    pytest.env("FAQT_URL", &server.url).env("FAQT_KEY", KEY).env("FAQT_ADMIN_KEY", ADMIN_KEY);
    succeed(&mut pytest);
}

#[test]
fn it_is_typed_and_tidy_and_so_are_the_adapters() {
    let dir = Dir::new();
    let client = repository("clients/python");
    for (folder, checked) in [(&client, &["src", "tests"][..]), (&repository("examples"), &["adapters"])] {
        let mut mypy = python();
        mypy.args(["-m", "mypy", "--strict", "--cache-dir"]).arg(dir.path("mypy")).args(checked);
        succeed(mypy.env("MYPYPATH", client.join("src")).current_dir(folder));
        for command in [&["check"][..], &["format", "--check"]] {
            let mut ruff = python_tool("ruff");
            ruff.args(command).args(["--no-cache", "--config"]).arg(client.join("pyproject.toml")).args(checked);
            succeed(ruff.current_dir(folder));
        }
    }
}

#[test]
fn pip_installs_it_with_its_types() {
    let dir = Dir::new();
    let mut pip = python();
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-build-isolation", "--no-deps"]);
    succeed(pip.arg("--target").arg(dir.path("site")).arg(repository("clients/python")));
    assert!(dir.path("site/faqt/py.typed").is_file() && dir.path("site/faqt/langchain.py").is_file());
    let mut import = python();
    import.env("PYTHONPATH", dir.path("site")).args(["-c", "import faqt; print(faqt.__file__)"]);
    assert!(succeed(&mut import).trim().starts_with(dir.path("site").to_str().unwrap()));
}

#[test]
fn it_waits_as_long_as_the_server_says() {
    let dir = Dir::indexed();
    let server = Server::start(&dir, ["--rate", "1"]);
    let script = r#"
import sys
from faqt import ApiError, Faqt

hasty, patient = Faqt(sys.argv[1], tries=1), Faqt(sys.argv[1], tries=5)
refused = None
for _ in range(20):
    try:
        hasty.ask("How many books may I borrow?")
    except ApiError as error:
        refused = error
assert refused and refused.status == 429 and refused.retry_after >= 1, refused
assert patient.ask("How many books may I borrow?").answered
"#;
    succeed(python().arg("-c").arg(script).arg(&server.url));
}
