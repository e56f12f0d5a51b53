import { describe, expect, it } from '@jest/globals';
import type { ModelPair, ModelPlace } from '../../../../src/inference/releases/model-place.ts';
import type { ModelsInUse } from '../../../../src/inference/releases/model-register.ts';
import { beginModelChange } from '../../../../subgraphs/retrieval/models/model-change.ts';
import { memoryRegister } from './memory-register.ts';

const words = (n: number): ModelPlace => ({
  modality: 'TEXT',
  space: `words@${String(n)}`,
  folder: `/words-${String(n)}`,
});
const picture: ModelPlace = { modality: 'IMAGE', space: 'looks@1', folder: '/looks' };
const [from, to]: readonly [ModelPair, ModelPair] = [
  { text: words(1), picture },
  { text: words(2), picture },
];
const OLD = { spaces: ['words@1', 'looks@1'] };
const BOTH = { spaces: ['words@1', 'looks@1', 'words@2'] };

const never = new AbortController().signal;
const ports = { patience: 1, loading: 300 };
const spaces = ({ inUse }: ModelsInUse) => inUse.map(({ space }) => space);

describe('a change of models', () => {
  it('puts the new model beside the old one, waits for every process, and takes the old one out at the end', async () => {
    const processes = [BOTH, OLD];
    const register = memoryRegister([from.text, picture], processes);
    const change = await beginModelChange({ from, to, ordered: true }, { register, ...ports });
    expect(spaces(register.now)).toEqual(['words@1', 'looks@1', 'words@2']);
    let ready = false;
    const everywhere = change.everywhere().then(() => (ready = true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(ready).toBe(false);
    processes[1] = BOTH;
    await everywhere;
    await change.done(never);
    expect(register.now).toEqual({ inUse: [to.text, picture], before: [from.text] });
  });

  it('is refused where a process does not take the model up, with what that says', async () => {
    const register = memoryRegister([from.text, picture], [BOTH, { ...OLD, problem: 'the file is missing' }]);
    const change = await beginModelChange({ from, to, ordered: true }, { register, ...ports });
    await expect(change.everywhere()).rejects.toMatchObject({
      code: 'PUBLISH_REFUSED',
      message: expect.stringMatching(/^1 of the processes.*the file is missing/),
    });
    await change.withdrawn({ maybeServing: false });
    expect(register.now).toEqual({ inUse: [from.text, picture], before: [to.text] });
  });

  it('that failed when the new generation may serve already leaves both models in use', async () => {
    const register = memoryRegister([from.text, picture], [BOTH]);
    const change = await beginModelChange({ from, to, ordered: true }, { register, ...ports });
    await change.everywhere();
    await change.withdrawn({ maybeServing: true });
    expect(register.now).toEqual({ inUse: [from.text, picture, to.text], before: [] });
  });

  it('is remembered with how often it was begun, so that it is not begun for ever', async () => {
    const register = memoryRegister([from.text, picture]);
    for (const begun of [1, 2]) {
      await beginModelChange({ from, to, ordered: true }, { register, ...ports });
      expect(register.now.change).toEqual({ to, begun });
    }
  });

  it('waits for nobody where the models stay the same', async () => {
    const register = memoryRegister([from.text, picture], [{ spaces: [] }]);
    const change = await beginModelChange({ from, to: from }, { register, patience: 1e6 });
    await change.everywhere();
    await change.done(never);
    expect(spaces(register.now)).toEqual(['words@1', 'looks@1']);
  });
});
