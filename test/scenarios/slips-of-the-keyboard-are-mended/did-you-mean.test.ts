import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TextEncoder } from '../../../src/inference/encoder.ts';
import { paint } from '../../support/corner-shop.ts';
import { lostIn } from '../../support/front-door.ts';
import type { Found } from '../../support/front-door.ts';
import { hashingEncoders, openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const meant = async (input: object): Promise<string | null> => (await shop.search(input)).didYouMean;

describe('a misspelt search', () => {
  it('finds what was meant and offers the words as they are spelt', async () => {
    const found = await shop.search({ text: 'Yelow lamp' }, { first: 3 });
    expect(found.didYouMean).toBe('Yellow lamp');
    expect(found.edges.map(({ node }) => node?.title)).toContain('Ember yellow lamp');
    expect(await meant({ text: found.didYouMean })).toBeNull();
  });

  it.each(['Yelow lamp', 'Yellowlamp', 'Yellow lam'])(
    'ranks "%s" as the well-spelt one, by words, meaning and looks',
    async (sent) => {
      const [slip, right] = await Promise.all([sent, 'Yellow lamp'].map((text) => shop.search({ text })));
      expect(slip?.didYouMean).toBe('Yellow lamp');
      expect(slip?.edges.map(({ itemId, score }) => [itemId, score])).toEqual(
        right?.edges.map(({ itemId, score }) => [itemId, score]),
      );
      expect(slip?.ranking).toEqual(right?.ranking);
    },
  );

  it('weighs its words against a picture as the well-spelt one does', async () => {
    const imageId = await shop.upload(await paint('rug', 'violet'));
    const weighed = async (text: string) => (await shop.search({ text, parts: [{ imageId }] })).ranking.weights;
    expect(await weighed('Yelow lamp')).toEqual(await weighed('Yellow lamp'));
  });

  it('offers the same on every page of the result', async () => {
    const input = { text: 'red chiar' };
    const first = await shop.search(input, { first: 4 });
    const second = await shop.search(input, { first: 4, after: first.pageInfo.endCursor });
    expect([first.didYouMean, second.didYouMean]).toEqual(['red chair', 'red chair']);
  });

  it('offers words where the filter leaves nothing, for they are of the whole catalogue', async () => {
    expect(await meant({ text: 'vsae', filter: { field: 'brand', in: ['Nobody'] } })).toBe('vase');
  });
});

describe('a search without a slip', () => {
  it.each([{ text: 'red chairs' }, { text: 'something quite else' }, {}, { parts: [{ itemId: 'i003' }] }])(
    'is offered nothing: %j',
    async (input) => {
      expect(await meant(input)).toBeNull();
    },
  );
});

describe('a search with a word that the model knows, though no item has it', () => {
  it('is not mended to a word that means something else, but for its other slips', async () => {
    const encoders = hashingEncoders();
    const knowing = await openShop({
      encoders: { ...encoders, text: { ...encoders.text, knows: (word) => word === 'vast' } },
    });
    const [alone, beside, asIfUnknown] = await Promise.all([
      knowing.search({ text: 'vast' }),
      knowing.search({ text: 'vast Yelow lamp' }),
      shop.search({ text: 'vast' }),
    ]);
    await knowing.close();
    expect([alone, beside, asIfUnknown].map(({ didYouMean }) => didYouMean)).toEqual([
      null,
      'vast Yellow lamp',
      'vase',
    ]);
    const byWords = ({ edges }: typeof alone) =>
      edges.filter(({ explanation }) =>
        explanation.signals.some(({ signal, normalized }) => signal === 'LEXICAL' && normalized > 0),
      );
    expect(byWords(alone)).toEqual([]);
    expect(byWords(asIfUnknown)).not.toEqual([]);
  });
});

describe('a search that is sent at every keystroke', () => {
  it('is continued to what is most common from the third letter on, and left as it is where a word may end', async () => {
    const typed = ['yellow ch', 'yellow cha', 'yellow chai', 'yellow chair', 'yellow cha?', 'xyz', 'cha yellow'];
    expect(await Promise.all(typed.map((text) => meant({ text })))).toEqual([
      null,
      'yellow chair',
      'yellow chair',
      ...Array.from({ length: 4 }, () => null),
    ]);
  });

  it('finds by words what was begun where it cannot be told which vector is of which words', async () => {
    const [begun, whole] = await Promise.all(
      ['cha', 'chair'].map((text) => shop.search({ parts: [{ text: 'yellow' }, { text }] })),
    );
    expect(begun?.didYouMean).toBe('yellow chair');
    const byWords = (found?: Found): readonly unknown[] =>
      (found?.edges ?? [])
        .map(({ itemId, explanation }) => [itemId, explanation.signals.find(({ signal }) => signal === 'LEXICAL')])
        .sort();
    expect(byWords(begun)).toEqual(byWords(whole));
  });
});

describe('a misspelt search whose mended words cannot be encoded', () => {
  it('is answered by the words as they were sent, and says so', async () => {
    const encoders = hashingEncoders();
    const text: TextEncoder = {
      ...encoders.text,
      encode: (inputs) =>
        inputs.some((input) => input.text === 'Yellow lamp')
          ? Promise.reject(new Error('no thread is left'))
          : encoders.text.encode(inputs),
    };
    const strained = await openShop({ encoders: { ...encoders, text } });
    const found = await strained.search({ text: 'Yelow lamp' });
    await strained.close();
    expect(found.didYouMean).toBe('Yellow lamp');
    expect(lostIn(found)).toEqual(['WORDS_NOT_MENDED']);
  });
});
