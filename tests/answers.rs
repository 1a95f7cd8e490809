//! Which words are given as the answer: sentences, lists, highlights, parts of a question, newer and older answers.

use crate::harness::{Dir, first, texts};
use serde_json::{Value, json};

/// Asks with no threshold, of one kind of unit.
fn ask(dir: &Dir, question: &str, kind: &str) -> Value {
    dir.ask([question, "--min-confidence", "0", "--filter", &format!("kind={kind}")])
}

const BRIDGE: &str = "\
The Stone Bridge

The bridge crosses the river at its narrowest place, where a ferry had been since the time of the monks and where a \
market was held on its northern bank every autumn. It was built by Matthias Oren, a mason from the hills, with stones \
from the old town wall and with the money of the salt merchants. The work began in 1481 and ended in 1497, after two \
floods had carried the wooden arches away and the town council had wanted to give it up. The bridge has eleven arches \
and is 214 metres long, so that a walk across takes about three minutes. It was closed to cars because their weight \
had cracked two of the pillars, and today only trams, bicycles and people on foot may use it. A small museum in the \
gate tower shows tools, drawings and a model of the scaffold on which the masons stood.
";

#[test]
fn the_sentence_that_offers_what_is_asked_is_given() {
    let dir = Dir::of([("bridge.txt", BRIDGE)]);
    for (question, part) in [
        ("Who built the bridge?", "Matthias Oren"),
        ("When was work on the bridge begun?", "1481"),
        ("How long is the bridge in metres?", "214 metres"),
        ("Why was the bridge closed to cars?", "because their weight"),
        ("how many archs has the bridge", "eleven arches"),
    ] {
        let reply = ask(&dir, question, "passage");
        let text = first(&reply)["text"].as_str().unwrap();
        assert!(text.contains(part), "{question}: {text}");
        assert!(text.chars().count() <= 400, "{question}: {text}");
    }
}

#[test]
fn sentences_that_are_no_neighbours_are_cited_one_by_one() {
    let filler = "Nothing of this has anything to do with what people want to hear about on such a day. ".repeat(3);
    let text = format!(
        "The Mill\n\nThe mill grinds wheat. {filler}The miller bakes bread. {filler}Wheat and bread are sold.\n"
    );
    let dir = Dir::of([("mill.txt", &text)]);
    let reply = ask(&dir, "wheat of the mill and bread of the miller", "passage");
    let answer = first(&reply);
    let citations = answer["citations"].as_array().unwrap();
    let quotes: Vec<&str> = citations.iter().map(|citation| citation["quote"].as_str().unwrap()).collect();
    assert!(quotes.len() > 1, "{answer:#}");
    assert_eq!(answer["text"], quotes.join(" … "));
    for citation in citations {
        let byte = |at: usize| usize::try_from(citation["bytes"][at].as_u64().unwrap()).unwrap();
        assert_eq!(&text.as_bytes()[byte(0)..byte(1)], citation["quote"].as_str().unwrap().as_bytes());
    }
}

#[test]
fn a_sentence_that_points_back_comes_with_the_one_before() {
    let filler =
        "The harbour has long quays, warehouses of brick and a crane that nobody has used for years. ".repeat(4);
    let text =
        format!("Harbour\n\n{filler}The old dredger lies at the northern pier. It was launched in 1932. {filler}\n");
    let dir = Dir::of([("harbour.txt", &text)]);
    let text = ask(&dir, "when was it launched", "passage");
    let text = first(&text)["text"].as_str().unwrap().to_owned();
    assert!(text.contains("The old dredger lies at the northern pier. It was launched in 1932."), "{text}");
}

const BOILER: &str = "\
# The boiler

The boiler stands in the cellar and heats the house and the water. It is checked every spring.

To light the boiler:

1. Open the gas valve. Wait a minute.
2. Press the red button until the flame burns.
3. Close the door of the boiler.

Never light it when the cellar smells of gas. Call the plumber instead, whose number hangs on the door of the cellar.

| Room | Degrees |
|------|---------|
| hall | 17 |
| bath | 23 |
| attic | 12 |

The degrees are a proposal, and everybody may set what feels right.
";

#[test]
fn lists_and_tables_stay_whole() {
    let dir = Dir::of([("boiler.md", BOILER)]);
    let steps = "To light the boiler:\n\nOpen the gas valve. Wait a minute.\nPress the red button until the flame burns.\nClose the door of the boiler.";
    for question in ["how do I light the boiler", "where is the red button", "open the gas valve"] {
        let reply = ask(&dir, question, "passage");
        assert!(texts(&reply).iter().any(|text| text.contains(steps)), "{question}: {reply:#}");
    }
    let reply = ask(&dir, "how many degrees in the bath", "passage");
    let text = first(&reply)["text"].as_str().unwrap();
    assert!(["hall", "bath", "attic"].iter().all(|room| text.contains(room)), "{text}");

    let lines = BOILER.replace("# ", "").lines().filter(|line| !line.starts_with('|')).collect::<Vec<_>>().join("\n");
    let dir = Dir::of([("boiler.txt", &lines)]);
    let reply = ask(&dir, "where is the red button", "passage");
    let text = first(&reply)["text"].as_str().unwrap();
    assert!(text.contains("1. Open the gas valve.") && text.contains("3. Close the door"), "{text}");
}

