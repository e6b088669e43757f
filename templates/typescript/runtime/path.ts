/** Where in a request something stands. A path becomes text only if there is something to say. */

/** A parameter, or a step and the steps before it: into the JSON that a text holds, to an element, to a member. */
export type Path = string | { readonly before: Path; readonly step: number | string | undefined };

/** As violations name it: `Tag.2.Key` as it travels, a JSON Pointer after `#` inside JSON. */
export function pathText(path: Path): string {
  if (typeof path === "string") {
    return path;
  }
  const { before, step } = path;
  const start = pathText(before);
  if (step === undefined) {
    return `${start}#`;
  }
  if (inJson(before)) {
    return `${start}/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`;
  }
  return `${start}.${String(typeof step === "number" ? step + 1 : step)}`;
}

function inJson(path: Path): boolean {
  return typeof path !== "string" && (path.step === undefined || inJson(path.before));
}
