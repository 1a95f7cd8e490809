//! What a citation says stands where it says.

use crate::harness::{Dir, first};
use serde_json::Value;

/// The bytes of the file that a citation points at.
fn cited_bytes(dir: &Dir, citation: &Value) -> Vec<u8> {
    let range = |at: usize| usize::try_from(citation["bytes"][at].as_u64().unwrap()).unwrap();
    dir.read(citation["source"].as_str().unwrap())[range(0)..range(1)].to_vec()
}

/// Lines as they are counted by hand: line breaks before the bytes, and within.
fn counted_lines(dir: &Dir, citation: &Value) -> [u64; 2] {
    let bytes = dir.read(citation["source"].as_str().unwrap());
    let line = |end: u64| bytes[..usize::try_from(end).unwrap()].split(|&byte| byte == b'\n').count() as u64;
    [line(citation["bytes"][0].as_u64().unwrap()), line(citation["bytes"][1].as_u64().unwrap() - 1)]
}

#[test]
fn the_bytes_of_plain_text_are_the_quote_and_the_lines_count() {
    let dir = Dir::indexed();
    let mut kinds = Vec::new();
    for question in [
        "How high is the lighthouse?",
        "Can I bring my dog up the tower?",
        "how many steps does the tower have",
        "what does the lens of the lamp float on",
        "who was the last keeper Hanne Vries",
    ] {
        let reply =
            dir.ask([question, "--top", "50", "--min-confidence", "0", "--filter", "source=corpus/lighthouse.txt"]);
        for answer in reply["answers"].as_array().unwrap() {
            kinds.push(answer["kind"].as_str().unwrap().to_owned());
            let quotes: Vec<&str> = answer["citations"]
                .as_array()
                .unwrap()
                .iter()
                .map(|citation| citation["quote"].as_str().unwrap())
                .collect();
            assert_eq!(answer["text"], quotes.join(" … "));
            for citation in answer["citations"].as_array().unwrap() {
                assert_eq!(
                    String::from_utf8(cited_bytes(&dir, citation)).unwrap(),
                    citation["quote"].as_str().unwrap()
                );
                assert_eq!(citation["lines"], serde_json::json!(counted_lines(&dir, citation)), "{citation:#}");
            }
        }
    }
    kinds.sort();
    kinds.dedup();
    assert_eq!(kinds, ["passage", "qa", "takeaway"]);
}

#[test]
fn an_answer_of_the_article_shape_cites_title_heading_and_lines() {
    let dir = Dir::indexed();
    let reply = dir.ask(["When does the last tour begin?"]);
    let citation = &first(&reply)["citations"][0];
    assert_eq!(citation["title"], "Old Lighthouse on Brant Island Opens Its Stairs to Visitors");
    assert_eq!(citation["heading"], serde_json::json!(["Frequently Asked Questions"]));
    assert_eq!(citation["lines"], serde_json::json!([25, 25]));
    let reply = dir.ask(["who was the last keeper, Hanne Vries?", "--min-confidence", "0"]);
    let citation = &first(&reply)["citations"][0];
    assert_eq!(citation["heading"], serde_json::json!(["In-Depth Analysis", "Why the Keeper Left"]));
}

#[test]
fn markup_is_taken_out_of_a_quote_and_stands_within_its_bytes() {
    let dir = Dir::indexed();
    let reply = dir.ask(["how many passengers does the ferry carry", "--min-confidence", "0"]);
    let citation = &first(&reply)["citations"][0];
    assert!(citation["quote"].as_str().unwrap().contains("It carries 120 passengers and no cars."), "{citation:#}");
    let bytes = String::from_utf8(cited_bytes(&dir, citation)).unwrap();
    assert!(bytes.contains("It carries **120 passengers** and no cars."), "{bytes}");
    assert_eq!(citation["lines"], serde_json::json!(counted_lines(&dir, citation)));
    assert_eq!(citation["published"], "2026-03-14");

    let reply = dir.ask(["How long does the crossing take?"]);
    assert_eq!(first(&reply)["citations"][0]["url"], "https://example.com/ferry#how-long-does-the-crossing-take");
}

