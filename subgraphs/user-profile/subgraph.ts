import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLSchema } from 'graphql';
import { gql } from 'graphql-tag';
import { resolversOf } from './resolvers.ts';
import type { UserProfile } from './user-profile.ts';

export const USER_PROFILE_SDL = new URL('../../schema/user-profile.graphql', import.meta.url);

/** The user-profile subgraph: who is asking, and what they like. No environment, no network. */
export function userProfileSubgraph(program: UserProfile): GraphQLSchema {
  return buildSubgraphSchema([
    { typeDefs: gql(readFileSync(USER_PROFILE_SDL, 'utf8')), resolvers: resolversOf(program) },
  ]);
}
