import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLSchema } from 'graphql';
import { gql } from 'graphql-tag';
import type { LiveWrites } from './catalogue/live-writes.ts';
import { retrievalResolvers } from './resolvers.ts';
import type { SearchPorts } from './search.ts';
import type { ShelfPorts } from './shelves.ts';

export const RETRIEVAL_SDL = new URL('../../schema/retrieval.graphql', import.meta.url);

/** Everything that retrieval stands on. `secret` signs cursors; `writes` is absent where the catalogue is read only. */
export interface RetrievalPorts extends SearchPorts, ShelfPorts {
  readonly secret: string;
  readonly writes?: LiveWrites;
}

/** The retrieval subgraph: ranks the catalogue by words, meaning and looks together. No environment, no network. */
export function retrievalSubgraph(ports: RetrievalPorts): GraphQLSchema {
  const typeDefs = gql(readFileSync(RETRIEVAL_SDL, 'utf8'));
  return buildSubgraphSchema([{ typeDefs, resolvers: retrievalResolvers(ports) }]);
}
