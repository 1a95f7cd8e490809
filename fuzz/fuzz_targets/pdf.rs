#![no_main]

faqt_fuzz::reader!("pdf");
