//! The program: parse, run, exit.

use std::process::ExitCode;

use askwell::commands::{self, Cli};
use clap::Parser;

fn main() -> ExitCode {
    commands::run(&Cli::parse()).into()
}
