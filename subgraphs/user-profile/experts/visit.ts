import { MINUTE } from '../decay.ts';
import { opinionOfChoices } from './choices.ts';
import type { Expert } from './expert.ts';

/** A visit ends after this long without an event, as web analytics has it. */
const VISIT = 30 * MINUTE;

/** The current visit: the choices of the last 30 minutes, which today's errand explains better than last month's. */
export const visit: Expert = {
  name: 'visit',
  trust: 1,
  opinion: ({ history, now, everyone }) =>
    opinionOfChoices(
      history.events.filter(({ at }) => now - at < VISIT),
      everyone,
      () => 1,
    ),
};
