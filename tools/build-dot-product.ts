import { readFile, writeFile } from 'node:fs/promises';
import wabt from 'wabt';

/**
 * Assembles the dot product kernel into `dot-product.wasm.ts`: `npx node tools/build-dot-product.ts`. With `--check` it only
 * tells, by its exit code, whether the committed file is what the source gives.
 */
const SOURCE = new URL('../subgraphs/retrieval/index/resident/dot-product.wat', import.meta.url);
const TARGET = new URL('../subgraphs/retrieval/index/resident/dot-product.wasm.ts', import.meta.url);

const assembler = await wabt();
const module = assembler.parseWat('dot-product.wat', await readFile(SOURCE, 'utf8'), { simd: true });
const base64 = Buffer.from(module.toBinary({}).buffer).toString('base64');
const generated = [
  '// Generated from dot-product.wat by tools/build-dot-product.ts. Do not edit.',
  `export const DOT_PRODUCT_WASM =\n  '${base64}';`,
  '',
].join('\n');

if (process.argv.includes('--check')) {
  if ((await readFile(TARGET, 'utf8')) !== generated) {
    console.error('dot-product.wasm.ts is not what dot-product.wat gives: run tools/build-dot-product.ts');
    process.exitCode = 1;
  }
} else {
  await writeFile(TARGET, generated);
}
