//! `/v1/units` and `/v1/articles`: what is in the index, and where it stands.

use crate::{
    harness::{Dir, first},
    server::{Response, Server},
};
use serde_json::{Value, json};
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
};

/// All entries of a list, page by page.
fn all(server: &Server, path: &str, name: &str) -> Vec<Value> {
    let (mut entries, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = server.get(&format!("{path}{cursor}")).ok();
        entries.extend(page[name].as_array().unwrap().clone());
        let Some(next) = page["next"].as_str() else {
            assert_eq!(page["total"], entries.len());
            return entries;
        };
        cursor = format!("&cursor={next}");
    }
}

fn refused(response: &Response, status: u16, code: &str) {
    assert_eq!(response.status, status, "{}", response.text);
    assert_eq!(response.header("content-type"), "application/problem+json");
    assert_eq!(response.json()["code"], code);
}

/// The parts of a text that marks name, by code points.
fn marked(view: &Value) -> Vec<String> {
    let text: Vec<char> = view["text"].as_str().unwrap().chars().collect();
    let number = |mark: &Value, key: &str| usize::try_from(mark[key].as_u64().unwrap()).unwrap();
    let marks = view["marks"].as_array().unwrap().iter();
    marks.map(|mark| text[number(mark, "start")..number(mark, "end")].iter().collect()).collect()
}

/// The status and the text of what a raw request gets: no client tidies its path.
fn raw(server: &Server, path: &[u8]) -> (u16, String) {
    let mut stream = TcpStream::connect(server.authority()).unwrap();
    let head = format!(" HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", server.authority());
    stream.write_all(&[b"GET ", path, head.as_bytes()].concat()).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (text.split(' ').nth(1).unwrap_or("0").parse().unwrap(), text)
}

#[test]
fn pages_have_every_unit_once_and_each_is_found_by_its_id() {
    let (dir, server) = Server::of_samples();
    let units = all(&server, "/v1/units?limit=7", "units");
    assert!(units.len() > 14);
    let mut ids: Vec<&str> = units.iter().map(|unit| unit["id"].as_str().unwrap()).collect();
    for unit in units.iter().step_by(5) {
        let id = unit["id"].as_str().unwrap();
        assert_eq!(server.get(&format!("/v1/units/{id}")).ok(), *unit);
        let shown = dir.faqt(["show", id, "--format", "json"]).ok().json();
        for key in ["kind", "document", "text", "language", "metadata"] {
            assert_eq!(shown[key], unit[key], "{key}");
        }
        for key in ["title", "source", "url", "heading", "lines", "bytes", "published"] {
            assert_eq!(shown["citation"][key], unit[key], "{key}");
        }
    }
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), units.len());
    let passages = all(&server, "/v1/units?limit=3&filter=kind%3Dpassage&source=corpus/lighthouse.txt", "units");
    assert!(passages.iter().all(|unit| unit["kind"] == "passage" && unit["source"] == "corpus/lighthouse.txt"));
    refused(&server.get("/v1/units/0123456789abcdef"), 404, "unit_unknown");
}

#[test]
fn numbers_of_units_survive_another_corpus() {
    let text = "Tower\nFAQ\nQ: May dogs come up?\nA: No, they wait at the gate.\n";
    let number = |files: &[(&str, &str)]| {
        let dir = Dir::new();
        for (name, text) in files {
            dir.write(format!("corpus/{name}"), text);
        }
        dir.faqt(["index"]).ok();
        let units = Server::start(&dir, []).get("/v1/units?filter=kind%3Dqa&source=corpus/t.txt").ok();
        units["units"][0]["number"].as_u64().unwrap()
    };
    let alone = number(&[("t.txt", text)]);
    assert!((1..1 << 31).contains(&alone));
    assert_eq!(number(&[("a.txt", "Other\n\nWhat stands here is another text.\n"), ("t.txt", text)]), alone);
}

#[test]
fn a_citation_leads_to_its_words_in_the_source() {
    let (_dir, server) = Server::of_samples();
    for question in ["Can I bring my dog up the tower?", "How many books may I borrow?"] {
        let reply = server.post("/v1/ask", &json!({"question": question})).ok();
        let answer = first(&reply);
        let citation = &answer["citations"][0];
        let source = citation["source"].as_str().unwrap();
        let by_bytes = format!("/v1/articles/{source}?bytes={}-{}", citation["bytes"][0], citation["bytes"][1]);
        let view = server.get(&by_bytes).ok();
        assert_eq!(view["source"], source);
        assert_eq!((&view["changed"], &view["cut"], &view["first_line"]), (&json!(false), &json!(false), &json!(1)));
        assert_eq!(view["marks"][0]["lines"], citation["lines"]);
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words(&marked(&view)[0]), words(citation["quote"].as_str().unwrap()));
        let by_id = server.get(&format!("/v1/articles/{source}?unit={}", answer["id"].as_str().unwrap())).ok();
        assert!(by_id["marks"].as_array().unwrap().contains(&view["marks"][0]));
        assert!(by_id["units"].as_array().unwrap().iter().any(|unit| unit["id"] == answer["id"]));
        let page = server.get_with(&by_bytes, &[("accept", "text/html,*/*;q=0.8")]);
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert!(page.text.contains("<mark id=\"cited\">"), "{}", page.text);
    }
}

