import type { RefitRows } from '../index/item-index.ts';
import { encodeItems, encodingsOf } from './encoding/encode-items.ts';
import type { EncodePorts } from './encoding/encode-items.ts';
import type { Fitting } from './fitting/fitting.ts';
import { itemRows } from './item-rows.ts';
import { shownPictures } from './shown-pictures.ts';
import type { ShownPicturesPorts } from './shown-pictures.ts';

export type RefitPorts = Pick<EncodePorts, 'encoders' | 'encodings'> & Pick<ShownPicturesPorts, 'fetchPicture'>;

/**
 * Makes the vectors of items that were written live during a build anew, from what the encoders made when they were written; what
 * these encoders have not seen yet, since the models are being changed, they see now.
 */
export function refitLiveRows(ports: RefitPorts): (fitting: Fitting) => RefitRows {
  return (fitting) => async (rows) => {
    const mapped = rows.map(({ item }) => ({ item, pictures: item.images.map(({ url }) => url) }));
    const shown = mapped.flatMap(({ pictures }) => pictures);
    const encoded = await encodeItems(mapped, { ...ports, pictures: await shownPictures(shown, ports) });
    const encodings = await encodingsOf(
      encoded.map(({ keys }) => keys),
      ports,
    );
    return Promise.all(
      rows.map(async ({ item }, i) => {
        const own = encodings[i];
        const [made] = own ? await itemRows([{ item, encodings: own }], fitting) : [];
        return made ?? { item, vectors: { text: null, bridged: null, looks: null } };
      }),
    );
  };
}
