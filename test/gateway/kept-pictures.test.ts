import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { remembered } from '../../src/gateway/kept-pictures.ts';
import { MedleyError } from '../../src/runtime/errors.ts';

/** Pictures that are asked for by name, and how often they were; away until they are said to be there. */
function countedPictures(bytes: number) {
  const asked: string[] = [];
  const pictures = { away: false, asked };
  return {
    pictures,
    kept: remembered({
      get: (name) => {
        asked.push(name);
        if (pictures.away) return Promise.reject(new MedleyError('RETRIEVAL_UNAVAILABLE', 'away'));
        return Promise.resolve(randomBytes(bytes));
      },
    }),
  };
}

describe('a picture of an item that many look at', () => {
  it('is asked for once, by all at the same time and by those who come later', async () => {
    const { kept, pictures } = countedPictures(1000);
    const [first, ...others] = await Promise.all(Array.from({ length: 50 }, () => kept.get('a.png')));
    expect(first).toHaveLength(1000);
    expect(new Set([first, ...others, await kept.get('a.png')]).size).toBe(1);
    expect(pictures.asked).toEqual(['a.png']);
  });

  it('is asked for again after it could not be had', async () => {
    const { kept, pictures } = countedPictures(1000);
    pictures.away = true;
    await expect(kept.get('a.png')).rejects.toMatchObject({ code: 'RETRIEVAL_UNAVAILABLE' });
    pictures.away = false;
    expect(await kept.get('a.png')).toHaveLength(1000);
  });

  it('is answered though more is looked at together than is remembered', async () => {
    const { kept } = countedPictures(3_000_000);
    const all = await Promise.all(Array.from({ length: 30 }, (_, n) => kept.get(`${String(n)}.png`)));
    expect(all.map(({ byteLength }) => byteLength)).toEqual(all.map(() => 3_000_000));
  });

  it('is forgotten for those that were looked at since, so that memory stays bounded', async () => {
    const { kept, pictures } = countedPictures(3_000_000);
    const names = Array.from({ length: 15 }, (_, n) => `${String(n)}.png`);
    for (const name of names) await kept.get(name);
    await kept.get('14.png');
    await kept.get('0.png');
    expect(pictures.asked).toEqual([...names, '0.png']);
  });

  it('is answered though it is larger than all that is remembered', async () => {
    const { kept } = countedPictures(40_000_000);
    expect(await kept.get('large.png')).toHaveLength(40_000_000);
  });
});
