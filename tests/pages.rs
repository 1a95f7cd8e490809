//! The pages and the chat bubble in Chromium, by the scripts `page.mjs` and `replies.mjs` of `tests/clients/node`.

use crate::{
    clients::{chromium, node, repository, succeed},
    harness::Dir,
    server::Server,
};
use std::{env, fs, net::TcpListener, process::Command};

/// An article that would do harm if any of it became markup.
const HOSTILE: &str = "---
title: \"Hostile <script>alert(1)</script> title\"
url: \"javascript:alert(1)\"
course: \"<img src=x onerror=alert(2)>\"
---
# Hostile <script>alert(1)</script> title

## FAQ

### What does the zorbic <img src=x onerror=alert(3)> parser do?

The zorbic parser reads &lt;script&gt;alert(4)&lt;/script&gt; and &lt;img src=x onerror=alert(5)&gt; as text. It keeps \u{1b}[31m and \u{202e}evil\u{202c} words apart, see [here](javascript:alert(6)).
";

/// An article that is written from right to left.
const HEBREW: &str = "# שאלות על גיבויים

## שאלות נפוצות

### מהו גיבוי ומדוע צריך אותו?

גיבוי הוא עותק של הנתונים שנשמר במקום אחר. הוא מגן מפני מחיקה, תקלה או גניבה:

- שמרו שלושה עותקים.
- על שני סוגים של מדיה.
- עותק אחד מחוץ לבית.
";

/// Two questions that may be asked in one, and a list; answers of which one is newer than the other, and one to a follow-up.
const SHOP: &str = r#"{"_id": "price", "question": "What is the price of the lamp?", "answer": "The lamp costs 40 euros."}
{"_id": "delivery", "question": "How long is the delivery time of the lamp?", "answer": "We deliver within three days."}
{"_id": "clean", "question": "How do I clean the lamp?", "answer": "With care:\n\n- Switch it off.\n- Let it cool.\n- Wipe it."}
"#;
const LIBRARY: &str = r#"{"_id": "old", "question": "What does a library card cost?", "answer": "A library card costs 10 euros a year.", "date": "2020-01-31"}
{"_id": "new", "question": "What does the library card cost?", "answer": "A library card costs 12 euros a year.", "date": "2024-05-01"}
{"_id": "children", "question": "Is the library card free for children?", "answer": "Children get theirs for nothing.", "date": "2024-05-01"}
"#;

/// A folder with the articles of the repository.
fn articles() -> Dir {
    let dir = Dir::new();
    for entry in fs::read_dir(repository("corpus")).unwrap() {
        let path = entry.unwrap().path();
        dir.write(format!("corpus/{}", path.file_name().unwrap().to_str().unwrap()), fs::read(&path).unwrap());
    }
    dir
}

/// A script that drives Chromium. With `FAQT_SCREENSHOTS` set, it makes the images of `docs/screenshots` anew.
fn browser(script: &str) -> Command {
    let mut script = node(script);
    script.env("CHROMIUM", chromium());
    if env::var_os("FAQT_SCREENSHOTS").is_some() {
        script.env("SCREENSHOTS", repository("docs/screenshots"));
    }
    script
}

#[test]
fn people_ask_administer_and_read_in_a_browser() {
    let dir = articles();
    dir.write("corpus/hostile.md", HOSTILE);
    dir.write("corpus/hebrew.md", HEBREW);
    dir.faqt(["index"]).ok();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let page_of_others = format!("http://127.0.0.1:{port}");
    let open = Server::start(&dir, ["--cors", &page_of_others]);
    let keyed = Server::start(&dir, ["--key", "ask:reader", "--key", "admin:boss", "--cors", &page_of_others]);
    let mut script = browser("page.mjs");
    script.env("FAQT_URL", &open.url).env("KEYED_URL", &keyed.url).env("FOREIGN_PORT", port.to_string());
    succeed(&mut script);
}

#[test]
fn all_that_a_reply_says_is_shown_in_a_browser() {
    let dir = articles();
    for (name, text) in [("shop.jsonl", SHOP), ("library.jsonl", LIBRARY)] {
        dir.write(format!("corpus/{name}"), text);
    }
    dir.faqt(["index"]).ok();
    let server = Server::start(&dir, []);
    succeed(browser("replies.mjs").env("FAQT_URL", &server.url));
}

#[test]
fn a_page_is_kept_by_its_content_and_guarded_by_its_headers() {
    let (_dir, server) = Server::of_samples();
    for path in ["/", "/admin", "/docs", "/widget.js", "/assets/page.js", "/?q=raid"] {
        let response = server.get(path);
        assert_eq!(response.status, 200, "{path}");
        let policy = response.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(response.header("x-content-type-options"), "nosniff");
        assert_eq!(response.header("referrer-policy"), "no-referrer");
    }
    let first = server.get("/assets/page.js");
    let tag = first.header("etag").to_owned();
    assert_eq!(server.get_with("/assets/page.js", &[("if-none-match", &tag)]).status, 304);
    assert_eq!(server.get("/?q=raid").header("cache-control"), "no-store");
    assert_eq!(server.get("/widget.js").header("cross-origin-resource-policy"), "cross-origin");
}

#[test]
fn without_a_key_the_page_is_there_and_its_answers_are_not() {
    let dir = articles();
    dir.faqt(["index"]).ok();
    let server = Server::start(&dir, ["--key", "ask:reader"]);
    for path in ["/", "/admin", "/docs", "/assets/style.css"] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
    assert!(!server.get("/?q=Is+RAID+a+backup%3F").text.contains("article class"));
    let asked = server.get_with("/?q=Is+RAID+a+backup%3F", &[("x-api-key", "reader")]);
    assert!(asked.text.contains("RAID keeps a system running"), "{}", asked.text);
}
