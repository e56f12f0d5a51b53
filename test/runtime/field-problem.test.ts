import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { fileProblems } from '../../src/runtime/field-problem.ts';

const shape = z.array(
  z
    .strictObject({
      key: z.string().min(1),
      share: z.number().gt(0).lt(1).optional(),
      version: z.int().optional(),
      ids: z.array(z.string()).min(1).optional(),
      files: z.record(z.string().regex(/^\w+$/, 'expected letters'), z.string()).optional(),
    })
    .refine(({ key, ids }) => key !== 'bare' || ids, 'expected "ids"'),
);

describe('what is wrong with a file', () => {
  it.each<[string, unknown, string]>([
    ['another kind of thing', {}, 'the file: expected a list, got {}'],
    ['a number below its bounds', [{ key: 'a', share: 0 }], '[0].share: expected a number above 0, got 0'],
    ['a number above its bounds', [{ key: 'a', share: 1 }], '[0].share: expected a number below 1, got 1'],
    ['a fraction', [{ key: 'a', version: 1.5 }], '[0].version: expected a whole number, got 1.5'],
    ['an empty list', [{ key: 'a', ids: [] }], '[0].ids: expected at least 1 value, got []'],
    ['parts that do not fit together', [{ key: 'bare' }], '[0]: expected "ids"'],
    ['a name that is none', [{ key: 'a', files: { '!': 'x' } }], '[0].files["!"]: expected letters'],
    ['a key that is not known', [{ key: 'a', colour: 'red' }], '[0]: unknown key colour'],
  ])('is told by its place, with what was expected and what came: %s', (_, given, problem) => {
    const { error } = shape.safeParse(given);
    expect(error && fileProblems(error, given)).toBe(problem);
  });

  it('is told all together, a line each', () => {
    const given = [{ key: '' }, { key: 'a', share: 'half' }];
    const { error } = shape.safeParse(given);
    expect(error && fileProblems(error, given).split('\n')).toEqual([
      '[0].key: expected a text that is not blank, got ""',
      '[1].share: expected a number, got "half"',
    ]);
  });
});
