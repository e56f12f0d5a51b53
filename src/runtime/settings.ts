import { z } from 'zod';
import { MedleyError } from './errors.ts';

/** Variables of an environment, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads some settings of the environment. @throws MedleyError INVALID_SETTING with all problems of theirs */
export type SettingsReader = (env: Environment) => unknown;

/** INVALID_SETTING with every problem, each of which names its setting. */
export class SettingsError extends MedleyError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super('INVALID_SETTING', `Some settings are wrong:\n${problems.join('\n')}`);
    this.name = 'SettingsError';
    this.problems = problems;
  }
}

/** @throws SettingsError */
export function parseSettings<Schema extends z.ZodType>(schema: Schema, env: Environment): z.output<Schema> {
  const read = schema.safeParse(env);
  if (read.success) return read.data;
  throw new SettingsError(read.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`));
}

/** Lets every reader read, and tells the problems of all together. @throws SettingsError */
export function checkTogether(env: Environment, readers: readonly SettingsReader[]): void {
  const problems = new Set(readers.flatMap((read) => problemsOf(read, env)));
  if (problems.size > 0) throw new SettingsError([...problems]);
}

function problemsOf(read: SettingsReader, env: Environment): readonly string[] {
  try {
    read(env);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    if (error instanceof MedleyError && error.code === 'INVALID_SETTING') return [error.message];
    throw error;
  }
}

/** A setting that is a whole number; blanks are none. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER) {
  const bounds = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return z.string().transform((text, check) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
    check.addIssue({ code: 'custom', message: `expected a whole number ${bounds}, got "${text}"` });
    return z.NEVER;
  });
}

/** A setting that is one of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(...words: Words) {
  return z.enum(words, { error: ({ input }) => `expected one of ${words.join(', ')}, got "${String(input)}"` });
}

/** A setting that is the address of a server. What came is told where it holds no password. */
export function webAddress() {
  return z.string().refine(isWebAddress, {
    error: ({ input }) => `expected a URL such as http://127.0.0.1:4001, got ${shownAddress(String(input))}`,
  });
}

/** Several of them, parted by commas. */
export function webAddresses() {
  return z.string().transform((list, check) => {
    const addresses = list.split(',').map((address) => address.trim());
    for (const address of addresses.filter((one) => !isWebAddress(one)))
      check.addIssue({
        code: 'custom',
        message: `expected URLs such as http://127.0.0.1:9200, got ${shownAddress(address)}`,
      });
    return addresses;
  });
}

/** "localhost:4001" would be one, too, of a scheme that is called localhost. */
function isWebAddress(text: string): boolean {
  return ['http:', 'https:'].includes(URL.parse(text)?.protocol ?? '');
}

function shownAddress(address: string): string {
  return address.includes('@') ? 'something else' : `"${address}"`;
}

/** How long can be waited, milliseconds: what a timer holds (2^31 - 1), with room for what is added. */
export const LONGEST_WAIT = 2_000_000_000;
/** How old something that is kept may become, milliseconds: a hundred years. */
export const LONGEST_AGE = 3_155_760_000_000;
