import { askedShops } from '../item-signal/asked-shops.ts';
import { MEASURE, mixedWords } from '../item-signal/mixed-words.ts';
import type { MixedWords } from '../item-signal/mixed-words.ts';
import { number } from '../present.ts';
import type { ArmReport, RelevanceRow, RowContext, RowReport } from '../relevance-row.ts';
import { liesAbove, standing } from '../standing.ts';
import { tellLift } from '../training/tell-lift.ts';

export const row: RelevanceRow = {
  name: 'item-words',
  claim:
    'A trained item vector, as one more signal of the default profile, costs queries in words nothing, whatever the catalogue: .01 of their nDCG@10 at most.',
  needs: ['fashion', 'films', 'ikea'],
  run,
};

/** Of nDCG@10, relative: less is not noticed. */
const WORSE = 0.01;

async function run(context: RowContext): Promise<RowReport> {
  const all: MixedWords[] = [];
  for (const open of askedShops(context)) {
    const shop = await open();
    all.push(await mixedWords(shop, context));
    await shop.remove();
  }
  const worst = all.reduce((a, b) => (b.installed.low < a.installed.low ? b : a));
  return {
    metric: `relative lift of ${MEASURE} over the default profile without item vector, ${worst.name} (the catalogue with the lowest end)`,
    result: worst.installed,
    baselines: Object.fromEntries(all.map(({ name, without }) => [name, without])),
    control: null,
    n: worst.n,
    goal: -WORSE,
    ...standing(all.map(({ name, installed }) => liesAbove(installed, `the lift on ${name}`, -WORSE))),
    arms: all.flatMap(armsOf),
    notes: [
      'Every query ranks its whole catalogue, built with an item vector that was trained on it and its log, as a build takes it.',
      ...all.map(noteOf),
    ],
  };
}

function armsOf({ name, n, arms, best }: MixedWords): readonly ArmReport[] {
  const names = ['without', 'as installed', `prior ${best.prior}, the best on other queries`];
  return arms.map(({ value, lift }, i) => ({
    name: `${name} (${n}), ${names[i] ?? ''}`,
    figures: { [MEASURE]: value },
    ...(lift && { lift }),
  }));
}

function noteOf({ name, tuned, validated, best, towers }: MixedWords): string {
  const byPrior = [...tuned].map(([prior, value]) => `${prior} ${number(value)}`).join(', ');
  return `${name}, ${validated} other queries by the prior of ITEM: ${byPrior}; on the reported ones ${best.prior} brings ${tellLift(best.lift)} over as installed. ${towers}`;
}
