//! `faqt eval` on a set small enough to be measured by hand.

use crate::harness::{Dir, steady};
use serde_json::{Value, json};

/// Four questions whose words say plainly what is found; one has no answer.
fn set() -> Dir {
    let dir = Dir::of([(
        "rows.jsonl",
        r#"{"_id": "moon", "question": "Why does the moon shine?", "answer": "It reflects the light of the sun.", "metadata": {"topic": "sky"}}
{"_id": "tides", "question": "What causes the tides?", "answer": "The pull of the moon on the oceans.", "metadata": {"topic": "sea"}}
{"_id": "salt", "question": "Why is the sea salty?", "answer": "Rivers carry minerals out of the rocks.", "metadata": {"topic": "sea"}}
{"_id": "wind", "question": "Where does wind come from?", "answer": "Air flows from high to low pressure.", "metadata": {"topic": "sky"}}
"#,
    )]);
    dir.write(
        "queries.jsonl",
        r#"{"_id": "q1", "text": "Why does the moon shine?", "answers": ["light of the sun"]}
{"_id": "q2", "text": "What causes the tides?", "answers": ["a magnet"]}
{"_id": "q3", "text": "Why is the sea salty?", "filter": {"topic": ["sea", "land"]}}
{"_id": "q4", "text": "xylophone qwertz"}
"#,
    );
    // q1: its answer first. q2: right is another than the one that holds the question, so not first.
    // q3: its answer first, and a second document that is not there. q4: no answer.
    dir.write(
        "qrels.tsv",
        "query-id\tcorpus-id\tscore\nq1\tmoon\t1\nq2\tmoon\t1\nq2\ttides\t0\nq3\tsalt\t2\nq3\tgone\t1\n",
    );
    dir
}

fn eval(dir: &Dir) -> Value {
    dir.faqt(["eval", "--queries", "queries.jsonl", "--qrels", "qrels.tsv", "--run", "run.tsv", "--format", "json"])
        .ok()
        .json()
}

/// The ranked documents of a question in the run file.
fn ranking(dir: &Dir, query: &str) -> Vec<String> {
    let run = String::from_utf8(dir.read("run.tsv")).unwrap();
    let mine = run.lines().map(|line| line.split('\t').collect::<Vec<_>>()).filter(|fields| fields[0] == query);
    mine.map(|fields| fields[2].to_owned()).collect()
}

#[track_caller]
fn near(value: &Value, expected: f64) {
    assert!((value.as_f64().unwrap() - expected).abs() < 1e-9, "{value}, not {expected}");
}

#[test]
fn figures_are_those_calculated_by_hand() {
    let dir = set();
    let report = eval(&dir);
    assert_eq!((&report["queries"], &report["answerable"]), (&json!(4), &json!(3)));
    near(&report["p_at_1"], 2.0 / 3.0);
    // Where q2 found the right one is read from the run file, all else is known.
    let place = ranking(&dir, "q2").iter().position(|document| document == "moon");
    let rank = place.map(|place| place as f64 + 1.0).expect("the moon is in the answer on tides");
    assert!(rank > 1.0 && rank <= 4.0);
    near(&report["mrr"], (1.0 + 1.0 / rank + 1.0) / 3.0);
    near(&report["hit_at_5"], 1.0);
    near(&report["map"], (1.0 + 1.0 / rank + 0.5) / 3.0);
    near(&report["recall_at_10"], (1.0 + 1.0 + 0.5) / 3.0);
    near(&report["candidate_recall"], 1.0);
    let half_found = 1.0 / (1.0 + 1.0 / 3f64.log2());
    near(&report["ndcg_at_10"], (1.0 + 1.0 / (rank + 1.0).log2() + half_found) / 3.0);
    near(&report["answer_contains"], 0.5);
    near(&report["oos_recall"], 1.0);
    near(&report["in_scope_accuracy"], 2.0 / 3.0);
    near(&report["auroc"], 1.0);
    // Three of four first answers to what is asked word for word are right, the fourth question is not answered.
    let curve = report["curve"].as_array().unwrap();
    near(&curve.last().unwrap()["coverage"], 1.0);
    near(&curve.last().unwrap()["accuracy"], 0.5);
    assert!(report["best_mcc"].as_f64() >= report["mcc"].as_f64(), "{report:#}");
    for key in ["answer_chars", "mcc", "ece", "ece_own_share", "best_threshold", "threshold", "p50_ms", "p99_ms"] {
        assert!(report[key].is_number(), "{key} in {report:#}");
    }
}

