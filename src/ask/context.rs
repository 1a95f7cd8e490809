//! What an assistant that writes its own words needs to read: the best units for a question, within a budget of tokens.

use super::{
    compose::{self, DEPTH, Pick, say_the_same},
    engine::Engine,
    overlap::distinct,
    sentences::Matcher,
    tokens::tokens,
};
use crate::{
    error::Result,
    index::{Search, UnitNo, lexicon::WordNo},
    model::{Citation, Question, Unit, UnitKind},
    split::sentences,
};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A unit that is believed less than this share of the best is no help beside it.
const BESIDE: f64 = 0.1;

/// And one that is believed less than this is no help at all.
const LEAST: f64 = 0.02;

/// What stands between two blocks.
const BETWEEN: &str = "\n\n";

/// What to read before a question is answered in own words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Context {
    /// The question as it was asked.
    pub question: String,
    /// Whether the first block is confident enough to be given as the answer. Where it is not, the blocks are the
    /// likeliest that there are, and may be beside the point.
    pub answered: bool,
    /// All blocks, each behind its marker and the titles above it: what goes into a prompt.
    pub text: String,
    /// About how many tokens the text is, never more than the budget; see [`tokens`].
    pub tokens: usize,
    /// The blocks, best first.
    pub blocks: Vec<Block>,
}

/// A unit to be read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
#[cfg_attr(feature = "server", schema(as = ContextBlock), schemars(rename = "ContextBlock"))]
pub struct Block {
    /// What the text calls it: `1` is written `[1]` there.
    pub marker: String,
    /// The id of the unit.
    pub id: String,
    /// About how many tokens the block is in the text, with its marker and its titles.
    pub tokens: usize,
    /// The unit word for word, a `qa` unit with its question in a line of its own; only its best sentences where the
    /// budget is too small for all of the first.
    pub text: String,
    /// The probability that the unit answers the question, 0 to 1.
    pub confidence: f64,
    /// Where the words stand: all of the text but the question.
    pub citation: Citation,
}

impl Engine {
    /// The best units for a question within a budget of tokens, at most `question.top`.
    ///
    /// Units come in the order of [`Engine::ask`], also where it gives no answer. Left out are those that are believed
    /// less than [`Question::min_confidence`] (where that is not given, a tenth of the best, or 0.02), that say the same
    /// as one before or stand in it, that a newer one contradicts, and that the budget has no room for. Of the first,
    /// the best whole sentences are given where there is no room for all.
    ///
    /// # Errors
    /// As [`Engine::ask`].
    pub fn context(&self, question: &Question, budget: usize) -> Result<Context> {
        let considered = self.consider(question)?;
        let asked = self.asked_parts(&considered);
        let picks = compose::picks(&asked, considered.parts.len());
        let best = picks.first().map_or(0.0, |pick| pick.confidence);
        let least = question.min_confidence.unwrap_or(LEAST.max(BESIDE * best));
        let mut chosen =
            Chosen { search: &*self.search, budget, blocks: Vec::new(), said: Vec::new(), text: String::new() };
        let older: Vec<UnitNo> = asked.iter().flat_map(|asked| &asked.ranking.newer).map(|pair| pair.older).collect();
        for pick in picks.iter().take(DEPTH) {
            if chosen.blocks.len() == question.top {
                break;
            }
            let is_superseded = older.contains(&pick.ranked.unit) && !pick.ranked.asked;
            if pick.confidence >= least && !is_superseded {
                chosen.add(pick)?;
            }
        }
        Ok(Context {
            question: question.text.clone(),
            answered: considered.answered,
            tokens: tokens(&chosen.text),
            text: chosen.text,
            blocks: chosen.blocks,
        })
    }
}

/// The blocks so far.
struct Chosen<'a> {
    search: &'a dyn Search,
    budget: usize,
    blocks: Vec<Block>,
    /// The different words of each.
    said: Vec<Vec<WordNo>>,
    text: String,
}

