//! A chatbot backend: one message a line on standard input, one reply on standard output.
//!
//! `cargo run --release --example chatbot`, from a folder with articles in `corpus/`.

use faqt::{BuildOptions, Engine, Question, Reply, Silent};
use std::io::{self, BufRead as _};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    // Instant if nothing has changed since the last start.
    faqt::build(&BuildOptions::new("corpus", "index"), &Silent)?;
    let engine = Engine::open("index")?;
    for message in io::stdin().lock().lines() {
        println!("{}\n", say(&engine, &message?)?);
    }
    Ok(())
}

fn say(engine: &Engine, message: &str) -> Result<String> {
    match engine.ask(&Question::new(message)) {
        Ok(reply) => Ok(words(&reply)),
        Err(faqt::Error::Question(_)) => Ok("Please ask me something.".to_owned()),
        Err(error) => Err(error.into()),
    }
}

fn words(reply: &Reply) -> String {
    if let Some((answer, citation)) = reply.answers.first().and_then(|best| Some((best, best.citations.first()?))) {
        return format!("{}\n({}, {})", answer.text, citation.title, citation.place());
    }
    let nearest: Vec<String> = reply.suggestions.iter().map(|question| format!("\n- {question}")).collect();
    let lead = if nearest.is_empty() { "" } else { " You could ask about:" };
    format!("Sorry, I have no answer to that.{lead}{}", nearest.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_gets_an_answer_with_its_source_or_a_polite_no() -> Result<()> {
        let index = tempfile::tempdir()?;
        faqt::build(&BuildOptions::new("corpus", index.path()), &Silent)?;
        let engine = Engine::open(index.path())?;
        let answer = say(&engine, "is RAID a backup?")?;
        assert!(answer.starts_with("No. RAID keeps") && answer.ends_with("corpus/backups.jsonl:2)"), "{answer}");
        assert!(say(&engine, "How do I bake sourdough bread?")?.starts_with("Sorry, I have no answer to that."));
        assert_eq!(say(&engine, " ")?, "Please ask me something.");
        Ok(())
    }
}