#[test]
fn a_run_has_a_line_for_each_document_best_first() {
    let dir = set();
    let _ = eval(&dir);
    let run = String::from_utf8(dir.read("run.tsv")).unwrap();
    let mut before: Option<(String, usize, f64)> = None;
    for line in run.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [query, zero, _, rank, score, tag] = fields[..] else { panic!("{line}") };
        assert_eq!((zero, tag), ("Q0", "faqt"));
        let (rank, score): (usize, f64) = (rank.parse().unwrap(), score.parse().unwrap());
        match before.filter(|(known, _, _)| known == query) {
            None => assert_eq!(rank, 1, "{run}"),
            Some((_, above, most)) => assert!(rank == above + 1 && score <= most, "{run}"),
        }
        before = Some((query.to_owned(), rank, score));
    }
    // The filter holds for the whole ranking.
    assert!(ranking(&dir, "q3").iter().all(|document| document == "salt" || document == "tides"), "{run}");
    // The score of the first is the confidence of the reply.
    let confidence = dir.ask(["What causes the tides?"])["answers"][0]["confidence"].as_f64().unwrap();
    let first =
        run.lines().find(|line| line.starts_with("q2\t")).unwrap().split('\t').nth(4).unwrap().parse::<f64>().unwrap();
    assert!((confidence - first).abs() < 1e-4);
}

#[test]
fn a_document_of_several_units_is_ranked_once() {
    let dir = Dir::indexed();
    dir.write("queries.jsonl", "{\"_id\": \"q\", \"text\": \"the tower of the lighthouse and the ferry\"}\n");
    dir.write("qrels.tsv", "query-id\tcorpus-id\tscore\nq\tcorpus/lighthouse.txt\t1\n");
    let report = eval(&dir);
    assert_eq!(report["recall_at_10"], 1.0);
    let documents = ranking(&dir, "q");
    let count = |document: &str| documents.iter().filter(|known| *known == document).count();
    assert_eq!((count("corpus/lighthouse.txt"), count("corpus/ferry.md")), (1, 1), "{documents:?}");
}

#[test]
fn misses_name_what_came_first_and_what_is_right() {
    let dir = set();
    let run = dir.faqt(["eval", "--queries", "queries.jsonl", "--qrels", "qrels.tsv", "--misses", "misses.jsonl"]).ok();
    assert!(run.stdout.contains("1 wrong first answers"), "{run}");
    assert!(run.stdout.contains("q2: What causes the tides?  got tides, right is moon"), "{run}");
    assert!(run.stdout.lines().any(|line| line.split_whitespace().eq(["p_at_1", "0.667"])), "{run}");
    let misses = String::from_utf8(dir.read("misses.jsonl")).unwrap();
    let misses: Vec<Value> = misses.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(misses.len(), 1);
    assert_eq!(
        (&misses[0]["id"], &misses[0]["first"], &misses[0]["right"]),
        (&json!("q2"), &json!("tides"), &json!(["moon"]))
    );
}

#[test]
fn broken_files_of_a_set_are_named_with_their_line() {
    let dir = set();
    let good = "{\"_id\": \"q1\", \"text\": \"Why?\"}\n";
    let header = "query-id\tcorpus-id\tscore\n";
    for (queries, qrels, parts) in [
        (format!("{good}nonsense\n"), header.to_owned(), ["queries.jsonl:2", "is no question"]),
        (format!("{good}{{\"_id\": \"q2\"}}\n"), header.to_owned(), ["queries.jsonl:2", "text"]),
        (good.repeat(2), header.to_owned(), ["queries.jsonl:2", "`q1` comes twice"]),
        (String::new(), header.to_owned(), ["queries.jsonl", "has no questions"]),
        (good.to_owned(), format!("{header}q1 moon 1\n"), ["qrels.tsv:2", "separated by tabs"]),
        (good.to_owned(), format!("{header}q1\tmoon\thigh\n"), ["qrels.tsv:2", "separated by tabs"]),
        (good.to_owned(), format!("{header}q9\tmoon\t1\n"), ["qrels.tsv", "`q9`"]),
    ] {
        dir.write("queries.jsonl", queries).write("qrels.tsv", qrels);
        dir.faqt(["eval", "--queries", "queries.jsonl", "--qrels", "qrels.tsv"]).fails_with(&parts);
    }
    dir.faqt(["eval", "--queries", "none.jsonl", "--qrels", "qrels.tsv"]).fails_with(&["none.jsonl", "cannot be read"]);
    dir.write("queries.jsonl", good).write("qrels.tsv", header);
    dir.faqt(["eval", "--queries", "queries.jsonl", "--qrels", "qrels.tsv", "--run", "no/such/run.tsv"])
        .fails_with(&["cannot write `no/such/run.tsv`"]);
}

