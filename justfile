# Shorthands; `just` alone lists them. Nothing here is needed to build or test.

_default:
    @just --list

# the program, optimised
build:
    cargo build --release

# all tests
test:
    cargo test

# format and lints, as CI checks them
lint:
    cargo fmt --check
    cargo clippy --all-targets --all-features -- -D warnings

# everything that CI checks
ci:
    .ci/run

# the benchmarks
bench:
    cargo bench

# every reader against bytes that nobody would write, ten minutes each (fuzz/README.md)
fuzz SECONDS="600" *TARGETS:
    fuzz/run {{SECONDS}} {{TARGETS}}

# measure on a set: a folder with corpus.jsonl, queries.jsonl and qrels.tsv
eval DIR:
    cargo run --release -- index "{{DIR}}/corpus.jsonl" --index target/eval
    cargo run --release -- eval --index target/eval --queries "{{DIR}}/queries.jsonl" --qrels "{{DIR}}/qrels.tsv"

# make src/learn/prior.toml again, of folders with corpus.jsonl, queries.jsonl and qrels.tsv
prior *SETS:
    cargo run --release --example fit_prior -- {{SETS}} corpus=tests/fixtures/newcomer_questions.jsonl --write

# the documentation of the library
docs:
    cargo doc --no-deps --open