/// What has no bytes is marked by its page or paragraph, where conventions of others link to it.
#[cfg(feature = "documents")]
#[test]
fn a_link_to_a_document_that_is_no_text_leads_to_its_words() {
    let words = "It opens at nine, from Monday to Friday.";
    for (name, counted, bytes) in crate::office_files::files(words) {
        let dir = Dir::new();
        dir.write(format!("corpus/{name}"), bytes);
        let server = Server::start(&dir, []);
        let asked = json!({"messages": [{"role": "user", "content": "When does the town hall open?"}]});
        let reply = server.post("/v1/chat/completions", &asked).ok();
        let cited = &reply["choices"][0]["message"]["annotations"][0]["url_citation"]["url"];
        let path = cited.as_str().unwrap().strip_prefix(&server.url).unwrap();
        assert!(path.contains(&format!("?{counted}=")) && path.ends_with("#cited"), "{path}");
        let view = server.get(path.trim_end_matches("#cited")).ok();
        assert!(marked(&view)[0].contains(words), "{name}: {view:#}");
        let page = server.get_with(path.trim_end_matches("#cited"), &[("accept", "text/html")]);
        assert!(page.text.contains("<mark id=\"cited\">"), "{name}: {}", page.text);
    }
}

#[test]
fn articles_are_listed_and_each_is_shown() {
    let (dir, server) = Server::of_samples();
    let articles = all(&server, "/v1/articles?limit=2", "articles");
    let units: u64 = articles.iter().map(|article| article["units"].as_u64().unwrap()).sum();
    assert_eq!(server.get("/v1/units?limit=1").ok()["total"], units);
    for article in &articles {
        let source = article["source"].as_str().unwrap();
        assert_eq!(article["bytes"], dir.read(source).len());
        let view = server.get(&format!("/v1/articles/{}", source.replace('/', "%2F"))).ok();
        for key in ["source", "title", "language", "published", "url"] {
            assert_eq!(view[key], article[key], "{key} of {source}");
        }
        assert_eq!(
            view["units"].as_array().unwrap().len(),
            usize::try_from(article["units"].as_u64().unwrap()).unwrap()
        );
    }
}

#[test]
fn a_page_shows_hostile_text_as_text() {
    let dir = Dir::of([(
        "evil.md",
        "---\ntitle: <img src=x onerror=alert(1)>\nurl: javascript:alert(1)\n---\n\n# FAQ\n\n\
         ## Is <script>alert(1)</script> \"run\"?\n\nNo, </pre><script>alert(2)</script> \u{202e}is\u{1b}[31m not.\n",
    )]);
    let server = Server::start(&dir, []);
    let unit = server.get("/v1/units?filter=kind%3Dqa").ok()["units"][0].clone();
    let page = server.get_with(
        &format!("/v1/articles/corpus/evil.md?unit={}", unit["id"].as_str().unwrap()),
        &[("accept", "text/html")],
    );
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert_eq!(page.text.matches("<script").count(), 1, "its own alone: {}", page.text);
    for part in
        ["<script>", "<img src=x", "onerror=alert(1)>", "href=\"javascript", "\u{202e}", "\u{1b}", " style=", "</pre><"]
    {
        assert!(!page.text.contains(part), "{part} in {}", page.text);
    }
    assert!(page.text.contains("&lt;script&gt;alert(2)&lt;/script&gt;"), "{}", page.text);
    insta::assert_snapshot!(page.text);
}

#[test]
fn a_file_that_changed_says_so_and_one_that_is_gone_is_not_shown() {
    let (dir, server) = Server::of_samples();
    let id = first(&dir.ask(["Can I bring my dog up the tower?"]))["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/articles/corpus/lighthouse.txt?unit={id}");
    let before = server.get(&path);
    assert_eq!(before.ok()["changed"], false);
    let tag = before.header("etag").to_owned();
    assert_eq!(server.get_with(&path, &[("if-none-match", &tag)]).status, 304);
    dir.edit("corpus/lighthouse.txt", "Dogs wait", "Cats wait");
    let after = server.get_with(&path, &[("if-none-match", &tag)]);
    assert_eq!(after.ok()["changed"], true);
    assert!(!marked(&after.json()).iter().any(|text| text.contains("Cats")));
    let page = server.get_with(&path, &[("accept", "text/html")]);
    assert!(page.text.contains("another one than when it was indexed"), "{}", page.text);
    std::fs::remove_file(dir.path("corpus/lighthouse.txt")).unwrap();
    refused(&server.get(&path), 404, "article_unreadable");
}

