//! Where in a request something stands. A path lives on the stack and becomes text only if there is something to say.

use std::fmt;

/// A step and the steps before it.
#[derive(Clone, Copy)]
pub(crate) enum Path<'a> {
    /// A parameter.
    Name(&'a str),
    /// Into the JSON that a value holds.
    Json(&'a Path<'a>),
    /// To a list's element, from 0.
    Item(&'a Path<'a>, usize),
    /// To an object's member.
    Member(&'a Path<'a>, &'a str),
}

impl Path<'_> {
    fn in_json(&self) -> bool {
        match self {
            Path::Name(_) => false,
            Path::Json(_) => true,
            Path::Item(before, _) | Path::Member(before, _) => before.in_json(),
        }
    }
}

/// As violations name it: `Tag.2.Key` as it travels, a JSON Pointer after `#` inside JSON.
impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Name(name) => f.write_str(name),
            Path::Json(before) => write!(f, "{before}#"),
            Path::Item(before, index) if before.in_json() => write!(f, "{before}/{index}"),
            Path::Item(before, index) => write!(f, "{before}.{}", index + 1),
            Path::Member(before, name) if before.in_json() => {
                write!(f, "{before}/{}", name.replace('~', "~0").replace('/', "~1"))
            }
            Path::Member(before, name) => write!(f, "{before}.{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn wire_names_outside_json_and_pointers_inside() {
        let (tag, second) = (Path::Name("Tag"), 1);
        let second = Path::Item(&tag, second);
        assert_eq!(Path::Member(&second, "Key").to_string(), "Tag.2.Key");
        let (json, first) = (Path::Json(&tag), 0);
        let first = Path::Item(&json, first);
        assert_eq!(json.to_string(), "Tag#");
        assert_eq!(Path::Member(&first, "a/b~c").to_string(), "Tag#/0/a~1b~0c");
    }
}
