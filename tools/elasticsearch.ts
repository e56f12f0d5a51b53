import { Command, Option } from 'commander';
import { RELEASES } from './servers/elasticsearch-distribution.ts';
import { elasticsearchServer } from './servers/elasticsearch-server.ts';
import type { ElasticsearchOptions } from './servers/elasticsearch-server.ts';
import { addServerCommands, runCommands } from './servers/server-command.ts';

/** `npm run elasticsearch [run | start | stop | status]`: a real Elasticsearch on loopback, fetched on first use. */
const program = new Command('elasticsearch')
  .description('a real Elasticsearch on loopback, fetched on first use')
  .addOption(
    new Option('--version <version>', 'the newest that the Java here can run, when unset')
      .choices(Object.keys(RELEASES))
      .env('MEDLEY_ELASTICSEARCH_VERSION'),
  )
  .addOption(
    new Option('--port <port>', 'of HTTP; nodes talk 100 above')
      .default(9200)
      .argParser(Number)
      .env('MEDLEY_ELASTICSEARCH_PORT'),
  )
  .addOption(new Option('--heap <size>', 'of Java').default('512m').env('MEDLEY_ELASTICSEARCH_HEAP'));
addServerCommands(program, () => elasticsearchServer(program.opts<ElasticsearchOptions>()));
await runCommands(program);
