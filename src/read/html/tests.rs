//! What the reader makes of pages, habit by habit.

use super::*;
use crate::model::Block;
use BlockKind::{Answer, Code, Heading, Item, Paragraph, Question, Table, Title};
use proptest::prelude::*;
use std::sync::LazyLock;

static NAMES: LazyLock<SectionNames> = LazyLock::new(SectionNames::default);

fn read_bytes(bytes: &[u8]) -> (Option<Article>, Vec<(Option<usize>, String)>) {
    let file = SourceFile { path: "x.html".into(), source: "corpus/x.html".into(), size: 0 };
    let (mut found, mut notes) = (None, Vec::new());
    let mut sink = |one| {
        match one {
            Found::Article(article) => found = Some(*article),
            Found::Recognised(note) | Found::Warning(note) | Found::Skipped(note) => {
                notes.push((note.line, note.reason));
            }
        }
        Ok(())
    };
    article(&file, charset::decode(bytes).unwrap(), &NAMES, &mut sink).unwrap();
    (found, notes)
}

fn read_one(text: &str) -> Article {
    read_bytes(text.as_bytes()).0.unwrap()
}

#[track_caller]
fn assert_blocks(html: &str, expected: &[(BlockKind, &str)]) {
    let article = read_one(html);
    assert_eq!(article.text.first_difference(html.as_bytes()), None);
    let text = |block: &Block| article.text.plain()[block.range.clone()].to_owned();
    let found: Vec<_> = article.blocks.iter().map(|block| (block.kind, text(block))).collect();
    let found: Vec<_> = found.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
    assert_eq!(found, expected, "{html}");
}

/// The bytes and lines of the block that has this text.
fn place(article: &Article, wanted: &str) -> (std::ops::Range<usize>, [usize; 2]) {
    let is_wanted = |block: &&Block| article.plain(&block.range) == wanted;
    let range = article.blocks.iter().find(is_wanted).unwrap().range.clone();
    let excerpt = article.excerpt(range);
    (excerpt.span(excerpt.all()).hull().unwrap(), excerpt.lines(excerpt.all()))
}

#[test]
fn text_is_what_a_browser_shows() {
    assert_blocks(
        "<p>One  <b>two</b>\n\tthree &amp; &lt;four&gt;<br>five<img alt='six seven'>, 1 < 2 and a<3 &nope; AT&T\n<p>Next<div>last",
        &[
            (Paragraph, "One two three & <four>\nfivesix seven, 1 < 2 and a<3 &nope; AT&T"),
            (Paragraph, "Next"),
            (Paragraph, "last"),
        ],
    );
    assert_blocks("<p>图书馆\n保存。", &[(Paragraph, "图书馆保存。")]);
    assert_blocks("plain <i>text</i> alone", &[(Paragraph, "plain text alone")]);
}

#[test]
fn other_encodings_keep_their_bytes() {
    let html = "<meta charset=windows-1252><h1>Größe</h1>\r\n<p>Text &amp; <b>mehr</b>\r\nda";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(html);
    let article = read_bytes(&bytes).0.unwrap();
    assert_eq!(article.text.plain(), "Größe\n\nText & mehr da");
    assert_eq!(article.text.first_difference(&bytes), None);
    let (span, lines) = place(&article, "Text & mehr da");
    assert_eq!((&bytes[span], lines), (b"Text &amp; <b>mehr</b>\r\nda".as_slice(), [2, 3]));
    let units = "<p>Größe &amp; 中".encode_utf16();
    let bytes: Vec<u8> = [0xff, 0xfe].into_iter().chain(units.flat_map(u16::to_le_bytes)).collect();
    let article = read_bytes(&bytes).0.unwrap();
    assert_eq!(article.text.plain(), "Größe & 中");
    assert_eq!(place(&article, "Größe & 中").0, 8..bytes.len());
}

#[test]
fn scripts_menus_and_forms_are_no_text() {
    assert_blocks(
        "<head><title>T</title><style>p{}</style></head><body><header class=site-header><a>Logo</a></header>\
         <nav><a href=/>Home</a></nav><div class='breadcrumb'>You are here</div><div id=cookie-banner>We use cookies</div>\
         <script>if (a < b) '<p>no'</script><noscript>Turn it on</noscript><template><p>no</p></template>\
         <h1>Pools<a class=headerlink href=#x>¶</a></h1><p>The pool is open.<select><option>a</select><textarea>x</textarea>\
         <button>Send</button><svg><title>icon</title><text>no</text></svg><aside class=note>Bring a towel.</aside>\
         <aside>Read also</aside><form><label>Name</label><input value=x><p>Kept.</p></form><footer>© 2026</footer>",
        &[(Title, "Pools"), (Paragraph, "The pool is open."), (Paragraph, "Bring a towel."), (Paragraph, "Kept.")],
    );
}

