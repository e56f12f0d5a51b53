import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openTextTokenizer } from '../../src/inference/text-tokenizer.ts';
import { TEXT_MODEL, WITHOUT_MODELS } from './model-folders.ts';

const suite = WITHOUT_MODELS === undefined ? describe : describe.skip;

suite(`the tokenizer of the text model${WITHOUT_MODELS === undefined ? '' : ` (skipped: ${WITHOUT_MODELS})`}`, () => {
  const open = (maxTokens: number) => openTextTokenizer(join(TEXT_MODEL, 'tokenizer.json'), maxTokens);

  it('gives the ids that the model was trained with', async () => {
    const tokenizer = await open(256);
    expect(tokenizer.encode('red shoe')).toEqual([101, 2417, 10818, 102]);
    expect(tokenizer.encode('Red SHOE')).toEqual(tokenizer.encode('red shoe'));
    expect(tokenizer.padId).toBe(0);
  });

  it('cuts a long text at its words and keeps the tokens around it', async () => {
    const tokenizer = await open(8);
    const ids = tokenizer.encode('red shoe '.repeat(1000));
    expect(ids).toEqual([101, 2417, 10818, 2417, 10818, 2417, 10818, 102]);
  });

  it('tells words that the model has whole from those that it puts together', async () => {
    const tokenizer = await open(16);
    const whole = ['shirt', 'Sneakers', 'shrit', 'yelow', '赤い靴', ''].filter((word) => tokenizer.isWhole(word));
    expect(whole).toEqual(['shirt', 'Sneakers']);
  });

  it('reads an empty text, emoji and other scripts', async () => {
    const tokenizer = await open(16);
    expect(tokenizer.encode('')).toEqual([101, 102]);
    for (const text of ['👗👠', '赤い靴', 'حذاء أحمر', '\u0000\uD800'])
      expect(tokenizer.encode(text).length).toBeGreaterThan(1);
  });
});
