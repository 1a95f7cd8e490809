//! JSON of every kind.

use super::*;
use crate::{
    model::UnitKind,
    read::{
        encoding::decode,
        html::looks_like_html,
        testing::{Come, come, strings},
    },
};
use proptest::prelude::*;

fn read_bytes(bytes: &[u8]) -> Come {
    let file = SourceFile { path: "x.json".into(), source: "corpus/x.json".into(), size: bytes.len() as u64 };
    let Ok(decoded) = decode(bytes) else { return Come::default() };
    come(bytes, |sink| text(&file, &decoded, &Reading::default(), sink))
}

fn read(text: &str) -> Come {
    read_bytes(text.as_bytes())
}

#[test]
fn a_question_that_is_a_key_with_escapes_stands_where_it_is_written() {
    let text = r#"{"How \"\u00e9\" \\?" : "So.", "Why?": "It \"is\"."}"#;
    let come = read(text);
    assert_eq!(come.pairs(), strings(&[&["How \"é\" \\?", "So."], &["Why?", "It \"is\"."]]));
    let place =
        |unit: &crate::model::Unit| text[unit.phrasings[0].span(unit.phrasings[0].all()).hull().unwrap()].to_owned();
    let places: Vec<String> = come.units().iter().map(place).collect();
    assert_eq!(places, [r#"How \"\u00e9\" \\?"#, "Why?"]);
}

#[test]
fn rasa_data_without_examples_are_told() {
    let come = read("{\n \"rasa_nlu_data\": {\"examples\": [{\"text\": \"a?\", \"intent\": \"b\"}]}}");
    assert_eq!(
        come.skipped,
        [(Some(1), "`rasa_nlu_data` has no `common_examples`: there is nothing to ask".to_owned())]
    );
}

#[test]
fn long_keys_of_any_script_are_named_as_far_as_they_fit() {
    for before in 0..4 {
        let come = read(&format!("{{\"{}{}\": 1}}", "x".repeat(before), "中".repeat(200)));
        let [(Some(1), reason)] = &come.nothing[..] else { panic!("{:?}", come.nothing) };
        assert!(reason.starts_with("has no question") && reason.contains("中中") && reason.len() <= 400, "{reason}");
    }
}

#[test]
fn our_own_shape_in_an_object_a_list_or_alone() {
    for text in [
        r#"{"question": "Why?", "answer": "So."}"#,
        r#"[{"question": "Why?", "answer": "So."}]"#,
        r#"{"faq": [{"question": "Why?", "answer": "So."}]}"#,
        r#"{"items": [{"question": "Why?", "answer": "So."}], "version": 3}"#,
    ] {
        let come = read(text);
        assert_eq!(come.pairs(), strings(&[&["Why?", "So."]]), "{text}");
        assert!(come.skipped.is_empty() && come.warnings.is_empty() && come.recognised.is_empty(), "{come:?}");
    }
}

#[test]
fn a_text_knows_its_bytes_and_lines() {
    let text = "[\n  {\"answer\": \"S\\u00f6\\n.\",\n   \"question\": \"Why?\"}\n]\n";
    let come = read(text);
    let unit = &come.units()[0];
    assert_eq!(unit.text.plain(), "Sö\n.");
    assert_eq!(&text[unit.text.span(unit.text.all()).hull().unwrap()], "S\\u00f6\\n.");
    assert_eq!(unit.text.lines(unit.text.all()), [2, 2]);
    assert_eq!(unit.phrasings[0].lines(0..4), [3, 3]);
}

#[test]
fn a_bad_row_costs_that_row() {
    let text = "[\n{\"question\": \"A?\", \"answer\": \"a\"},\n{\"question\": \"B?\", \"answer\": \"b},\n\
        {\"question\": \"C?\", \"answer\": \"\\ud800\"},\n{\"question\": \"D?\", \"question\": \"E?\", \"answer\": \"d\"},\n\
        {\"question\": \"F?\"},\n7,\n{\"question\": \"G?\", \"answer\": \"g\"}\n{\"question\": \"H?\", \"answer\": \"h\"},\n]\n";
    let come = read(text);
    assert_eq!(come.pairs(), strings(&[&["A?", "a"], &["G?", "g"], &["H?", "h"]]));
    let lines: Vec<_> = come.skipped.iter().map(|(line, _)| line.unwrap()).collect();
    let reasons: Vec<_> = come.skipped.iter().map(|(_, reason)| reason.as_str()).collect();
    assert_eq!(lines, [3, 9, 4, 5, 6, 7], "{reasons:?}");
    assert!(reasons[0].starts_with("is not JSON: "), "{reasons:?}");
    assert!(reasons[2].contains("lone surrogate"), "{reasons:?}");
    assert!(reasons[3].contains("`question` comes twice"), "{reasons:?}");
}

#[test]
fn what_is_no_json_is_told_with_its_line() {
    let come = read("{\n\"faq\": [\n{\"question\" \"x\"}]}\n");
    assert_eq!(come.skipped.len(), 1);
    assert_eq!(come.skipped[0].0, Some(3));
    assert!(come.skipped[0].1.starts_with("is not JSON: expected `:`"), "{come:?}");
    assert!(read("7").nothing[0].1.starts_with("is neither an object nor a list"));
    assert!(read("{\"a\": 1}").nothing[0].1.contains("its keys are `a`"));
    assert!(read("[").skipped[0].1.starts_with("the list does not end"));
}

#[test]
fn several_values_in_one_file_are_all_read() {
    let come = read("{\"question\": \"A?\", \"answer\": \"a\"}\n{\"question\": \"B?\", \"answer\": \"b\"}\n");
    assert_eq!(come.pairs(), strings(&[&["A?", "a"], &["B?", "b"]]));
}

#[test]
fn unknown_keys_are_told_in_our_shape_and_kept_in_others() {
    let come =
        read(r#"[{"question": "A?", "answer": "a", "views": 3}, {"question": "B?", "answer": "b", "views": 4}]"#);
    assert_eq!(come.warnings, [(Some(1), "the key `views` is not understood and left out (2 times)".to_owned())]);
    let come = read(r#"[{"q": "A?", "a": "a", "views": 3, "open": true, "who": ["x", "y"], "deep": {"z": 1}}]"#);
    let about = &come.articles[0].about.metadata;
    assert_eq!(
        (&about["views"][..], &about["open"][..], &about["who"][..]),
        (&["3".to_owned()][..], &["true".to_owned()][..], &["x".to_owned(), "y".to_owned()][..])
    );
    assert_eq!(come.warnings, [(Some(1), "`deep` is nested and left out".to_owned())]);
}

#[test]
fn sections_around_rows_are_headings() {
    let text = r#"{"title": "Help", "url": "https://e.org/", "lang": "de", "sections": [
        {"name": "Money", "questions": [{"title": "How much?", "answer": "Ten."}]},
        {"name": "Time", "questions": [{"title": "How long?", "answer": "An hour."}]}]}"#;
    let units = read(text).units();
    assert_eq!(units[1].heading, ["Time"]);
    assert_eq!(units[1].question(), Some("How long?"));
    assert_eq!(units[1].about.title.as_deref(), Some("Help"));
    assert_eq!(units[1].about.url.as_deref(), Some("https://e.org/"));
    assert_eq!(units[1].about.language.as_deref(), Some("de"));
}

#[test]
fn a_text_without_a_question_is_a_passage() {
    let come = read(r#"{"title": "Bicycles", "text": "They may be left <b>anywhere</b>."}"#);
    assert_eq!(come.units()[0].kind, UnitKind::Passage);
    assert_eq!(come.units()[0].text.plain(), "They may be left <b>anywhere</b>.");
    assert_eq!(come.units()[0].about.title.as_deref(), Some("Bicycles"));
}

#[test]
fn schema_org_is_found_wherever_it_is() {
    let question = r#"{"@type": "Question", "name": "Why?", "acceptedAnswer": {"@type": "Answer", "text": "So."}}"#;
    for text in [
        format!(r#"{{"@type": "FAQPage", "mainEntity": [{question}]}}"#),
        format!(r#"{{"@type": "QAPage", "mainEntity": {question}}}"#),
        format!(
            r#"{{"@graph": [{{"@type": "WebSite", "name": "x"}}, {{"@type": ["FAQPage"], "mainEntity": [{question}]}}]}}"#
        ),
        format!("[{question}]"),
    ] {
        assert_eq!(read(&text).pairs(), strings(&[&["Why?", "So."]]), "{text}");
    }
    let two = r#"[{"@type": "Question", "text": "Why?", "suggestedAnswer": [{"text": "So."}, {"text": "Or so."}]}]"#;
    let come = read(two);
    assert_eq!(come.pairs(), strings(&[&["Why?", "So."]]));
    assert_eq!(come.warnings.len(), 1);
}

#[test]
fn a_pair_in_a_prompt_is_a_pair() {
    let text = r#"{"qnaList": [{"id": 1, "questions": ["A?"], "answer": "a", "context": {"prompts": [
        {"displayText": "And B?", "qnaId": 0, "qna": {"id": 2, "questions": ["B?"], "answer": "b"}}]}}]}"#;
    let come = read(text);
    assert_eq!(come.pairs(), strings(&[&["A?", "a"], &["B?", "b"]]));
    assert_eq!(come.units()[0].prompts[0].text, "And B?");
}

