//! The unit file of systemd.

use crate::clients::{repository, succeed};
use std::process::Command;

#[test]
fn the_service_is_as_locked_up_as_it_says() {
    let mut analyze = Command::new("systemd-analyze");
    // An exposure above 1.0 fails; the threshold is in tenths. Debian has the program in the package `systemd`.
    succeed(analyze.args(["security", "--offline=true", "--threshold=10"]).arg(repository("dist/faqt.service")));
}
