/** Regular expressions as every language reads them: by code points, with classes that mean ASCII. */

const compiled = new Map<string, RegExp | undefined>();

/** Whether an expression matches somewhere in a text. One that this language cannot read matches everything. */
export function matches(pattern: string, text: string): boolean {
  let regex = compiled.get(pattern);
  if (regex === undefined && !compiled.has(pattern)) {
    regex = compile(pattern);
    compiled.set(pattern, regex);
  }
  return regex === undefined || regex.test(text);
}

function compile(pattern: string): RegExp | undefined {
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(translated(pattern), flags);
    } catch {
      // Some escapes that others take are an error only where code points count.
    }
  }
  return undefined;
}

/** What differs between the languages: `.`, `\s`, `\A`, `\z`, names of groups. */
function translated(pattern: string): string {
  let inClass = false;
  return pattern.replace(/\\.|\(\?P<|[[\].]/gsu, (part) => {
    switch (part) {
      case "[":
        inClass = true;
        return part;
      case "]":
        inClass = false;
        return part;
      case ".":
        return inClass ? part : "[^\\n]";
      case "\\s":
        return inClass ? "\\t\\n\\v\\f\\r " : "[\\t\\n\\v\\f\\r ]";
      case "\\S":
        return inClass ? part : "[^\\t\\n\\v\\f\\r ]";
      case "\\A":
        return "^";
      case "\\z":
        return "$";
      case "(?P<":
        return "(?<";
      default:
        return /^\\[-_#&~%@!"'`:;<>= ,]$/u.test(part) ? (part === "\\-" && inClass ? part : part.slice(1)) : part;
    }
  });
}
