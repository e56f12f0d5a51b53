import { execute, parse } from 'graphql';
import type { ExecutionResult } from 'graphql';
import { describe, expect, it } from '@jest/globals';
import { EncodingFailure } from '../../../src/inference/encoder.ts';
import type { TextEncoder } from '../../../src/inference/encoder.ts';
import { hashingPictureEncoder, hashingTextEncoder } from '../../../src/inference/hashing-encoder.ts';
import { underDeadline } from '../../../src/runtime/current-deadline.ts';
import { MedleyError } from '../../../src/runtime/errors.ts';
import { DeadlineExceeded } from '../../../src/runtime/within-deadline.ts';
import { deadlineIn } from '../../../src/vocabulary/deadline.ts';
import { fromBase64, norm } from '../../../src/vocabulary/vector.ts';
import { queryEmbeddingSubgraph } from '../../../subgraphs/query-embedding/subgraph.ts';
import type { QueryEmbeddingPorts } from '../../../subgraphs/query-embedding/subgraph.ts';
import { plainPicture } from '../../inference/pictures.ts';

const ENTITIES = parse(`query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on SearchConnection { encoding { parts { modality space weight vector } tilt refusal { code message } } }
  }
}`);

const [text, picture] = [hashingTextEncoder(), hashingPictureEncoder()];

/** Reads every letter as it is written. */
const literal: TextEncoder = {
  ...text,
  encode: (inputs) =>
    Promise.resolve(
      inputs.map((input) => Float32Array.from(Array.from(input.text.padEnd(64)), (letter) => letter.charCodeAt(0))),
    ),
};

const ports: QueryEmbeddingPorts = {
  encoders: () => ({ text: [text], picture: [picture] }),
  uploads: {
    get: async (id) => {
      if (id === 'red') return plainPicture('#ff0000');
      throw new MedleyError('UNKNOWN_IMAGE', 'No uploaded picture has this id.');
    },
  },
  fetchPicture: () => Promise.resolve(Buffer.from('<html>a page, not a picture</html>')),
};

async function encoding(request: object, changed: Partial<QueryEmbeddingPorts> = {}) {
  const variableValues = {
    representations: [{ __typename: 'SearchConnection', id: 'q1', request: { kind: 'SEARCH', ...request } }],
  };
  const schema = queryEmbeddingSubgraph({ ...ports, ...changed });
  const { data, errors } = (await execute({ schema, document: ENTITIES, variableValues })) as ExecutionResult<{
    _entities: [{ encoding: { parts: Record<string, unknown>[] | null; tilt: unknown; refusal: unknown } | null }];
  }>;
  return { encoding: data?._entities[0].encoding, errors };
}

const red = { kind: 'TEXT', text: 'red shoe', weight: 1 };
const upload = { kind: 'IMAGE_ID', imageId: 'red', weight: -0.5 };

