import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLScalarType } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { gql } from 'graphql-tag';
import type { PageArguments, RecommendationsInput, SearchInput, SimilarItemsInput } from './arguments.ts';
import { readSearch, readShelves, readSimilar } from './read-request.ts';

const SDL = new URL('../../../schema/entry.graphql', import.meta.url);

/** The front door: reads the arguments of one request into a SearchRequest, which the plan carries to the subgraphs. */
export function entrySubgraph({ secret }: { readonly secret: string }): GraphQLSchema {
  const connection = <R extends { readonly queryId: string }>(request: R) => ({
    id: request.queryId,
    queryId: request.queryId,
    request,
  });
  const resolvers = {
    Query: {
      search: (_: unknown, args: PageArguments & { readonly input: SearchInput }) =>
        connection(readSearch(args, secret)),
      similarItems: (_: unknown, args: PageArguments & { readonly input: SimilarItemsInput }) =>
        connection(readSimilar(args, secret)),
      recommendations: (_: unknown, args: { readonly input: RecommendationsInput }) =>
        readShelves(args).map((request) => ({ ...connection(request), kind: request.shelf })),
    },
    SearchRequest: new GraphQLScalarType({ name: 'SearchRequest' }),
  };
  return buildSubgraphSchema([{ typeDefs: gql(readFileSync(SDL, 'utf8')), resolvers }]);
}
