import { bulkhead } from 'cockatiel';
import { currentDeadline } from '../../src/runtime/current-deadline.ts';
import type { PictureFetch } from '../../src/runtime/picture-fetch.ts';
import { DeadlineExceeded } from '../../src/runtime/within-deadline.ts';
import type { QueryPart } from '../../src/vocabulary/search-request.ts';
import { encodeWith } from './encode-with.ts';
import type { EncodedInput, OnLeftOut } from './encode-with.ts';
import type { PictureStore } from './picture-store.ts';
import type { QueryEncoders } from './query-encoders.ts';

export interface QueryPicturesPorts {
  /** What is loaded now. */
  readonly encoders: () => Pick<QueryEncoders, 'picture'>;
  /** The pictures that were uploaded. */
  readonly uploads: Pick<PictureStore, 'get'>;
  readonly fetchPicture: PictureFetch;
  readonly onLeftOut?: OnLeftOut;
}

/** A picture as a query names it. */
export type PictureName = Pick<Extract<QueryPart, { kind: 'IMAGE_ID' }>, 'kind' | 'imageId'> | PictureUrl;
type PictureUrl = Pick<Extract<QueryPart, { kind: 'IMAGE_URL' }>, 'kind' | 'imageUrl'>;

/**
 * Reads a picture and encodes it with every model of pictures that is in use.
 *
 * @throws MedleyError UNKNOWN_IMAGE, IMAGE_UNREADABLE, IMAGE_TOO_LARGE, IMAGE_UNREACHABLE, QUERY_EMBEDDING_UNAVAILABLE;
 *   DeadlineExceeded where it was not begun before the deadline of everybody who waits for it
 */
export type EncodePicture = (name: PictureName) => Promise<readonly EncodedInput[]>;

/** Pictures that are read and decoded at once: fewer than the threads that all work with files has. */
const AT_ONCE = 3;
/** Pictures by URL at once: most of their time is waiting for a host. */
const FETCHED_AT_ONCE = 16;

interface UnderWay {
  readonly encoded: Promise<readonly EncodedInput[]>;
  /** When the last of those who wait for it has given up, epoch milliseconds. */
  until: number;
}

/**
 * The pictures of queries. However many ask, few are held in memory at once: askers of the same picture share the work, the
 * others wait their turn, and what nobody waits for any longer is not begun.
 */
export function queryPictures({ encoders, uploads, fetchPicture, onLeftOut }: QueryPicturesPorts): EncodePicture {
  const underWay = new Map<string, UnderWay>();
  const [fetching, decoding] = [bulkhead(FETCHED_AT_ONCE, Infinity), bulkhead(AT_ONCE, Infinity)];

  const encode = (name: PictureName, inTime: () => void): Promise<readonly EncodedInput[]> => {
    const encodeBytes = (read: () => Promise<Uint8Array>) =>
      decoding.execute(async () => {
        inTime();
        return encodeWith(encoders().picture, await read(), onLeftOut);
      });
    if (name.kind === 'IMAGE_ID') return encodeBytes(() => uploads.get(name.imageId));
    return fetching.execute(async () => {
      inTime();
      const bytes = await fetchPicture(name.imageUrl);
      return encodeBytes(() => Promise.resolve(bytes));
    });
  };

  return (name) => {
    const key = keyOf(name);
    const until = currentDeadline()?.at ?? Infinity;
    const shared = underWay.get(key);
    if (shared) {
      shared.until = Math.max(shared.until, until);
      return shared.encoded;
    }
    const inTime = () => {
      if (Date.now() > (underWay.get(key)?.until ?? until)) throw new DeadlineExceeded();
    };
    const encoded = encode(name, inTime).finally(() => underWay.delete(key));
    underWay.set(key, { encoded, until });
    return encoded;
  };
}

function keyOf(name: PictureName): string {
  return name.kind === 'IMAGE_ID' ? `id ${name.imageId}` : `url ${name.imageUrl}`;
}
