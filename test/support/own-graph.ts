import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { ApolloGateway, IntrospectAndCompose, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql } from 'graphql';
import { gql } from 'graphql-tag';

/** A graph that a shop had before: its products, of which Medley's items tell more, with one subgraph that it wrote itself. */
const PRODUCTS = gql`
  extend schema
    @link(
      url: "https://specs.apollo.dev/federation/v2.5"
      import: ["@key", "@external", "@override", "@requires", "@shareable"]
    )

  type Query {
    products(skus: [ID!]!): [Product!]!
    orders: OrderConnection!
  }
  type Product @key(fields: "sku") {
    sku: ID!
    stock: Int!
    item: Item
  }
  type Item @key(fields: "id") {
    id: ID!
    title: String! @external
    product: Product!
    label: String! @requires(fields: "title")
    price: Money @override(from: "medley")
  }
  type Money @shareable {
    amount: Float!
    currency: String!
  }
  type OrderConnection {
    pageInfo: PageInfo!
  }
  type PageInfo @shareable {
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
    endCursor: String
  }
`;

const productOf = (sku: string) => ({ sku, stock: sku.length, item: { __typename: 'Item', id: sku } });

const RESOLVERS = {
  Query: {
    products: (_: unknown, { skus }: { readonly skus: readonly string[] }) => skus.map(productOf),
    orders: () => ({ pageInfo: { hasNextPage: false, hasPreviousPage: false } }),
  },
  Item: {
    product: ({ id }: { readonly id: string }) => productOf(id),
    label: ({ title }: { readonly title: string }) => `Ours: ${title}`,
    price: ({ id }: { readonly id: string }) => ({ amount: id.length, currency: 'XTS' }),
  },
};

/** Answers an operation as the shop's own clients ask it. */
export interface OwnGraph {
  ask<Data>(query: string, variables?: Readonly<Record<string, unknown>>, key?: string): Promise<OwnAnswer<Data>>;
  close(): Promise<void>;
}

export interface OwnAnswer<Data> {
  readonly data: Data;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** The shop's subgraph and Medley's composed to one, each asked over HTTP for its schema and for answers. */
export async function openOwnGraph(medley: string): Promise<OwnGraph> {
  const schema = buildSubgraphSchema([{ typeDefs: PRODUCTS, resolvers: RESOLVERS }]);
  const products = createServer((request, response) => {
    void (async () => {
      const body = JSON.parse(Buffer.concat(await request.toArray()).toString()) as {
        readonly query: string;
        readonly variables?: Readonly<Record<string, unknown>>;
      };
      const answer = await graphql({ schema, source: body.query, variableValues: body.variables });
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    })();
  });
  await new Promise<void>((listening) => products.listen(0, '127.0.0.1', listening));
  const { port } = products.address() as AddressInfo;
  const gateway = new ApolloGateway({
    supergraphSdl: new IntrospectAndCompose({
      subgraphs: [
        { name: 'medley', url: medley },
        { name: 'products', url: `http://127.0.0.1:${port}` },
      ],
    }),
    buildService: ({ url }) => new WithKey({ url }),
  });
  const server = new ApolloServer<{ readonly key?: string }>({ gateway, stopOnTerminationSignals: false });
  const stop = () => {
    products.closeAllConnections();
    products.close();
  };
  await server.start().catch((error: unknown) => {
    stop();
    throw error;
  });
  return {
    ask: async <Data>(query: string, variables = {}, key?: string) => {
      const contextValue = key === undefined ? {} : { key };
      const { body } = await server.executeOperation({ query, variables }, { contextValue });
      return (body.kind === 'single' ? body.singleResult : {}) as OwnAnswer<Data>;
    },
    close: async () => {
      await server.stop();
      stop();
    },
  };
}

/** As routers do that are told to pass on who asks. */
class WithKey extends RemoteGraphQLDataSource<{ readonly key?: string }> {
  override willSendRequest({
    request,
    context: { key },
  }: Parameters<NonNullable<RemoteGraphQLDataSource<{ readonly key?: string }>['willSendRequest']>>[0]) {
    if (key !== undefined) request.http?.headers.set('authorization', `Bearer ${key}`);
  }
}