/// A row whose answer has more than 600 characters.
fn long_row() -> (String, String) {
    let before = "Our house has been here since the year of the great flood, and it has never been closed. ".repeat(5);
    let after = "Whoever comes by train walks along the river and turns left behind the mill. ".repeat(4);
    let answer = format!("{before}Dogs may stay in the rooms on the ground floor for 8 euros a night. {after}");
    let answer = answer.trim().to_owned();
    (json!({"_id": "house", "question": "What should I know about the house?", "answer": answer}).to_string(), answer)
}

#[test]
fn a_long_answer_is_whole_and_its_best_sentences_are_marked() {
    let (row, answer) = long_row();
    let dir = Dir::of([("house.jsonl", &row)]);
    let reply = dir.ask(["what do dogs pay a night", "--min-confidence", "0"]);
    let (given, mark) = (first(&reply), &first(&reply)["highlight"]);
    assert_eq!((&given["text"], &given["citations"][0]["quote"]), (&json!(answer), &json!(answer)));
    let text = mark["text"].as_str().unwrap();
    assert!(text.contains("for 8 euros a night.") && text.len() < 400 && answer.contains(text), "{mark:#}");
    let byte = |at: usize| usize::try_from(mark["bytes"][at].as_u64().unwrap()).unwrap();
    assert_eq!(&dir.read("corpus/house.jsonl")[byte(0)..byte(1)], text.as_bytes());
    assert_eq!(mark["lines"], json!([1, 1]));

    let markdown = dir.faqt(["ask", "what do dogs pay a night", "--min-confidence", "0", "--format", "markdown"]).ok();
    let bold = markdown.stdout.split("**").find(|part| part.contains("8 euros"));
    assert!(bold.is_some_and(|bold| bold.len() < 400), "{markdown}");

    let short = Dir::of([("house.jsonl", r#"{"question": "May dogs stay?", "answer": "Yes. On the ground floor."}"#)]);
    assert!(first(&short.ask(["may dogs stay"])).get("highlight").is_none());
}

const SHOP: &str = r#"{"_id": "price", "question": "What is the price of the lamp?", "answer": "The lamp costs 40 euros."}
{"_id": "delivery", "question": "How long is the delivery time?", "answer": "We deliver within three days."}
{"_id": "cancel", "question": "How do I cancel my order?", "answer": "Write to us or press the button in your account."}
{"_id": "refund", "question": "When do I get my money back?", "answer": "Within two weeks of the return."}
{"_id": "hours", "question": "When is the shop open?", "answer": "From nine to five on weekdays."}
{"_id": "terms", "question": "Where are the terms and conditions?", "answer": "At the foot of every page."}
{"_id": "both", "question": "Do you repair bags and shoes?", "answer": "Yes, in our own workshop."}
{"_id": "bags", "question": "Which bags do you sell?", "answer": "Leather ones."}
"#;

/// Documents and parts of the answers to a question.
fn parts(dir: &Dir, args: &[&str]) -> Vec<(String, Value)> {
    let reply = dir.ask(args.iter().copied());
    let answers = reply["answers"].as_array().unwrap();
    answers.iter().map(|answer| (answer["document"].as_str().unwrap().to_owned(), answer["part"].clone())).collect()
}

#[test]
fn two_questions_in_one_are_both_answered() {
    let dir = Dir::of([("shop.jsonl", SHOP)]);
    for (question, expected) in [
        ("What are the price and delivery time?", [("price", "What are the price"), ("delivery", "delivery time")]),
        (
            "How do I cancel and when do I get my money back?",
            [("cancel", "How do I cancel"), ("refund", "when do I get my money back")],
        ),
        (
            "how do I cancel? when is the shop open?",
            [("cancel", "how do I cancel"), ("hours", "when is the shop open")],
        ),
    ] {
        let found = parts(&dir, &[question]);
        let expected = expected.map(|(document, part)| (document.to_owned(), json!(part)));
        assert_eq!(found[..2], expected, "{question}");
        assert!(found[2..].iter().all(|(_, part)| part.is_null()), "{question}");
        for top in ["1", "2", "5"] {
            let fewer = parts(&dir, &[question, "--top", top]);
            let shown = fewer.len().min(found.len());
            assert_eq!(fewer[..shown], found[..shown], "{question}, {top} answers");
        }
        let shown = dir.faqt(["ask", question]).ok().stdout;
        assert_eq!(shown.matches("Sources").count(), 2, "{shown}");
    }
}

#[test]
fn one_question_with_two_words_is_one() {
    let dir = Dir::of([("shop.jsonl", SHOP)]);
    for question in
        ["Where are the terms and conditions?", "where do I find terms and conditions", "can you repair bags and shoes"]
    {
        assert!(parts(&dir, &[question, "--top", "9"]).iter().all(|(_, part)| part.is_null()), "{question}");
    }
    // What is not known is not answered.
    assert!(parts(&dir, &["What is the price and the colour of the sky?"]).iter().all(|(_, part)| part.is_null()));
}

fn dated(id: &str, question: &str, answer: &str, date: &str) -> String {
    json!({"_id": id, "question": question, "answer": answer, "date": date}).to_string() + "\n"
}

#[test]
fn of_answers_that_contradict_each_other_the_newer_comes_first_and_names_the_older() {
    let rows = [
        dated("old", "What does a library card cost?", "A library card costs 10 euros a year.", "2020-01-31"),
        dated("new", "What does the library card cost?", "A library card costs 12 euros a year.", "2024-05-01"),
        dated("dogs-old", "Are dogs allowed in the reading room?", "Dogs are allowed in the room.", "2020-01-31"),
        dated(
            "dogs-new",
            "Dogs: are they allowed in the reading room?",
            "Dogs are not allowed in the room.",
            "2023-01-31",
        ),
    ];
    let dir = Dir::of([("library.jsonl", &rows.concat())]);
    for (question, newer, older) in
        [("what would a card for the library cost", "new", "old"), ("dogs in the reading room", "dogs-new", "dogs-old")]
    {
        let reply = dir.ask([question, "--min-confidence", "0"]);
        let answer = |document: &str| {
            let mut answers = reply["answers"].as_array().unwrap().iter();
            answers.find(|answer| answer["document"] == document).unwrap()
        };
        assert_eq!(first(&reply)["document"], newer, "{question}");
        let superseded = &answer(newer)["supersedes"][0];
        assert_eq!((&superseded["id"], &superseded["published"]), (&answer(older)["id"], &json!("2020-01-31")));
        assert_eq!(superseded["citation"]["quote"], answer(older)["text"]);
        assert_eq!(answer(older)["superseded_by"], answer(newer)["id"]);
        let alone = dir.ask([question, "--min-confidence", "0", "--top", "1"]);
        assert_eq!(first(&alone), first(&reply));
    }
    // What is asked word for word comes first, and tells that there is a newer one.
    let reply = dir.ask(["What does a library card cost?"]);
    assert_eq!(first(&reply)["document"], "old");
    assert!(first(&reply)["superseded_by"].is_string());
    let shown = dir.faqt(["ask", "dogs in the reading room", "--min-confidence", "0"]).ok().stdout;
    assert!(shown.contains("Older, and says otherwise\n  - corpus/library.jsonl:3 2020-01-31"), "{shown}");
}

#[test]
fn the_newer_article_of_two_comes_first() {
    let article = |price: &str, date: &str| {
        format!("---\ndate: {date}\n---\n# Ferry prices\n\nA return ticket for the ferry costs {price} euros.\n")
    };
    let dir = Dir::of([("a.md", &article("11", "2019-03-01")), ("b.md", &article("14", "2025-03-01"))]);
    let reply = ask(&dir, "what does a return ticket cost", "passage");
    assert_eq!(first(&reply)["document"], "corpus/b.md", "{reply:#}");
    assert_eq!(first(&reply)["supersedes"][0]["published"], "2019-03-01");
}

#[test]
fn what_does_not_contradict_keeps_its_order() {
    let rows = [
        dated("enable", "How do I enable the dark mode in the app?", "Press 3 times on the moon.", "2020-01-31"),
        dated("disable", "How do I disable the dark mode in the app?", "Press 4 times on the moon.", "2023-01-31"),
        dated("basic", "What does the basic plan cost?", "The plan costs 5 euros a month.", "2020-01-31"),
        dated("large", "What does the large plan cost?", "The plan costs 9 euros a month.", "2023-01-31"),
        dated("first", "How is the plan paid?", "The plan is paid by card.", "2020-01-31"),
        dated("second", "How is the plan paid?", "The plan is paid by card or in 12 parts.", "2023-01-31"),
    ];
    let dir = Dir::of([("app.jsonl", &rows.concat())]);
    for (question, document) in [("enable dark mode", "enable"), ("cost of the basic plan", "basic")] {
        let reply = dir.ask([question, "--min-confidence", "0", "--top", "6"]);
        assert_eq!(first(&reply)["document"], document, "{question}");
        for answer in reply["answers"].as_array().unwrap() {
            assert!(answer.get("supersedes").is_none() && answer.get("superseded_by").is_none(), "{answer:#}");
        }
    }
}
