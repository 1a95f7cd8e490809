//! The names by which columns and keys are known, in several languages and products.

use std::{collections::HashMap, sync::LazyLock};

/// What a column or a key holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// The name of the document.
    Id,
    /// The question, or a list of the question and its alternates.
    Question,
    /// Other ways to ask.
    Alternates,
    /// The answer.
    Answer,
    /// The answer in Markdown, which goes before the other.
    Markdown,
    /// A passage, or an answer.
    Text,
    /// A page, mostly in HTML.
    Page,
    /// The title of the document, or its question.
    Title,
    /// The heading above it.
    Section,
    /// The address.
    Url,
    /// The address, or the name of a file.
    Source,
    /// The day of publication.
    Date,
    /// The day of the last change, where there is no other.
    Changed,
    /// The language.
    Language,
    /// Tags, for filters.
    Tags,
    /// An object, or a list of names and values, for filters.
    Metadata,
    /// An object whose members are read like the row's own.
    Attributes,
    /// Questions that may be asked next, or an object that has them.
    Prompts,
    /// The document or question that comes next.
    Next,
    /// A card with buttons.
    Card,
    /// Who may see it: not enforced.
    Access,
    /// Questions of users that nobody has approved.
    Suggested,
    /// Whether the answer is only for follow-up questions.
    ContextOnly,
    /// What says nothing.
    Nothing,
}

/// The keys of the documented shape, by which a row is known as one of ours.
const OWN: &[(Key, &str)] = &[
    (Key::Id, "_id"),
    (Key::Id, "id"),
    (Key::Question, "question"),
    (Key::Alternates, "alternates"),
    (Key::Answer, "answer"),
    (Key::Text, "text"),
    (Key::Title, "title"),
    (Key::Section, "section"),
    (Key::Url, "url"),
    (Key::Date, "date"),
    (Key::Language, "lang"),
    (Key::Tags, "tags"),
    (Key::Metadata, "metadata"),
    (Key::Nothing, "kind"),
];

