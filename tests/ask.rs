//! Asking: the main path, what a reply looks like, filters, and many questions at once.

use crate::harness::{Dir, first, steady, texts, timeless};
use serde_json::{Value, json};

/// A question in other words than its stored one, or with a typing error, and how its answer begins.
const ASKED: [(&str, &str); 12] = [
    ("How high is the lighthouse?", "The gallery is 58 metres"),
    ("how hihg is the lighthose", "The gallery is 58 metres"),
    ("may I take my dog up", "No. Dogs wait at the gate"),
    ("Can I bring my dgo up the tower?", "No. Dogs wait at the gate"),
    ("what time does the last tour start", "The last tour begins at half past five"),
    ("how many steps does the tower have", "The tower has 213 steps"),
    ("how long does the crosing take", "The crossing takes 35 minutes"),
    ("what happens when there is a storm", "The ferry stays in the harbour"),
    ("Is there a maximum number of books?", "You may borrow twelve books"),
    ("price of a library card", "A card costs 18 euros"),
    ("my library card is lost", "Tell the desk at once"),
    ("extend the loan of a book", "You may keep a book for four weeks"),
];

#[test]
fn a_question_is_answered_word_for_word_in_other_words_and_with_typing_errors() {
    let dir = Dir::indexed();
    for (question, beginning) in ASKED {
        let reply = dir.ask([question]);
        assert_eq!(reply["answered"], true, "{question}: {reply:#}");
        let text = first(&reply)["text"].as_str().unwrap();
        assert!(text.starts_with(beginning), "{question}: {text}");
    }
}

#[test]
fn a_story_around_a_question_does_not_hide_it_and_makes_no_answer_by_itself() {
    let dir = Dir::indexed();
    let reply = dir.ask(["Hello, we are a family of five with two small children and a dog, and we want to see the \
                          coast next summer. How long does the crossing with the ferry take? Our youngest is only three."]);
    assert!(first(&reply)["text"].as_str().unwrap().starts_with("The crossing takes 35 minutes"), "{reply:#}");
    for question in [
        "Hello, my neighbour has planted tomatoes on his balcony and the leaves are turning yellow. What can he do?",
        "We are moving house next spring, and I keep asking myself whether the cat will like it. What do you think?",
    ] {
        assert_eq!(dir.ask([question])["answered"], false, "{question}");
    }
}

#[test]
fn the_reply_for_people_has_the_answer_first_and_then_its_sources() {
    let dir = Dir::indexed();
    steady(|| {
        insta::assert_snapshot!(dir.faqt(["ask", "How", "long does the crossing take?", "--top", "1"]).ok().stdout);
        insta::assert_snapshot!(dir.faqt(["ask", "how many steps does the tower have", "--top", "1"]).ok().stdout);
    });
}

#[test]
fn without_an_answer_the_nearest_questions_are_suggested_and_the_status_is_1() {
    let dir = Dir::indexed();
    let run = dir.faqt(["ask", "How do I bake sourdough bread?"]).ends_with(1);
    assert_eq!(run.stderr, "");
    insta::assert_snapshot!(run.stdout);
    let reply = dir.ask(["How do I bake sourdough bread?"]);
    assert_eq!((&reply["answered"], &reply["answers"]), (&json!(false), &json!([])));
    let suggestions = reply["suggestions"].as_array().unwrap();
    assert!((1..=3).contains(&suggestions.len()), "{reply:#}");
    insta::assert_snapshot!(
        dir.faqt(["ask", "How do I bake sourdough bread?", "--format", "markdown"]).ends_with(1).stdout
    );
}

#[test]
fn markdown_quotes_the_answer_and_links_the_source() {
    let dir = Dir::indexed();
    insta::assert_snapshot!(
        dir.faqt(["ask", "How long does the crossing take?", "--top=1", "--format=markdown"]).ok().stdout
    );
}

