import { z } from 'zod';
import type { ItemFilter } from '../../../src/vocabulary/item-filter.ts';
import { readMoment } from '../../../src/vocabulary/moment.ts';
import { readPhrase } from './phrase.ts';

const texts = z.array(z.string().min(1)).min(1).max(1000);
const bound = z.number().optional();

/** As searches write filters. */
const filter: z.ZodType<ItemFilter> = z.union(
  [
    z.strictObject({
      get and() {
        return z.array(filter).min(1);
      },
    }),
    z.strictObject({
      get or() {
        return z.array(filter).min(1);
      },
    }),
    z.strictObject({
      get not() {
        return filter;
      },
    }),
    z.strictObject({ ids: texts }),
    z.strictObject({ field: z.string().min(1), in: texts }),
    z.strictObject({
      field: z.string().min(1),
      range: z.strictObject({ gte: bound, gt: bound, lte: bound, lt: bound }),
    }),
  ],
  'expected a filter with exactly one of "and", "or", "not", "ids", or "field" with "in" or "range"',
);

const phrase = z
  .string()
  .transform(readPhrase)
  .refine(({ terms }) => terms.trim() !== '', 'expected words, with letters or digits');

const moment = z
  .string()
  .refine((text) => readMoment(text) !== undefined, 'expected a day or a time, such as 2026-11-27 or 2026-11-27T08:00Z')
  .transform((text) => readMoment(text) ?? 0);

const rule = z
  .strictObject({
    key: z.string().regex(/^[a-z0-9-]{1,60}$/, 'expected at most 60 lower-case letters, digits and hyphens'),
    description: z.string().default(''),
    /** What a search has to be like; any search where nothing is said. */
    when: z
      .strictObject({
        /** It asks for one of these: its words are these, or with `anywhere` they are among its words, one after another. */
        words: z.array(phrase).min(1).max(100).optional(),
        anywhere: z.boolean().default(false),
        /** It is narrowed down to values of a field, all among these: the page of a category, or of a brand. */
        chosen: z.strictObject({ field: z.string().min(1), in: texts }).optional(),
      })
      .prefault({}),
    /** Inclusive. */
    from: moment.optional(),
    /** Exclusive. */
    until: moment.optional(),
    /** Ids of the items that stand first, in this order, if they exist and pass the filter of the search. */
    pin: z.array(z.string().min(1)).min(1).max(50).optional(),
    /** What is not shown. */
    hide: filter.optional(),
    /** What goes up, or down where `by` is below 1: its odds count so many times. 2 makes a score of .5 one of .67, and .8 one of .89. */
    lift: z
      .array(z.strictObject({ filter, by: z.number().min(0.1).max(10) }))
      .min(1)
      .max(10)
      .optional(),
  })
  .refine(({ pin, hide, lift }) => pin ?? hide ?? lift, 'expected something to do: "pin", "hide" or "lift"')
  .refine(
    ({ pin, when: { words, chosen } }) => !pin || words || chosen,
    'expected "when", with "words" or "chosen": items are pinned for some searches, not for all',
  )
  .refine(({ from = -Infinity, until = Infinity }) => from < until, 'expected "until" to be after "from"');

/** The most rules of a file. */
export const MOST_RULES = 1000;

export const rulesSchema = z
  .array(rule)
  .max(MOST_RULES)
  .refine((all) => new Set(all.map(({ key }) => key)).size === all.length, 'two rules have the same key');

/** What a shop wants some searches to show, whatever scores say. */
export type Rule = Readonly<z.infer<typeof rule>>;
