import type { Peer } from '../../runtime/peer.ts';
import { isWrite } from './transport.ts';
import type { SubgraphResponse, Transport } from './transport.ts';

/** Calls a subgraph in another process. The connections are the peer's, and so is closing them. */
export function httpTransport(peer: Peer): Transport {
  return {
    send: async (request, deadline) => {
      const text = await peer.post('/graphql', JSON.stringify(request), { deadline, repeatable: !isWrite(request) });
      return JSON.parse(text) as SubgraphResponse;
    },
    close: () => Promise.resolve(),
  };
}
