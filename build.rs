//! Compiles the shipped knowledge, so that the program need not train a matcher
//! when it starts.
//!
//! It uses the very modules that the program uses, so there is one way to read
//! and to train.
#![allow(
    clippy::pedantic,
    dead_code,
    unused_imports,
    unreachable_pub,
    missing_docs,
    reason = "the modules are the program's; here a part of them is used"
)]

#[path = "src/compiled.rs"]
mod compiled;
#[path = "src/diagnostic/mod.rs"]
mod diagnostic;
#[path = "src/dialogue"]
mod dialogue {
    //! What is learned about each claim, and no more of a conversation.
    pub mod about;
    pub mod belief;
    pub mod form;
    pub mod polarity;
    pub mod remark;
}
#[path = "src/knowledge/mod.rs"]
mod knowledge;
#[path = "src/learning/mod.rs"]
mod learning;
#[path = "src/limits.rs"]
mod limits;
#[path = "src/matching/mod.rs"]
mod matching;
#[path = "src/safety/mod.rs"]
mod safety;
#[path = "src/text/mod.rs"]
mod text;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The modules belong to this script, so cargo knows when they change.
    println!("cargo::rerun-if-changed=knowledge");
    let bytes = match knowledge::Knowledge::parse(&knowledge::embedded_files()) {
        Ok(knowledge) => compiled::Compiled::new(knowledge, None).to_bytes(),
        Err(findings) => {
            // The program reports them as well, with excerpts; it must build for that.
            for finding in findings {
                println!("cargo::warning={finding}");
            }
            Vec::new()
        }
    };
    std::fs::write(std::path::Path::new(&std::env::var("OUT_DIR")?).join("compiled.bin"), bytes)?;
    Ok(())
}
