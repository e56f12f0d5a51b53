import { counted, told } from '../../../src/runtime/counted.ts';
import type { BridgeOutcome } from './fitting/fitting.ts';

/** What a build came to. Times are seconds. */
export interface BuildReport {
  readonly catalogue: string;
  /** The spaces of the models that it was encoded with. */
  readonly models: readonly string[];
  readonly generation: string;
  readonly items: number;
  readonly pictures: number;
  readonly rejectedItems: number;
  readonly rejectedPictures: number;
  /** Items a second until their vectors were durable. */
  readonly itemsPerSecond: number;
  readonly seconds: { readonly encode: number; readonly fit: number; readonly publish: number };
  readonly bridge: BridgeOutcome;
  /** What became of what else was trained for this catalogue, a sentence each. */
  readonly towers: readonly string[];
}

/** The report as a person reads it. */
export function describeReport({
  catalogue,
  models,
  items,
  pictures,
  rejectedItems,
  rejectedPictures,
  itemsPerSecond,
  seconds,
  bridge,
  towers,
}: BuildReport): string {
  const left =
    rejectedItems + rejectedPictures === 0
      ? 'nothing was left out'
      : `left out: ${counted(rejectedItems, 'item')} and ${counted(rejectedPictures, 'picture')}`;
  return [
    `${catalogue}: ${counted(items, 'item')}, ${told(pictures)} with a picture; ${left}.`,
    `Encoded with ${models.join(' and ')} at ${itemsPerSecond.toFixed(0)} items per second. Encoding took ${seconds.encode.toFixed(1)} s, fitting ${seconds.fit.toFixed(1)} s, publishing ${seconds.publish.toFixed(1)} s.`,
    bridge.kind === 'left-off'
      ? `No bridge from words to pictures: ${bridge.reason}`
      : `Bridge from words to pictures: ${bridge.reason}`,
    ...towers,
  ].join('\n');
}
