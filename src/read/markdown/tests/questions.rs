//! Questions as people write them in Markdown.

use super::*;

#[test]
fn labels_make_questions_and_answers() {
    let expected = [(Question, "How do I pay?"), (Answer, "By card."), (Answer, "Or cash.")];
    for text in [
        "**Q:** How do I pay?\n\n**A:** By card.\n\nOr cash.\n",
        "Q: How do I pay?\n\nBy card.\n\nOr cash.\n",
        "Q. How do I pay?\nA. By card.\n\nOr cash.\n",
        "**Question 3:** How do I pay?  \n**Answer:** By card.\n\nOr cash.\n",
        "**Q: How do I pay?**\n\nA: By card.\n\nOr cash.\n",
        "**Q: How do I pay?** A: By card.\n\nOr cash.\n",
        "Q: How do I pay? A: By card.\n\nOr cash.\n",
        "**Frage 1:** How do I pay?\n\n**Antwort:** By card.\n\nOr cash.\n",
        "> **Q:** How do I\n> pay?\n\nBy card.\n\nOr cash.\n",
        "Q: How do I\npay?\nBy card.\n\nOr cash.\n",
        "问：How do I pay?\n\n答：By card.\n\nOr cash.\n",
        "**Question:**\n\nHow do I pay?\n\n**Answer:**\n\nBy card.\n\nOr cash.\n",
        "Q:\nHow do I pay?\nA:\nBy card.\n\nOr cash.\n",
        "**How do I pay?**\n\nBy card.\n\nOr cash.\n",
        "**How do I pay?**\nBy card.\n\nOr cash.\n",
        "**How do I pay?** By card.\n\nOr cash.\n",
        "**1. How do I pay?**  \nBy card.\n\nOr cash.\n",
        "**How do I *pay***?\n\nBy card.\n\nOr cash.\n",
        "<b>How do I\npay?</b>\n\nBy card.\n\nOr cash.\n",
    ] {
        assert_blocks(text, &expected);
    }
    let article = read_one("# T\n\n**Q:** How do I pay?\n**A:** By card.\n");
    assert_eq!(place(&article, "How do I pay?"), (12..25, [3, 3]));
    assert_eq!(place(&article, "By card."), (33..41, [4, 4]));
}

#[test]
fn several_pairs_in_one_paragraph_are_told_apart() {
    assert_blocks(
        "Intro.\nQ: One?\nA: First.\nQ: Two?\nQ: Or three?\nA: Second\nand more.\n",
        &[
            (Paragraph, "Intro."),
            (Question, "One?"),
            (Answer, "First."),
            (Question, "Two?"),
            (Question, "Or three?"),
            (Answer, "Second and more."),
        ],
    );
    assert_blocks(
        "**One?**\\\nFirst.\\\n**Two?**\\\nSecond.\n",
        &[(Question, "One?"), (Answer, "First."), (Question, "Two?"), (Answer, "Second.")],
    );
}

#[test]
fn a_heading_ends_an_answer() {
    assert_blocks(
        "**Why?**\n\nSo.\n\n```\nx\n```\n\n## Next\n\nText.\n\nA: nothing asked\n",
        &[
            (Question, "Why?"),
            (Answer, "So."),
            (Answer, "x"),
            (Heading(2), "Next"),
            (Paragraph, "Text."),
            (Paragraph, "A: nothing asked"),
        ],
    );
}

#[test]
fn bold_text_alone_is_no_question() {
    assert_blocks(
        "**Note.**\n\nText.\n\n**Who?**\n\n**Why?**\n\nText **what?** more.\n\n**End?**\n",
        &[
            (Paragraph, "Note."),
            (Paragraph, "Text."),
            (Paragraph, "Who?"),
            (Question, "Why?"),
            (Answer, "Text what? more."),
            (Answer, "End?"),
        ],
    );
}

#[test]
fn sentences_that_look_like_labels_stay_sentences() {
    assert_blocks(
        "Question everything.\n\nA cat sat. A. Smith wrote.\n\nP: pressure\n\nQ: heat in joules\n",
        &[
            (Paragraph, "Question everything."),
            (Paragraph, "A cat sat. A. Smith wrote."),
            (Paragraph, "P: pressure"),
            (Paragraph, "Q: heat in joules"),
        ],
    );
}

