import type { Encoders } from '../../../src/inference/open-encoders.ts';
import type { ModelPair } from '../../../src/inference/releases/model-place.ts';
import type { Models } from '../../../src/inference/releases/models.ts';
import type { GenerationHead } from '../index/item-index.ts';

/** The parts of a generation's head that say which encoders it was made with. */
export type MadeWith = Pick<GenerationHead, 'textSpace' | 'imageSpace'>;

/** The encoders that generations were made with; those of what serves stay loaded. */
export interface GenerationEncoders {
  models(head: MadeWith): Promise<ModelPair>;
  /**
   * The encoders of a generation that serves; closing gives them back.
   *
   * @throws MedleyError SPACE_MISMATCH where no folder has a model of its spaces. ModelFolderError
   */
  of(head: MadeWith): Promise<Encoders>;
  close(): Promise<void>;
}

export function generationEncoders(models: Models): GenerationEncoders {
  let held: { readonly name: string; readonly encoders: Promise<Encoders> } | undefined;
  const pairOf = ({ textSpace: text, imageSpace: picture }: MadeWith) => models.ofSpaces({ text, picture });
  const take = async (head: MadeWith): Promise<Encoders> => models.take(await pairOf(head));
  /** Another generation may have been published, by any process: its encoders take the place of the others. */
  const hold = (head: MadeWith): Promise<Encoders> => {
    const name = JSON.stringify([head.textSpace, head.imageSpace]);
    if (held?.name === name) return held.encoders;
    const [former, encoders] = [held?.encoders, take(head)];
    const holding = { name, encoders };
    held = holding;
    encoders.catch(() => {
      if (held === holding) held = undefined;
    });
    void former?.then((them) => them.close()).catch(() => undefined);
    return encoders;
  };
  return {
    models: pairOf,
    of: async (head) => {
      // Where they could not be held, those that were lent are as good, and the next one who asks has them held.
      const [mine] = await Promise.allSettled([take(head), hold(head)]);
      if (mine.status === 'rejected') throw mine.reason;
      return mine.value;
    },
    close: async () => {
      const last = await held?.encoders.catch(() => undefined);
      await last?.close();
    },
  };
}