#[test]
fn the_main_part_is_taken_where_one_is_named() {
    assert_blocks(
        "<div>Cheap shoes</div><main><p>The pool is open from May to September.</main><div>Follow us</div>",
        &[(Paragraph, "The pool is open from May to September.")],
    );
    // An empty shell is no main part, and a title above it is its title.
    assert_blocks(
        "<main><p>!</p></main><p>The pool is open from May on.",
        &[(Paragraph, "!"), (Paragraph, "The pool is open from May on.")],
    );
    assert_blocks(
        "<h1>Pools</h1><p>by Ann</p><article><p>The pool is open from May to September, every day.</article>",
        &[(Title, "Pools"), (Paragraph, "The pool is open from May to September, every day.")],
    );
    // Questions beside it are kept.
    assert_blocks(
        "<main><p>The pool is open from May to September.</main><details><summary>Why?</summary>So.</details>",
        &[(Paragraph, "The pool is open from May to September."), (Question, "Why?"), (Answer, "So.")],
    );
    // A book where its table of contents would be.
    let book = format!("<div class=toctree-wrapper><h2>One</h2><p>{}</div>", "word ".repeat(600));
    assert_eq!(read_one(&book).blocks.len(), 2);
    // A section about what elsewhere is clutter.
    assert_blocks(
        "<p>Text.<div id=cookies><h2>Do you use cookies?</h2>No.</div><section id=menu><h2>The menu</h2>Soup.</section>\
         <div id=navigation><h2>Navigation</h2>Left.</div>",
        &[
            (Paragraph, "Text."),
            (Heading(2), "Do you use cookies?"),
            (Paragraph, "No."),
            (Heading(2), "The menu"),
            (Paragraph, "Soup."),
            (Heading(2), "Navigation"),
            (Paragraph, "Left."),
        ],
    );
    // Most of a page is no sidebar, whatever its class.
    assert_blocks(
        "<div class=sidebar><p>All of the text.</div>x",
        &[(Paragraph, "All of the text."), (Paragraph, "x")],
    );
}

#[test]
fn lists_tables_and_code_keep_their_form() {
    assert_blocks(
        "<ul><li>one<li>two <p>more<ul><li>inner</ul>after</ul><ol><li><p>first</p></ol>\
         <pre>\n  a &lt; b\n\n    <span>c</span></pre>\
         <table><caption>Prices</caption><tr><th>Who<th>Euro<tr><td><p>All</p><td>4</table>",
        &[
            (Item, "one"),
            (Item, "two\n\nmore"),
            (Item, "inner"),
            (Item, "after"),
            (Item, "first"),
            (Code, "  a < b\n\n    c"),
            (Table, "Prices\nWho | Euro\nAll | 4"),
        ],
    );
    // A table that only arranges the page is none.
    assert_blocks(
        "<table><tr><td>menu<td><h2>Head</h2><p>Text<table><tr><td>a<td>b<tr><td>c<td>d</table></table>",
        &[(Paragraph, "menu"), (Heading(2), "Head"), (Paragraph, "Text"), (Table, "a | b\nc | d")],
    );
}

#[test]
fn headings_have_levels_and_anchors() {
    let article = read_one(
        "<h1 id=top>Title</h1><section id=s><h2>One?</h2><p>x</section><h2><a name=two></a>Two</h2>\
         <h3>Three<a id=three></a></h3><p>y<p id=near>z</p><h2>Four</h2><dl><dt id=five>Five?<dd>w</dl>",
    );
    let found: Vec<_> = article.blocks.iter().map(|block| (block.kind, block.anchor.as_deref())).collect();
    let expected = [
        (Title, Some("top")),
        (Heading(2), Some("s")),
        (Paragraph, None),
        (Heading(2), Some("two")),
        (Heading(3), Some("three")),
        (Paragraph, None),
        (Paragraph, None),
        (Heading(2), None),
        (Question, Some("five")),
        (Answer, None),
    ];
    assert_eq!(found, expected);
    assert_blocks(
        "<h2>Unclosed<p>Text</p><h2>Next</h2>",
        &[(Heading(2), "Unclosed"), (Paragraph, "Text"), (Heading(2), "Next")],
    );
}

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

