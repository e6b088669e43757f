//! A language's conformance program.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::{Command, Stdio};
use std::thread;

/// How it is run.
pub struct Program {
    /// The language.
    pub language: String,
    command: Vec<String>,
}

impl Program {
    /// `LANGUAGE=COMMAND`; blanks part the command's arguments.
    pub fn of(text: &str) -> Option<Program> {
        let (language, command) = text.split_once('=')?;
        Some(Program { language: language.to_owned(), command: command.split(' ').map(str::to_owned).collect() })
    }

    /// Its answers, one a line. An answer that does not come is an error like others.
    pub fn ask<'a>(&self, lines: impl Iterator<Item = &'a Value>) -> Vec<Value> {
        let lines: Vec<String> = lines.map(Value::to_string).collect();
        let mut command = Command::new(&self.command[0]);
        command.args(&self.command[1..]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{}: {error}", self.command[0]));
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut answers: Vec<Value> = thread::scope(|scope| {
            scope.spawn(|| {
                let mut stdin = BufWriter::new(stdin);
                // A program that ended too early has answered too little: that is seen below.
                let _ = lines.iter().try_for_each(|line| writeln!(stdin, "{line}"));
            });
            let read = BufReader::new(stdout).lines();
            read.map(|line| serde_json::from_str(&line.unwrap()).unwrap_or_else(|error| panic!("{error}"))).collect()
        });
        let status = child.wait().unwrap();
        answers.resize(lines.len(), json!({"error": format!("no answer; the program ended with {status}")}));
        answers
    }
}
