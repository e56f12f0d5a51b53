import type { GraphQLFormattedError } from 'graphql';
import type { Deadline } from '../../vocabulary/deadline.ts';

export interface SubgraphRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** As the planner writes operations. */
export function isWrite({ query }: SubgraphRequest): boolean {
  return /^\s*mutation\b/.test(query);
}

export interface SubgraphResponse {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
}

/**
 * One subgraph request, one response, a deadline. A rejection means that the subgraph could not be reached in time; errors of
 * its resolvers come in the response. The response belongs to the caller alone: the executor merges into it.
 */
export interface Transport {
  /** The subgraph is in this process: it may be late, but never away. */
  readonly inProcess?: true;
  send(request: SubgraphRequest, deadline: Deadline): Promise<SubgraphResponse>;
  close(): Promise<void>;
}
