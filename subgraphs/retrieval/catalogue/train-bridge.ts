import { mkdir, rm } from 'node:fs/promises';
import { adoptBridge } from './adopt-bridge.ts';
import { bridgePairs } from './bridge-pairs.ts';
import type { Catalogue } from './catalogue-file.ts';
import { encodeCatalogue } from './encode-catalogue.ts';
import type { EncodeCataloguePorts } from './encode-catalogue.ts';
import { fitCatalogue } from './fit-catalogue.ts';
import type { FitCataloguePorts } from './fit-catalogue.ts';
import { keepBridge, openBridge } from './trained-bridge.ts';

export interface TrainBridgePorts extends EncodeCataloguePorts, FitCataloguePorts {
  /** Where the bridge of the catalogue is kept. */
  readonly folder: string;
  /** Trains on packed pairs (bridge-pairs.ts) and writes the bridge's files into a folder. */
  readonly train: (pairs: Uint8Array, into: string) => Promise<void>;
}

/**
 * Trains a bridge on a catalogue's own pairs and keeps it. Answers a sentence on how good it is among pairs that neither it nor the
 * one in closed form has seen.
 */
export async function trainBridge(
  catalogue: Catalogue,
  { folder, train, ...ports }: TrainBridgePorts,
): Promise<string> {
  const encoded = await encodeCatalogue(catalogue, ports);
  const { fitting, drawn } = await fitCatalogue(encoded, ports);
  const { bytes, ...rest } = await bridgePairs(drawn, { fitting, encoder: ports.encoders.text });
  const facts = { ...rest, textSpace: fitting.textSpace, imageSpace: fitting.imageSpace };
  const fresh = `${folder}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  await train(bytes, fresh);
  const { outcome } = await adoptBridge(fitting, await openBridge(fresh, facts), drawn);
  await keepBridge(folder, fresh, facts);
  return outcome.reason;
}
