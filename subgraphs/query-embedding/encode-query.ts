import { currentDeadline } from '../../src/runtime/current-deadline.ts';
import { MedleyError } from '../../src/runtime/errors.ts';
import { DeadlineExceeded, withinDeadline } from '../../src/runtime/within-deadline.ts';
import { remaining } from '../../src/vocabulary/deadline.ts';
import type { EncodedPart, QueryEncoding } from '../../src/vocabulary/encoding.ts';
import { queryTilt } from '../../src/vocabulary/query-tilt.ts';
import type { QueryPart, SearchQuery } from '../../src/vocabulary/search-request.ts';
import { straightApostrophes } from '../../src/vocabulary/straight-apostrophes.ts';
import { encodeWith } from './encode-with.ts';
import type { EncodedInput, OnLeftOut } from './encode-with.ts';
import type { QueryEncoders } from './query-encoders.ts';
import type { EncodePicture, PictureName } from './query-pictures.ts';

export interface EncodeQueryPorts {
  /** What is loaded now. */
  readonly encoders: () => Pick<QueryEncoders, 'text'>;
  readonly encodePicture: EncodePicture;
  readonly onLeftOut?: OnLeftOut;
}

/**
 * Encodes the words and pictures of a query, all at the same time; parts that name an item are retrieval's. While a model is
 * changed, a part is encoded by the old one and the new one, and whoever compares takes what is of its space. A part that an
 * encoder fails on, or a picture that takes too long, is left out and the others count, but a picture that the query names and
 * that is not there, or is no picture, is the asker's to mend.
 *
 * @throws MedleyError UNKNOWN_IMAGE, IMAGE_UNREADABLE, IMAGE_TOO_LARGE, IMAGE_UNREACHABLE
 */
export async function encodeQuery({ parts }: SearchQuery, ports: EncodeQueryPorts): Promise<QueryEncoding> {
  const encoded = await Promise.all(parts.map((part) => encodePart(part, ports)));
  return { parts: encoded.flat(), tilt: queryTilt(parts) };
}

async function encodePart(part: QueryPart, ports: EncodeQueryPorts): Promise<readonly EncodedPart[]> {
  switch (part.kind) {
    case 'TEXT':
      if (part.text.trim() === '') return [];
      return weighted(await encodeText(part.text, ports), part.weight);
    case 'IMAGE_ID':
    case 'IMAGE_URL':
      return weighted(await encodePicture(part, ports), part.weight);
    case 'ITEM':
      return [];
  }
}

function encodeText(text: string, { encoders, onLeftOut }: EncodeQueryPorts): Promise<readonly EncodedInput[]> {
  return encodeWith(encoders().text, { text: straightApostrophes(text), role: 'query' }, onLeftOut);
}

function weighted(encoded: readonly EncodedInput[], weight: number): readonly EncodedPart[] {
  return encoded.map((one) => ({ ...one, weight }));
}

/** Where uploads are kept may be away for a while, and other viewers' pictures may come first: that is not the asker's to mend. */
async function encodePicture(name: PictureName, ports: EncodeQueryPorts): Promise<readonly EncodedInput[]> {
  try {
    return await answeredInTime(() => ports.encodePicture(name));
  } catch (error) {
    const ours = error instanceof DeadlineExceeded || isUnavailable(error);
    if (!ours) throw error;
    ports.onLeftOut?.(error);
    return [];
  }
}

function isUnavailable(error: unknown): error is MedleyError {
  return error instanceof MedleyError && error.code === 'QUERY_EMBEDDING_UNAVAILABLE';
}

/** What is kept of the time to answer with the parts that are ready: milliseconds, and at most this share. */
const ANSWERING = 200;
const SHARE = 0.2;

/** A picture must not take the answer of the other parts along: it has a little less time than the request. */
async function answeredInTime<T>(work: () => Promise<T>): Promise<T> {
  const deadline = currentDeadline();
  if (!deadline) return work();
  const kept = Math.min(ANSWERING, SHARE * remaining(deadline));
  return withinDeadline({ at: deadline.at - kept }, work);
}
