/** Who may import whom: the house rules, checked by `npm run boundaries`. */
const never = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    never('no-circles', {}, { circular: true }, 'A circle has no first file to read, be it one of types alone.'),
    never(
      'vocabulary-stands-alone',
      { path: '^src/vocabulary' },
      { pathNot: ['^src/vocabulary'], dependencyTypesNot: ['core'] },
      'The words import nothing.',
    ),
    never(
      'runtime-on-vocabulary',
      { path: '^src/runtime' },
      { path: ['^src/(gateway|inference|cli|main)', '^subgraphs'] },
      'Plumbing knows no search word.',
    ),
    never(
      'inference-on-vocabulary',
      { path: '^src/inference' },
      { path: ['^src/(gateway|cli|main)', '^subgraphs'] },
      'Models know no subgraph.',
    ),
    never(
      'gateway-knows-no-subgraph',
      { path: '^src/gateway' },
      { path: ['^subgraphs', '^src/(inference|cli|main)'] },
      'The gateway meets subgraphs through a transport.',
    ),
    ...['query-embedding', 'user-profile', 'retrieval'].map((name) =>
      never(
        `${name}-alone`,
        { path: `^subgraphs/${name}`, pathNot: '/main\\.ts$' },
        { path: [`^subgraphs/(?!${name})`, '^src/(gateway|cli|main)'] },
        'A subgraph never imports another.',
      ),
    ),
    never(
      'onnxruntime-in-inference',
      { pathNot: '^src/inference|^subgraphs/retrieval/catalogue/fitting/linear-algebra|^test' },
      { path: 'node_modules/onnxruntime-node' },
      'One place knows the runtime of the models.',
    ),
    never(
      'lancedb-in-its-adapter',
      { pathNot: '^subgraphs/retrieval/index/lancedb|^test' },
      { path: 'node_modules/@lancedb' },
      'One place knows LanceDB.',
    ),
    never(
      'elasticsearch-in-its-adapter',
      { pathNot: '^subgraphs/retrieval/index/elasticsearch|^test' },
      { path: 'node_modules/@elastic' },
      'One place knows Elasticsearch.',
    ),
    never(
      'opentelemetry-in-runtime',
      { pathNot: '^src/runtime|^test' },
      { path: 'node_modules/@opentelemetry' },
      'The rest of the house knows tracing.ts.',
    ),
    never(
      'adapters-from-roots',
      {
        path: '^(src|subgraphs)',
        pathNot: [
          '^src/(main|cli|composition)',
          '^subgraphs/[^/]+/main\\.ts$',
          '^subgraphs/retrieval/index/(lancedb|elasticsearch)',
        ],
      },
      { path: '^subgraphs/retrieval/index/(lancedb|elasticsearch)' },
      'Only composition roots name adapters.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
};
