import { describe, expect, it } from '@jest/globals';
import { hashingTextEncoder } from '../../../../../src/inference/hashing-encoder.ts';
import { unit } from '../../../../../src/vocabulary/vector.ts';
import { foundAnswers } from '../../../../../subgraphs/retrieval/catalogue/training/found-answers.ts';
import { intentsOf } from '../../../../../subgraphs/retrieval/catalogue/training/intents.ts';
import type { NamedItem } from '../../../../../subgraphs/retrieval/catalogue/training/intents.ts';

const encoder = hashingTextEncoder();

function item(title: string, queries: NamedItem['queries'] = []): NamedItem {
  const [colour = '', kind = ''] = title.split(' ');
  const own = {
    id: `${title} ${String(queries.length)}`,
    title,
    category: [],
    images: [],
    attributes: { kind, colour },
  };
  return { own, says: { title }, title: new Float32Array(4), features: new Float32Array(4), queries };
}

describe('what viewers might ask of a catalogue', () => {
  const asked = { text: 'something red', vector: unit(Float32Array.of(1, 2, 3, 4)) };
  const items = [item('red mug', [asked]), item('red mug'), item('blue mug', [{ ...asked }]), item('blue lamp')];

  it('is what they typed, with all that they chose for it, before anything made up', async () => {
    const { words } = await intentsOf(items, { encoder, most: 50 });
    expect(words[0]).toMatchObject({ kind: 'logged', answers: [0, 2] });
    expect(words.slice(1).map(({ kind }) => kind)).not.toContain('logged');
  });

  it('is phrases with every item that they fit, and words of titles', async () => {
    const { words } = await intentsOf(items, { encoder, most: 50 });
    const fitting = words.filter(({ kind }) => kind === 'phrase').map(({ answers }) => answers);
    expect(fitting).toContainEqual([0, 1]);
    expect(words.filter(({ kind }) => kind === 'title').map(({ answers }) => answers)).toContainEqual([3]);
  });

  it('is photos of things, for others that answer the same, never for themselves', async () => {
    const { photos } = await intentsOf(items, { encoder, most: 50 });
    for (const { row, answers } of photos) expect(answers).not.toContain(row);
    expect(photos).toContainEqual({ row: 1, answers: [0] });
    expect(photos.map(({ row }) => row)).not.toContain(3);
  });
});

describe('how much is found', () => {
  const [east, north] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];

  it('is the share of the answers among the nearest, without who asks and without what has no evidence', () => {
    const far = Array.from({ length: 12 }, () => north);
    expect(foundAnswers([{ vector: east, answers: [1, 2] }], [north, east, null, ...far])).toBe(0.5);
    expect(foundAnswers([{ vector: east, answers: [1], row: 0 }], [east, east, ...far])).toBe(1);
    expect(foundAnswers([], [east])).toBe(0);
  });
});
