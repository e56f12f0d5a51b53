import { executeSync, getOperationAST, getVariableValues, GraphQLError, Kind, separateOperations } from 'graphql';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { LoadedGateway } from '../loaded-gateway.ts';
import { asItems } from './entity-request.ts';
import { placed } from './entity-places.ts';
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
      const came = request.variables ?? {};
      const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], came);
      if (!coerced) return { errors };
      try {
        const asked = asItems({ document: alone(context.document, operation), variables: coerced }, schema);
        const answer = await executor({
          ...context,
          document: asked.document,
          operation: getOperationAST(asked.document) ?? operation,
          request: { ...request, variables: { ...came, ...asked.variables } },
        });
        return placed(answer, asked.places);
      } catch (error) {
        if (error instanceof GraphQLError) return { errors: [error] };
        throw error;
      }
    },
  };
}

/** A supergraph is composed with nothing else in the operation. */
function isOfService({ selectionSet: { selections } }: OperationDefinitionNode): boolean {
  const names = selections.map((one) => (one.kind === Kind.FIELD ? one.name.value : undefined));
  return names.includes('_service') && names.every((name) => name === '_service' || name === '__typename');
}

/** An operation with its fragments, of a document that may hold others. */
function alone(document: DocumentNode, { name }: OperationDefinitionNode): DocumentNode {
  return separateOperations(document)[name?.value ?? ''] ?? document;
}
