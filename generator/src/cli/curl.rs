//! A request as a command of a POSIX shell. Every word is quoted: nothing that a request holds is ever a command.

use crate::diag::{Diagnostic, visible};
use bindery_runtime::prepare::Signed;

/// The command, over several lines.
pub(super) fn command(request: &Signed) -> Result<String, Diagnostic> {
    let body = String::from_utf8_lossy(&request.body);
    let mut lines = vec![format!("curl --globoff --request {} --url {}", request.method, quoted(&request.url()))];
    for field in &request.headers {
        // Without a value, a colon takes a header away and a semicolon sends it empty.
        let header = match field.value.as_str() {
            "" => format!("{};", field.name),
            value => format!("{}: {value}", field.name),
        };
        lines.push(format!("--header {}", quoted(&header)));
    }
    if !body.is_empty() {
        lines.push(format!("--data-raw {}", quoted(&body)));
    }
    let command = lines.join(" \\\n  ");
    if visible(&command) != command {
        let message = "the request holds control characters, which a command cannot show";
        return Err(Diagnostic::placeless("unprintable", message).help("leave `--curl` away: JSON can show them"));
    }
    Ok(command + "\n")
}

/// In single quotes, in which nothing means anything but the quote itself.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_quote_does_not_end_the_word() {
        assert_eq!(quoted("a'; rm -rf $HOME `x` \"y\" \\"), r#"'a'\''; rm -rf $HOME `x` "y" \'"#);
    }
}
