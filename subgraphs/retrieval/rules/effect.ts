import type { FieldsOf, FieldTypes } from '../../../src/vocabulary/item.ts';
import { firstMisuse, meets } from '../../../src/vocabulary/item-filter.ts';
import type { ItemFilter } from '../../../src/vocabulary/item-filter.ts';
import type { Sort } from '../../../src/vocabulary/search-request.ts';
import type { Hit } from '../ranking/hit.ts';
import type { Degradation } from '../ranking/window.ts';
import { isAbout } from './occasion.ts';
import type { Occasion } from './occasion.ts';
import { readPhrase } from './phrase.ts';
import type { Rule } from './rule.ts';

interface Asked extends Omit<Occasion, 'words'> {
  readonly words?: string;
  readonly sort: readonly Sort[];
}

/** What the rules about a search do to it, together. */
export interface Effect {
  /** The keys of the rules, in their order. */
  readonly keys: readonly string[];
  /** By id of the items that stand first, in this order: the key of the rule that says so. */
  readonly pins: ReadonlyMap<string, string>;
  /** What all of them leave to be shown. */
  readonly shown?: ItemFilter;
  readonly lifts: NonNullable<Rule['lift']>;
  /** Rules that the catalogue has no fields for, and why. */
  readonly leftOut: readonly { readonly key: string; readonly reason: string }[];
}

const NO_EFFECT: Effect = { keys: [], pins: new Map(), lifts: [], leftOut: [] };

/** More do not stand first, whatever rules say. */
const MOST_PINS = 100;
/** What all lifts of an item come to at most, or a score were no number. */
const MOST_LIFTED = 1e9;

/**
 * Where rules say different things of an item, what hides it counts, and of two that pin it the first. Who sorts by price, say, asked for
 * that: then nothing is pinned.
 */
export function effectOf(rules: readonly Rule[], { words, filter, sort, now }: Asked, types: FieldTypes): Effect {
  if (rules.length === 0) return NO_EFFECT;
  const occasion = { words: words === undefined ? undefined : readPhrase(words), filter, now };
  const about = rules.flatMap((rule) => {
    const never = rule.when.chosen && misuseIn([rule.when.chosen], types);
    if (!isAbout(never === undefined ? rule : whateverIsChosen(rule), occasion)) return [];
    return [{ rule, reason: never ?? misuseOf(rule, types) }];
  });
  const holding = about.flatMap(({ rule, reason }) => (reason === undefined ? [rule] : []));
  const [{ field: sortedBy } = { field: 'RELEVANCE' }] = sort;
  const pins = new Map<string, string>();
  for (const { key, pin = [] } of sortedBy === 'RELEVANCE' ? holding : [])
    for (const id of pin) if (!pins.has(id) && pins.size < MOST_PINS) pins.set(id, key);
  const hidden = holding.flatMap(({ hide }) => hide ?? []);
  return {
    keys: holding.map(({ key }) => key),
    pins,
    ...(hidden.length > 0 && { shown: { not: { or: hidden } } }),
    lifts: holding.flatMap(({ lift }) => lift ?? []),
    leftOut: about.flatMap(({ rule: { key }, reason }) => (reason === undefined ? [] : [{ key, reason }])),
  };
}

/** What the rules about every search, whatever is asked, leave to be shown: of similar items and on shelves, too. */
export function shownAnywhere(
  rules: readonly Rule[],
  now: number,
  types: FieldTypes,
): Pick<Effect, 'keys' | 'shown' | 'leftOut'> {
  const hiding = rules.filter(({ when: { words, chosen }, hide }) => hide && !words && !chosen);
  return effectOf(hiding, { sort: [], now }, types);
}

/** Of a choice that no search can make is told wherever the rest holds: the rule would never hold, and nobody know why. */
function whateverIsChosen({ when: { chosen: _, ...when }, ...rule }: Rule): Rule {
  return { ...rule, when };
}

function misuseOf({ hide, lift = [] }: Rule, types: FieldTypes): string | undefined {
  return misuseIn([...(hide ? [hide] : []), ...lift.map(({ filter }) => filter)], types);
}

function misuseIn(filters: readonly ItemFilter[], types: FieldTypes): string | undefined {
  for (const filter of filters) {
    const wrong = firstMisuse(filter, types);
    if (wrong) return `the field "${wrong.field}" cannot be used like this: expected ${wrong.expected}`;
  }
  return undefined;
}

/** A score with what rules make of its odds, s / (1 - s): between 0 and 1 as before, and no matter in which order. */
export function lifted(
  score: number,
  { id, fields }: { readonly id: string; readonly fields: FieldsOf },
  lifts: Effect['lifts'],
): number {
  if (lifts.length === 0) return score;
  const product = lifts.filter(({ filter }) => meets(id, fields, filter)).reduce((all, one) => all * one.by, 1);
  const by = Math.min(MOST_LIFTED, Math.max(1 / MOST_LIFTED, product));
  return (score * by) / (1 - score + score * by);
}

/** Hits with those that are pinned apart, in the order of their pins. */
export function pinsApart(
  hits: readonly Hit[],
  { pins }: Pick<Effect, 'pins'>,
): { readonly first: readonly Hit[]; readonly others: readonly Hit[] } {
  if (pins.size === 0) return { first: [], others: hits };
  const byId = new Map(hits.map((hit) => [hit.id, hit]));
  const first = [...pins].flatMap(([id, rule]) => {
    const hit = byId.get(id);
    return hit ? [{ ...hit, pinnedBy: rule }] : [];
  });
  return { first, others: hits.filter(({ id }) => !pins.has(id)) };
}

/** What is told of rules that could not be heeded. */
export function leftOut({ leftOut: rules }: Pick<Effect, 'leftOut'>): readonly Degradation[] {
  return rules.map(({ key, reason }) => ({
    code: 'RULE_LEFT_OUT',
    message: `The rule "${key}" was left out: ${reason}.`,
  }));
}
