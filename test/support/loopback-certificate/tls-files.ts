import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** What a client has to be told to trust a server with LOOPBACK_TLS. */
export const LOOPBACK_CA_FILE = at('loopback.crt');

/** For a server at 127.0.0.1. */
export const LOOPBACK_TLS = { key: readFileSync(at('loopback.key')), cert: readFileSync(LOOPBACK_CA_FILE) };
