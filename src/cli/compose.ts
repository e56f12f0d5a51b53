import { readFileSync, writeFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { buildSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { gql } from 'graphql-tag';

const SUBGRAPHS = ['entry', 'query-embedding', 'user-profile', 'retrieval'] as const;
const schemaFile = (name: string) => new URL(`../../schema/${name}.graphql`, import.meta.url);

/** Composes the subgraphs' SDL; throws with every error and hint, since a hint is a mistake that has not happened yet. */
export function composeSupergraph(): { readonly supergraph: string; readonly api: string } {
  const services = SUBGRAPHS.map((name) => ({
    name,
    url: `medley:${name}`,
    typeDefs: gql(readFileSync(schemaFile(name), 'utf8')),
  }));
  const { supergraphSdl, errors, hints = [] } = composeServices(services);
  const complaints = [...(errors ?? []).map(({ message }) => message), ...hints.map(({ message }) => message)];
  if (!supergraphSdl || complaints.length > 0)
    throw new Error(`The subgraphs do not compose:\n${complaints.join('\n')}`);
  const api = Supergraph.build(supergraphSdl, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES })
    .apiSchema()
    .toGraphQLJSSchema();
  return { supergraph: supergraphSdl, api: printSchema(lexicographicSortSchema(buildSchema(printSchema(api)))) };
}

if (import.meta.main) {
  const { supergraph, api } = composeSupergraph();
  writeFileSync(schemaFile('supergraph'), `${supergraph}\n`);
  writeFileSync(schemaFile('api'), `${api}\n`);
}
