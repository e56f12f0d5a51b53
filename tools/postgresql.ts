import { Command, Option } from 'commander';
import { postgresqlServer } from './servers/postgresql-server.ts';
import type { PostgresqlOptions } from './servers/postgresql-server.ts';
import { addServerCommands, runCommands } from './servers/server-command.ts';

/** `npm run postgresql [run | start | stop | status]`: a PostgreSQL server on loopback, for trying and for tests. */
const program = new Command('postgresql')
  .description('a PostgreSQL server on loopback, for trying and for tests')
  .addOption(
    new Option('--port <port>', 'where it listens').default(5433).argParser(Number).env('MEDLEY_POSTGRESQL_PORT'),
  );
addServerCommands(program, () => postgresqlServer(program.opts<PostgresqlOptions>()));
await runCommands(program);
