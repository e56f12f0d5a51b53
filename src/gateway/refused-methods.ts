import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MedleyError } from '../runtime/errors.ts';

export interface AskedAddress {
  readonly url: string;
  readonly allowed: readonly string[];
  /** What is said before what came. */
  readonly how: string;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Refuses every other way to ask an address, before a body is read: WRONG_METHOD, and the header Allow. */
export function refuseOtherMethods(app: FastifyInstance, { url, allowed, how }: AskedAddress): void {
  const refuse = ({ method }: FastifyRequest, reply: FastifyReply): never => {
    void reply.header('allow', allowed.join(', '));
    throw new MedleyError('WRONG_METHOD', `${how}, not by ${method}.`);
  };
  const method = METHODS.filter((one) => !allowed.includes(one));
  app.route({ method, url, onRequest: refuse, handler: refuse });
}