#[test]
fn markdown_in_an_answer_is_shown_and_not_obeyed() {
    let dir =
        Dir::of([("a.txt", "FAQ\nQ: How is a pointer written in C?\nA: As `int *p` or <b>int</b> [x](y) & such.\n")]);
    let run = dir.faqt(["ask", "How is a pointer written in C?", "--format", "markdown"]).ok();
    assert!(run.stdout.contains(r"> As \`int \*p\` or \<b\>int\</b\> \[x\](y) \& such."), "{run}");
}

#[test]
fn a_reply_in_json_has_the_keys_of_the_contract() {
    let dir = Dir::indexed();
    let mut reply = timeless(dir.ask(["How many books may I borrow?", "--top", "1"]));
    // Weights change: any number will do.
    assert!(reply["answers"][0]["score"].take().is_f64());
    insta::assert_json_snapshot!(reply);
}

#[test]
fn without_an_index_it_is_built_from_the_corpus_and_standard_output_is_the_reply_alone() {
    let dir = Dir::with_corpus();
    let run = dir.faqt(["ask", "How high is the lighthouse?", "--format", "json"]).ok();
    assert!(run.stderr.contains("no index in index yet: building it from corpus"), "{run}");
    assert!(run.stderr.contains("indexed: 3 files"), "{run}");
    assert!(first(&run.json())["text"].as_str().unwrap().starts_with("The gallery"));
    let again = dir.faqt(["ask", "How high is the lighthouse?", "--format", "json"]).ok();
    assert_eq!(again.stderr, "");
}

#[test]
fn without_index_and_corpus_the_missing_folder_is_named() {
    Dir::new().faqt(["ask", "Why?"]).fails_with(&["no index in `index`", "no `corpus`", "run `faqt index`"]);
}

#[test]
fn filters_restrict_before_ranking() {
    let dir = Dir::indexed();
    let documents = |filters: &[&str]| -> Vec<String> {
        let mut args = vec!["What does a library card cost?", "--top", "50", "--min-confidence", "0"];
        args.extend(filters.iter().flat_map(|filter| ["--filter", filter]));
        let reply = dir.ask(args);
        let documents =
            reply["answers"].as_array().unwrap().iter().map(|answer| answer["document"].as_str().unwrap().to_owned());
        let mut documents: Vec<String> = documents.collect();
        documents.sort();
        documents.dedup();
        documents
    };
    assert_eq!(documents(&["branch=south"]), ["card-1"]);
    assert_eq!(documents(&["BRANCH = South"]), ["card-1"]);
    assert_eq!(documents(&["branch=south", "branch=east"]), ["card-1", "card-2"]);
    assert_eq!(documents(&["branch=south", "branch=north", "audience=children"]), ["loan-1"]);
    assert_eq!(
        documents(&["kind=qa", "document!=card-1", "document!=loan-1", "source=corpus/library.jsonl"]),
        ["card-2", "loan-2"]
    );
    assert_eq!(documents(&["date>=2026-01"]), ["card-1", "corpus/ferry.md"]);
    assert_eq!(documents(&["date>=2026-01-21"]), ["corpus/ferry.md"]);
    assert_eq!(documents(&["date=2025..2026-01-20", "audience!=adults"]), ["card-1", "loan-2"]);
    assert_eq!(documents(&["date<=2025-12-31"]), ["loan-1", "loan-2"]);
    assert_eq!(documents(&["tags=timetable"]), ["corpus/ferry.md"]);
    assert_eq!(documents(&["branch=west"]), [""; 0]);
}

#[test]
fn a_wrong_filter_is_told_with_its_right_form() {
    let dir = Dir::indexed();
    for (filter, parts) in [
        ("branch", ["`branch`", "key=value"]),
        ("=north", ["`=north`", "key=value"]),
        ("pages>=3", ["`pages>=3`", "only dates"]),
        ("date=soon", ["`date=soon`", "YYYY-MM-DD"]),
        ("date=2026-02-30", ["`date=2026-02-30`", "YYYY-MM-DD"]),
    ] {
        dir.faqt(["ask", "Why?", "--filter", filter]).fails_with(&parts);
    }
}

