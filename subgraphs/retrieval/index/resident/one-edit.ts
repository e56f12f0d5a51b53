/**
 * Whether two words differ by at most one letter put in, left out, changed, or swapped with its neighbour. The first letter stays:
 * few slip there, and a rock is no frock. So does a number: who asks for 90x210 wants no 90x200.
 */
export function withinOneEdit(a: string, b: string): boolean {
  return a[0] === b[0] && areOneEditApart(a, b) && !areTwoNumbers(a, b);
}

/** Whether they differ by at most two of those. */
export function withinTwoEdits(a: string, b: string): boolean {
  return a[0] === b[0] && areTwoEditsApart(a, b) && !areTwoNumbers(a, b);
}

function areTwoNumbers(a: string, b: string): boolean {
  return DIGIT.test(a) && DIGIT.test(b) && digitsOf(a) !== digitsOf(b);
}

const DIGIT = /\d/;

function digitsOf(word: string): string {
  return word.replaceAll(/[^\d.]/g, '');
}

function areTwoEditsApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 2) return false;
  const [restA, restB] = unlikeParts(a, b);
  const pairs = [
    [restA.slice(1), restB.slice(1)],
    [restA.slice(1), restB],
    [restA, restB.slice(1)],
    ...(restA[0] === restB[1] && restA[1] === restB[0] ? [[restA.slice(2), restB.slice(2)]] : []),
  ];
  return pairs.some(([one = '', other = '']) => areOneEditApart(one, other));
}

/** Without what they begin with alike. */
function unlikeParts(a: string, b: string): readonly [string, string] {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  return [a.slice(at), b.slice(at)];
}

function areOneEditApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  const [restA, restB] = unlikeParts(a, b);
  if (restA === restB) return true;
  if (restA.length > restB.length) return restA.slice(1) === restB;
  if (restA.length < restB.length) return restB.slice(1) === restA;
  if (restA.slice(1) === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}

/** Whether some beginning of a word differs from a text by one of those at most. */
export function beginsWithinOneEdit(word: string, text: string): boolean {
  return [-1, 0, 1].some((more) => withinOneEdit(text, word.slice(0, text.length + more)));
}

/** Whether some beginning of a word differs from a text by two of those at most. */
export function beginsWithinTwoEdits(word: string, text: string): boolean {
  return [-2, -1, 0, 1, 2].some((more) => withinTwoEdits(text, word.slice(0, text.length + more)));
}
