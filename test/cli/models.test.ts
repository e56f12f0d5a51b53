import { describe, expect, it } from '@jest/globals';
import { medleyProcess } from '../support/medley-process.ts';

describe('models verify', () => {
  it('tells the code of what is wrong with a folder', async () => {
    const verifying = medleyProcess(['models', 'verify', '/nonexistent'], {});
    expect([await verifying.ended, verifying.printed()]).toEqual([
      1,
      expect.stringMatching(/^INVALID_MODEL: The model folder \/nonexistent cannot be used/),
    ]);
  });
});