#[test]
fn questions_from_standard_input_get_one_reply_a_line_in_their_order() {
    let dir = Dir::indexed();
    let input = "How high is the lighthouse?\n\nHow do I bake sourdough bread?\r\nWhat does a library card cost?";
    let run = dir.faqt(["ask", "-", "--top", "1"]).input(input).ok();
    let replies = run.json_lines();
    let asked: Vec<&str> = replies.iter().map(|reply| reply["question"].as_str().unwrap()).collect();
    assert_eq!(
        asked,
        ["How high is the lighthouse?", "", "How do I bake sourdough bread?", "What does a library card cost?"]
    );
    let answered: Vec<&Value> = replies.iter().map(|reply| &reply["answered"]).collect();
    assert_eq!(answered, [true, false, false, true]);
    assert_eq!(replies[1]["error"]["code"], "question_invalid");
    assert!(replies.iter().enumerate().all(|(place, reply)| reply.get("error").is_some() == (place == 1)));
    assert_eq!(first(&replies[3])["document"], "card-1");
}

#[test]
fn questions_from_standard_input_of_which_none_is_answered_end_with_status_1() {
    let dir = Dir::indexed();
    let run = dir.faqt(["ask", "-"]).input("How do I bake sourdough bread?\n").ends_with(1);
    assert_eq!(run.json_lines().len(), 1);
    assert_eq!(dir.faqt(["ask", "-"]).ends_with(1).stdout, "");
}

#[test]
fn a_line_of_standard_input_that_is_not_utf_8_is_still_asked() {
    let dir = Dir::indexed();
    let run = dir.faqt(["ask", "-"]).input(b"How high is the \xff lighthouse?\nHow high is the lighthouse?\n").ok();
    let replies = run.json_lines();
    assert_eq!(replies.len(), 2);
    assert_eq!(first(&replies[1])["confidence"], 0.99);
}

#[test]
fn explaining_shows_every_signal_of_every_candidate() {
    let dir = Dir::indexed();
    let reply = dir.ask(["how hihg is the lighthose", "--explain"]);
    let explanation = &reply["explanation"];
    let units = 19;
    assert_eq!(explanation["candidates"], units);
    let ranking = explanation["ranking"].as_array().unwrap();
    assert!(!ranking.is_empty());
    assert_eq!(ranking[0]["id"], first(&reply)["id"]);
    let names =
        |candidate: &Value, key: &str| -> Vec<String> { candidate[key].as_object().unwrap().keys().cloned().collect() };
    for candidate in ranking {
        assert!(names(candidate, "signals").len() > 5, "{candidate:#}");
        assert_eq!(names(candidate, "signals"), names(candidate, "weights"));
        let sum: f64 = names(candidate, "signals")
            .iter()
            .map(|name| candidate["signals"][name].as_f64().unwrap() * candidate["weights"][name].as_f64().unwrap())
            .sum();
        assert!((sum - candidate["score"].as_f64().unwrap()).abs() < 1e-6, "{candidate:#}");
    }
    let words: Vec<&str> =
        explanation["terms"].as_array().unwrap().iter().map(|term| term["word"].as_str().unwrap()).collect();
    assert_eq!(words, ["how", "hihg", "is", "the", "lighthose"]);

    let text = dir.faqt(["ask", "how hihg is the lighthose", "--explain"]).ok().stdout;
    for name in names(&ranking[0], "signals") {
        assert!(text.contains(&name), "no {name} in {text}");
    }
    assert!(dir.ask(["how hihg is the lighthose"]).get("explanation").is_none());
}

#[test]
fn the_number_of_answers_is_between_1_and_50() {
    let dir = Dir::indexed();
    for wrong in ["0", "51", "-1", "many"] {
        let run = dir.faqt(["ask", "Why?", &format!("--top={wrong}")]).ends_with(2);
        assert!(run.stderr.contains("--top <N>"), "{run}");
    }
    let reply = dir.ask(["How long may I keep a book?", "--top", "2"]);
    assert_eq!(texts(&reply).len(), 2);
    assert_eq!(dir.ask(["How long may I keep a book?"])["answers"].as_array().unwrap().len(), 3);
}

