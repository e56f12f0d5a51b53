import pMap from 'p-map';
import type { Encoders } from '../../../../src/inference/open-encoders.ts';
import { MedleyError, toRejection } from '../../../../src/runtime/errors.ts';
import { fieldTypes } from '../reading/catalogue-file.ts';
import type { Catalogue } from '../reading/catalogue-file.ts';
import { encodeItems } from './encode-items.ts';
import type { EncodedItem } from './encode-items.ts';
import type { EncodingStore } from './encoding-store.ts';
import type { ReportedProblem } from './reported-problem.ts';
import { mapItem } from '../reading/item-mapping.ts';
import type { MappedItem } from '../reading/item-mapping.ts';
import { readItems } from '../reading/item-reader.ts';
import { checkPictureFolder, pictureSource } from '../reading/picture-source.ts';
import type { PictureSource } from '../reading/picture-source.ts';

export interface EncodeCataloguePorts {
  readonly encoders: Pick<Encoders, 'text' | 'picture'>;
  readonly encodings: EncodingStore;
  readonly fetchPicture?: (url: string) => Promise<Uint8Array>;
  readonly onProgress?: (progress: { readonly phase: string; readonly done: number; readonly total: number }) => void;
  readonly onProblem?: (problem: ReportedProblem) => void;
  /** Interrupts the work; what was encoded is not encoded again. */
  readonly signal?: AbortSignal;
}

const BATCH = 64;
/** Two batches at once, so that encoders have work while the vectors of the other become durable. */
const AT_ONCE = 2;
/** Fewer good items than this share of the lines look like a wrong mapping. */
export const LEAST_GOOD = 0.5;

/**
 * Reads, checks and encodes every item of a catalogue, resuming where it was interrupted. Bad items and pictures are told one by
 * one and never stop the rest.
 *
 * @throws MedleyError INVALID_CATALOGUE where most lines are no items, they cannot be read to the end, or the folder of the pictures
 *   is none. The reason of the signal.
 */
export async function encodeCatalogue(
  catalogue: Catalogue,
  ports: EncodeCataloguePorts,
): Promise<readonly EncodedItem[]> {
  await checkPictureFolder(catalogue.images?.folder);
  const { mapped, rejected } = await readCatalogueItems(catalogue, ports);
  refuseHopeless(mapped.length, rejected);
  const pictures = pictureSource({ folder: catalogue.images?.folder, fetch: ports.fetchPicture });
  return encodeMapped(mapped, { ...ports, pictures: () => Promise.resolve(pictures) });
}

interface ReadItems {
  readonly mapped: readonly MappedItem[];
  /** How many lines are no items. */
  readonly rejected: number;
}

/** Of lines with the same id the last one holds, and the others are told; they are items all the same. */
async function readCatalogueItems(
  catalogue: Catalogue,
  { onProblem, signal }: Pick<EncodeCataloguePorts, 'onProblem' | 'signal'>,
): Promise<ReadItems> {
  const types = fieldTypes(catalogue);
  const byId = new Map<string, { readonly mapped: MappedItem; readonly line: number }>();
  let rejected = 0;
  for await (const record of readItems(catalogue)) {
    signal?.throwIfAborted();
    const { line } = record;
    try {
      if ('problem' in record) throw record.problem;
      const mapped = mapItem(record.fields, catalogue, types);
      const { id } = mapped.item;
      const before = byId.get(id);
      if (before) onProblem?.(repeated(id, before.line, line));
      byId.set(id, { mapped, line });
    } catch (error) {
      rejected++;
      onProblem?.({ line, left: 'item', ...toRejection(error) });
    }
  }
  return { mapped: [...byId.values()].map(({ mapped }) => mapped), rejected };
}

function repeated(id: string, line: number, later: number): ReportedProblem {
  const message = `id: line ${later} has the same one, and the last line with an id holds.`;
  return { line, id, left: 'item', code: 'INVALID_ITEM', message };
}

function refuseHopeless(good: number, bad: number): void {
  if (good > 0 && good >= LEAST_GOOD * (good + bad)) return;
  throw new MedleyError(
    'INVALID_CATALOGUE',
    `Only ${good} of ${good + bad} lines are items. Check "fields" in the catalogue file. Nothing was changed. The report file says what is wrong with each line.`,
  );
}

export interface EncodeMappedPorts extends Omit<EncodeCataloguePorts, 'fetchPicture'> {
  /** Where the pictures of some items are read. */
  readonly pictures: (items: readonly MappedItem[]) => Promise<PictureSource>;
}

/** Encodes items that were read, resuming where it was interrupted. */
export async function encodeMapped(
  mapped: readonly MappedItem[],
  { encoders, encodings, onProgress, onProblem, signal, ...ports }: EncodeMappedPorts,
): Promise<readonly EncodedItem[]> {
  const batches = Array.from({ length: Math.ceil(mapped.length / BATCH) }, (_, i) =>
    mapped.slice(i * BATCH, (i + 1) * BATCH),
  );
  let done = 0;
  const encoded = await pMap(
    batches,
    async (batch) => {
      const read = await ports.pictures(batch);
      const pictures: PictureSource = (picture) => {
        signal?.throwIfAborted();
        return read(picture);
      };
      const items = await encodeItems(batch, { encoders, encodings, pictures });
      signal?.throwIfAborted();
      for (const { item, failures } of items)
        for (const failure of failures) onProblem?.({ ...failure, id: item.id, left: 'picture' });
      done += batch.length;
      onProgress?.({ phase: 'encoding', done, total: mapped.length });
      return items;
    },
    { concurrency: AT_ONCE, signal },
  );
  return encoded.flat();
}
