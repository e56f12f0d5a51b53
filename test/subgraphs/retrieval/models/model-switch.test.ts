import { describe, expect, it } from '@jest/globals';
import type { ModelPair, ModelPlace } from '../../../../src/inference/releases/model-place.ts';
import { Models } from '../../../../src/inference/releases/models.ts';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import { createLogger } from '../../../../src/runtime/logger.ts';
import { generationEncoders } from '../../../../subgraphs/retrieval/models/generation-encoders.ts';
import { modelSwitch } from '../../../../subgraphs/retrieval/models/model-switch.ts';
import { OneBuild } from '../../../../subgraphs/retrieval/one-build.ts';
import type { ServingIndex } from '../../../../subgraphs/retrieval/serving-index.ts';
import { memoryRegister } from './memory-register.ts';
import type { MemoryRegister } from './memory-register.ts';

const placeOf = (modality: ModelPlace['modality'], space: string): ModelPlace => ({
  modality,
  space,
  folder: `/gone/${space}`,
});
const picture = placeOf('IMAGE', 'looks@1');
const from: ModelPair = { text: placeOf('TEXT', 'words@1'), picture };
const to: ModelPair = { text: placeOf('TEXT', 'words@2'), picture };

/** A shop that serves a generation of `from`, whose folders lie nowhere on this machine. */
function servedShop(register: MemoryRegister) {
  const models = new Models({ register, named: {} });
  const head = { textSpace: from.text.space, imageSpace: from.picture.space };
  const builds = new OneBuild();
  const switching = modelSwitch({
    index: { head: () => head } as unknown as ServingIndex,
    encoders: generationEncoders(models),
    models,
    patience: 1,
    log: createLogger('silent'),
    builds,
  });
  const worked: boolean[] = [];
  return {
    worked,
    change: async () => {
      await switching(
        () => Promise.resolve({ to }),
        () => Promise.resolve(worked.push(true)),
      );
      await builds.settled();
    },
  };
}

describe('a work that brings other models', () => {
  it('takes the place of models whose folders are gone: nothing can be encoded with them any more', async () => {
    const register = memoryRegister([from.text, picture]);
    const shop = servedShop(register);
    await shop.change();
    expect(shop.worked).toEqual([true]);
    expect(register.now.inUse).toEqual([to.text, picture]);
  });

  it.each([
    ['a server that is away', new MedleyError('RETRIEVAL_UNAVAILABLE', 'the database is away')],
    ['a connection that broke', new Error('Connection terminated unexpectedly')],
  ])('does not begin where %s keeps from it which models serve, and leaves them in use', async (_, lost) => {
    const register = memoryRegister([from.text, picture]);
    register.read = () => {
      register.read = () => Promise.resolve(register.now);
      return Promise.reject(lost);
    };
    const shop = servedShop(register);
    await expect(shop.change()).rejects.toBe(lost);
    expect(shop.worked).toEqual([]);
    expect(register.now.inUse).toEqual([from.text, picture]);
  });
});
