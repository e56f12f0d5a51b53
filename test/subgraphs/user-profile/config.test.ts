import { describe, expect, it } from '@jest/globals';
import { readProfileSettings } from '../../../subgraphs/user-profile/config.ts';
import { memoryProfileStore } from '../../../subgraphs/user-profile/memory-profile-store.ts';
import { viewerProfiles } from '../../../subgraphs/user-profile/viewer-profiles.ts';

describe('how long a replica may answer from an older profile', () => {
  it.each(['2.01', '0.0005'])('may be any part of a second: %s', async (MEDLEY_PROFILE_FRESH_FOR) => {
    const settings = readProfileSettings({ MEDLEY_PROFILE_FRESH_FOR });
    const profiles = viewerProfiles(memoryProfileStore(), settings, Date.now);
    await expect(profiles.read({ clientId: 'c' })).resolves.toBeDefined();
  });

  it('is refused in words where it is longer than anything is kept', () => {
    const refused = { code: 'INVALID_SETTING', message: expect.stringContaining('MEDLEY_PROFILE_FRESH_FOR') };
    expect(() => readProfileSettings({ MEDLEY_PROFILE_FRESH_FOR: '1e306' })).toThrow(expect.objectContaining(refused));
  });
});
