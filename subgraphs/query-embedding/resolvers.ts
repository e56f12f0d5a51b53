import { GraphQLScalarType } from 'graphql';
import { MedleyError } from '../../src/runtime/errors.ts';
import type { QueryEncoding } from '../../src/vocabulary/encoding.ts';
import type { SearchQuery, SearchRequest } from '../../src/vocabulary/search-request.ts';
import { toBase64 } from '../../src/vocabulary/vector.ts';
import { encodeQuery } from './encode-query.ts';
import type { EncodeQueryPorts } from './encode-query.ts';
import type { QueryEncoders } from './query-encoders.ts';

/** What the resolvers call. */
interface ResolverPorts extends EncodeQueryPorts {
  readonly encoders: () => QueryEncoders;
}

/** What the gateway sends of a search: the request comes as the JSON that it travelled as. */
interface Representation {
  readonly id: string;
  readonly request?: SearchRequest | null;
}

export function queryEmbeddingResolvers(ports: ResolverPorts) {
  return {
    Query: {
      encoders: () => {
        const { text, picture } = ports.encoders();
        return [...text, ...picture];
      },
    },
    SearchConnection: {
      __resolveReference: (it: Representation) => it,
      encoding: ({ request }: Representation) => (request && opensWindow(request) ? encodingOf(request, ports) : {}),
    },
    EncodedPart: {
      vector: ({ vector }: QueryEncoding['parts'][number]) => toBase64(vector),
    },
    Vector: anything('Vector'),
    Tilt: anything('Tilt'),
    SearchRequest: anything('SearchRequest'),
  };
}

/** An error beside an encoding that is null would look like a subgraph that is lost: so a refusal travels as a value. */
async function encodingOf(request: SearchQuery, ports: ResolverPorts): Promise<Partial<QueryEncoding>> {
  try {
    return await encodeQuery(request, ports);
  } catch (error) {
    if (!(error instanceof MedleyError) || error.code === 'INTERNAL') throw error;
    return { refusal: { code: error.code, message: error.message } };
  }
}

/** A request with a cursor reads a window that was ranked before: it needs no vectors. */
function opensWindow(request: SearchRequest): request is SearchQuery {
  return request.kind === 'SEARCH' && (request.after ?? null) === null;
}

function anything(name: string): GraphQLScalarType {
  return new GraphQLScalarType({ name });
}
