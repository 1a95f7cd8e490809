//! Pages that are broken, or made to break a program.

use super::*;

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
