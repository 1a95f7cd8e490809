#![no_main]

faqt_fuzz::reader!("docx");