#[test]
fn no_path_leads_out_of_the_corpus() {
    let dir = Dir::with_corpus();
    dir.write("secret.txt", "the secret words").write("corpus/.hidden.txt", "the secret words");
    #[cfg(unix)]
    std::os::unix::fs::symlink(dir.path("secret.txt"), dir.path("corpus/hidden.bin")).unwrap();
    dir.faqt(["index"]).ok();
    let server = Server::start(&dir, []);
    let absolute = dir.path("secret.txt").to_str().unwrap().to_owned();
    for path in [
        "corpus/../secret.txt",
        "../secret.txt",
        "corpus/%2e%2e/secret.txt",
        "%2e%2e%2fsecret.txt",
        "corpus/..%2fsecret.txt",
        "corpus/%252e%252e/secret.txt",
        "corpus\\..\\secret.txt",
        "corpus/..;/secret.txt",
        "corpus/.hidden.txt",
        "corpus/hidden.bin",
        "corpus/lighthouse.txt%00.html",
        "corpus/lighthouse.txt/",
        "corpus//lighthouse.txt",
        "corpus/./lighthouse.txt",
        "file:///etc/passwd",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "corpus/%ff%fe",
        "corpus/%c0%ae%c0%ae/secret.txt",
        "secret.txt",
        &absolute,
        &absolute.replace('/', "%2F"),
    ] {
        let (status, text) = raw(&server, format!("/v1/articles/{path}").as_bytes());
        assert!(status == 404 || status == 400, "{path}: {text}");
        assert!(!text.contains("secret words") && !text.contains("root:"), "{path}: {text}");
    }
    #[cfg(unix)]
    {
        // A link that takes the place of an article after the index was built.
        std::fs::remove_file(dir.path("corpus/lighthouse.txt")).unwrap();
        std::os::unix::fs::symlink(dir.path("secret.txt"), dir.path("corpus/lighthouse.txt")).unwrap();
        let response = server.get("/v1/articles/corpus/lighthouse.txt");
        refused(&response, 404, "article_unreadable");
        assert!(!response.text.contains("secret"), "{}", response.text);
    }
}

#[test]
fn lists_are_kept_as_long_as_the_index_is_and_cursors_are_of_one_list() {
    let (dir, server) = Server::of_samples();
    let page = server.get("/v1/units?limit=2");
    let (tag, cursor) = (page.header("etag").to_owned(), page.ok()["next"].as_str().unwrap().to_owned());
    assert!(dir.generations().iter().any(|name| tag.contains(name.as_str())), "{tag}");
    for path in ["/v1/units?limit=2", "/v1/articles", "/v1/suggest?q=how"] {
        assert_eq!(server.get_with(path, &[("if-none-match", &tag)]).status, 304, "{path}");
        assert_eq!(server.get_with(path, &[("if-none-match", "\"other\"")]).status, 200, "{path}");
    }
    for path in ["/v1/articles?cursor=", "/v1/units?filter=kind%3Dqa&cursor="] {
        refused(&server.get(&format!("{path}{cursor}")), 422, "cursor_invalid");
    }
    for wrong in ["x", "", "0-0", "%F0%9F%98%80"] {
        refused(&server.get(&format!("/v1/units?cursor={wrong}")), 422, "cursor_invalid");
    }
    drop(server);
    dir.faqt(["index", "--rebuild"]).ok();
    let again = Server::start(&dir, []);
    refused(&again.get(&format!("/v1/units?limit=2&cursor={cursor}")), 422, "cursor_invalid");
    assert_eq!(again.get_with("/v1/articles", &[("if-none-match", &tag)]).status, 200);
}

#[test]
fn what_is_wrong_with_a_request_is_named() {
    let (_dir, server) = Server::of_samples();
    for (path, field) in [
        ("/v1/units?limit=0", "limit"),
        ("/v1/units?limit=201", "limit"),
        ("/v1/articles?limit=many", "limit"),
        ("/v1/articles/corpus/lighthouse.txt?bytes=9", "bytes"),
        ("/v1/articles/corpus/lighthouse.txt?page=a-b", "page"),
    ] {
        let response = server.get(path);
        refused(&response, 400, "request_invalid");
        assert_eq!(response.json()["field"], field, "{path}");
    }
    refused(&server.get("/v1/articles/corpus/lighthouse.txt?bytes=9-1"), 422, "request_invalid");
    refused(&server.get("/v1/units?filter=course"), 422, "filter_invalid");
    refused(&server.get("/v1/articles/corpus/lighthouse.txt?bytes=1-2&unit=a"), 422, "request_invalid");
    refused(&server.get("/v1/articles/corpus/lighthouse.txt?unit=a"), 404, "unit_unknown");
    refused(&server.get("/v1/articles/corpus/none.txt"), 404, "article_unknown");
    let outside = server.get("/v1/articles/corpus/lighthouse.txt?bytes=999999999999998-999999999999999").ok();
    assert_eq!(outside["marks"], json!([]));
}
