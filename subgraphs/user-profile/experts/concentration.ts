import { decay } from '../decay.ts';
import { NO_OPINION } from './expert.ts';
import type { Expert } from './expert.ts';

/** No cluster, however tight, is worth more than e^2, some 7 to 1. */
const BOUND = 2;

/** Where the liked items lie closer together than random ones: one look in many wordings, or one topic in many looks. */
export const concentration: Expert = {
  name: 'concentration',
  trust: 0.5,
  opinion: ({ history: { concentration: known, updatedAt }, now, halfLife }) => {
    if (known?.text == null || known.image == null || updatedAt === null) return NO_OPINION;
    const logOdds = Math.max(-BOUND, Math.min(BOUND, known.image - known.text));
    return { logOdds, evidence: known.items * decay(now - updatedAt, halfLife) };
  },
};
