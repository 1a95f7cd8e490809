//! The names by which columns and keys are known, in several languages and products.

use super::Key;

/// The keys of the documented shape, by which a row is known as one of ours.
pub const OWN: &[(Key, &str)] = &[
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

/// Names without case, accents, spaces and marks.
#[rustfmt::skip]
pub const NAMES: &[(Key, &[&str])] = &[
    (Key::Id, &[
        "id", "qid", "qnaid", "questionid", "faqid", "docid", "documentid", "articleid", "externalid", "uuid",
        "slug",
    ]),
    (Key::Question, &[
        "question", "questions", "q", "questiontext", "faqquestion", "query", "frage", "fragen", "pregunta",
        "preguntas", "pergunta", "perguntas", "domanda", "domande", "vraag", "vragen", "fråga", "frågor",
        "spørgsmål", "spørsmål", "pytanie", "pytania", "kysymys", "otázka", "kérdés", "întrebare", "soru",
        "вопрос", "вопросы", "питання", "ερώτηση", "问题", "問題", "提问", "问", "問", "質問", "질문", "سؤال", "السؤال",
        "שאלה", "پرسش", "प्रश्न", "คำถาม", "pertanyaan", "câuhỏi",
    ]),
    (Key::Alternates, &[
        "alternates", "alternate", "alternatequestion", "alternatequestions", "alternativequestion",
        "alternativequestions", "alternatives", "alternative", "alternativen", "variant", "variants",
        "varianten", "variante", "variantes", "variation", "variations", "utterance", "utterances", "phrasing",
        "phrasings", "paraphrase", "paraphrases", "synonymquestions", "similarquestion", "similarquestions",
        "trainingphrase", "trainingphrases", "usersays", "examples", "otherquestions", "alternativfragen",
        "weiterefragen", "autresquestions", "otraspreguntas", "altredomande", "preguntasalternativas",
        "questionsalternatives", "相似问题", "相似问", "similar", "類似質問", "유사질문",
    ]),
    (Key::Answer, &[
        "answer", "answers", "a", "answertext", "faqanswer", "answerhtml", "acceptedanswer", "suggestedanswer",
        "response", "responses", "reply", "antwort", "antworten", "respuesta", "respuestas", "réponse",
        "réponses", "risposta", "risposte", "resposta", "respostas", "antwoord", "antwoorden", "svar",
        "odpowiedź", "odpowiedzi", "vastaus", "odpověď", "válasz", "răspuns", "cevap", "yanıt", "ответ",
        "ответы", "відповідь", "απάντηση", "答案", "回答", "答え", "答", "답변", "답", "جواب", "الجواب", "إجابة",
        "الإجابة", "תשובה", "پاسخ", "उत्तर", "คำตอบ", "jawaban", "trảlời",
    ]),
    (Key::Markdown, &["markdown", "answermarkdown", "answermd", "alt"]),
    (Key::Text, &["text", "passage", "chunk"]),
    (Key::Page, &[
        "body", "html", "content", "bodyhtml", "contenthtml", "articlebody", "articletext", "inhalt",
        "contenido", "contenu",
    ]),
    (Key::Title, &["title", "name", "headline", "subject", "titel", "título", "titre", "titolo", "displayname"]),
    (Key::Section, &[
        "section", "sectionname", "category", "categoryname", "heading", "chapter", "topic", "topics", "t",
        "group", "kategorie", "rubrik", "thema", "categoría", "sección", "catégorie", "rubrique", "thème",
        "sezione", "seção", "kategori", "категория", "раздел", "类别", "分类", "カテゴリ", "カテゴリー", "분류", "카테고리",
    ]),
    (Key::Url, &[
        "url", "link", "links", "uri", "sourceuri", "sourceurl", "htmlurl", "href", "permalink", "canonical",
        "canonicalurl", "weburl", "enlace", "lien", "链接", "リンク",
    ]),
    (Key::Source, &["source"]),
    (Key::Date, &[
        "date", "published", "publishedat", "publishdate", "datepublished", "pubdate", "datum", "stand",
        "fecha", "日期",
    ]),
    (Key::Changed, &[
        "editedat", "updatedat", "updated", "lastupdated", "lastupdatedat", "lastupdatedtimestamp", "lastmod",
        "modified", "datemodified", "createdat", "created", "datecreated",
    ]),
    (Key::Language, &[
        "lang", "language", "languagecode", "locale", "inlanguage", "sprache", "idioma", "langue", "lingua",
        "taal", "语言", "言語",
    ]),
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
