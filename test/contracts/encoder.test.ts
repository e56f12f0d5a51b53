import { describe, expect, it } from '@jest/globals';
import { cachedEncoder, pictureKey, textKey } from '../../src/inference/cached-encoder.ts';
import type { TextInput } from '../../src/inference/encoder.ts';
import { EncodingFailure } from '../../src/inference/encoder.ts';
import { hashingPictureEncoder, hashingTextEncoder } from '../../src/inference/hashing-encoder.ts';
import { openOnnxPictureEncoder } from '../../src/inference/onnx-picture-encoder.ts';
import { openOnnxTextEncoder } from '../../src/inference/onnx-text-encoder.ts';
import { norm } from '../../src/vocabulary/vector.ts';
import { PICTURE_MODEL, TEXT_MODEL, WITHOUT_MODELS } from '../inference/model-folders.ts';
import { plainPicture } from '../inference/pictures.ts';
import { describeEncoder } from './describe-encoder.ts';

const texts = (): Promise<readonly [TextInput, TextInput, TextInput]> =>
  Promise.resolve([
    { text: 'red summer dress', role: 'query' },
    { text: 'a summer dress in red', role: 'query' },
    { text: 'laptop charger 65 W', role: 'query' },
  ]);

const pictures = async (): Promise<readonly [Uint8Array, Uint8Array, Uint8Array]> => [
  await plainPicture('#d02020'),
  await plainPicture('#e03030'),
  await plainPicture('#2040d0'),
];

const notAPicture = new Uint8Array(Buffer.from('these are words, not a picture'));

describeEncoder('hashing (texts)', { open: () => Promise.resolve(hashingTextEncoder()), alike: texts });
describeEncoder('hashing (pictures)', {
  open: () => Promise.resolve(hashingPictureEncoder()),
  alike: pictures,
  bad: notAPicture,
});
describeEncoder('cached (texts)', {
  open: () => Promise.resolve(cachedEncoder(hashingTextEncoder(), { entries: 100, key: textKey })),
  alike: texts,
});
describeEncoder('cached (pictures)', {
  open: () => Promise.resolve(cachedEncoder(hashingPictureEncoder(), { entries: 100, key: pictureKey })),
  alike: pictures,
  bad: notAPicture,
});
describeEncoder('ONNX (texts)', {
  open: () => openOnnxTextEncoder(TEXT_MODEL, { workers: 2 }),
  alike: texts,
  skip: WITHOUT_MODELS,
});
describeEncoder('ONNX (pictures)', {
  open: () => openOnnxPictureEncoder(PICTURE_MODEL, { workers: 2 }),
  alike: pictures,
  bad: notAPicture,
  skip: WITHOUT_MODELS,
});

describe('text encoders', () => {
  it.each([
    ['hashing', () => Promise.resolve(hashingTextEncoder())],
    ...(WITHOUT_MODELS === undefined ? [['ONNX', () => openOnnxTextEncoder(TEXT_MODEL, { workers: 1 })] as const] : []),
  ] as const)('give vectors of length 1, for no words and for ten thousand characters (%s)', async (_, open) => {
    const encoder = await open();
    const outcomes = await encoder.encode(['', 'shoe', 'shoe '.repeat(2000)].map((text) => ({ text, role: 'query' })));
    await encoder.close();
    const lengths = outcomes.map((outcome) => (outcome instanceof EncodingFailure ? 0 : norm(outcome)));
    for (const length of lengths) expect(length).toBeCloseTo(1, 4);
  });
});
