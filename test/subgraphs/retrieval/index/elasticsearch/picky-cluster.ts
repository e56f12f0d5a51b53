import { meddledCluster } from './meddled-cluster.ts';
import type { MeddledCluster, Meddling } from './meddled-cluster.ts';

/** A value of more bytes than a keyword of Elasticsearch may have; our generations leave out much shorter ones before it comes to that. */
export const TOO_LONG = 'long '.repeat(8000);

/** A way to the cluster on which generations are made without a longest value of their own, so that the cluster refuses items with one. */
export async function pickyCluster(nodes: readonly string[]): Promise<MeddledCluster> {
  const cluster = await meddledCluster(nodes);
  cluster.meddle(withoutLongestValue(nodes));
  return cluster;
}

function withoutLongestValue([node = '']: readonly string[]): Meddling {
  return ({ what, body }) => {
    const [method = '', path = ''] = what.split(' ');
    if (method !== 'PUT' || !/-generation-[^/]*$/.test(path)) return undefined;
    const unlimited = body.replaceAll(/,"ignore_above":\d+/g, '');
    return fetch(new URL(path, node), {
      method,
      headers: { 'content-type': 'application/json' },
      body: unlimited,
    }).then(async (answer) => ({ status: answer.status, body: await answer.text() }));
  };
}
