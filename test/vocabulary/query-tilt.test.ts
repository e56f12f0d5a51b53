import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { queryTilt, TILT_BOUND } from '../../src/vocabulary/query-tilt.ts';
import type { QueryPart } from '../../src/vocabulary/search-request.ts';

const words = (text: string, weight = 1): QueryPart => ({ kind: 'TEXT', text, weight });
const picture: QueryPart = { kind: 'IMAGE_ID', imageId: 'a', weight: 1 };

describe('what a query says about the signals', () => {
  it('says nothing for plain words', () => {
    expect(queryTilt([words('office chair')])).toEqual({});
    expect(queryTilt([])).toEqual({});
  });

  it('favours looks for a picture, and less so beside words', () => {
    const alone = queryTilt([picture]).IMAGE ?? 0;
    const beside = queryTilt([picture, words('chair')]).IMAGE ?? 0;
    expect(alone).toBeGreaterThan(beside);
    expect(beside).toBeGreaterThan(0);
  });

  it('favours looks the more, the more of the words speak of them', () => {
    const some = queryTilt([words('striped shirt for my brother')]).IMAGE ?? 0;
    const most = queryTilt([words('blue striped linen shirt')]).IMAGE ?? 0;
    expect(most).toBeGreaterThan(some);
    expect(some).toBeGreaterThan(0);
  });

  it.each(['WH-1000XM5', 'sony wh-1000xm5 case', '"stainless steel"', 'B08N5WRWNW'])(
    'favours the letter for %s',
    (text) => {
      expect(queryTilt([words(text)]).LEXICAL).toBeGreaterThanOrEqual(1);
    },
  );

  it('favours meaning over the letter for a sentence', () => {
    const tilt = queryTilt([words('something to keep my coffee hot while I walk to work')]);
    expect(tilt.TEXT).toBeGreaterThan(0);
    expect(tilt.LEXICAL).toBeLessThan(0);
  });

  it('takes no cue from what the viewer does not want', () => {
    expect(queryTilt([words('chair'), words('red leather', -1)])).toEqual({});
  });

  it('never speaks louder than its bound', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 200 })), fc.boolean(), (texts, pictured) => {
        const tilt = queryTilt([...texts.map((text) => words(text)), ...(pictured ? [picture] : [])]);
        return Object.values(tilt).every((odds) => Math.abs(odds) <= TILT_BOUND);
      }),
    );
  });
});
