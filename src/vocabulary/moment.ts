/** A day, and perhaps a time of it: ISO 8601 in the forms that shops write, with a space in the place of the T, too (RFC 3339). */
const MOMENT =
  /^(?<day>\d{4}-\d{2}-\d{2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?<zone>Z|[+-]\d{2}:?\d{2})?)?$/;

/** Epoch milliseconds of a text in ISO 8601, in UTC where it names no zone; undefined for any other text, and for a day that no calendar has. */
export function readMoment(text: string): number | undefined {
  const { day, time = '00:00', zone = 'Z' } = MOMENT.exec(text)?.groups ?? {};
  if (day === undefined || !isInCalendar(day)) return undefined;
  const at = Date.parse(`${day}T${time}${zone}`);
  return Number.isNaN(at) ? undefined : at;
}

/** A day past the end of its month is read as one of the next; every month has 28. */
function isInCalendar(day: string): boolean {
  if (day.slice(-2) <= '28') return true;
  const read = new Date(`${day}T00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day);
}