describe('the query-embedding subgraph', () => {
  it('answers a vector for every word and picture part, with its weight and space', async () => {
    const answer = await encoding({ parts: [red, upload] });
    expect(answer.encoding?.parts).toMatchObject([
      { modality: 'TEXT', space: 'hashing-text@1', weight: 1 },
      { modality: 'IMAGE', space: 'hashing-picture@1', weight: -0.5 },
    ]);
    const vectors = answer.encoding?.parts?.map(({ vector }) => fromBase64(String(vector))) ?? [];
    for (const vector of vectors) expect(norm(vector)).toBeCloseTo(1, 2);
    expect(answer.encoding?.tilt).toEqual({ IMAGE: expect.any(Number) });
  });

  it('answers an empty object at once to a request with a cursor', async () => {
    const never: TextEncoder = { ...text, encode: () => new Promise(() => undefined) };
    const answer = await encoding({ parts: [red], after: 20 }, { encoders: () => ({ text: [never], picture: [] }) });
    expect(answer).toEqual({ encoding: { parts: null, tilt: null, refusal: null }, errors: undefined });
  });

  it('answers the same vector whichever apostrophe a keyboard writes', async () => {
    const vectors = await Promise.all(
      ["women's dress", 'women’s dress', 'womenʼs dress', 'women´s dress', 'women`s dress'].map(async (words) => {
        const answer = await encoding(
          { parts: [{ kind: 'TEXT', text: words, weight: 1 }] },
          { encoders: () => ({ text: [literal], picture: [] }) },
        );
        return answer.encoding?.parts?.[0]?.['vector'];
      }),
    );
    expect(new Set(vectors).size).toBe(1);
    expect(vectors[0]).toBeDefined();
  });

  it('leaves parts that name an item, and empty words, to others', async () => {
    const answer = await encoding({
      parts: [
        { kind: 'ITEM', itemId: 'i1', weight: 1 },
        { kind: 'TEXT', text: '  ', weight: 1 },
      ],
    });
    expect(answer.encoding).toEqual({ parts: [], tilt: {}, refusal: null });
  });

  it.each([
    ['an upload that is not there', { kind: 'IMAGE_ID', imageId: 'gone', weight: 1 }, 'UNKNOWN_IMAGE'],
    ['a URL that holds no picture', { kind: 'IMAGE_URL', imageUrl: 'https://shop/', weight: 1 }, 'IMAGE_UNREADABLE'],
  ])('tells the asker of %s', async (_, part, code) => {
    const answer = await encoding({ parts: [red, part] });
    const refusal = { code, message: expect.any(String) };
    expect(answer).toEqual({ encoding: { parts: null, tilt: null, refusal }, errors: undefined });
  });

  it('goes on with the other parts when an encoder fails, and reports it', async () => {
    const failures: Error[] = [];
    const broken: TextEncoder = { ...text, encode: () => Promise.reject(new Error('all threads are gone')) };
    const answer = await encoding(
      { parts: [red, upload] },
      {
        encoders: () => ({ text: [broken], picture: [picture] }),
        onLeftOut: (failure) => failures.push(failure),
      },
    );
    expect(answer.encoding?.parts).toMatchObject([{ modality: 'IMAGE' }]);
    expect(failures).toEqual([expect.any(EncodingFailure)]);
  });

  it('answers with the other parts in time when a picture takes longer than the request may', async () => {
    const failures: Error[] = [];
    const slow = { kind: 'IMAGE_URL', imageUrl: 'https://slow/', weight: 1 };
    const answer = await underDeadline(deadlineIn(500), () =>
      encoding(
        { parts: [red, slow] },
        { fetchPicture: () => new Promise(() => undefined), onLeftOut: (failure) => failures.push(failure) },
      ),
    );
    expect(answer.encoding?.parts).toMatchObject([{ modality: 'TEXT' }]);
    expect(failures).toEqual([expect.any(DeadlineExceeded)]);
  });

  it('encodes a part by every model that is in use, as vectors of a space each', async () => {
    const other: TextEncoder = { ...text, space: 'another@1' };
    const { encoding: encoded } = await encoding(
      { parts: [red, upload] },
      { encoders: () => ({ text: [text, other], picture: [picture] }) },
    );
    expect(encoded?.parts?.map(({ space }) => space)).toEqual(['hashing-text@1', 'another@1', 'hashing-picture@1']);
  });

  it('names its encoders and their spaces', async () => {
    const answer = await execute({
      schema: queryEmbeddingSubgraph(ports),
      document: parse('{ encoders { name space dims modality } }'),
    });
    expect(JSON.parse(JSON.stringify(answer.data))).toEqual({
      encoders: [
        { name: 'hashing-text', space: 'hashing-text@1', dims: 64, modality: 'TEXT' },
        { name: 'hashing-picture', space: 'hashing-picture@1', dims: 64, modality: 'IMAGE' },
      ],
    });
  });
});
