import assert from 'node:assert/strict';
import pMap from 'p-map';
import { Pool } from 'undici';
import type { GenerationHead, ItemRow } from '../../subgraphs/retrieval/index/item-index.ts';
import { indexedFields } from '../../subgraphs/retrieval/index/elasticsearch/field-names.ts';
import { generationIndex } from '../../subgraphs/retrieval/index/elasticsearch/generation-mapping.ts';
import { itemDocument } from '../../subgraphs/retrieval/index/elasticsearch/item-document.ts';

const DOCUMENTS = 250;
const AT_ONCE = 2;

/** The bulk API alone: bodies that are written already, sent into an index as Medley would make it. */
export class BulkAlone {
  readonly #pool: Pool;
  readonly #head: GenerationHead;

  constructor(node: string, head: GenerationHead) {
    this.#pool = new Pool(node, { connections: AT_ONCE });
    this.#head = head;
  }

  bodiesOf(rows: readonly ItemRow[]): readonly string[] {
    const fields = indexedFields(this.#head.fields);
    const lines = rows.map((row) => `{"index":{"_id":"${row.item.id}"}}\n${itemDocument(row, fields)}\n`);
    return Array.from({ length: Math.ceil(lines.length / DOCUMENTS) }, (_, at) =>
      lines.slice(at * DOCUMENTS, (at + 1) * DOCUMENTS).join(''),
    );
  }

  /** Resolves to how many documents can be found then. */
  async write(index: string, bodies: readonly string[]): Promise<number> {
    const made = generationIndex(this.#head, { shards: 1 });
    await this.#send('PUT', `/${index}`, JSON.stringify(made));
    await pMap(bodies, (body) => this.#send('POST', `/${index}/_bulk?filter_path=errors`, body), {
      concurrency: AT_ONCE,
    });
    await this.#send('POST', `/${index}/_refresh`);
    const { count } = JSON.parse(await this.#send('GET', `/${index}/_count`)) as { readonly count: number };
    return count;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #send(method: 'GET' | 'POST' | 'PUT', path: string, body?: string): Promise<string> {
    const headers = { 'content-type': 'application/json' };
    const answer = await this.#pool.request({ method, path, headers, body });
    const text = await answer.body.text();
    assert(answer.statusCode === 200 && !text.includes('"errors":true'), text.slice(0, 500));
    return text;
  }
}
