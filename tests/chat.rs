//! Conversations: `faqt chat`, `--after`, and questions that come with what was said before.

use crate::harness::{Dir, first, repository, steady, texts, timeless};
use serde_json::{Value, json};
use std::fs;

/// Small talk in four languages.
const SMALL_TALK: [&str; 32] = [
    "hello",
    "Hi there!",
    "thanks a lot",
    "Thank you very much.",
    "bye",
    "ok, thanks!",
    "talk to a human",
    "are you a robot?",
    "yes",
    "Hallo",
    "guten Tag",
    "vielen Dank",
    "tschüss",
    "auf Wiedersehen",
    "ich möchte mit einem Menschen sprechen",
    "bist du ein Roboter?",
    "bonjour",
    "merci beaucoup",
    "au revoir",
    "salut !",
    "parler à un humain",
    "tu es un robot ?",
    "oui",
    "d'accord, merci",
    "hola",
    "buenos días",
    "muchas gracias",
    "adiós",
    "hasta luego",
    "hablar con una persona",
    "¿eres un robot?",
    "sí",
];

/// A knowledge base with prompts, two of which say the same.
const PROMPTS: &str = r#"{"qnaDocuments": [
  {"id": 1, "questions": ["How do I get a card?"], "answer": "Ask at the desk.", "source": "town", "metadata": [],
   "context": {"isContextOnly": false, "prompts": [
     {"displayOrder": 0, "displayText": "For children", "qnaId": 2},
     {"displayOrder": 1, "displayText": "What it costs", "qnaId": 3}]}},
  {"id": 2, "questions": ["Children under ten"], "answer": "A parent signs the form.", "source": "town", "metadata": []},
  {"id": 3, "questions": ["Fee for a card"], "answer": "A card costs 18 euros.", "source": "town", "metadata": []},
  {"id": 4, "questions": ["How do I book a tour?"], "answer": "Write to the harbour office.", "source": "town",
   "metadata": [],
   "context": {"isContextOnly": false, "prompts": [{"displayOrder": 0, "displayText": "For children", "qnaId": 5}]}},
  {"id": 5, "questions": ["Children on board"], "answer": "Children ride free on every tour.", "source": "town",
   "metadata": []}
]}"#;

/// The replies to questions, each with what was said before it.
fn ask_all(dir: &Dir, questions: &[Value]) -> Vec<Value> {
    let lines: Vec<String> = questions.iter().map(Value::to_string).collect();
    let replies = dir.faqt(["ask", "-", "--top", "1"]).input(lines.join("\n")).run().json_lines();
    assert_eq!(replies.len(), questions.len());
    replies
}

/// The last reply of every conversation, each turn asked with those before it and their answers.
fn last_replies(dir: &Dir, conversations: &[Value]) -> Vec<Value> {
    let turns = |conversation: &Value| conversation["turns"].as_array().unwrap().clone();
    let mut histories = vec![Vec::new(); conversations.len()];
    let mut last = vec![Value::Null; conversations.len()];
    for round in 0..conversations.iter().map(|conversation| turns(conversation).len()).max().unwrap() {
        let places: Vec<usize> =
            (0..conversations.len()).filter(|&at| turns(&conversations[at]).len() > round).collect();
        let question =
            |&at: &usize| json!({"question": turns(&conversations[at])[round], "history": histories[at].clone()});
        let replies = ask_all(dir, &places.iter().map(question).collect::<Vec<_>>());
        for (at, reply) in places.into_iter().zip(replies) {
            let unit = reply["answers"].get(0).map_or(Value::Null, |answer| answer["id"].clone());
            histories[at].push(json!({"question": reply["question"], "unit": unit}));
            last[at] = reply;
        }
    }
    last
}

fn is_right(conversation: &Value, reply: &Value) -> bool {
    if conversation["answer"].is_null() {
        return reply["answered"] == false;
    }
    let Some(answer) = reply["answers"].get(0) else { return false };
    let folded = |text: &Value| text.as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    let also = conversation["also"].as_array().cloned().unwrap_or_default();
    [&conversation["answer"]].into_iter().chain(&also).any(|wanted| {
        answer["citations"][0]["source"] == wanted["source"]
            && folded(&answer["text"]).contains(&folded(&wanted["contains"]))
    })
}

