import { describe, expect, it } from '@jest/globals';
import { underDeadline } from '../../../src/runtime/current-deadline.ts';
import { DeadlineExceeded } from '../../../src/runtime/within-deadline.ts';
import { deadlineIn } from '../../../src/vocabulary/deadline.ts';
import { queryPictures } from '../../../subgraphs/query-embedding/query-pictures.ts';
import type { PictureName } from '../../../subgraphs/query-embedding/query-pictures.ts';
import { countingPictureEncoder } from '../../inference/counting-picture-encoder.ts';
import { plainPicture } from '../../inference/pictures.ts';

/** Where uploads are kept, which answers nobody until it is let go. */
function heldUploads() {
  const asked: string[] = [];
  let open: (bytes: Uint8Array) => void = () => undefined;
  const gate = new Promise<Uint8Array>((resolve) => (open = resolve));
  const get = (id: string) => {
    asked.push(id);
    return gate;
  };
  return { asked, get, letGo: async () => open(await plainPicture('#ff0000')) };
}

function open(uploads: ReturnType<typeof heldUploads>) {
  const { encoder, seen } = countingPictureEncoder();
  const encodePicture = queryPictures({
    encoders: () => ({ picture: [encoder] }),
    uploads,
    fetchPicture: uploads.get,
  });
  return { encodePicture, seen };
}

const upload = (imageId: string): PictureName => ({ kind: 'IMAGE_ID', imageId });

describe('the pictures of queries', () => {
  it('are read and encoded once for all who ask for the same at the same time', async () => {
    const uploads = heldUploads();
    const { encodePicture, seen } = open(uploads);
    const all = Promise.all(Array.from({ length: 160 }, () => encodePicture(upload('a'))));
    await uploads.letGo();
    expect(new Set(await all).size).toBe(1);
    expect([uploads.asked, seen]).toEqual([['a'], [1]]);
  });

  it.each([
    ['uploads', 3, upload],
    ['URLs', 16, (n: string): PictureName => ({ kind: 'IMAGE_URL', imageUrl: `https://shop/${n}` })],
  ])('are few in memory at a time, however many %s are asked for', async (_, few, named) => {
    const uploads = heldUploads();
    const { encodePicture } = open(uploads);
    const all = Promise.all(Array.from({ length: 100 }, (__, n) => encodePicture(named(String(n)))));
    expect(uploads.asked).toHaveLength(few);
    await uploads.letGo();
    expect(await all).toHaveLength(100);
    expect(uploads.asked).toHaveLength(100);
  });

  it('are not begun when nobody waits for them any longer', async () => {
    const uploads = heldUploads();
    const { encodePicture } = open(uploads);
    const first = ['a', 'b', 'c'].map((id) => encodePicture(upload(id)));
    const late = underDeadline(deadlineIn(-1), () => encodePicture(upload('late')));
    const outcome = late.catch((error: unknown) => error);
    const shared = underDeadline(deadlineIn(-1), () => encodePicture(upload('shared')));
    const patient = encodePicture(upload('shared'));
    await uploads.letGo();
    await Promise.all([...first, shared, patient]);
    expect(await outcome).toBeInstanceOf(DeadlineExceeded);
    expect(uploads.asked).toEqual(['a', 'b', 'c', 'shared']);
  });

  it('are asked for anew after they could not be read', async () => {
    let times = 0;
    const get = () => {
      times++;
      return Promise.reject(new Error('away'));
    };
    const encodePicture = queryPictures({ encoders: () => ({ picture: [] }), uploads: { get }, fetchPicture: get });
    await expect(encodePicture(upload('a'))).rejects.toThrow('away');
    await expect(encodePicture(upload('a'))).rejects.toThrow('away');
    expect(times).toBe(2);
  });
});