#[test]
fn a_page_says_what_it_is() {
    let (article, notes) = read_bytes(
        b"<html lang=fr><head><title>Le titre | Site</title><link rel='canonical' href='https://a.b/c'>\
          <meta property=og:url content=https://x.y/z><meta name=keywords content='a, b c'><meta name=description content=Desc>\
          <meta property=article:published_time content='2026-02-03T10:00:00+01:00'><meta name=date content=soon></head>\
          <p>Texte <time datetime=2020-01-01>avant</time>",
    );
    let about = article.unwrap().about;
    assert_eq!(about.title.as_deref(), Some("Le titre | Site"));
    assert_eq!(about.url.as_deref(), Some("https://a.b/c"));
    assert_eq!(about.published.as_deref(), Some("2026-02-03"));
    assert_eq!(about.language.as_deref(), Some("fr"));
    assert_eq!(about.metadata["keywords"], ["a", "b c"]);
    assert_eq!(about.metadata["description"], ["Desc"]);
    assert_eq!(notes, []);
    let (article, notes) =
        read_bytes(b"<title>T</title>\n<meta name=date content=soon><h1>H</h1><time datetime=2020-01-01>x</time>");
    let about = article.unwrap().about;
    assert_eq!((about.title, about.published.as_deref()), (None, Some("2020-01-01")));
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].0, Some(2));
}

#[test]
fn broken_pages_are_read_all_the_same() {
    assert_blocks("<p>a</b></div></p></table>b<td>c</ul>d", &[(Paragraph, "a"), (Paragraph, "b"), (Paragraph, "cd")]);
    assert_blocks("<p>a\0b</p><p>x</p", &[(Paragraph, "ab"), (Paragraph, "x")]);
    let huge = format!("<p title='{}' class='{}'>x", "y".repeat(1 << 20), "z ".repeat(1 << 16));
    assert_blocks(&huge, &[(Paragraph, "x")]);
    let (article, notes) = read_bytes(b"<p>Text.</p>\n<script>let a;\n<p>More.");
    assert_eq!(article.unwrap().text.plain(), "Text.");
    assert_eq!(notes[0].0, Some(2));
    for empty in ["", "<!-- x -->", "<script>x</script>", "<html><head><title>T</title></head><body></body>"] {
        let (article, notes) = read_bytes(empty.as_bytes());
        assert_eq!((article, notes), (None, vec![(None, "has no text".to_owned())]));
    }
}

#[test]
fn an_xml_page_may_close_what_it_opens() {
    let html = "<?xml version=\"1.0\"?><html><head><script src=\"x\"/><title/></head><body><a id=\"x\"/><div/><h2>Head</h2><p>Text</p></body></html>";
    assert_blocks(html, &[(Heading(2), "Head"), (Paragraph, "Text")]);
}

#[test]
fn hostile_pages_take_no_time_and_no_stack() {
    let deep = 20_000;
    for piece in [
        "<div>",
        "<b>",
        "<ul><li>",
        "<table><tr><td>",
        "<details><summary>",
        "<button aria-expanded>",
        "<a href=#x aria-controls=x>",
        "<p class=faq-question>",
        "<form><label>",
        "<div class=answer>",
        "</div>",
        "<b><div></b>",
        "<h2>",
        "<dl><dt>",
        "<nav>",
        "<div itemscope itemtype=schema.org/Question>",
        "<svg>",
        "<i></b>",
        "<x><y>",
        "<pre>",
        "&amp",
        "<header>",
        "<span id=a>",
        "<button aria-expanded=true>a</button>",
        "<td>",
        "<blockquote>a",
    ] {
        let html = format!("<p>Text.</p>{}", piece.repeat(deep));
        let start = std::time::Instant::now();
        let (article, _) = read_bytes(html.as_bytes());
        assert!(article.is_some());
        assert!(start.elapsed().as_secs() < 10, "{piece}: {:?}", start.elapsed());
    }
}

#[test]
fn a_space_between_chinese_words_stays_and_a_line_break_goes() {
    assert_blocks("<p>中文  図書\t館\n員 <b>a</b>\n中", &[(Paragraph, "中文 図書 館員 a 中")]);
}

