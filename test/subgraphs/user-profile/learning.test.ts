import { expect, it } from '@jest/globals';
import { currentDeadline, underDeadline } from '../../../src/runtime/current-deadline.ts';
import type { Deadline } from '../../../src/vocabulary/deadline.ts';
import { deadlineIn } from '../../../src/vocabulary/deadline.ts';
import { memoryProfileStore } from '../../../subgraphs/user-profile/memory-profile-store.ts';
import { openUserProfile } from '../../../subgraphs/user-profile/user-profile.ts';
import { SETTINGS, madeUpSource, randomItems, seeded } from './made-up.ts';

it('what an event teaches may be learned after its sender was answered', async () => {
  const deadlines: (Deadline | undefined)[] = [];
  const source = madeUpSource(randomItems(5, seeded(1)), new Map());
  const program = openUserProfile({
    store: memoryProfileStore(),
    source: {
      ...source,
      sample: (count) => {
        deadlines.push(currentDeadline());
        return source.sample(count);
      },
    },
    settings: SETTINGS,
  });
  await program.settled();
  const occurredAt = new Date().toISOString();
  await underDeadline(deadlineIn(60_000), () =>
    program.record([{ id: 'e', userId: 'ann', action: 'CLICK', itemId: 'item-1', occurredAt }]),
  );
  await program.settled();
  await program.close();
  expect(new Set(deadlines)).toEqual(new Set([undefined]));
});
