#![no_main]

faqt_fuzz::reader!("epub");