#[test]
fn with_what_was_said_before_far_more_follow_ups_are_answered_right() {
    let file = fs::read_to_string(repository("tests/fixtures/conversations.jsonl")).unwrap();
    let conversations: Vec<Value> = file.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let dir = Dir::of_own_articles();
    let last = |conversation: &Value| json!({"question": conversation["turns"].as_array().unwrap().last()});
    let alone = ask_all(&dir, &conversations.iter().map(last).collect::<Vec<_>>());
    let within = last_replies(&dir, &conversations);
    let right = |replies: &[Value]| {
        conversations.iter().zip(replies).filter(|(conversation, reply)| is_right(conversation, reply)).count()
    };
    let (alone_right, within_right) = (right(&alone), right(&within));
    println!("{within_right} with history, {alone_right} without");
    // What was reached less a few, so that a change has to be worse, not only other, to fail.
    assert!(within_right >= 108, "{within_right} with history, {alone_right} without");
    assert!(within_right >= alone_right + 20, "{within_right} with history, {alone_right} without");
    let follows = |conversation: &&Value| conversation["stands_alone"] == false && conversation["answer"].is_null();
    let refused = conversations
        .iter()
        .zip(&within)
        .filter(|(conversation, reply)| follows(conversation) && reply["answered"] == false);
    assert!(refused.count() + 2 >= conversations.iter().filter(follows).count(), "what has no answer gets none");
    for ((conversation, alone), within) in conversations.iter().zip(alone).zip(within) {
        if conversation["stands_alone"] == true {
            assert_eq!(timeless(within), timeless(alone), "{conversation}");
        }
    }
}

#[test]
fn a_follow_up_names_the_words_that_it_was_read_with() {
    let dir = Dir::indexed();
    let alone = dir.ask(["and how high?"]);
    assert!(alone.get("carried").is_none(), "{alone:#}");
    let reply = dir.ask(["and how high?", "--after", "How many steps does the lighthouse have?"]);
    let carried = reply["carried"].as_array().unwrap_or_else(|| panic!("{reply:#}"));
    assert!(carried.contains(&json!("lighthouse")), "{reply:#}");
    let explained = dir.ask(["and how high?", "--after", "How many steps does the lighthouse have?", "--explain"]);
    let terms = explained["explanation"]["terms"].as_array().unwrap();
    let lighthouse = terms.iter().find(|term| term["word"] == "lighthouse").unwrap();
    assert!(lighthouse["weight"].as_f64().unwrap() < 1.0, "{lighthouse}");
}

#[test]
fn a_question_that_stands_alone_is_answered_as_if_nothing_had_been_said() {
    let dir = Dir::indexed();
    let after = ["--after", "How high is the lighthouse?", "--after", "and the steps?"];
    for question in ["How many books may I borrow?", "How do I bake sourdough bread at home?"] {
        let within = dir.ask([question].into_iter().chain(after));
        assert_eq!(timeless(within), timeless(dir.ask([question])));
    }
}

#[test]
fn turns_may_be_questions_alone_or_have_the_answer_and_only_the_last_ten_count() {
    let dir = Dir::indexed();
    let question = |history: Value| json!({"question": "and how high?", "history": history});
    let before = "How many steps does the lighthouse have?";
    let mut long = vec![json!("How many books may I borrow?"); 30];
    let replies = ask_all(
        &dir,
        &[
            question(json!([before])),
            question(json!([{"question": before, "answer": "The tower has 213 steps and no lift."}])),
            question(json!([{"question": before, "unit": "no-such-unit"}])),
            question(json!([])),
            question(json!(long.clone())),
            question(json!(long.split_off(20))),
        ],
    );
    for reply in &replies[..3] {
        assert!(reply["carried"].as_array().unwrap().contains(&json!("lighthouse")), "{reply:#}");
    }
    assert_eq!(timeless(replies[3].clone()), timeless(dir.ask(["and how high?", "--top", "1"])));
    assert_eq!(timeless(replies[4].clone()), timeless(replies[5].clone()));
}

#[test]
fn a_line_that_is_no_such_object_is_a_question_as_it_stands() {
    let dir = Dir::indexed();
    let lines = "{\"text\": \"no question\"}\n{braces} how high is the lighthouse?\n";
    let replies = dir.faqt(["ask", "-"]).input(lines).run().json_lines();
    assert_eq!(replies[0]["question"], "{\"text\": \"no question\"}");
    assert_eq!(replies[1]["question"], "{braces} how high is the lighthouse?");
}

#[test]
fn prompts_of_the_last_answer_come_first() {
    let dir = Dir::of([("town.json", PROMPTS)]);
    let after = |question: &str, before: &str| {
        first(&dir.ask([question, "--top", "1"]))["text"].as_str().map_or_else(String::new, |_| {
            let unit = first(&dir.ask([before, "--top", "1"]))["id"].clone();
            let replies =
                ask_all(&dir, &[json!({"question": question, "history": [{"question": before, "unit": unit}]})]);
            texts(&replies[0]).first().map(|&text| text.to_owned()).unwrap_or_default()
        })
    };
    assert_eq!(after("For children", "How do I get a card?"), "A parent signs the form.");
    assert_eq!(after("For children", "How do I book a tour?"), "Children ride free on every tour.");
    assert_eq!(after("and children?", "How do I get a card?"), "A parent signs the form.");
    assert_eq!(after("and children?", "How do I book a tour?"), "Children ride free on every tour.");
    assert_eq!(after("what does it cost?", "How do I get a card?"), "A card costs 18 euros.");
}