#[test]
fn the_curve_is_drawn_for_the_terminal_and_as_a_picture_that_says_what_it_shows() {
    let dir = set();
    let run = dir.faqt(["eval", "--queries", "queries.jsonl", "--qrels", "qrels.tsv", "--plot", "curve.svg"]).ok();
    steady(|| insta::assert_snapshot!(untimed(&run.stdout)));
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 80), "{run}");
    let svg = String::from_utf8(dir.read("curve.svg")).unwrap();
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{svg}");
    for part in ["<title id=\"title\">", "<desc id=\"about\">If all 4 questions are answered", "<polyline", "threshold"]
    {
        assert!(svg.contains(part), "no {part} in {svg}");
    }
}

/// Without what differs with every run or with the weights.
fn untimed(text: &str) -> String {
    let is_steady = |line: &&str| !["p50_ms", "p99_ms", " ece", "best_threshold"].iter().any(|key| line.contains(key));
    text.lines().filter(is_steady).map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Pairs whose answers name the next one, and sixty questions in other words.
fn labelled() -> (String, String, String) {
    let (mut rows, mut queries, mut qrels) = (String::new(), String::new(), "query-id\tcorpus-id\tscore\n".to_owned());
    for number in 0..60 {
        let (thing, other) = (format!("thing{number}"), format!("thing{}", (number + 1) % 60));
        let row = json!({"_id": thing, "question": format!("What is {thing} about?"), "answer": format!("It came after {other}, {other}, as people say.")});
        rows += &format!("{row}\n");
        queries += &format!("{}\n", json!({"_id": format!("q{number}"), "text": format!("explain {thing} please")}));
        qrels += &format!("q{number}\t{thing}\t1\n");
    }
    (rows, queries, qrels)
}

#[test]
fn labelled_questions_give_weights_that_the_next_index_takes_in() {
    let dir = Dir::new();
    let (rows, queries, qrels) = labelled();
    dir.write("corpus/rows.jsonl", rows).write("queries.jsonl", queries).write("qrels.tsv", qrels);
    dir.faqt(["index"]).ok();
    let before = dir.listing("corpus");
    let fit = ["eval", "--fit", "--queries", "queries.jsonl", "--qrels", "qrels.tsv"];
    let report = dir.faqt(fit.into_iter().chain(["--format", "json"])).ok().json();
    for figures in ["before", "cross_validated", "in_sample"] {
        for key in ["p_at_1", "mrr", "log_loss", "ece", "best_mcc"] {
            assert!(report[figures][key].is_number(), "{figures} {key} in {report:#}");
        }
    }
    assert_eq!(
        (&report["answerable"], &report["withheld"], &report["confidence_gains"]),
        (&json!(60), &json!(30), &json!(true))
    );
    assert_eq!(dir.listing("corpus"), before, "the corpus is never written to");
    let written = dir.read("corpus.fit.toml");
    let run = dir.faqt(["index"]).ok();
    assert!(run.stdout.starts_with("indexed") && run.stdout.contains("weights    of corpus.fit.toml"), "{run}");
    assert!(dir.faqt(["index"]).ok().stdout.starts_with("unchanged"));
    // What was fitted before is no beginning: the same questions give the same file.
    dir.faqt(fit).ok();
    assert_eq!(dir.read("corpus.fit.toml"), written);
    let run = dir.faqt(["index", "--no-fit"]).ok();
    assert!(run.stdout.starts_with("indexed") && !run.stdout.contains("corpus.fit.toml"), "{run}");
    dir.write("corpus.fit.toml", "[qa]\nglamour = 1.0\n");
    dir.faqt(["index"]).fails_with(&["corpus.fit.toml:2", "glamour", "remove the file"]);
}

#[test]
fn a_handful_of_labels_is_too_few_to_fit_on() {
    let dir = set();
    dir.faqt(["eval", "--fit", "--queries", "queries.jsonl", "--qrels", "qrels.tsv"])
        .fails_with(&["3 labelled questions", "50 are needed"]);
    assert!(!dir.path("corpus.fit.toml").exists());
}
