import type { AskedQuery } from './candidate-request.ts';
import { innerProduct, partRequests } from './candidate-request.ts';
import { idOf } from './column-hits.ts';
import type { Cluster } from './cluster.ts';
import { isPartial } from './cluster-errors.ts';

/** Cosines by id, by place of the probe. */
export type CosinesById = readonly ReadonlyMap<string, number>[];

interface FilledCosines {
  readonly cosines: CosinesById;
  /** Some of the index did not answer, or not in time. */
  readonly partial: boolean;
}

/** The cosine of each item named with each probe, asked for by a search of its own: for clusters in which no script may run. */
export async function filledCosines(
  { cluster, index }: { readonly cluster: Pick<Cluster, 'ask'>; readonly index: string },
  asked: AskedQuery,
  ids: readonly string[],
): Promise<FilledCosines> {
  const cosines = asked.query.probes.map(() => new Map<string, number>());
  const requests = partRequests(asked, ids);
  if (requests.length === 0) return { cosines, partial: false };
  const searches = requests.flatMap(({ search }) => [{ index }, search]);
  const { responses } = await cluster.ask((client, sending) => client.msearch({ searches }, sending));
  responses.forEach((response, at) => {
    if ('error' in response) throw new Error(`cosines could not be asked for: ${response.error.reason ?? ''}`);
    const its = cosines[requests[at]?.place ?? -1];
    for (const hit of response.hits.hits) its?.set(idOf(hit), innerProduct(hit._score ?? 0));
  });
  return { cosines, partial: responses.some((response) => 'hits' in response && isPartial(response)) };
}
