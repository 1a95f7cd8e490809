use super::{
    Package, resolve,
    testing::zipped,
    xml::{Step, walk},
};
use proptest::prelude::*;

#[test]
fn what_unpacks_to_too_much_is_refused_with_the_setting() {
    let bytes = zipped(&[("a", &"x".repeat(5_000_000)), ("b", "y")]);
    assert!(bytes.len() < 20_000);
    let mut package = Package::open(bytes, 1 << 20).unwrap();
    assert_eq!(package.text("b").unwrap().as_deref(), Some("y"));
    let reason = package.bytes("a").unwrap_err();
    assert_eq!(reason, "unpacks to more than 1048576 bytes: split it, or raise `max_file_bytes` in faqt.toml");
    assert!(package.bytes("c").unwrap().is_none());
}

#[test]
fn what_is_no_package_is_told_by_name() {
    let open = |bytes: &[u8]| Package::open(bytes.to_vec(), 1 << 20).err().unwrap();
    assert!(open(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest").contains("protected by a password"));
    assert!(open(b"hello").contains("save it again"));
    assert_eq!(open(b""), "is empty");
}

#[test]
fn a_path_is_seen_from_the_file_that_names_it() {
    assert_eq!(resolve("word/document.xml", "styles.xml"), "word/styles.xml");
    assert_eq!(resolve("a/b.opf", "../text/c.xhtml"), "text/c.xhtml");
    assert_eq!(resolve("a/b.opf", "/c.xml"), "c.xml");
    assert_eq!(resolve("", "../../c.xml"), "c.xml");
}

fn texts(source: &str) -> String {
    let mut texts = String::new();
    let _ = walk(source, |step| {
        if let Step::Text(text) = step {
            texts.push_str(text);
        }
    });
    texts
}

#[test]
fn entities_of_a_document_are_not_looked_up() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>\
                <x>&b;&f;&amp;&#233;</x>";
    assert_eq!(texts(bomb), "&b;&f;&é");
}

#[test]
fn names_go_by_namespaces_and_depth_is_no_matter() {
    let mut names = Vec::new();
    walk("<q:p xmlns:q=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><q:t/></q:p>", |step| {
        if let Step::Start(name, _) = step {
            names.push(name.to_owned());
        }
    })
    .unwrap();
    assert_eq!(names, ["w:p", "w:t"]);
    let deep = "<a>".repeat(100_000) + "x" + &"</a>".repeat(100_000);
    assert_eq!(texts(&deep), "x");
    assert!(walk("<a><b></a>", |_| {}).is_err());
}

proptest! {
    #[test]
    fn any_text_is_walked(source in "[<>/a-c=\"'&;!\\[\\]?:xmlns -]{0,60}") {
        let _ = walk(&source, |_| {});
    }
}
