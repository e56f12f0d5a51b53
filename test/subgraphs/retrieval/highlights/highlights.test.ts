import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Item } from '../../../../src/vocabulary/item.ts';
import { highlighter } from '../../../../subgraphs/retrieval/highlights/highlighter.ts';
import type { Highlight } from '../../../../subgraphs/retrieval/highlights/highlights.ts';
import { synonymRules } from '../../../../subgraphs/retrieval/index/synonym-rules.ts';
import { Synonyms } from '../../../../subgraphs/retrieval/index/synonyms.ts';

const RULES = new Synonyms(synonymRules('telly => television\nsofa, corner seat'));

function item(said: Partial<Item>): Item {
  return { id: 'a', title: '', category: [], images: [], attributes: {}, ...said };
}

function found(words: string, said: Partial<Item>, length = 160): readonly Highlight[] {
  return highlighter(words, RULES)(item(said), length);
}

/** With what matched in brackets. */
function shown({ parts }: Pick<Highlight, 'parts'>): string {
  return parts.map(({ text, matched }) => (matched ? `[${text}]` : text)).join('');
}

function marked(words: string, title: string): string | undefined {
  const [first] = found(words, { title });
  return first && shown(first);
}

describe('the highlights of an item', () => {
  it.each([
    ['a plural', 'red dresses', 'A Dress for men, in RED', 'A [Dress] for men, in [RED]'],
    ['accents', 'cafe creme', 'Café Crème', '[Café] [Crème]'],
    ['two words that are one here', 'sun glasses', 'Black sunglasses', 'Black [sunglasses]'],
    ['one word that is two here', 'sunglasses', 'Sun glasses, black', '[Sun glasses], black'],
    ['a measure with and without spaces', '60x120', 'Rug, 60 x 120 cm', 'Rug, [60 x 120] cm'],
    ['a measure as a whole', '1,5l jugs', 'Jug with 1 lid, 1.5 l, or 2 l', '[Jug] with 1 lid, [1.5 l], or 2 l'],
    ['initials', 'us', 'Made in the U.S.', 'Made in the [U.S].'],
    ['what a hyphen holds', 'tshirt', 'A white T-shirt', 'A white [T-shirt]'],
    ['a synonym', 'telly', 'Old television set', 'Old [television] set'],
    ['all of a synonym of several words', 'sofa', 'Seat for the corner', '[Seat] for the [corner]'],
    ['each word by itself', 'belly mug', 'Mug, a belly mug', '[Mug], a [belly] [mug]'],
    ['nothing of a possessive but its word', "men's", 'Shirt, men’s', 'Shirt, [men]’s'],
  ])('show %s', (...[, words, title, expected]) => {
    expect(marked(words, title)).toBe(expected);
  });

  it.each([
    ['words such as "the"', 'the mug', 'The lamp'],
    ['part of a synonym of several words', 'sofa', 'Seat for two'],
    ['a part of a word', 'car', 'A carpet'],
    ['words that only look alike', 'mug', 'A smug bug'],
    ['the end of another measure', '5l', 'Jug, 1.5 l'],
  ])('do not show %s', (_, words, title) => {
    expect(marked(words, title)).toBeUndefined();
  });

  it('are of every field that says it, a value each, and of no number or address', () => {
    const said: Partial<Item> = {
      title: 'Lamp',
      brand: 'Blue Hill',
      category: ['Home', 'Blue things', 'True blues'],
      description: 'It is blue.',
      attributes: { colour: ['red', 'blue'], blueness: 5, page: 'https://blue.example/blue' },
    };
    expect(found('blue', said).map((one) => `${one.field}: ${shown(one)}`)).toEqual([
      'brand: [Blue] Hill',
      'category: [Blue] things',
      'category: True [blues]',
      'description: It is [blue].',
      'colour: [blue]',
    ]);
  });

  it('are of a long text the part with most of what was searched, cut between words', () => {
    const padding = 'It has been made with much care by hand. ';
    const description = `${padding.repeat(5)}A blue one. ${padding.repeat(5)}A mug in blue, or two. ${padding.repeat(5)}`;
    const [one] = found('blue mugs', { description }, 60);
    expect(one && shown(one)).toMatch(/^…[A-Z]?[a-z]* ?.*A \[mug\] in \[blue\], or two\..*…$/);
  });

  it.each([
    [
      'Chinese',
      '高跟鞋',
      '这款连衣裙采用优质面料制作而成，穿着舒适，适合春夏季节，搭配高跟鞋或者平底鞋都非常好看，无论是上班还是约会都可以穿着。',
      '…适合春夏季节，搭配[高跟鞋]或者平底鞋都非常好看，…',
    ],
    [
      'Thai',
      'ทำงาน',
      'เสื้อเชิ้ตผ้าฝ้ายสีขาวสำหรับผู้ชายใส่สบายเหมาะกับทุกโอกาสไม่ว่าจะเป็นการทำงานหรือท่องเที่ยว',
      '…จะเป็นการ[ทำงาน]หรือท่อง…',
    ],
  ])('are of a text in %s, which has no spaces, as long as of any other', (...[, words, description, expected]) => {
    expect(found(words, { description }, 25).map(shown)).toEqual([expected]);
  });

  it('are as long as asked for where a text says nothing else than what was searched all over', () => {
    for (const [words, description] of [
      ['s', 's '.repeat(200_000)],
      ['abba baab', 'ab ba '.repeat(10_000)],
    ] as const) {
      const [one] = found(words, { description }, 60);
      const whole = one?.parts.map(({ text }) => text).join('') ?? '';
      expect(whole.length).toBeGreaterThan(50);
      expect(whole.length).toBeLessThanOrEqual(62);
    }
  });

  it('of an item are looked for once, in whatever lengths a page asks for them', () => {
    let times = 0;
    const get = () => {
      times += 1;
      return 'A blue mug for a blue day. '.repeat(10);
    };
    const said = Object.defineProperty(item({}), 'description', { get });
    const show = highlighter('blue', RULES);
    const lengths = [20, 40, 80].map(
      (length) =>
        show(said, length)
          .flatMap((one) => shown(one))
          .join('').length,
    );
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
    const once = times;
    show(said, 100);
    expect(times).toBe(once);
  });

  const word = fc.constantFrom(
    'blue',
    'mug',
    'mugs',
    'the',
    'a',
    'Sun',
    'glasses',
    'sunglasses',
    'T-shirt',
    'été',
    '…',
    '\n',
    '👩‍🎨',
  );
  const text = fc.array(word, { maxLength: 60 }).map((words) => words.join(' '));

  it('say what the item says, letter for letter, and no more than was asked for', () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 20, max: 200 }), (words, description, length) => {
        const [one] = found(words, { description }, length);
        if (!one) return;
        expect(one.parts.some(({ matched }) => matched)).toBe(true);
        expect(one.parts.every((part) => part.text.length > 0)).toBe(true);
        const whole = one.parts.map((part) => part.text).join('');
        if (description.length <= length) expect(whole).toBe(description);
        const longest = Math.max(...one.parts.filter(({ matched }) => matched).map((part) => part.text.length));
        expect(whole.length).toBeLessThanOrEqual(Math.max(length, longest) + 2);
        const inner = one.parts.slice(
          one.parts[0]?.text === '…' ? 1 : 0,
          one.parts.at(-1)?.text === '…' ? -1 : undefined,
        );
        expect(description).toContain(inner.map((part) => part.text).join(''));
      }),
    );
  });
});
