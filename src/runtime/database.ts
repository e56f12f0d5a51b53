import { mkdirSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import pg from 'pg';

/** Where a subgraph keeps its tables: a PostgreSQL server, an embedded one in a folder, or an embedded one in memory. */
export type DatabasePlace = { readonly url: string } | { readonly folder: string } | 'memory';

/** Opens a database; the same SQL runs on all three. Closing it with `destroy()` ends its connections. */
export function openDatabase<Tables>(place: DatabasePlace): Kysely<Tables> {
  if (place === 'memory') return new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: new PGlite() }) });
  if ('url' in place)
    return new Kysely<Tables>({
      dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: place.url, max: 10 }) }),
    });
  mkdirSync(place.folder, { recursive: true });
  return new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: new PGlite(place.folder) }) });
}
