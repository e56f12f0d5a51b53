import { isSamePair, placesOf } from '../../../src/inference/releases/model-place.ts';
import type { BuildReport } from '../catalogue/build-report.ts';
import { leaveOnly } from './model-change.ts';
import type { ModelOrderPorts, ModelOrders } from './model-order.ts';
import type { ModelSwitchPorts } from './model-switch.ts';

/** A change that fells the process each time must not do so for ever. */
const MOST_BEGUN = 3;

export type ResumePorts = Pick<ModelSwitchPorts, 'models' | 'index' | 'log'> &
  Pick<ModelOrderPorts, 'serving'> &
  Pick<ModelOrders, 'use'>;

/** Takes up a change of models that was ordered and not finished. What was encoded is not encoded again. */
export async function resumeModelChange({ models, index, log, serving, use }: ResumePorts): Promise<void> {
  const { change } = await models.register.read();
  if (!change || !index.head()) return;
  const { to, begun } = change;
  const spaces = placesOf(to).map(({ space }) => space);
  if (begun < MOST_BEGUN || isSamePair(to, await serving())) {
    const report: BuildReport | undefined = await use(placesOf(to));
    if (report) log.info({ spaces, items: report.items }, 'an interrupted change of models is done');
  } else {
    log.error({ spaces, begun }, 'a change of models was interrupted too often and is given up');
  }
  // Where somebody else has ordered something meanwhile, that stands.
  const { change: left } = await models.register.read();
  if (left && isSamePair(left.to, to)) await leaveOnly(placesOf(await serving()), models.register);
}
