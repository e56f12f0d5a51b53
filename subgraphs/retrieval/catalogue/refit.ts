import type { RefitRows } from '../index/item-index.ts';
import { encodingsOf, pictureKey, textKey } from './encode-items.ts';
import type { EncodePorts } from './encode-items.ts';
import type { Fitting } from './fitting.ts';
import { itemRows } from './item-rows.ts';
import { itemTexts } from './item-text.ts';

/** Makes the vectors of items that were written live during a build anew, from what the encoders made when they were written. */
export function refitLiveRows(ports: Pick<EncodePorts, 'encoders' | 'encodings'>): (fitting: Fitting) => RefitRows {
  return (fitting) => async (rows) => {
    const keys = rows.map(({ item }) => {
      const { title, whole } = itemTexts(item);
      const pictures = item.images.map(({ url }) => pictureKey(url));
      return { title: textKey(title), whole: whole === undefined ? undefined : textKey(whole), pictures };
    });
    const encodings = await encodingsOf(keys, ports);
    return Promise.all(
      rows.map(async (row, i) => {
        const own = encodings[i];
        const [made] = own ? await itemRows([{ item: row.item, encodings: own }], fitting) : [];
        return made ?? { item: row.item, vectors: { text: row.vectors.text, bridged: null, looks: null } };
      }),
    );
  };
}
