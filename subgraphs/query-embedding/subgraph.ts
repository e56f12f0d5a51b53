import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLSchema } from 'graphql';
import { gql } from 'graphql-tag';
import type { QueryEncoders } from './query-encoders.ts';
import { queryPictures } from './query-pictures.ts';
import type { QueryPicturesPorts } from './query-pictures.ts';
import { queryEmbeddingResolvers } from './resolvers.ts';

export const QUERY_EMBEDDING_SDL = new URL('../../schema/query-embedding.graphql', import.meta.url);

/** Everything that query-embedding stands on. */
export interface QueryEmbeddingPorts extends QueryPicturesPorts {
  readonly encoders: () => QueryEncoders;
}

/** The query-embedding subgraph: words and pictures in, vectors and a tilt out. No environment, no network of its own. */
export function queryEmbeddingSubgraph(ports: QueryEmbeddingPorts): GraphQLSchema {
  const typeDefs = gql(readFileSync(QUERY_EMBEDDING_SDL, 'utf8'));
  const resolvers = queryEmbeddingResolvers({ ...ports, encodePicture: queryPictures(ports) });
  return buildSubgraphSchema([{ typeDefs, resolvers }]);
}