#[test]
fn markdown_is_read_where_a_product_keeps_it() {
    let text = r#"[{"id": 1, "questions": ["A?"], "answer": "See **the desk**:\n\n- one\n- two", "source": "x"},
        {"id": 2, "questions": ["B?"], "answer": "5 * 3 is _15_ or <16", "source": "x"}]"#;
    let units = read(text).units();
    assert_eq!(units[0].text.plain(), "See the desk:\n\none\ntwo");
    assert_eq!(units[1].text.plain(), "5 * 3 is _15_ or <16");
}

#[test]
fn another_encoding_is_mapped() {
    let text = r#"[{"question": "Größe?", "answer": "Fünf."}]"#;
    let bytes: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    assert_eq!(read_bytes(&bytes).pairs(), strings(&[&["Größe?", "Fünf."]]));
}

#[test]
fn bombs_are_told() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    for text in [
        deep("[", "]"),
        deep("{\"a\":", "}").replace(":}", ":1}"),
        format!("[{}]", deep("[", "]")),
        format!(r#"{{"faq": {}}}"#, deep("[", "]")),
        format!(r#"{{"question": {}, "answer": "x"}}"#, deep("[", "]")),
        format!(r#"{{"question": "q", "answer": "x", "metadata": {{"k": {}}}}}"#, deep("[", "]")),
        format!(r#"{{"intents": {}}}"#, deep("[{\"flow\":", "}]").replace(":}", ":1}")),
        "[".repeat(1_000_000),
        "[\"".repeat(300_000),
        "[{".repeat(300_000),
    ] {
        let come = read(&text);
        assert!(come.articles.is_empty(), "{}", &text[..60]);
        assert!(!come.skipped.is_empty() || !come.nothing.is_empty(), "{}", &text[..60]);
    }
    let keys = (0..200_000).map(|key| format!("\"k{key}\": 1,")).collect::<Vec<_>>().concat();
    let come = read(&format!("{{{keys}\"question\": \"A?\", \"answer\": \"a\"}}"));
    assert_eq!(come.articles.len(), 1);
    let nested =
        (0..40).fold(r#"{"question": "A?", "answer": "a"}"#.to_owned(), |inner, _| format!(r#"{{"x": [{inner}]}}"#));
    assert!(read(&nested).skipped[0].1.contains("nested more than"));
}

fn json() -> impl Strategy<Value = String> {
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"question\"",
        "\"answer\"",
        "\"q\"",
        "\"a\"",
        "\"faq\"",
        "\"qna\"",
        "\"Why?\"",
        "\"é\\u00e9\\n\"",
        "\"\\ud800\"",
        "\"<b>x</b>\"",
        "\"**x** y\"",
        "null",
        "1",
        "\n",
        " ",
        "\"",
        "\"metadata\"",
        "\"prompts\"",
        "\"text\"",
        "\"rasa_nlu_data\"",
        "\"intents\"",
        "\"responses\"",
        "\"messages\"",
        "\"qid\"",
        "\\",
        "{\"question\": \"A?\", \"answer\": \"a\"}",
        "{\"q\": [\"A?\"], \"alt\": {\"markdown\": \"*x* `y`\"}}",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..30).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn whatever_is_written_is_mapped_right(text in json()) {
        let come = read(&text);
        for article in &come.articles {
            let mut at = 0;
            for block in &article.blocks {
                prop_assert!(block.range.start >= at && article.text.plain().get(block.range.clone()).is_some());
                at = block.range.end;
            }
        }
    }

    #[test]
    fn every_row_is_found(
        rows in prop::collection::vec((any::<String>(), any::<String>()), 1..6),
        pretty in any::<bool>(),
    ) {
        let rows: Vec<_> = rows.into_iter().map(|(q, a)| (format!("Q{q}?"), format!("A{a}."))).collect();
        let value: Vec<_> = rows.iter().map(|(q, a)| serde_json::json!({"question": q, "answer": a})).collect();
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        if rows.iter().any(|(_, a)| looks_like_html(a)) {
            return Ok(());
        }
        let found = read(&text).pairs();
        let expected: Vec<Vec<String>> = rows.into_iter().map(|(q, a)| vec![q, a]).collect();
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn data_without_questions_are_told_as_a_whole() {
    for text in [
        r#"{"name": "site", "version": "1.0.0", "scripts": {"build": "x"}, "files": [{"a": 1}]}"#,
        r#"[{"value": "red", "synonyms": ["red", "crimson"]}, {"value": "blue", "synonyms": []}]"#,
        r#"{"turns": [{"input": {"text": {"text": "how much do I owe"}}, "output": {"pages": [{"name": "x"}]}}]}"#,
        "[]",
        "{}",
    ] {
        let come = read(text);
        assert!(come.articles.is_empty() && come.skipped.is_empty() && come.warnings.is_empty(), "{come:?}");
        assert_eq!(come.nothing.len(), 1, "{text}");
    }
}

#[test]
fn an_export_gone_wrong_is_told_place_by_place() {
    for (text, lines) in [
        ("{\"SchemaVersion\": 1,\n\"FaqDocuments\": []}", [1].as_slice()),
        ("[{\"name\": \"x\"},\n{\"question\": \"Why?\"}]", &[1, 2]),
        ("[{\"value\": 1},\n{\"question\": \"Why?\", \"answer\": \"So.\"},\n{\"value\": 2}]", &[1, 3]),
        ("{\"questions\":\n[{\"name\": \"x\"}]}", &[1]),
    ] {
        let come = read(text);
        let found: Vec<_> = come.skipped.iter().filter_map(|(line, _)| *line).collect();
        assert_eq!((found.as_slice(), come.nothing.len()), (lines, 0), "{text}");
    }
}

#[test]
fn a_mere_text_deep_within_is_no_passage() {
    assert_eq!(read(r#"{"passages": [{"text": "So it is."}]}"#).units().len(), 1);
    assert_eq!(read(r#"{"a": {"greeting": {"text": "Hello."}}}"#).units().len(), 0);
    assert_eq!(read(r#"{"a": {"b": {"title": "Greeting", "text": "Hello."}}}"#).units().len(), 1);
}
