//! Azure question answering, asked with the package `azure-ai-language-questionanswering`.

use crate::{
    clients::{python, repository, succeed},
    harness::Dir,
    server::{Server, eventually},
};
use serde_json::json;

const KEY: &str = "a-key-0123456789";

/// An export of the service.
const BANK: &str = r#"{"qnaDocuments": [
  {"id": 1, "answer": "In the high street, beside the old town hall.", "source": "Editorial",
   "questions": ["Where is the bank?", "Is there a bank in town?"],
   "metadata": [{"name": "topic", "value": "money"}],
   "context": {"isContextOnly": false, "prompts": [{"displayOrder": 0, "qnaId": 2, "displayText": "Opening hours"}]}},
  {"id": 2, "answer": "The bank is open from nine to noon. Bring your card to the counter. It is closed on Sundays and on the day of the 😀 fair.", "source": "Editorial",
   "questions": ["When is the bank open?"],
   "metadata": [{"name": "topic", "value": "time"}, {"name": "audience", "value": "staff"}],
   "context": {"isContextOnly": false, "prompts": []}}
]}"#;

const RIVER: &str = "The bank of the river\n\nThe left bank of the river is steep. Swallows dig their nests into it.\n";

fn server() -> (Dir, Server) {
    let dir = Dir::of([("bank.json", BANK), ("river.txt", RIVER)]);
    let server = Server::start(&dir, ["--key", KEY]);
    (dir, server)
}

#[test]
fn the_python_package_gets_answers_from_corpus_and_text_with_every_option() {
    let (dir, server) = server();
    let script = repository("tests/clients/python/azure_checks.py");
    succeed(python().arg(script).args([&server.url, KEY]).arg(dir.path("")));
}

#[test]
fn places_are_counted_as_is_said() {
    let (_dir, server) = server();
    let text = "👨‍👩‍👧 Zoë lives here. The tower is 58 metres high.";
    for (counted, offset) in [("TextElements_v8", 18), ("UnicodeCodePoint", 22), ("Utf16CodeUnit", 25)] {
        let records = json!([{"id": "1", "text": text}]);
        let asked = json!({"question": "How high is the tower?", "records": records, "stringIndexType": counted});
        let headers = [("ocp-apim-subscription-key", KEY)];
        let reply = server.post_with("/language/:query-text?api-version=2021-10-01", &asked.to_string(), &headers).ok();
        let answer = &reply["answers"][0];
        assert_eq!(answer["answerSpan"]["text"], "The tower is 58 metres high.", "{reply}");
        assert_eq!(answer["answerSpan"]["offset"], offset, "{reply}");
        assert_eq!((&answer["offset"], &answer["answerSpan"]["length"]), (&json!(0), &json!(28)), "{reply}");
    }
}

#[test]
fn a_question_to_texts_of_its_own_is_counted_and_is_no_miss() {
    let (_dir, server) = Server::of_samples();
    let records = json!([{"id": "1", "text": "The tower is 58 metres high."}]);
    for question in ["How high is the tower?", "Who bakes the bread of giraffes?"] {
        server.post("/language/:query-text", &json!({"question": question, "records": records})).ok();
    }
    server.post("/language/:query-knowledgebases", &json!({"question": "Do unicorns play xylophones?"})).ok();
    let metrics = server.get("/metrics").text;
    for count in [
        r#"{door="azure_text",answered="true"} 1"#,
        r#"{door="azure_text",answered="false"} 1"#,
        r#"{door="azure",answered="false"} 1"#,
    ] {
        assert!(metrics.contains(count), "{count} in {metrics}");
    }
    // What is missed is written in order, behind the reply.
    let misses = eventually("the miss of the articles", || {
        let misses = server.get("/v1/misses").ok();
        (misses["total"] != 0).then_some(misses)
    });
    assert_eq!(
        (&misses["total"], &misses["misses"][0]["question"]),
        (&json!(1), &json!("Do unicorns play xylophones?"))
    );
}

#[test]
fn what_is_not_there_is_told_in_the_envelope_of_the_service() {
    let (_dir, server) = Server::of_samples();
    let response = server.post("/language/:analyze-text", &json!({}));
    assert_eq!((response.status, response.json()["error"]["code"].as_str()), (404, Some("NotFound")));
    let response = server.post("/language/:query-knowledgebases", &json!({}));
    assert_eq!(response.status, 400);
    assert_eq!(response.json()["error"]["target"], "question");
    let response = server.post("/language/:query-knowledgebases", &json!({"question": "x", "rankerType": "Best"}));
    assert_eq!(response.json()["error"]["target"], "rankerType", "{}", response.text);
}