#[test]
fn escapes_of_json_are_decoded_in_a_quote_and_stand_within_its_bytes() {
    let dir = Dir::indexed();
    let reply = dir.ask(["What does a library card cost?"]);
    let citation = &first(&reply)["citations"][0];
    assert_eq!(citation["quote"], "A card costs 18 euros a year. It is free for pupils: bring the school’s letter.");
    let bytes = String::from_utf8(cited_bytes(&dir, citation)).unwrap();
    assert_eq!(bytes, "A card costs 18 euros a year. It is free for pupils: bring the school\\u2019s letter.");
    assert_eq!(citation["lines"], serde_json::json!([3, 3]));
}

#[test]
fn whatever_the_encoding_and_line_breaks_lines_and_bytes_are_those_of_the_file() {
    let text = "Die Mühle\n\nEine Mühle steht am Fluss.\n\nFAQ\n\nFrage: Wann wird gemahlen?\nAntwort: Früh um fünf, täglich außer Sonntag.\n";
    let answer = "Früh um fünf, täglich außer Sonntag.";
    let crlf = text.replace('\n', "\r\n");
    let utf16 = |text: &str, big: bool| -> Vec<u8> {
        let units = format!("\u{feff}{text}");
        units.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let latin =
        |text: &str| -> Vec<u8> { text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect() };
    let files = [
        ("plain", text.as_bytes().to_vec(), answer.as_bytes().to_vec()),
        ("crlf", crlf.as_bytes().to_vec(), answer.as_bytes().to_vec()),
        ("bom", format!("\u{feff}{text}").into_bytes(), answer.as_bytes().to_vec()),
        ("utf16le", utf16(&crlf, false), utf16(answer, false)[2..].to_vec()),
        ("utf16be", utf16(text, true), utf16(answer, true)[2..].to_vec()),
        ("latin1", latin(text), latin(answer)),
    ];
    for (name, file, expected) in files {
        let dir = Dir::new();
        dir.write("corpus/mühle.txt", file).faqt(["index"]).ok();
        let reply = dir.ask(["Wann wird gemahlen?"]);
        let citation = &first(&reply)["citations"][0];
        assert_eq!(citation["quote"], answer, "{name}");
        assert_eq!(citation["lines"], serde_json::json!([8, 8]), "{name}");
        assert_eq!(citation["source"], "corpus/mühle.txt", "{name}");
        assert_eq!(cited_bytes(&dir, citation), expected, "{name}");
        dir.faqt(["verify"]).ok();
    }
}

#[test]
fn rows_in_utf_16_with_a_mark_and_crlf_are_cited_by_their_bytes() {
    let rows = "{\"question\": \"Où est la gare ?\", \"answer\": \"Près du château.\"}\r\n{\"question\": \"Où est le lac ?\", \"answer\": \"Derrière la forêt.\"}\r\n";
    let utf16: Vec<u8> = format!("\u{feff}{rows}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, file) in
        [("utf8", rows.as_bytes().to_vec()), ("mark", format!("\u{feff}{rows}").into_bytes()), ("utf16", utf16)]
    {
        let dir = Dir::new();
        dir.write("corpus/a.jsonl", file).faqt(["index"]).ok();
        let reply = dir.ask(["Où est le lac ?"]);
        let citation = &first(&reply)["citations"][0];
        assert_eq!(citation["quote"], "Derrière la forêt.", "{name}");
        assert_eq!(citation["lines"], serde_json::json!([2, 2]), "{name}");
        let bytes = cited_bytes(&dir, citation);
        let decoded = if name == "utf16" {
            String::from_utf16(
                &bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect::<Vec<_>>(),
            )
            .unwrap()
        } else {
            String::from_utf8(bytes).unwrap()
        };
        assert_eq!(decoded, "Derrière la forêt.", "{name}");
        dir.faqt(["verify"]).ok();
    }
}

#[test]
fn a_source_is_named_from_the_root_of_its_corpus() {
    let dir = Dir::new();
    dir.write("one/docs/deep/a.txt", "FAQ\nQ: What is first?\nA: The letter a.\n");
    dir.write("two/docs/b.txt", "FAQ\nQ: What is second?\nA: The letter b.\n");
    dir.write("single.txt", "FAQ\nQ: What is third?\nA: The letter c.\n");
    dir.faqt(["index", "one/docs", "two/docs/", "./single.txt"]).ok();
    let source =
        |question: &str| dir.ask([question])["answers"][0]["citations"][0]["source"].as_str().unwrap().to_owned();
    assert_eq!(source("What is first?"), "one/docs/deep/a.txt");
    assert_eq!(source("What is second?"), "two/docs/b.txt");
    assert_eq!(source("What is third?"), "single.txt");
}