#[test]
fn small_talk_is_no_question_and_gets_no_answer_and_no_suggestion() {
    let dir = Dir::of_own_articles();
    let before = json!(["Is RAID a backup?"]);
    let asked: Vec<Value> = SMALL_TALK.iter().map(|said| json!({"question": said})).collect();
    let after: Vec<Value> = SMALL_TALK.iter().map(|said| json!({"question": said, "history": before})).collect();
    for reply in ask_all(&dir, &asked).into_iter().chain(ask_all(&dir, &after)) {
        assert_eq!((&reply["answered"], &reply["suggestions"]), (&json!(false), &json!([])), "{reply:#}");
        assert!(reply.get("carried").is_none(), "{reply:#}");
    }
    let real =
        ask_all(&dir, &[json!({"question": "and snapshots?", "history": ["Is RAID a backup?", "thanks a lot"]})]);
    assert!(first(&real[0])["text"].as_str().unwrap().starts_with("Not by themselves"), "{real:?}");
}

#[test]
fn a_corpus_that_has_small_talk_answers_it() {
    let rows = r#"{"question": "Hello", "alternates": ["Hi", "Hallo"], "answer": "Hello! What would you like to know?"}
{"question": "Thank you", "answer": "You are welcome."}
{"question": "Can I talk to a human?", "alternates": ["speak to an agent"], "answer": "Call 555 0100 from nine to five."}
{"question": "When does the library open?", "answer": "It opens at nine. Say hello to the desk."}
"#;
    let dir = Dir::of([("town.jsonl", rows)]);
    for (said, answer) in [
        ("hi there", "Hello!"),
        ("thanks", "You are"),
        ("talk to a human", "Call 555"),
        ("I want to speak to an agent", "Call 555"),
    ] {
        let reply = dir.ask([said, "--min-confidence", "0.2"]);
        assert!(first(&reply)["text"].as_str().unwrap().starts_with(answer), "{said}: {reply:#}");
    }
}

#[test]
fn a_chat_through_a_pipe_reads_as_answers_from_ask_do() {
    let dir = Dir::of_own_articles();
    let said = "Is RAID a backup?\n\nand snapshots?\n/sources\nthanks a lot\n/filter topic=nothing\nand snapshots?\n";
    let run = dir.faqt(["chat", "--top", "1"]).input(said).ok();
    assert_eq!(run.stderr, "");
    steady(|| insta::assert_snapshot!(run.stdout));
}

#[test]
fn a_chat_for_machines_is_a_reply_a_line() {
    let dir = Dir::indexed();
    let said = "How high is the lighthouse?\n/sources\n/explain\nHow many books may I borrow?\n/quit\nnever asked\n";
    let run = dir.faqt(["chat", "--format", "json"]).input(said).ok();
    let replies = run.json_lines();
    assert_eq!(replies.len(), 4, "{run}");
    assert_eq!(replies[0], replies[1]);
    assert!(replies[2]["explanation"]["ranking"].is_array());
    assert_eq!(timeless(replies[3].clone()), timeless(dir.ask(["How many books may I borrow?"])));
}

#[test]
fn commands_of_a_chat_keep_answers_apart_from_what_is_told() {
    let dir = Dir::indexed();
    let said = "/sources\n/explain\n/nope\n/filter\n/filter kind=passage\n/filter oops\n/filter\n/filter clear\n/filter\n/help\n/reset\n";
    let run = dir.faqt(["chat"]).input(said).ok();
    assert_eq!(run.stdout, "", "{run}");
    for part in ["no sources", "nothing to explain", "no command `/nope`", "kind=passage", "key=value", "/sources  "] {
        assert!(run.stderr.contains(part), "no {part:?} in {run}");
    }
    let forgotten = dir
        .faqt(["chat", "--format", "json"])
        .input("How many steps does the lighthouse have?\n/reset\nand how high?\n")
        .ok();
    assert!(forgotten.json_lines()[1].get("carried").is_none(), "{forgotten}");
}

#[test]
fn a_chat_builds_the_index_first_and_refuses_a_filter_that_is_none() {
    let dir = Dir::with_corpus();
    let run = dir.faqt(["chat"]).input("How high is the lighthouse?").ok();
    assert!(run.stderr.contains("no index in index yet") && run.stdout.starts_with("The gallery"), "{run}");
    dir.faqt(["chat", "--filter", "oops"]).fails_with(&["oops", "key=value"]);
}

/// `script` gives the program a terminal. Where there is none, nothing is shown by this test.
#[cfg(target_os = "linux")]
#[test]
fn a_chat_on_a_terminal_has_a_prompt_and_ends_with_ctrl_d() {
    let dir = Dir::indexed();
    let run = dir
        .shell(
            "command -v script > found || exit 0; \
             { sleep 1; printf 'How high is the lighthause\\177\\177\\177\\177use?\\r'; sleep 1; printf '\\004'; sleep 1; } \
             | script -qec '\"$FAQT\" chat --top 1' log",
        )
        .ok();
    assert!(dir.read("found").is_empty() || run.stdout.contains("The gallery is 58 metres"), "{run}");
}
