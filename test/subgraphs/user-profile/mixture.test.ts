import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Expert, Opinion, ViewerCase } from '../../../subgraphs/user-profile/experts/expert.ts';
import { opinionOfChoices } from '../../../subgraphs/user-profile/experts/choices.ts';
import { prior } from '../../../subgraphs/user-profile/experts/prior.ts';
import { gateOf } from '../../../subgraphs/user-profile/gate.ts';
import { mixtureOf } from '../../../subgraphs/user-profile/mixture.ts';
import { NO_HISTORY } from '../../../subgraphs/user-profile/profile.ts';
import type { RecordedEvent } from '../../../subgraphs/user-profile/profile-store.ts';

const NOBODY: ViewerCase = {
  history: NO_HISTORY,
  now: 0,
  halfLife: 1000,
  everyone: { weight: 0, text: 0, image: 0 },
  priorImage: 0.4,
};
const opinions = fc.record({
  logOdds: fc.double({ min: -5, max: 5, noNaN: true }),
  evidence: fc.double({ min: 0, max: 1e4, noNaN: true }),
});
const heard = fc.record({
  trust: fc.double({ min: 0.1, max: 3, noNaN: true }),
  evidence: fc.double({ min: 0, max: 1e6, noNaN: true }),
});

function says(name: string, opinion: Opinion): Expert {
  return { name, trust: 1, opinion: () => opinion };
}

describe('the gate', () => {
  it('gives shares of 0 and up that sum to 1', () => {
    fc.assert(
      fc.property(fc.array(heard, { minLength: 1, maxLength: 6 }), (experts) => {
        const shares = gateOf(experts);
        expect(shares.every((share) => share >= 0)).toBe(true);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('never listens less to an expert that has seen more', () => {
    fc.assert(
      fc.property(
        fc.array(heard, { minLength: 2, maxLength: 6 }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        (experts, more) => {
          const [first = { trust: 1, evidence: 0 }, ...others] = experts;
          const before = gateOf([first, ...others, { trust: 1, evidence: 6 }])[0] ?? 0;
          const after =
            gateOf([{ ...first, evidence: first.evidence + more }, ...others, { trust: 1, evidence: 6 }])[0] ?? 0;
          expect(after).toBeGreaterThanOrEqual(before - 1e-12);
        },
      ),
    );
  });

  it('trusts n choices by n / (n + k) against the prior', () => {
    expect(
      gateOf([
        { trust: 1, evidence: 18 },
        { trust: 1, evidence: 6 },
      ])[0],
    ).toBeCloseTo(0.75, 12);
    expect(
      gateOf([
        { trust: 1, evidence: 0 },
        { trust: 1, evidence: 6 },
      ]),
    ).toEqual([0, 1]);
  });
});

describe('the mixture', () => {
  it('of an unknown viewer is the prior, with no tilt and no confidence', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 0.95, noNaN: true }), (priorImage) => {
        const { mixture, tilt, confidence } = mixtureOf({ ...NOBODY, priorImage });
        expect(mixture.image).toBeCloseTo(priorImage, 9);
        expect([tilt, confidence]).toEqual([{}, 0]);
      }),
    );
  });

  it('shows shares that sum to 1, a confidence from 0 to 1 and a bounded tilt', () => {
    fc.assert(
      fc.property(fc.array(opinions, { maxLength: 5 }), (some) => {
        const experts = [...some.map((opinion, i) => says(`expert ${i}`, opinion)), prior];
        const { mixture, tilt, confidence } = mixtureOf(NOBODY, experts);
        expect(mixture.text + mixture.image).toBeCloseTo(1, 12);
        expect(mixture.experts.reduce((sum, { gate }) => sum + gate, 0)).toBeCloseTo(1, 9);
        expect(confidence >= 0 && confidence <= 1 + 1e-12).toBe(true);
        expect(Math.abs(tilt.IMAGE ?? 0)).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('moves further towards what an expert says, the more that expert has seen', () => {
    fc.assert(
      fc.property(opinions, fc.double({ min: 0, max: 100, noNaN: true }), ({ logOdds, evidence }, more) => {
        const imageAt = (count: number) =>
          mixtureOf(NOBODY, [says('one', { logOdds, evidence: count }), prior]).mixture.image;
        const towards = Math.sign(logOdds - Math.log(0.4 / 0.6));
        expect(towards * (imageAt(evidence + more) - imageAt(evidence))).toBeGreaterThanOrEqual(-1e-12);
      }),
    );
  });
});

describe('the opinion from choices', () => {
  const chosen = (text: number, image: number, sampled: boolean): RecordedEvent => ({
    event: { id: 'e', userId: 'ann', action: 'CLICK', itemId: 'x', occurredAt: '2026-01-01T00:00:00Z' },
    at: 0,
    evidence: { weight: 1, text, image, sampled },
  });

  it('is none where there was no choice, and never changes sides when text and image change places', () => {
    expect(opinionOfChoices([], NOBODY.everyone, () => 1)).toEqual({ logOdds: 0, evidence: 0 });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
        const one = opinionOfChoices([chosen(a, b, false)], NOBODY.everyone, () => 1).logOdds;
        const other = opinionOfChoices([chosen(b, a, false)], NOBODY.everyone, () => 1).logOdds;
        expect(one + other).toBeCloseTo(0, 9);
      }),
    );
  });

  it('from sampled items is none for a viewer who chooses like everyone else', () => {
    const own = Array.from({ length: 40 }, () => chosen(0.9, 0.7, true));
    const everyone = { weight: 10_040, text: 10_040 * 0.9, image: 10_040 * 0.7 };
    expect(Math.abs(opinionOfChoices(own, everyone, () => 1).logOdds)).toBeLessThan(0.2);
    expect(opinionOfChoices(own, NOBODY.everyone, () => 1).logOdds).toBeLessThan(-0.8);
  });
});
