import { describe, expect, it } from '@jest/globals';
import { hashingPictureEncoder } from '../../../src/inference/hashing-encoder.ts';
import { cachedEncoder, pictureKey } from '../../../src/inference/cached-encoder.ts';
import { EncodingFailure } from '../../../src/inference/encoder.ts';
import { photoEncoder } from '../../../subgraphs/query-embedding/photo-encoder.ts';
import { countingPictureEncoder } from '../../inference/counting-picture-encoder.ts';
import { noisyPicture } from '../../inference/pictures.ts';

describe('the encoder of photos', () => {
  it('looks at the whole and at the middle, and remembers both as one vector', async () => {
    const { encoder: counting, seen } = countingPictureEncoder();
    const encoder = cachedEncoder(photoEncoder(counting), { entries: 10, key: pictureKey });
    const photo = await noisyPicture();
    const [first] = await encoder.encode([photo]);
    expect(await encoder.encode([photo])).toEqual([first]);
    expect(first).not.toEqual((await hashingPictureEncoder().encode([photo]))[0]);
    expect(seen).toEqual([2]);
  });

  it('says of bytes that are no picture what the encoder says', async () => {
    const [outcome] = await photoEncoder(hashingPictureEncoder()).encode([Buffer.from('no picture')]);
    expect(outcome).toBeInstanceOf(EncodingFailure);
    expect(outcome).toMatchObject({ code: 'IMAGE_UNREADABLE' });
  });
});
