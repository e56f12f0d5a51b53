/** A day, and perhaps a time of it: ISO 8601 in the forms that shops write. */
const MOMENT = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** Epoch milliseconds of a text in ISO 8601; undefined for any other text, and for a day that no calendar has. */
export function readMoment(text: string): number | undefined {
  const [whole, year, month, day] = MOMENT.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const asked = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (asked.getUTCMonth() !== Number(month) - 1 || asked.getUTCDate() !== Number(day)) return undefined;
  const at = Date.parse(whole);
  return Number.isNaN(at) ? undefined : at;
}
