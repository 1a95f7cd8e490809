//! Documents made in memory, for tests: here and, by its path, in `tests/`.

use std::io::{Cursor, Write as _};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// A package of these files.
pub fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, text) in files {
        zip.start_file(*name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A text as it stands in XML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A paragraph of a Word document in a style.
pub fn word(style: &str, text: &str) -> String {
    let text = escaped(text);
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
    )
}

/// A Word document with this body: styles `Title`, `Heading1` to `Heading3`, `Code`, and lists 1 (bullets) and 2 (numbers).
pub fn docx(body: &str) -> Vec<u8> {
    let main = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let style = |id: &str, name: &str, rest: &str| {
        format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{rest}</w:style>")
    };
    let styles = [
        style("Normal", "Normal", ""),
        style("Title", "Title", ""),
        style("Heading1", "heading 1", "<w:basedOn w:val=\"Normal\"/>"),
        style("Berschrift2", "heading 2", ""),
        style("Sub", "my own", "<w:basedOn w:val=\"Berschrift2\"/>"),
        style("Outlined", "chapter", "<w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr>"),
        style("Code", "HTML Preformatted", ""),
        style("TOC1", "toc 1", ""),
        style("Fett", "strong paragraph", "<w:rPr><w:b/></w:rPr>"),
    ];
    let level = |format: &str| format!("<w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"{format}\"/></w:lvl>");
    let list =
        |id: u8, format: &str| format!("<w:abstractNum w:abstractNumId=\"{id}\">{}</w:abstractNum>", level(format));
    let used = |id: u8| format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{id}\"/></w:num>");
    let numbering = [list(1, "bullet"), list(2, "decimal"), used(1), used(2)].concat();
    let core = "<cp:coreProperties xmlns:cp=\"x\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
                xmlns:dcterms=\"http://purl.org/dc/terms/\"><dc:title>Of the properties</dc:title>\
                <dc:creator>Ada</dc:creator><cp:keywords>town; hall</cp:keywords>\
                <dcterms:created>2026-03-14T09:00:00Z</dcterms:created></cp:coreProperties>";
    zipped(&[
        (
            "_rels/.rels",
            "<Relationships><Relationship Type=\"http://x/officeDocument\" Target=\"word/document.xml\"/></Relationships>",
        ),
        ("word/document.xml", &format!("<w:document {main}><w:body>{body}</w:body></w:document>")),
        ("word/styles.xml", &format!("<w:styles {main}>{}</w:styles>", styles.concat())),
        ("word/numbering.xml", &format!("<w:numbering {main}>{numbering}</w:numbering>")),
        (
            "word/footnotes.xml",
            &format!(
                "<w:footnotes {main}><w:footnote w:id=\"-1\" w:type=\"separator\"><w:p><w:r><w:t>no</w:t></w:r></w:p>\
                 </w:footnote><w:footnote w:id=\"3\">{}</w:footnote></w:footnotes>",
                word("Normal", "A note below the page.")
            ),
        ),
        ("docProps/core.xml", core),
    ])
}

/// An `OpenDocument` text with this body; style `T1` is bold, `P1` is a `Title`, list `L1` has numbers.
pub fn odt(body: &str) -> Vec<u8> {
    let names = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
                 xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
                 xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
                 xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
                 xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" \
                 xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" \
                 xmlns:dc=\"http://purl.org/dc/elements/1.1/\"";
    let styles = "<style:style style:name=\"T1\" style:family=\"text\"><style:text-properties fo:font-weight=\"bold\"/>\
                  </style:style><style:style style:name=\"P1\" style:family=\"paragraph\" \
                  style:parent-style-name=\"Title\"/><text:list-style style:name=\"L1\">\
                  <text:list-level-style-number text:level=\"1\" style:num-format=\"1\"/></text:list-style>";
    let content = format!(
        "<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles><office:body>\
         <office:text>{body}</office:text></office:body></office:document-content>"
    );
    let meta = format!(
        "<office:document-meta {names}><office:meta><dc:title>Of the properties</dc:title><dc:creator>Bob</dc:creator>\
         <meta:initial-creator>Ada</meta:initial-creator><dc:date>2026-03-14T09:00:00</dc:date></office:meta>\
         </office:document-meta>"
    );
    zipped(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content), ("meta.xml", &meta)])
}