/// Names without case, spaces and marks.
const NAMES: &[(Key, &[&str])] = &[
    (
        Key::Id,
        &[
            "id",
            "qid",
            "qnaid",
            "questionid",
            "faqid",
            "docid",
            "documentid",
            "articleid",
            "externalid",
            "uuid",
            "slug",
        ],
    ),
    (
        Key::Question,
        &[
            "question",
            "questions",
            "q",
            "questiontext",
            "faqquestion",
            "query",
            "frage",
            "fragen",
            "pregunta",
            "preguntas",
            "pergunta",
            "perguntas",
            "domanda",
            "domande",
            "vraag",
            "vragen",
            "fråga",
            "frågor",
            "spørgsmål",
            "spørsmål",
            "pytanie",
            "pytania",
            "kysymys",
            "otázka",
            "kérdés",
            "întrebare",
            "soru",
            "вопрос",
            "вопросы",
            "питання",
            "ερώτηση",
            "问题",
            "問題",
            "提问",
            "问",
            "問",
            "質問",
            "질문",
            "سؤال",
            "السؤال",
            "שאלה",
            "پرسش",
            "प्रश्न",
            "คำถาม",
            "pertanyaan",
            "câuhỏi",
        ],
    ),
    (
        Key::Alternates,
        &[
            "alternates",
            "alternate",
            "alternatequestion",
            "alternatequestions",
            "alternativequestion",
            "alternativequestions",
            "alternatives",
            "alternative",
            "alternativen",
            "variant",
            "variants",
            "varianten",
            "variante",
            "variantes",
            "variation",
            "variations",
            "utterance",
            "utterances",
            "phrasing",
            "phrasings",
            "paraphrase",
            "paraphrases",
            "synonymquestions",
            "similarquestion",
            "similarquestions",
            "trainingphrase",
            "trainingphrases",
            "usersays",
            "examples",
            "otherquestions",
            "alternativfragen",
            "weiterefragen",
            "autresquestions",
            "otraspreguntas",
            "altredomande",
            "preguntasalternativas",
            "questionsalternatives",
            "相似问题",
            "相似问",
            "similar",
            "類似質問",
            "유사질문",
        ],
    ),
    (
        Key::Answer,
        &[
            "answer",
            "answers",
            "a",
            "answertext",
            "faqanswer",
            "answerhtml",
            "acceptedanswer",
            "suggestedanswer",
            "response",
            "responses",
            "reply",
            "antwort",
            "antworten",
            "respuesta",
            "respuestas",
            "réponse",
            "réponses",
            "reponse",
            "reponses",
            "risposta",
            "risposte",
            "resposta",
            "respostas",
            "antwoord",
            "antwoorden",
            "svar",
            "odpowiedź",
            "odpowiedzi",
            "vastaus",
            "odpověď",
            "válasz",
            "răspuns",
            "cevap",
            "yanıt",
            "ответ",
            "ответы",
            "відповідь",
            "απάντηση",
            "答案",
            "回答",
            "答え",
            "答",
            "답변",
            "답",
            "جواب",
            "الجواب",
            "إجابة",
            "الإجابة",
            "תשובה",
            "پاسخ",
            "उत्तर",
            "คำตอบ",
            "jawaban",
            "trảlời",
        ],
    ),
    (Key::Markdown, &["markdown", "answermarkdown", "answermd", "alt"]),
    (Key::Text, &["text", "passage", "chunk"]),
    (
        Key::Page,
        &[
            "body",
            "html",
            "content",
            "bodyhtml",
            "contenthtml",
            "articlebody",
            "articletext",
            "inhalt",
            "contenido",
            "contenu",
        ],
    ),
    (
        Key::Title,
        &["title", "name", "headline", "subject", "titel", "título", "titulo", "titre", "titolo", "displayname"],
    ),
    (
        Key::Section,
        &[
            "section",
            "sectionname",
            "category",
            "categoryname",
            "heading",
            "chapter",
            "topic",
            "topics",
            "t",
            "group",
            "kategorie",
            "rubrik",
            "thema",
            "categoría",
            "categoria",
            "sección",
            "catégorie",
            "rubrique",
            "thème",
            "sezione",
            "seção",
            "categorie",
            "kategori",
            "категория",
            "раздел",
            "类别",
            "分类",
            "カテゴリ",
            "カテゴリー",
            "분류",
            "카테고리",
        ],
    ),
    (
        Key::Url,
        &[
            "url",
            "link",
            "links",
            "uri",
            "sourceuri",
            "sourceurl",
            "htmlurl",
            "href",
            "permalink",
            "canonical",
            "canonicalurl",
            "weburl",
            "enlace",
            "lien",
            "链接",
            "リンク",
        ],
    ),
    (Key::Source, &["source"]),
    (
        Key::Date,
        &[
            "date",
            "published",
            "publishedat",
            "publishdate",
            "datepublished",
            "pubdate",
            "datum",
            "stand",
            "fecha",
            "日期",
        ],
    ),
    (
        Key::Changed,
        &[
            "editedat",
            "updatedat",
            "updated",
            "lastupdated",
            "lastupdatedat",
            "lastupdatedtimestamp",
            "lastmod",
            "modified",
            "datemodified",
            "createdat",
            "created",
            "datecreated",
        ],
    ),
    (
        Key::Language,
        &[
            "lang",
            "language",
            "languagecode",
            "locale",
            "inlanguage",
            "sprache",
            "idioma",
            "langue",
            "lingua",
            "taal",
            "语言",
            "言語",
        ],
    ),
    (Key::Tags, &["tags", "tag", "labels", "label", "labelnames", "schlagworte", "etiquetas", "étiquettes", "标签"]),
    (Key::Metadata, &["metadata", "meta", "metadatas"]),
    (Key::Attributes, &["attributes"]),
    (Key::Prompts, &["prompts", "context", "dialog", "followups", "followupprompts"]),
    (Key::Next, &["next", "conditionalchaining"]),
    (Key::Card, &["r", "card", "responsecard"]),
    (Key::Access, &["accesscontrollist", "acl"]),
    (Key::Suggested, &["suggestedquestions", "activelearningsuggestions", "alternatequestionclusters"]),
    (Key::ContextOnly, &["iscontextonly"]),
    (Key::Nothing, &["kind", "displayorder", "isdocumenttext", "changestatus"]),
];

static KEYS: LazyLock<HashMap<String, Key>> =
    LazyLock::new(|| NAMES.iter().flat_map(|(key, names)| names.iter().map(|name| (normal(name), *key))).collect());

/// What a column or key of this name holds, by whatever name people give it: `Question 2`, `html_url`, `Antwort`.
#[must_use]
pub fn key_of(name: &str) -> Option<Key> {
    let name = normal(name);
    let numbered = name.trim_end_matches(|c: char| c.is_ascii_digit());
    KEYS.get(&name).or_else(|| KEYS.get(numbered)).copied()
}

/// What a key of the documented shape holds.
#[must_use]
pub fn own_key(name: &str) -> Option<Key> {
    OWN.iter().find(|(_, own)| *own == name).map(|(key, _)| *key)
}

fn normal(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_however_they_are_written() {
        for (name, key) in [
            ("Question", Key::Question),
            ("_question", Key::Question),
            ("Question 2", Key::Question),
            ("FRAGE:", Key::Question),
            ("प्रश्न", Key::Question),
            ("html_url", Key::Url),
            ("labelNames", Key::Tags),
            ("Alternate Questions", Key::Alternates),
            ("回答", Key::Answer),
            ("QnaId", Key::Id),
            ("_source_uri", Key::Url),
        ] {
            assert_eq!(key_of(name), Some(key), "{name}");
        }
        assert_eq!(key_of("views"), None);
        assert_eq!(key_of("123"), None);
    }

    #[test]
    fn no_name_stands_twice() {
        let mut names: Vec<String> =
            NAMES.iter().flat_map(|(_, names)| names.iter().map(|name| normal(name))).collect();
        names.sort();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
