import { MedleyError } from '../../../src/runtime/errors.ts';
import type { ServingIndex } from '../serving-index.ts';
import { generationOf } from './build-generation.ts';
import type { BuildPorts } from './build-generation.ts';
import type { BuildReport } from './build-report.ts';
import { encodeMapped } from './encoding/encode-catalogue.ts';
import type { EncodedItem } from './encoding/encode-items.ts';
import { shownPictures } from './shown-pictures.ts';
import { storedItems } from './stored-items.ts';

export type ReencodePorts = BuildPorts & Required<Pick<BuildPorts, 'fetchPicture'>>;

/** Where more than this share of the pictures cannot be seen again, the next generation would be poorer than what serves. */
const MOST_LOST = 0.1;

/**
 * Builds a generation of the items that serve, encoded anew, and publishes it. The catalogue file is not read: what was written live
 * since is among the items.
 *
 * @throws MedleyError PUBLISH_REFUSED where pictures cannot be read any more. The reason of the signal
 */
export function reencodeGeneration(index: ServingIndex, ports: ReencodePorts): Promise<BuildReport> {
  const { catalogue, fields } = index.serving().head;
  return generationOf(
    { catalogue, fields },
    async (watch) => {
      const stored = await storedItems(index);
      const encoded = await encodeMapped(stored, {
        ...ports,
        ...watch,
        pictures: (items) =>
          shownPictures(
            items.flatMap(({ pictures }) => pictures),
            ports,
          ),
      });
      refuseBlind(encoded);
      return encoded;
    },
    ports,
  );
}

function refuseBlind(encoded: readonly EncodedItem[]): void {
  const pictured = encoded.filter(({ item }) => item.images.length > 0);
  const lost = pictured.filter(({ keys }) => keys.pictures.length === 0);
  if (lost.length <= MOST_LOST * pictured.length) return;
  const [why] = lost.flatMap(({ failures }) => failures);
  throw new MedleyError(
    'PUBLISH_REFUSED',
    `The pictures of ${lost.length} among ${pictured.length} items can no longer be read (${why?.message ?? 'no reason given'}). The models in use stay. Index the catalogue again, or allow their addresses (MEDLEY_IMAGE_URLS).`,
  );
}