/// A book with this title and these chapters: the name of each file, and what is in its body.
pub fn epub(title: &str, chapters: &[(&str, &str)]) -> Vec<u8> {
    let container = "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>\
                     <rootfile full-path=\"OEBPS/book.opf\"/></rootfiles></container>";
    let (mut items, mut spine, mut points) = (String::new(), String::new(), String::new());
    for (number, (name, _)) in chapters.iter().enumerate() {
        items += &format!("<item id=\"c{number}\" href=\"{name}\" media-type=\"application/xhtml+xml\"/>");
        spine += &format!("<itemref idref=\"c{number}\"/>");
        points += &format!(
            "<navPoint><navLabel><text>Chapter {number}</text></navLabel><content src=\"{name}#top\"/></navPoint>"
        );
    }
    let package = format!(
        "<package xmlns=\"http://www.idpf.org/2007/opf\"><metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <dc:title>{title}</dc:title><dc:language>en-GB</dc:language><dc:creator>Ada</dc:creator>\
         <dc:date>2026-03-14</dc:date></metadata><manifest>{items}<item id=\"ncx\" href=\"toc.ncx\" \
         media-type=\"application/x-dtbncx+xml\"/></manifest><spine toc=\"ncx\">{spine}</spine></package>"
    );
    let ncx = format!("<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\"><navMap>{points}</navMap></ncx>");
    let mut files = vec![
        ("META-INF/container.xml".to_owned(), container.to_owned()),
        ("OEBPS/book.opf".to_owned(), package),
        ("OEBPS/toc.ncx".to_owned(), ncx),
    ];
    for (name, body) in chapters {
        let page = format!(
            "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>x</title></head><body>{body}</body></html>"
        );
        files.push((format!("OEBPS/{}", name.replace("%20", " ")), page));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    zipped(&files)
}

/// A line on a page of a PDF.
pub struct Drawn<'a> {
    /// The size of the letters.
    pub size: u32,
    /// Where it begins, from the left and from the bottom.
    pub at: (u32, u32),
    /// What it says.
    pub text: &'a str,
}

/// A PDF with these pages, in a font that says by a table which letters it has, each half as wide as high.
pub fn pdf(title: &str, pages: &[Vec<Drawn<'_>>]) -> Vec<u8> {
    let mut letters: Vec<char> = pages.iter().flatten().flat_map(|line| line.text.chars()).collect();
    letters.sort_unstable();
    letters.dedup();
    let code = |letter: char| letters.binary_search(&letter).unwrap() + 1;
    let mut pairs = String::new();
    for &letter in &letters {
        pairs += &format!("<{:04X}> <", code(letter));
        for unit in letter.encode_utf16(&mut [0; 2]) {
            pairs += &format!("{unit:04X}");
        }
        pairs += ">\n";
    }
    let map = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n1 begincodespacerange\n\
         <0000> <FFFF>\nendcodespacerange\n{} beginbfchar\n{pairs}endbfchar\nendcmap end end\n",
        letters.len()
    );
    let stream = |text: &str| format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len());
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 7 + 2 * page)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Count {} /Kids [{}] /MediaBox [0 0 600 800] >>", pages.len(), kids.join(" ")),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
            .to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /DW 500 >>".to_owned(),
        stream(&map),
        format!("<< /Title ({title}) /Author (Ada) /CreationDate (D:20260314090000Z) >>"),
    ];
    for (number, page) in pages.iter().enumerate() {
        let line = |line: &Drawn<'_>| {
            let codes: Vec<String> = line.text.chars().map(|letter| format!("{:04X}", code(letter))).collect();
            let codes = codes.concat();
            format!("BT /F1 {} Tf {} {} Td <{codes}> Tj ET\n", line.size, line.at.0, line.at.1)
        };
        let content = 8 + 2 * number;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /Contents {content} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        ));
        objects.push(stream(&page.iter().map(line).collect::<String>()));
    }
    assembled(&objects)
}

/// A PDF of these objects: the first is the catalog, the sixth what it says about itself.
pub fn assembled(objects: &[String]) -> Vec<u8> {
    let (mut file, mut places) = ("%PDF-1.5\n".to_owned(), String::new());
    for (number, object) in objects.iter().enumerate() {
        places += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", number + 1);
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file += &format!("xref\n0 {size}\n0000000000 65535 f \n{places}trailer\n");
    file += &format!("<< /Size {size} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{start}\n%%EOF\n");
    file.into_bytes()
}
