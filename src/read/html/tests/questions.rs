//! Questions in pages, in their text and in JSON-LD.

use super::*;

#[test]
fn questions_are_found_in_every_shape() {
    let expected = [(Question, "How do I pay?"), (Answer, "By card."), (Answer, "Or cash.")];
    for html in [
        "<p>Q: How do I pay?<p>A: By card.<p>Or cash.",
        "<p><b>Q:</b> How do I pay?<br><b>A:</b> By card.</p><p>Or cash.",
        "<p><strong>How do I pay?</strong></p><p>By card.</p><p>Or cash.",
        "<details><summary><h3>How do I <i>pay</i>?</h3></summary>By card.<p>Or cash.</details>",
        "<dl><dt>How do I pay?<dd>By card.<p>Or cash.</dl>",
        "<h3><button aria-expanded=false aria-controls=a1>How do I pay?</button></h3><div id=a1 hidden>By card.<p>Or cash.</div>",
        "<button aria-expanded=false>How do I pay?<svg></svg></button><div>By card.<p>Or cash.</div>",
        "<div class=card><div><a data-toggle=collapse href=#c>How do I pay?</a></div><div id=c class=collapse>By card.<p>Or cash.</div></div>",
        "<div class=faq-item><div class=faq-question>How do I pay?</div><div class=faq-answer>By card.<p>Or cash.</div></div>",
        "<div class=question>How do I pay?</div><div class=answer><p>By card.<p>Or cash.</div>",
        "<div class='accordion-item'><h2 class='accordion-header'><button class='accordion-button' data-bs-toggle=collapse \
         data-bs-target='#c'>How do I pay?</button></h2><div id=c class='accordion-collapse'><div class='accordion-body'>By card.\
         <p>Or cash.</div></div></div>",
        "<div class=c-faq__item><p class=c-faq__question>How do I pay?</p><div class='c-faq__answer is-open'><p>By card.<p>Or cash.</div></div>",
        "<div itemscope itemtype='https://schema.org/FAQPage'><div itemscope itemprop=mainEntity itemtype='https://schema.org/Question'>\
         <h3 itemprop=name>How do I pay?</h3><span itemprop=author>Ann</span><div itemscope itemprop=acceptedAnswer \
         itemtype='https://schema.org/Answer'><div itemprop=text>By card.<p>Or cash.</div><i itemprop=upvoteCount>3</i></div></div></div>",
        "<div vocab='https://schema.org/' typeof=FAQPage><div property=mainEntity typeof=Question><h3 property=name>How do I pay?</h3>\
         <div property=acceptedAnswer typeof=Answer><div property=text>By card.<p>Or cash.</div></div></div></div>",
    ] {
        assert_blocks(html, &expected);
    }
}

#[test]
fn menus_and_buttons_for_more_are_no_questions() {
    assert_blocks(
        "<p>Text.<button aria-expanded=false aria-controls=m>Show more</button><div id=m>More text.</div>\
         <div role=tablist><a role=tab aria-controls=t>First</a></div><div id=t>Tab.</div>",
        &[(Paragraph, "Text."), (Paragraph, "More text."), (Paragraph, "First"), (Paragraph, "Tab.")],
    );
    // A title of an FAQ is not the question of its first pair.
    assert_blocks(
        "<h2 class=faq-title>Our FAQ</h2><div class=faq-question>A?</div><div class=faq-answer>a</div>\
         <div class=faq-question>B?</div><div class=faq-answer>b</div>",
        &[(Heading(2), "Our FAQ"), (Question, "A?"), (Answer, "a"), (Question, "B?"), (Answer, "b")],
    );
}

#[test]
fn a_list_of_links_to_the_same_page_is_left_out() {
    assert_blocks(
        "<ul><li><a href=#a>A?</a><li><a href=#b>B?</a><li><a href=#c>C?</a></ul><h2 id=a>A?</h2>a<h2 id=b>B?</h2>b<h2 id=c>C?</h2>c",
        &[
            (Heading(2), "A?"),
            (Paragraph, "a"),
            (Heading(2), "B?"),
            (Paragraph, "b"),
            (Heading(2), "C?"),
            (Paragraph, "c"),
        ],
    );
}

const FAQ_PAGE: &str = r#"<html lang="de-AT"><head><title>Karten | Bad</title>
<script type="application/ld+json">
{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Bad"}, {"@type": ["WebPage", "FAQPage"],
 "mainEntity": [
  {"@type": "Question", "name": "Was kostet eine Karte?", "acceptedAnswer": {"@type": "Answer", "text": "<p>Vier&nbsp;Euro \u2013 <b>Kinder</b> zwei.</p>"}},
  {"@type": "Question", "name": "Gibt es Jahreskarten?", "acceptedAnswer": {"@type": "Answer", "text": "Ja, an der Kasse."}},
  {"@type": "Question", "name": "Ohne Antwort?"}
 ]}]}
