import assert from 'node:assert/strict';
import { Client } from 'undici';
import type { CandidateSet, GenerationHead, IndexQuery } from '../../subgraphs/retrieval/index/item-index.ts';
import {
  candidateRequest,
  LEXICAL,
  partName,
} from '../../subgraphs/retrieval/index/elasticsearch/candidate-request.ts';
import { toQuery } from '../../subgraphs/retrieval/index/elasticsearch/filter-query.ts';
import { queryTerms, wayOf } from '../../subgraphs/retrieval/index/lexicon.ts';

/** A node asked by hand: nothing between the request and its answer but HTTP and JSON. */
export class BareElasticsearch {
  readonly #client: Client;
  readonly #path: string;

  constructor(node: string, index: string) {
    this.#client = new Client(node);
    const read = 'hits.hits.fields,hits.hits.matched_queries,timed_out,_shards.failed';
    this.#path = `/${index}/_search?include_named_queries_score=true&filter_path=${read}`;
  }

  /** The request that Medley makes for the candidates of a query. */
  static bodyOf(query: IndexQuery, head: GenerationHead): string {
    const asked = {
      head,
      sought: wayOf(queryTerms(query.words ?? '')),
      query,
      filter: toQuery(undefined, new Map()),
      budget: 60_000,
    };
    return JSON.stringify(candidateRequest(asked, { scripts: true, versions: true }));
  }

  async search(body: string): Promise<BareAnswer> {
    const headers = { 'content-type': 'application/json' };
    const answer = await this.#client.request({ method: 'POST', path: this.#path, headers, body });
    assert.equal(answer.statusCode, 200);
    return (await answer.body.json()) as BareAnswer;
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}

export interface BareAnswer {
  readonly hits: {
    readonly hits: readonly {
      readonly fields: { readonly id: readonly string[] };
      readonly matched_queries: Readonly<Record<string, number>>;
    }[];
  };
}

/** The scores of a bare answer, as those of candidates. */
export function candidatesIn({ hits }: BareAnswer, { probes }: IndexQuery): CandidateSet {
  const candidates = hits.hits.map(({ fields, matched_queries: parts }) => ({
    id: fields.id[0] ?? '',
    lexical: parts[LEXICAL] ?? 0,
    cosines: probes.map((_, place) => {
      const part = parts[partName(place)];
      return part === undefined ? null : part - 1;
    }),
  }));
  return { candidates, idfSum: 0, standIns: new Map(), unread: [] };
}
