import { readFile } from 'node:fs/promises';
import { Tokenizer as Untyped } from '@huggingface/tokenizers';

/** What is used of the package, whose own types do not resolve under Node's module rules. */
interface Tokenizer {
  encode(text: string, options: { readonly add_special_tokens: boolean }): { readonly ids: readonly number[] };
  token_to_id(token: string): number | undefined;
}

const Tokenizer = Untyped as unknown as new (tokenizer: object, config: object) => Tokenizer;

export interface TextTokenizer {
  /** Token ids with the model's special tokens around them; never more than `maxTokens`. */
  encode(text: string): readonly number[];
  /** Whether a word is a token of its own, and not put together from pieces. */
  isWhole(word: string): boolean;
  readonly padId: number;
}

/** No vocabulary has longer tokens on average, and cutting first bounds the time that a huge text can take. */
const CHARACTERS_A_TOKEN = 20;

const UNKNOWN_TOKENS = ['[UNK]', '<unk>'];
const PAD_TOKENS = ['[PAD]', '<pad>', '<|endoftext|>'];

/**
 * Reads a `tokenizer.json`. Texts are cut at the end of their words, never at the special tokens that close them: a model
 * that pools at its last token needs that one.
 */
export async function openTextTokenizer(file: string, maxTokens: number): Promise<TextTokenizer> {
  const tokenizer = new Tokenizer(JSON.parse(await readFile(file, 'utf8')) as object, {});
  const { before, after } = specialTokens(tokenizer);
  const room = Math.max(0, maxTokens - before.length - after.length);
  const unknown = UNKNOWN_TOKENS.map((token) => tokenizer.token_to_id(token));
  return {
    isWhole(word) {
      const [id, ...more] = idsOf(tokenizer, word, false);
      return id !== undefined && more.length === 0 && !unknown.includes(id);
    },
    padId: PAD_TOKENS.map((token) => tokenizer.token_to_id(token)).find((id) => id !== undefined) ?? 0,
    encode(text) {
      const words = text.slice(0, maxTokens * CHARACTERS_A_TOKEN);
      return [...before, ...idsOf(tokenizer, words, false).slice(0, room), ...after];
    },
  };
}

/** What the model wants around a text, seen from a text whose own tokens are known. */
function specialTokens(tokenizer: Tokenizer): {
  readonly before: readonly number[];
  readonly after: readonly number[];
} {
  const own = idsOf(tokenizer, 'a', false);
  const whole = idsOf(tokenizer, 'a', true);
  const at = whole.findIndex((_, i) => own.every((id, j) => whole[i + j] === id));
  return at < 0 ? { before: [], after: [] } : { before: whole.slice(0, at), after: whole.slice(at + own.length) };
}

function idsOf(tokenizer: Tokenizer, text: string, withSpecial: boolean): readonly number[] {
  return tokenizer.encode(text, { add_special_tokens: withSpecial }).ids;
}
