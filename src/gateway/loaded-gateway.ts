import type { ApolloGateway } from '@apollo/gateway';
import type { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';

/** What a server of GraphQL stands on. */
export type ServedGateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

/** A gateway that can be asked. */
export interface LoadedGateway {
  /** What may be asked. */
  readonly schema: GraphQLSchema;
  /** What it plans on. */
  readonly supergraph: string;
  readonly executor: ApolloGateway['executor'];
}

/** For a server of what is loaded already; loading and stopping are not its own. */
export function served({ schema, supergraph, executor }: LoadedGateway): ServedGateway {
  const listeners = new Set<Parameters<ServedGateway['onSchemaLoadOrUpdate']>[0]>();
  return {
    onSchemaLoadOrUpdate: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    load: () => {
      for (const listener of listeners) listener({ apiSchema: schema, coreSupergraphSdl: supergraph });
      return Promise.resolve({ executor });
    },
    stop: () => Promise.resolve(),
  };
}
