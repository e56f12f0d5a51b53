import { describe, expect, it } from '@jest/globals';
import { readProfileSettings } from '../../../subgraphs/user-profile/config.ts';
import { evidenceOfWindow } from '../../../subgraphs/user-profile/choice-evidence.ts';
import { concentrationOf } from '../../../subgraphs/user-profile/concentration.ts';
import { DAY } from '../../../subgraphs/user-profile/decay.ts';
import type { RecordedEvent } from '../../../subgraphs/user-profile/profile-store.ts';
import { tasteItems, tasteVector } from '../../../subgraphs/user-profile/taste.ts';
import { normal, randomItems, randomVector, seeded } from './made-up.ts';

describe('the evidence of one choice', () => {
  const window = (scores: (place: number) => { TEXT?: number; LEXICAL?: number; IMAGE?: number }) => ({
    queryId: 'q',
    generation: 'g1',
    hits: Array.from({ length: 20 }, (_, i) => ({ itemId: `i${i + 1}`, position: i + 1, scores: scores(i + 1) })),
  });

  it('goes to the modality that put what was chosen above what was passed over', () => {
    const shown = window((place) => ({ TEXT: 0.5 + (place === 8 ? -0.2 : 0), IMAGE: place === 8 ? 0.9 : 0.3 }));
    expect(evidenceOfWindow(shown, 'i8', new Set(['i8']))).toMatchObject({ text: 0, image: 1, sampled: false });
  });

  it('counts more the further down the choice stood, up to a limit', () => {
    const shown = window((place) => ({ TEXT: 1 / place, IMAGE: 0.5 }));
    const weightAt = (place: number) => evidenceOfWindow(shown, `i${place}`, new Set())?.weight ?? 0;
    expect(weightAt(1)).toBe(1);
    expect(weightAt(3)).toBe(2);
    expect(weightAt(20)).toBe(3);
  });

  it('takes no other choice of the same window as passed over', () => {
    const shown = window((place) => ({ LEXICAL: 0.5, IMAGE: place === 4 || place === 5 ? 0.9 : 0.1 }));
    const alone = evidenceOfWindow(shown, 'i4', new Set(['i4']));
    const both = evidenceOfWindow(shown, 'i4', new Set(['i4', 'i5']));
    expect(both?.image).toBeGreaterThanOrEqual(alone?.image ?? 1);
    expect(both?.image).toBe(1);
  });

  it('is none where the query had one modality only, or did not show the item', () => {
    expect(
      evidenceOfWindow(
        window(() => ({ TEXT: 0.5 })),
        'i3',
        new Set(['i3']),
      ),
    ).toBeUndefined();
    expect(
      evidenceOfWindow(
        window(() => ({ TEXT: 0.5, IMAGE: 0.5 })),
        'other',
        new Set(),
      ),
    ).toBeUndefined();
  });

  it('is even on the average for choices by place alone, under a ranking that leans to text', () => {
    const random = seeded(7);
    for (const place of [1, 2, 5, 10]) {
      const rates = Array.from({ length: 1500 }, () => {
        const drawn = Array.from({ length: 60 }, () => ({ TEXT: normal(random), IMAGE: normal(random) }));
        const ranked = drawn.toSorted((a, b) => 3 * b.TEXT + b.IMAGE - 3 * a.TEXT - a.IMAGE);
        return evidenceOfWindow(
          window((at) => ranked[at - 1] ?? {}),
          `i${place}`,
          new Set([`i${place}`]),
        );
      });
      for (const modality of ['text', 'image'] as const) {
        const mean = rates.reduce((sum, rate) => sum + (rate?.[modality] ?? 0), 0) / rates.length;
        expect(Math.abs(mean - 0.5)).toBeLessThan(0.06);
      }
    }
  });
});

describe('the taste', () => {
  const liked = (itemId: string, days: number, action: 'CLICK' | 'PURCHASE' = 'CLICK'): RecordedEvent => ({
    event: { id: `${itemId}-${days}`, userId: 'ann', action, itemId, occurredAt: '2026-01-01T00:00:00Z' },
    at: -days * DAY,
    evidence: null,
  });
  const read = { now: 0, halfLife: 30 * DAY, modality: 'image' } as const;

  it('halves in a half-life, and a purchase is worth eight clicks', () => {
    const [bought, clicked, old] = tasteItems(
      [liked('new', 0), liked('old', 30), liked('bought', 0, 'PURCHASE')],
      read,
    );
    expect([bought?.id, clicked?.id, old?.id]).toEqual(['bought', 'new', 'old']);
    expect((bought?.weight ?? 0) / (clicked?.weight ?? 1)).toBeCloseTo(8, 9);
    expect((old?.weight ?? 0) / (clicked?.weight ?? 1)).toBeCloseTo(0.5, 9);
  });

  it('never holds more than fifty items, with weights that sum to 1', () => {
    const items = tasteItems(
      Array.from({ length: 80 }, (_, i) => liked(`i${i}`, i)),
      read,
    );
    expect(items).toHaveLength(50);
    expect(items.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
  });

  it('is a vector of length 1 between the liked items, and none where nothing is liked', () => {
    const vector = tasteVector(
      [
        { id: 'a', weight: 0.5 },
        { id: 'b', weight: 0.5 },
      ],
      (id) => Float32Array.from(id === 'a' ? [2, 0] : [0, 5]),
    );
    expect(vector?.[0]).toBeCloseTo(Math.SQRT1_2, 6);
    expect(vector?.[1]).toBeCloseTo(Math.SQRT1_2, 6);
    expect(tasteVector([], () => null)).toBeUndefined();
  });
});

describe('the concentration', () => {
  it('is high in the modality in which the liked items are close together, and near 0 in the other', () => {
    const random = seeded(3);
    const centre = randomVector(random);
    const alike = randomItems(12, random).map((item) => ({
      ...item,
      image: item.image?.map((x, i) => x * 0.4 + (centre[i] ?? 0)) ?? null,
    }));
    const { text, image, items } = concentrationOf(alike, randomItems(64, random));
    expect(image).toBeGreaterThan(1.5);
    expect(Math.abs(text ?? 9)).toBeLessThan(0.5);
    expect(items).toBe(12);
  });

  it('is unknown for fewer than three items, and where items have no picture', () => {
    const some = randomItems(8, seeded(4));
    expect(concentrationOf(some.slice(0, 2), some).image).toBeNull();
    expect(
      concentrationOf(
        some.map((item) => ({ ...item, image: null })),
        some,
      ),
    ).toMatchObject({ image: null });
  });
});

describe('the settings', () => {
  it('have defaults, and tell all their problems together', () => {
    expect(readProfileSettings({ MEDLEY_PROFILE_HALF_LIFE_IMAGE: '10' })).toMatchObject({
      imageHalfLife: 10 * DAY,
      textHalfLife: 30 * DAY,
    });
    expect(() => readProfileSettings({ MEDLEY_PROFILE_PRIOR_IMAGE: '1', MEDLEY_PROFILE_HISTORY: 'long' })).toThrow(
      /PRIOR_IMAGE: .*got "1"\n.*HISTORY: .*got "long"/,
    );
  });
});