</script></head><body><h1>Karten</h1><p>Gibt es Jahreskarten?</p><p>Ja, an der <i>Kasse</i>.</p></body></html>"#;

#[test]
fn json_ld_is_read_on_its_bytes_and_what_the_text_has_is_given_once() {
    assert_blocks(
        FAQ_PAGE,
        &[
            (Question, "Was kostet eine Karte?"),
            (Answer, "Vier\u{a0}Euro – Kinder zwei."),
            (Title, "Karten"),
            (Question, "Gibt es Jahreskarten?"),
            (Answer, "Ja, an der Kasse."),
        ],
    );
    let (article, notes) = read_bytes(FAQ_PAGE.as_bytes());
    let article = article.unwrap();
    assert_eq!(article.about.language.as_deref(), Some("de"));
    let (bytes, lines) = place(&article, "Vier\u{a0}Euro – Kinder zwei.");
    assert_eq!((&FAQ_PAGE[bytes], lines), ("Vier&nbsp;Euro \\u2013 <b>Kinder</b> zwei.", [5, 5]));
    assert_eq!(place(&article, "Was kostet eine Karte?").1, [5, 5]);
    let reason = "a question in JSON-LD has no answer with words in it: give it an `acceptedAnswer` with a `text`";
    assert_eq!(notes, [(Some(7), reason.to_owned())]);
}

#[test]
fn strings_of_json_ld_may_go_on_in_the_next_line() {
    let text = "<p>Page.</p><script type='application/ld+json'>{\"@type\": \"Question\",\n\t\"name\": \"How?\",\n\"acceptedAnswer\": {\"text\": \"So\n   it is,\r\nAnn.\"}}</script>";
    let (article, notes) = read_bytes(text.as_bytes());
    assert_eq!(notes, []);
    let (bytes, lines) = place(&article.unwrap(), "So it is, Ann.");
    assert_eq!((&text[bytes], lines), ("So\n   it is,\r\nAnn.", [3, 5]));
}

#[test]
fn json_ld_comes_in_many_shapes() {
    let script = |json: &str| format!("<p>Page.</p><script type='application/ld+json'>{json}</script>");
    let expected = [(Question, "How?"), (Answer, "So."), (Paragraph, "Page.")];
    for json in [
        r#"{"@type":"FAQPage","mainEntity":{"@type":"Question","name":"How?","acceptedAnswer":{"text":"So."}}}"#,
        r#"[{"@type":"http://schema.org/Question","name":" How?","acceptedAnswer":[{"@type":"Answer","text":"So."}]}]"#,
        r#"{"@type":"QAPage","mainEntity":{"@type":"Question","text":"How?","suggestedAnswer":["So."]}}"#,
        "//<![CDATA[\n{\"@type\":\"Question\",\"name\":\"<b>How?</b>\",\"acceptedAnswer\":\"So.\"}\n//]]>",
        r#"[{"@type":"Question","name":"How?","acceptedAnswer":{"text":"So."}},{"@type":"Question","name":"How?","acceptedAnswer":{"text":"So."}}]"#,
    ] {
        assert_blocks(&script(json), &expected);
    }
    let (_, notes) = read_bytes(script("\n{\"a\": }").as_bytes());
    assert_eq!(notes, [(Some(2), "the JSON-LD is not understood: expected value at column 7".to_owned())]);
    let (_, notes) = read_bytes(script(&"[".repeat(100_000)).as_bytes());
    assert!(notes[0].1.contains("EOF"), "{notes:?}");
    let (_, notes) = read_bytes(script(&format!("{}{}", "[".repeat(100), "]".repeat(100))).as_bytes());
    assert!(notes[0].1.contains("24 levels"), "{notes:?}");
    let (article, notes) =
        read_bytes(script(r#"{"@type":"Question","name":"\ud800","acceptedAnswer":"x"}"#).as_bytes());
    assert!(article.is_some() && notes[0].1.contains("lone surrogate"), "{notes:?}");
    // Before a list the answer would go on with it: there the questions come last.
    let list = r#"<ul><li>x</ul><script type="application/ld+json">{"@type":"Question","name":"How?","acceptedAnswer":"So."}</script>"#;
    assert_blocks(list, &[(Item, "x"), (Question, "How?"), (Answer, "So.")]);
}
