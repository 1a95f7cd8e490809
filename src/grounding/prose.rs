//! A sentence without its Markdown.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A sentence as a person reads it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose {
    /// Its words, without list signs, emphasis, addresses and tags.
    pub text: String,
    /// Whether it is a heading.
    pub is_heading: bool,
}

/// Takes the markup off a sentence.
#[must_use]
pub fn prose(sentence: &str) -> Prose {
    let mut prose = Prose::default();
    // What is all strong is a heading of people who have no other.
    let (mut strong, mut weak) = (0, false);
    for event in Parser::new_ext(sentence.trim(), Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::Heading { .. }) => prose.is_heading = true,
            Event::Start(Tag::Strong) => strong += 1,
            Event::End(TagEnd::Strong) => strong -= 1,
            Event::Text(text) | Event::Code(text) => {
                weak |= strong == 0 && !text.trim().is_empty();
                prose.text += &text;
            }
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Item | TagEnd::Paragraph) => prose.text.push(' '),
            _ => {}
        }
    }
    prose.text.truncate(prose.text.trim_end().len());
    prose.is_heading |= !weak && !prose.text.is_empty() && !crate::split::ends_sentence(&prose.text);
    prose
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn markup_goes_and_words_stay() {
        for (sentence, text, is_heading) in [
            ("- **It opens** at *nine*.", "It opens at nine.", false),
            ("3. Open the [door](https://a.example).", "Open the door.", false),
            ("## Opening hours", "Opening hours", true),
            ("**Opening hours**", "Opening hours", true),
            ("**It opens at nine.**", "It opens at nine.", false),
            ("> Run `git reset` and a_b_c.", "Run git reset and a_b_c.", false),
            ("It <b>opens</b> at 3 * 4 &amp; 5.", "It opens at 3 * 4 & 5.", false),
            ("九点**开门**。", "九点开门。", false),
            ("", "", false),
        ] {
            let prose = prose(sentence);
            assert_eq!((prose.text.as_str(), prose.is_heading), (text, is_heading), "{sentence}");
        }
    }
}
