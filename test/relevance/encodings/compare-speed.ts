/**
 * How much longer another text encoder takes than the one that ships, on titles and on all that films say: by turns, a thread each.
 *
 *     npx node test/relevance/encodings/compare-speed.ts FOLDER
 */
import { join } from 'node:path';
import { openOnnxTextEncoder } from '../../../src/inference/onnx-text-encoder.ts';
import { DEFAULT_MODELS } from '../../../src/inference/releases/model-folders.ts';
import { environment } from '../../../src/runtime/environment.ts';
import { itemTexts } from '../../../subgraphs/retrieval/catalogue/encoding/item-text.ts';
import { fieldTypes, readCatalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { mapItem } from '../../../subgraphs/retrieval/catalogue/reading/item-mapping.ts';
import { paired } from '../../bench/paired.ts';
import { evaluationFolder } from '../folders.ts';
import { sourceOf } from '../shop/variant.ts';

const [folder = DEFAULT_MODELS.text] = process.argv.slice(2);
const described = await readCatalogue('test/catalogues/films.json');
const file = join(evaluationFolder(environment()), 'films/items.jsonl');
const catalogue = { ...described, items: { ...described.items, file } };
const films = await sourceOf(catalogue);
const said = films.map((fields) => itemTexts(mapItem(fields, catalogue, fieldTypes(catalogue)).item));
const texts = {
  titles: said.map(({ title }) => title),
  'whole texts': said.map(({ title, whole = title }) => whole),
};

const [other, shipped] = await Promise.all([
  openOnnxTextEncoder(folder, { workers: 1 }),
  openOnnxTextEncoder(DEFAULT_MODELS.text, { workers: 1 }),
]);
for (const [what, all] of Object.entries(texts)) {
  const asked = (turn: number) => [{ text: all[(turn * 37) % all.length] ?? '', role: 'item' as const }];
  const measured = await paired(
    {
      medley: (turn) => other.encode(asked(turn)),
      beside: (turn) => shipped.encode(asked(turn)),
      check: () => undefined,
    },
    { turns: 300, warmUp: 30 },
  );
  const [own, beside] = [measured.medley, measured.beside].map(({ median }) => median.toFixed(2));
  const { median, low, high } = measured.ratio;
  console.log(
    `${what}: ${own} ms against ${beside} ms, ${median.toFixed(2)} times (${low.toFixed(2)} to ${high.toFixed(2)})`,
  );
}
await Promise.all([other.close(), shipped.close()]);