#[test]
fn items_hold_questions_with_their_answers() {
    assert_blocks(
        "- **Q: One?** A: First.\n- **Two?** Second.\n- Q: Three?\n\n  Third.\n  - nested\n- other\n\nText.\n",
        &[
            (Question, "One?"),
            (Answer, "First."),
            (Question, "Two?"),
            (Answer, "Second."),
            (Question, "Three?"),
            (Answer, "Third."),
            (Answer, "nested"),
            (Item, "other"),
            (Paragraph, "Text."),
        ],
    );
    assert_blocks(
        "1. **Why?**\n   - So.\n2. **How?**\n\n   Thus.\n\n- Q: a?\n- A: b\n",
        &[(Question, "Why?"), (Answer, "So."), (Question, "How?"), (Answer, "Thus."), (Question, "a?"), (Answer, "b")],
    );
}

#[test]
fn details_answer_their_summary() {
    let text = "<details id=\"pay\">\n<summary><b>Paying</b> &amp; more</summary>\n\nBy *card*.\n\n- or cash\n\n```\ncode\n```\n\n\
        ### Note\n\n</details>\n\nText.\n";
    assert_blocks(
        text,
        &[
            (Question, "Paying & more"),
            (Answer, "By card."),
            (Answer, "or cash"),
            (Answer, "code"),
            (Answer, "Note"),
            (Paragraph, "Text."),
        ],
    );
    let article = read_one(text);
    assert_eq!(article.blocks[0].anchor.as_deref(), Some("pay"));
    let (bytes, lines) = place(&article, "Paying & more");
    assert_eq!((&text[bytes], lines), ("Paying</b> &amp; more", [2, 2]));
    assert_blocks(
        "<details><summary>Why?</summary>\nSo <i>it</i> is.\n<p>Yes.</p>\n</details>\nafter\n",
        &[(Question, "Why?"), (Answer, "So it is."), (Answer, "Yes."), (Paragraph, "after")],
    );
    assert_blocks(
        "<details>\n<summary>\n\n### Why?\n\n</summary>\n\nSo.\n\n</details>\n",
        &[(Question, "Why?"), (Answer, "So.")],
    );
}

#[test]
fn details_within_details_are_questions_of_their_own() {
    assert_blocks(
        "<details>\n  <summary>Billing</summary>\n\n<details><summary>How?</summary>\n\nSo.\n\n</details>\n\nLoose.\n</details>\n\n\
         <details><summary>Who?</summary>Me.<details><summary>Really?</summary>Yes.</details></details>\n",
        &[
            (Paragraph, "Billing"),
            (Question, "How?"),
            (Answer, "So."),
            (Paragraph, "Loose."),
            (Question, "Who?"),
            (Answer, "Me."),
            (Question, "Really?"),
            (Answer, "Yes."),
        ],
    );
}

#[test]
fn details_without_an_end_stop_at_a_heading() {
    assert_blocks(
        "<details><summary>Why?</summary>\n\nSo.\n\n## Next\n\nText.\n",
        &[(Question, "Why?"), (Answer, "So."), (Heading(2), "Next"), (Paragraph, "Text.")],
    );
}

#[test]
fn definition_lists_ask_where_they_ask() {
    assert_blocks(
        "Why?\n: So.\n\n    Indeed.\n\n    - item\n: Or so.\n\nTerm\n: Meaning.\n\nText.\n",
        &[
            (Question, "Why?"),
            (Answer, "So."),
            (Answer, "Indeed."),
            (Answer, "item"),
            (Answer, "Or so."),
            (Paragraph, "Term\n\nMeaning."),
            (Paragraph, "Text."),
        ],
    );
    assert_blocks(
        "## FAQ\n\n### Money\n\nPaying\n: By card.\n\nText.\n\n## Words\n\nTerm\n: - a\n",
        &[
            (Heading(2), "FAQ"),
            (Heading(3), "Money"),
            (Question, "Paying"),
            (Answer, "By card."),
            (Paragraph, "Text."),
            (Heading(2), "Words"),
            (Paragraph, "Term"),
            (Item, "a"),
        ],
    );
    assert_blocks(
        "<dl><dt>Why?</dt><dd>So.</dd><dt>Term</dt><dd>Meaning.</dd></dl>\n",
        &[(Question, "Why?"), (Answer, "So."), (Paragraph, "Term\n\nMeaning.")],
    );
}
