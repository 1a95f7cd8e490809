//! The description of our routes, held against the server by schemathesis: thousands of requests, right ones and wrong ones.

use crate::{
    clients::{python_tool, succeed},
    harness::Dir,
    server::Server,
};

/// How many requests each operation gets in each phase. More find nothing new, and take long.
const EXAMPLES: &str = "40";

#[test]
fn the_server_does_what_its_description_says() {
    let dir = Dir::indexed();
    let server = Server::start(&dir, []);
    let document = format!("{}/openapi.json", server.url);
    let mut run = python_tool("schemathesis");
    run.current_dir(dir.path(".")).args(["run", &document, "--phases", "examples,coverage,fuzzing,stateful"]).args([
        "--max-examples",
        EXAMPLES,
        "--seed",
        "1",
        "--generation-database",
        "none",
        "--no-color",
    ]);
    succeed(&mut run);
    assert_eq!(server.get("/healthz").status, 200);
    assert!(!server.log().contains("panicked"), "{}", server.log());
}
