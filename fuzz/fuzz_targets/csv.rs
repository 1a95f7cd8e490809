#![no_main]

faqt_fuzz::reader!("csv", "tsv");