#[test]
fn a_fragment_is_mapped_to_its_file() {
    let literal = r#""<p>Say \"hi\" &amp; go</p>\r\n<ul><li>one</ul>""#;
    let text = crate::read::json_text::string_text(literal, 0).unwrap();
    let (plain, blocks) = fragment(&text);
    assert_eq!(plain.plain(), "Say \"hi\" & go\n\none");
    assert_eq!(plain.first_difference(literal.as_bytes()), None);
    assert_eq!(blocks.iter().map(|block| block.kind).collect::<Vec<_>>(), [Paragraph, Item]);
    assert_eq!(plain.span(blocks[0].range.clone()).hull(), Some(4..23));
    let (plain, blocks) = fragment(&SourceText::verbatim("a < b", 7));
    assert_eq!((plain.plain(), blocks.len(), plain.span(0..5).hull()), ("a < b", 1, Some(7..12)));
}

#[test]
fn html_is_told_from_plain_text() {
    for html in ["<p>x", "a<br>b", "a<br/>b", "x <a href='y'>z</a>", "Q&amp;A", "caf&eacute;", "a</b>", "<UL><LI>x"] {
        assert!(looks_like_html(html), "{html}");
    }
    for plain in [
        "",
        "a < b > c",
        "<you@example.com>",
        "AT&T",
        "if a<b then",
        "Use `<br>` or `</p>`",
        "x & y;",
        "<not a tag>",
        "Vec<String>",
    ] {
        assert!(!looks_like_html(plain), "{plain}");
    }
}

/// Whatever is written: the map is right, and blocks are in order.
fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
    let Ok(decoded) = charset::decode(bytes) else { return Ok(()) };
    drop(decoded);
    let (Some(article), _) = read_bytes(bytes) else { return Ok(()) };
    prop_assert_eq!(article.text.first_difference(bytes), None);
    let mut at = 0;
    for block in &article.blocks {
        prop_assert!(block.range.start >= at && !block.range.is_empty(), "{:?}", article.blocks);
        prop_assert!(article.text.plain().get(block.range.clone()).is_some());
        at = block.range.end;
        let ranges = article.text.span(block.range.clone()).ranges;
        prop_assert!(ranges.is_sorted_by(|a, b| a.end <= b.start), "{ranges:?}");
        prop_assert!(ranges.last().is_none_or(|last| last.end <= bytes.len()));
    }
    let units = crate::split::split(&article, &NAMES);
    prop_assert!(!units.is_empty());
    Ok(())
}

fn html() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        "é",
        "中",
        "How? ",
        " ",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "\u{0}",
        "😀",
        "&amp;",
        "&auml",
        "&#x41;",
        "&",
        "<",
        ">",
        "\"",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<br>",
        "<h1>",
        "</h1>",
        "<h2 id=x>",
        "</h2>",
        "<ul>",
        "<li>",
        "</ul>",
        "<dl>",
        "<dt>",
        "<dd>",
        "</dl>",
        "<pre>",
        "</pre>",
        "<table>",
        "<tr>",
        "<td>",
        "<th>",
        "</table>",
        "<details>",
        "<summary>",
        "</summary>",
        "</details>",
        "<main>",
        "</main>",
        "<article>",
        "</article>",
        "<nav>",
        "</nav>",
        "<script>",
        "</script>",
        "<title>",
        "</title>",
        "<a name=y href=#x>",
        "</a>",
        "<img alt='x y'>",
        "<button aria-expanded=false>",
        "</button>",
        "<div class=faq-question>",
        "<div class=faq-answer>",
        "<div itemscope itemtype=schema.org/Question>",
        "<p itemprop=name>",
        "<div itemprop=acceptedAnswer>",
        "Q: ",
        "A: ",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<svg>",
        "</svg>",
        "<textarea>",
        "<script type=application/ld+json>{\"@type\":\"Question\",\"name\":\"How? \\u00e9\",\"acceptedAnswer\":{\"text\":\"<p>a &amp; b\"}}</script>",
        "<meta charset=windows-1252>",
        "<?xml version='1.0'?>",
        "<form>",
        "<label>",
        "<aside>",
        "</aside>",
        "<footer>",
        "</footer>",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn any_html_is_mapped_right(text in html()) {
        check(text.as_bytes())?;
    }

    #[test]
    fn any_text_is_mapped_right(text in any::<String>()) {
        check(text.as_bytes())?;
    }

    #[test]
    fn any_fragment_is_mapped_right(text in html()) {
        let literal = serde_json::to_string(&text).unwrap();
        let mapped = crate::read::json_text::string_text(&literal, 0).unwrap();
        let (plain, blocks) = fragment(&mapped);
        prop_assert_eq!(plain.first_difference(literal.as_bytes()), None);
        prop_assert!(blocks.is_sorted_by(|a, b| a.range.end <= b.range.start));
        let _ = looks_like_html(&text);
    }
}