impl Chosen<'_> {
    /// Adds a unit, if it says anything new and there is room.
    fn add(&mut self, pick: &Pick<'_>) -> Result<()> {
        let number = pick.ranked.unit;
        let words = distinct(self.search.words(number).text.iter().copied());
        if self.said.iter().any(|known| say_the_same(known, &words, self.search)) {
            return Ok(());
        }
        let unit = self.search.unit(number)?;
        if self.blocks.iter().any(|block| block.text.contains(unit.text.plain())) {
            return Ok(());
        }
        let between = if self.blocks.is_empty() { "" } else { BETWEEN };
        // What is counted in parts is never less than what is counted in one.
        let room = self.budget.saturating_sub(tokens(&self.text) + tokens(between));
        let Some(shown) = self.fitting(&unit, number, pick.matcher, room) else { return Ok(()) };
        let marker = (self.blocks.len() + 1).to_string();
        let rendered = shown.rendered(&marker);
        self.blocks.push(Block {
            marker,
            id: unit.id.clone(),
            tokens: tokens(&rendered),
            text: shown.text,
            confidence: compose::rounded(pick.confidence),
            citation: compose::citation(&unit, shown.part),
        });
        self.text += between;
        self.text += &rendered;
        self.said.push(words);
        Ok(())
    }

    /// The whole unit if there is room for it; of the first one, else, what there is room for.
    fn fitting(&self, unit: &Unit, number: UnitNo, matcher: &Matcher<'_>, room: usize) -> Option<Shown> {
        let marker = (self.blocks.len() + 1).to_string();
        let fits = |shown: &Shown| tokens(&shown.rendered(&marker)) <= room;
        let whole = Shown::of(unit, unit.text.all(), true);
        if fits(&whole) {
            return Some(whole);
        }
        if !self.blocks.is_empty() {
            return None;
        }
        let best = matcher.highlight(unit, number).unwrap_or(unit.text.all());
        let cut = |asked| longest(unit, &best, |part| fits(&Shown::of(unit, part, asked))).map(|part| (part, asked));
        let (part, asked) = cut(true).or_else(|| cut(false))?;
        Some(Shown::of(unit, part, asked))
    }
}

/// As many whole sentences as there is room for, from the first of the best ones on, and then before it.
fn longest(unit: &Unit, best: &Range<usize>, fits: impl Fn(Range<usize>) -> bool) -> Option<Range<usize>> {
    let sentences = sentences(unit.text.plain());
    let first = sentences.iter().position(|sentence| sentence.end > best.start)?;
    let mut part = sentences.get(first)?.clone();
    if !fits(part.clone()) {
        return None;
    }
    for sentence in sentences.iter().skip(first + 1) {
        if !fits(part.start..sentence.end) {
            return Some(part);
        }
        part.end = sentence.end;
    }
    for sentence in sentences.iter().take(first).rev() {
        if !fits(sentence.start..part.end) {
            break;
        }
        part.start = sentence.start;
    }
    Some(part)
}

/// A unit, or a part of it, as it is given.
struct Shown {
    /// Titles and headings above it.
    above: String,
    text: String,
    part: Range<usize>,
}

impl Shown {
    fn of(unit: &Unit, part: Range<usize>, asked: bool) -> Self {
        let question = unit.question().filter(|_| asked && unit.kind == UnitKind::Qa);
        let above = unit.about.title.iter().chain(&unit.heading).map(String::as_str);
        let above: Vec<&str> = above.filter(|title| Some(*title) != question).collect();
        let answer = unit.text.plain().get(part.clone()).unwrap_or_default();
        let text = question.map_or_else(|| answer.to_owned(), |question| format!("{question}\n{answer}"));
        Self { above: above.join(" › "), text, part }
    }

