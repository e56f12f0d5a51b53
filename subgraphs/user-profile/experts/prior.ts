import type { Expert } from './expert.ts';

/** The prior is worth this many choices: after as many others, the viewer's own evidence decides half. */
const WORTH = 8;

/** The unknown viewer: always there, and all there is where nothing is known. */
export const prior: Expert = {
  name: 'prior',
  trust: 1,
  opinion: ({ priorImage }) => ({ logOdds: Math.log(priorImage / (1 - priorImage)), evidence: WORTH }),
};
