import type { MeddledCluster, Passing } from './meddled-cluster.ts';

interface Found {
  readonly hits?: object;
  readonly responses?: readonly Found[];
}

/**
 * From now on searches of a kind find nothing, for so many times; the cluster says of how many shards it has an answer. Returns how many
 * were lost so far.
 */
export function loseShard(
  meddled: MeddledCluster,
  isLost: (passing: Passing) => boolean,
  times = Infinity,
): () => number {
  let lost = 0;
  meddled.meddle(async (passing) => {
    if (!isLost(passing) || ++lost > times) return undefined;
    const { status, body } = await passing.send();
    return { status, body: JSON.stringify(lacking(JSON.parse(body) as Found)) };
  });
  return () => lost;
}

/** The answer of the other shards, which found nothing. */
function lacking({ hits, responses, ...rest }: Found): Found {
  if (responses) return { ...rest, responses: responses.map(lacking) };
  return { ...rest, ...{ _shards: { total: 2, successful: 1, skipped: 0, failed: 1 } }, hits: { ...hits, hits: [] } };
}