#[test]
fn the_least_confidence_is_a_share() {
    let dir = Dir::indexed();
    for wrong in ["1.1", "-0.1", "NaN", "half"] {
        let run = dir.faqt(["ask", "Why?", &format!("--min-confidence={wrong}")]).ends_with(2);
        assert!(run.stderr.contains("--min-confidence"), "{run}");
    }
    // The lowest lets through what is no answer, the highest stops what is one.
    assert_eq!(dir.ask(["How do I bake sourdough bread?", "--min-confidence", "0"])["answered"], true);
    assert_eq!(dir.ask(["how hihg is the lighthose", "--min-confidence", "1"])["answered"], false);
}

#[test]
fn no_color_is_respected() {
    let dir = Dir::indexed();
    let ask = || dir.faqt(["ask", "How high is the lighthouse?"]);
    let coloured = ask().env("CLICOLOR_FORCE", "1").ok().stdout;
    assert!(coloured.contains('\u{1b}'), "{coloured:?}");
    let plain = ask().env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").ok().stdout;
    assert!(!plain.contains('\u{1b}'), "{plain:?}");
    assert_eq!(plain, ask().ok().stdout);
}

#[test]
fn matched_words_are_set_off_and_nothing_else_is() {
    let dir = Dir::of([("a.txt", "FAQ\nQ: When does the donkey bray?\nA: The donkeys bray at noon in the valley.\n")]);
    let coloured = dir.faqt(["ask", "when do donkeys bray"]).env("CLICOLOR_FORCE", "1").ok().stdout;
    let answer = coloured.lines().next().unwrap();
    assert!(answer.contains("The \u{1b}[1mdonkeys\u{1b}[0m \u{1b}[1mbray\u{1b}[0m at noon"), "{answer:?}");
    assert!(answer.contains(" valley."), "{answer:?}");
}

#[test]
fn an_article_cannot_drive_the_terminal() {
    let dir = Dir::of([(
        "a.txt",
        "FAQ\nQ: What is red?\nA: It is \u{1b}[31mred\u{1b}]0;title\u{7} and \u{202e}right to left.\n",
    )]);
    for format in ["text", "markdown"] {
        let run = dir.faqt(["ask", "What is red?", "--format", format]).ok();
        let bad = |letter: char| (letter.is_control() && letter != '\n') || letter == '\u{202e}';
        assert!(!run.stdout.contains(bad), "{:?}", run.stdout);
        assert!(run.stdout.contains("red"), "{run}");
    }
}

#[test]
fn the_language_of_a_question_may_be_told() {
    let dir = Dir::of([
        ("en.md", "---\nlang: en\n---\n\n# Plants\n\n## When does a fern die?\n\nIt will die in a hard frost.\n"),
        ("de.md", "---\nlang: de\n---\n\n# Pflanzen\n\n## Wann blüht die Rose?\n\nSie blüht im Juni.\n"),
    ]);
    let weight = |reply: &serde_json::Value| {
        let terms = reply["explanation"]["terms"].as_array().unwrap();
        terms.iter().find(|term| term["word"] == "die").unwrap()["weight"].as_f64().unwrap()
    };
    // A German article, and an English verb.
    let question = ["when will ferns die", "--explain"];
    let guessed = weight(&dir.ask(question));
    let told = |code: &str| weight(&dir.ask(question.into_iter().chain(["--language", code])));
    assert!(told("en") > guessed);
    assert_eq!((told("EN-gb"), told("de")), (told("en"), guessed));
    // What the corpus does not have says nothing.
    assert_eq!((told("fr"), told("klingon"), told("")), (guessed, guessed, guessed));
    let line = r#"{"question": "when will ferns die", "language": "en"}"#;
    let run = dir.faqt(["ask", "-", "--explain", "--language", "de"]).input(line).run();
    assert!((weight(&run.json_lines()[0]) - told("en")).abs() < 1e-12);
}
