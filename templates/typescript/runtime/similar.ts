/** "Did you mean …?" */

/** Nobody mistypes a page; and the time to compare grows with the product of the lengths. */
const LONGEST = 100;

/** The candidate that a person most likely meant, if one is near enough to be worth saying. */
export function didYouMean(written: string, candidates: Iterable<string>): string | undefined {
  const letters = lower(Array.from(written).slice(0, LONGEST + 1));
  if (letters.length > LONGEST) {
    return undefined;
  }
  let meant: string | undefined;
  let nearest = 0.6;
  for (const candidate of candidates) {
    const known = lower(Array.from(candidate));
    const near = 1 - distance(letters, known) / Math.max(letters.length, known.length, 1);
    if (near >= nearest) {
      nearest = near;
      meant = candidate;
    }
  }
  return meant;
}

function lower(letters: readonly string[]): string[] {
  return letters.flatMap((letter) => Array.from(letter.toLowerCase()));
}

/** How many characters must be changed, added, dropped or swapped with their neighbour. */
function distance(a: readonly string[], b: readonly string[]): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  a.forEach((x, i) => {
    const next = [i + 1];
    b.forEach((y, j) => {
      const at = (cells: readonly number[], index: number): number => cells[index] ?? Number.MAX_SAFE_INTEGER / 2;
      let edits = Math.min(at(row, j) + (x === y ? 0 : 1), at(row, j + 1) + 1, at(next, j) + 1);
      if (j > 0 && i > 0 && a[i - 1] === y && b[j - 1] === x) {
        edits = Math.min(edits, at(before, j - 1) + 1);
      }
      next.push(edits);
    });
    before = row;
    row = next;
  });
  return row[b.length] ?? a.length;
}
