//! The description of our routes, held against the server by schemathesis: thousands of requests, right ones and wrong ones.

use crate::{
    clients::{python_tool, repository, succeed},
    server::Server,
};
use serde_json::json;
use std::{collections::BTreeSet, fs};

/// How many requests each operation gets in each phase. More find nothing new, and take long.
const EXAMPLES: &str = "40";

#[test]
fn the_server_does_what_its_description_says() {
    let (dir, server) = Server::of_samples();
    let units = server.get("/v1/units").ok();
    let ids: Vec<_> = units["units"].as_array().unwrap().iter().map(|unit| unit["id"].clone()).collect();
    let settings = fs::read_to_string(repository("tests/clients/schemathesis.toml")).unwrap();
    dir.write("schemathesis.toml", format!("{settings}\n[dictionaries.units]\nvalues = {}\n", json!(ids)));
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
    let said = succeed(&mut run);
    for phase in ["Examples", "Coverage", "Fuzzing", "Stateful"] {
        assert!(said.contains(&format!("✅ {phase}")), "{phase} did not run: {said}");
    }
    assert_eq!(server.get("/healthz").status, 200);
    assert!(!server.log().contains("panicked"), "{}", server.log());
}

#[test]
fn what_the_document_names_stands_in_it_once() {
    let (_dir, server) = Server::of_samples();
    let response = server.get("/openapi.json");
    let document = response.ok();
    for part in response.text.split("\"$ref\": \"#").skip(1) {
        let pointer = part.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer}");
    }
    let operations =
        || document["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values());
    let ids: BTreeSet<&str> = operations().map(|operation| operation["operationId"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), operations().count(), "{ids:?}");
    insta::assert_snapshot!(ids.into_iter().collect::<Vec<_>>().join("\n"));
    for response in operations().flat_map(|operation| operation["responses"].as_object().unwrap().values()) {
        // Every response has to say what it is (OpenAPI 3.1).
        assert!(response["description"].is_string() || response["$ref"].is_string(), "{response}");
    }
}
