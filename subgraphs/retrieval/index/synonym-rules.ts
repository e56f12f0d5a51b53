import { MedleyError } from '../../../src/runtime/errors.ts';
import { tellingTerms } from './lexicon.ts';

/** What counts as well as some terms of a query, one after another, do. */
export interface SynonymRule {
  readonly terms: readonly string[];
  /** Whether the terms themselves are looked for, too. */
  readonly kept: boolean;
  /** Each the different terms of one synonym. */
  readonly synonyms: readonly (readonly string[])[];
  /** Where the terms are not looked for: what they mean, as the rule writes it; of several synonyms the first. */
  readonly meaning?: string;
}

export const MOST_RULES = 10_000;
/** Each of them is looked for by itself. */
export const MOST_SYNONYMS = 20;
/** So many lines that are wrong are told. */
const MOST_TOLD = 10;

/**
 * Reads rules, one a line as Solr writes them: `sofa, couch` (each finds the other) or `telly => television` (who asks for the left looks for
 * the right instead); # begins a comment. Their words are read as a query's are. Rules about the same words count together, and no rule
 * is applied to what another says. Errors: INVALID_SETTING.
 */
export function synonymRules(text: string): readonly SynonymRule[] {
  const lines = text
    .split(/\r?\n/)
    .map((line, at) => ({ rule: line.replace(/#.*/, '').trim(), line: at + 1 }))
    .filter(({ rule }) => rule !== '');
  if (lines.length > MOST_RULES) throw wrong([`the file has ${lines.length} rules; expected at most ${MOST_RULES}`]);
  const byTerms = new Map<string, SynonymRule>();
  const problems: string[] = [];
  for (const { rule, line } of lines) {
    const said = readRule(rule).map((one) => added(byTerms.get(keyOf(one.terms)), one));
    const expected = problemOf(said);
    if (expected === undefined) for (const one of said) byTerms.set(keyOf(one.terms), one);
    else problems.push(`line ${line} is "${rule.slice(0, 100)}"; ${expected}`);
  }
  if (problems.length > 0) throw wrong(problems);
  return [...byTerms.values()].filter(({ synonyms }) => synonyms.length > 0);
}

/** None where the line is no rule. */
function readRule(rule: string): readonly SynonymRule[] {
  const written = rule.split('=>').map((side) =>
    side
      .split(',')
      .map((words) => words.trim())
      .filter((words) => tellingTerms(words).length > 0),
  );
  const sides = written.map((side) => side.map(tellingTerms));
  const [left = [], right] = sides;
  const complete = right ? sides.length === 2 && left.length > 0 && right.length > 0 : left.length > 1;
  if (!complete) return [];
  const said = byKey(right ?? left);
  return left.map((terms) => {
    const own = keyOf(distinctTerms(terms));
    const others = [...said].flatMap(([key, other]) => (key === own ? [] : [other]));
    const kept = !right || said.has(own);
    return { terms, kept, synonyms: others, ...(!kept && { meaning: written[1]?.[0] }) };
  });
}

function added(former: SynonymRule | undefined, rule: SynonymRule): SynonymRule {
  if (!former) return rule;
  const { terms, meaning } = former;
  const synonyms = distinct([...former.synonyms, ...rule.synonyms]);
  return former.kept || rule.kept ? { terms, kept: true, synonyms } : { terms, kept: false, synonyms, meaning };
}

function problemOf(rules: readonly SynonymRule[]): string | undefined {
  if (rules.length === 0) return 'expected "one, two" or "one => two"';
  const most = rules.find(({ synonyms }) => synonyms.length > MOST_SYNONYMS);
  return (
    most && `expected at most ${MOST_SYNONYMS} synonyms of "${most.terms.join(' ')}", in this line and those before`
  );
}

function distinct(all: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...byKey(all).values()];
}

function byKey(all: readonly (readonly string[])[]): ReadonlyMap<string, readonly string[]> {
  return new Map(all.map(distinctTerms).map((terms) => [keyOf(terms), terms]));
}

function distinctTerms(terms: readonly string[]): readonly string[] {
  return [...new Set(terms)];
}

function keyOf(terms: readonly string[]): string {
  return terms.join(' ');
}

function wrong(problems: readonly string[]): MedleyError {
  const others = problems.length - MOST_TOLD;
  const told = [...problems.slice(0, MOST_TOLD), ...(others > 0 ? [`and ${others} more`] : [])];
  return new MedleyError('INVALID_SETTING', `The synonyms are wrong: ${told.join('; ')}.`);
}
