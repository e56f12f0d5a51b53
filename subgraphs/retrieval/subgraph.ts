import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLSchema } from 'graphql';
import { gql } from 'graphql-tag';
import { retrievalResolvers } from './resolvers.ts';
import type { RetrievalPorts } from './resolvers.ts';

export const RETRIEVAL_SDL = new URL('../../schema/retrieval.graphql', import.meta.url);

/** The retrieval subgraph: ranks the catalogue by words, meaning and looks together. No environment, no network. */
export function retrievalSubgraph(ports: RetrievalPorts): GraphQLSchema {
  const typeDefs = gql(readFileSync(RETRIEVAL_SDL, 'utf8'));
  return buildSubgraphSchema([{ typeDefs, resolvers: retrievalResolvers(ports) }]);
}
