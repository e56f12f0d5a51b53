import { encodeQuery } from '../../../subgraphs/query-embedding/encode-query.ts';
import { encodeWith } from '../../../subgraphs/query-embedding/encode-with.ts';
import { photoEncoder } from '../../../subgraphs/query-embedding/photo-encoder.ts';
import type { TrainedParts } from '../../../subgraphs/retrieval/catalogue/training/adopt-trained.ts';
import { buildGeneration } from '../../../subgraphs/retrieval/catalogue/build-generation.ts';
import type { BuildReport } from '../../../subgraphs/retrieval/catalogue/build-report.ts';
import type { Catalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import type { LoggedQuery } from '../../../subgraphs/retrieval/catalogue/fitting/draw-sample.ts';
import { openMemoryIndex } from '../../../subgraphs/retrieval/index/memory/memory-item-index.ts';
import { planSearch } from '../../../subgraphs/retrieval/query-plan.ts';
import type { QueryPlan } from '../../../subgraphs/retrieval/query-plan.ts';
import { servingIndex } from '../../../subgraphs/retrieval/serving-index.ts';
import type { ServingIndex } from '../../../subgraphs/retrieval/serving-index.ts';
import type { QueryEncoding } from '../../../src/vocabulary/encoding.ts';
import type { QueryPart, SearchQuery } from '../../../src/vocabulary/search-request.ts';
import type { EncodedData } from '../encodings/encoded-data.ts';

/** A query as the product has understood it. */
export interface AskedQuery {
  readonly request: SearchQuery;
  readonly encoding: QueryEncoding;
  readonly plan: QueryPlan;
}

/** A catalogue built and served by the product's own code, on the in-memory index. */
export interface Shop {
  readonly index: ServingIndex;
  readonly built: BuildReport;
  /** Encodes a query and leads it to the evidence of items. A picture is given as its bytes. */
  ask(query: { readonly text?: string; readonly picture?: Uint8Array }): Promise<AskedQuery>;
}

export interface ShopPorts {
  readonly encoded: Pick<EncodedData, 'encoders' | 'encodings'>;
  readonly say?: (line: string) => void;
  readonly loggedQueries?: readonly LoggedQuery[];
  /** What was trained beside the build. */
  readonly trained?: TrainedParts;
}

export async function openShop(
  catalogue: Catalogue,
  { encoded, say, loggedQueries, trained }: ShopPorts,
): Promise<Shop> {
  const { encoders, encodings } = encoded;
  const { index, writer } = openMemoryIndex();
  const onProgress = phases(catalogue.name, say);
  const built = await buildGeneration(catalogue, { writer, encoders, encodings, loggedQueries, trained, onProgress });
  return shopOf(servingIndex(index), built, { encoded });
}

/** A shop around an index that is already served. */
export function shopOf(index: ServingIndex, built: BuildReport, { encoded }: ShopPorts): Shop {
  return {
    index,
    built,
    ask: async ({ text, picture }) => {
      const parts: readonly QueryPart[] = [
        ...(text === undefined ? [] : [{ kind: 'TEXT' as const, text, weight: 1 }]),
        ...(picture === undefined ? [] : [{ kind: 'IMAGE_ID' as const, imageId: 'photo', weight: 1 }]),
      ];
      const request = searchFor(parts);
      const encoding = await encodeQuery(request, {
        encoders: () => ({ text: [encoded.encoders.text] }),
        encodePicture: () => encodeWith([photoEncoder(encoded.encoders.picture)], picture ?? new Uint8Array()),
      });
      return { request, encoding, plan: await planSearch(request, encoding, index) };
    },
  };
}

function searchFor(parts: readonly QueryPart[]): SearchQuery {
  return {
    kind: 'SEARCH',
    queryId: 'asked',
    hash: '',
    viewer: {},
    parts,
    facets: [],
    sort: [],
    personalization: { enabled: false },
    first: 100,
  };
}

function phases(name: string, say?: (line: string) => void): (progress: { readonly phase: string }) => void {
  let last = '';
  return ({ phase }) => {
    if (phase !== last) say?.(`${name}: ${phase}`);
    last = phase;
  };
}