    fn rendered(&self, marker: &str) -> String {
        let Self { above, text, .. } = self;
        if above.is_empty() { format!("[{marker}] {text}") } else { format!("[{marker}] {above}\n{text}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BuildOptions, Silent};
    use std::fs;

    const LONG: &str = "The tower was built in 1901 by the harbour board. It is 58 metres high. Its lamp was lit by \
        oil until 1934. Since then it burns with electric light. The keeper's house is a museum today.";

    fn engine() -> (tempfile::TempDir, Engine) {
        let folder = tempfile::tempdir().unwrap();
        let (articles, index) = (folder.path().join("articles"), folder.path().join("index"));
        fs::create_dir(&articles).unwrap();
        let rows = [
            ("high", "How high is the lighthouse tower?", LONG),
            ("again", "How tall is the tower of the lighthouse?", LONG),
            ("ferry", "When does the ferry to the lighthouse leave?", "The ferry to the lighthouse leaves at ten."),
            ("tea", "Where can I drink tea?", "Tea is served in the garden behind the mill."),
        ];
        let rows = rows.map(|(id, question, answer)| {
            let row = serde_json::json!({"_id": id, "title": "The coast", "question": question, "answer": answer});
            row.to_string() + "\n"
        });
        fs::write(articles.join("rows.jsonl"), rows.concat()).unwrap();
        let engine = Engine::build(&BuildOptions::new(&articles, &index), &Silent).unwrap();
        (folder, engine)
    }

    fn context(engine: &Engine, question: &str, budget: usize) -> Context {
        let question = Question { top: 10, ..Question::new(question) };
        let context = engine.context(&question, budget).unwrap();
        assert!(context.tokens <= budget && context.tokens == tokens(&context.text));
        for block in &context.blocks {
            let unit = engine.unit(&block.id).unwrap();
            assert!(unit.text.plain().contains(&block.citation.quote));
            assert!(block.text.ends_with(&block.citation.quote));
            assert!(context.text.contains(&format!("[{}] ", block.marker)) && context.text.contains(&block.text));
        }
        context
    }

    #[test]
    fn the_best_units_come_each_once_with_their_markers() {
        let (_folder, engine) = engine();
        let whole = context(&engine, "How high is the lighthouse tower?", 2000);
        assert!(whole.answered);
        assert_eq!(whole.blocks[0].text, format!("How high is the lighthouse tower?\n{LONG}"));
        let texts: Vec<&str> = whole.blocks.iter().map(|block| block.citation.quote.as_str()).collect();
        assert_eq!(texts.iter().filter(|text| **text == LONG).count(), 1);
        let markers: Vec<String> = (1..=texts.len()).map(|number| number.to_string()).collect();
        assert_eq!(whole.blocks.iter().map(|block| block.marker.clone()).collect::<Vec<_>>(), markers);
        assert!(whole.text.starts_with("[1] The coast"), "{}", whole.text);
    }

    #[test]
    fn the_first_is_cut_to_whole_sentences_where_there_is_no_room() {
        let (_folder, engine) = engine();
        let cut = context(&engine, "How high is the lighthouse tower?", 45);
        assert_eq!(cut.blocks.len(), 1);
        let quote = &cut.blocks[0].citation.quote;
        assert!(quote.contains("It is 58 metres high.") || quote.contains("The tower was built"), "{quote}");
        assert!(quote.len() < LONG.len() && quote.ends_with('.'));
        assert!(context(&engine, "How high is the lighthouse tower?", 3).blocks.is_empty());
    }

    #[test]
    fn where_there_is_no_answer_the_likeliest_come_and_that_is_said() {
        let (_folder, engine) = engine();
        let asked = [
            "Who painted the ferry?",
            "Where do sailors drink?",
            "Is the harbour lit at night in winter?",
            "Who keeps the mill?",
        ];
        let unsure: Vec<Context> = asked.iter().map(|question| context(&engine, question, 2000)).collect();
        for (question, context) in asked.iter().zip(&unsure) {
            assert_eq!(context.answered, engine.ask(&Question::new(*question)).unwrap().answered, "{question}");
        }
        assert!(unsure.iter().any(|context| !context.answered && !context.blocks.is_empty()), "{unsure:#?}");
        let question = Question { min_confidence: Some(0.99), ..Question::new("Who painted the ferry?") };
        assert!(engine.context(&question, 2000).unwrap().blocks.is_empty());
        assert!(context(&engine, "xylophone", 2000).blocks.is_empty());
    }
}
