import { executeSync, getOperationAST, GraphQLError, Kind } from 'graphql';
import type { OperationDefinitionNode } from 'graphql';
import type { LoadedGateway } from '../loaded-gateway.ts';
import { asItems } from './entity-request.ts';
import { subgraphSdl, withFederationFields } from './subgraph-schema.ts';

/** A gateway as one subgraph of a larger supergraph: what clients may ask is answered by the same plans, and what a router asks of a subgraph. */
export function asSubgraph({ schema: api, supergraph, executor }: LoadedGateway): LoadedGateway {
  const schema = withFederationFields(api);
  const rootValue = { _service: { sdl: subgraphSdl(api) } };
  return {
    schema,
    supergraph,
    executor: async (context) => {
      const { request, operation, operationName } = context;
      if (isOfService(operation)) return executeSync({ schema, rootValue, document: context.document, operationName });
      try {
        const { document, variables } = asItems(
          { document: context.document, variables: request.variables ?? {} },
          schema,
        );
        const asked = getOperationAST(document, operationName) ?? operation;
        return await executor({ ...context, document, operation: asked, request: { ...request, variables } });
      } catch (error) {
        if (error instanceof GraphQLError) return { errors: [error] };
        throw error;
      }
    },
  };
}

/** A supergraph is composed with nothing else in the operation. */
function isOfService({ selectionSet: { selections } }: OperationDefinitionNode): boolean {
  return selections.every((one) => one.kind === Kind.FIELD && one.name.value === '_service');
}
