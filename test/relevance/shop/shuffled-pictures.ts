import { seeded, shuffled } from '../../support/random.ts';
import type { SourceFields } from './variant.ts';

/** Every record with a picture gets that of another one: what pictures bring must vanish. */
export function withShuffledPictures(records: readonly SourceFields[]): readonly SourceFields[] {
  const pictured = records.flatMap(({ image }) => (typeof image === 'string' ? [image] : []));
  const others = shuffled(pictured, seeded(7));
  let next = 0;
  return records.map((record) => (typeof record['image'] === 'string' ? { ...record, image: others[next++] } : record));
}
