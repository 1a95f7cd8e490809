//! The named numbers by which candidates are ranked. Each is 0 to 1.

use serde::{Deserialize, Serialize};

macro_rules! named_values {
    ($(#[doc = $about:literal])+ $type:ident; $($(#[doc = $doc:literal])+ $name:ident,)+) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[cfg_attr(feature = "server", derive(utoipa::ToSchema, schemars::JsonSchema))]
        pub struct $type {
            $($(#[doc = $doc])+ #[serde(default)] pub $name: f64,)+
        }

        impl $type {
            /// The names, in their order.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name),)+];

            /// The values, in the order of the names.
            #[must_use]
            pub fn values(&self) -> [f64; Self::NAMES.len()] {
                [$(self.$name,)+]
            }

            /// From values in the order of the names; those that are missing are 0.
            #[must_use]
            pub fn from_values(values: &[f64]) -> Self {
                let mut values = values.iter().copied();
                Self { $($name: values.next().unwrap_or(0.0),)+ }
            }
        }
    };
}

// BM25 is divided by the most that the question could score in the field, unknown words included.
named_values! {
    /// The signals of one candidate.
    Signals;
    /// BM25 of all phrasings together.
    phrasings,
    /// BM25 of the best phrasing.
    best_phrasing,
    /// Mean BM25 of the best three phrasings.
    best_three_phrasings,
    /// Mean BM25 of the best eight phrasings.
    best_eight_phrasings,
    /// BM25 of the best phrasing, stop words at their full weight.
    best_phrasing_raw,
    /// BM25 of answer, takeaway or passage.
    text,
    /// The same, stop words at their full weight.
    text_raw,
    /// BM25 of headings and title.
    heading,
    /// BM25 of everything together.
    all,
    /// The same, stop words at their full weight.
    all_raw,
    /// BM25 of everything together, words in exactly the question's form only.
    all_exact,
    /// BM25 over character n-grams of the best phrasing.
    grams_best_phrasing,
    /// Mean of the best three phrasings, over character n-grams.
    grams_best_three_phrasings,
    /// BM25 over character n-grams of all phrasings together.
    grams_phrasings,
    /// BM25 over character n-grams of the text.
    grams_text,
    /// BM25 over character n-grams of phrasings and text.
    grams_all,
    /// Share of the question's pairs of neighbouring words in the best phrasing.
    pairs_phrasing,
    /// Share of the question's pairs of neighbouring words in the text.
    pairs_text,
    /// Share of the question (by idf) that stands anywhere in the unit.
    coverage,
    /// Share of the question's words that tell what is asked (no stop words) which stand anywhere in the unit.
    telling,
    /// Harmonic mean of the shares of question and phrasing that the other covers, for the best phrasing.
    agreement,
    /// How far the numbers of the question and of the nearest phrasing are the same.
    numbers,
    /// Whether the nearest phrasing is turned round by a negation where the question is.
    polarity,
    /// How far the nearest phrasing asks by the same question words.
    asking,
    /// How far the classifier that the corpus taught takes the question for one of the unit's (margin, scaled).
    classifier,
}

named_values! {
    /// What speaks for or against the first candidate beside its own signals.
    Evidence;
    /// Its score.
    score,
    /// By how much its score leads over the best rival's.
    lead,
    /// Its share of the softmax over all scores, with what is no rival.
    share,
    /// Share of the signals, of those that tell candidates apart, which are greatest at it.
    accord,
    /// Share of the question (by idf) that the corpus knows.
    known,
    /// How long the question is: `ln` of its words, a quarter of it.
    length,
}

#[cfg(test)]
mod tests {
    use super::Signals;

    #[test]
    fn values_come_in_the_order_of_names() {
        let signals = Signals { phrasings: 0.5, classifier: 0.25, ..Signals::default() };
        let values = signals.values().map(f64::to_bits);
        assert_eq!([values[0], values[values.len() - 1]], [0.5_f64, 0.25].map(f64::to_bits));
        assert_eq!(Signals::NAMES[0], "phrasings");
        assert_eq!(Signals::from_values(&signals.values()), signals);
    }
}
