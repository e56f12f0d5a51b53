import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TextEncoder } from '../../../../src/inference/encoder.ts';
import type { ItemPair } from '../../../../src/vocabulary/viewer-event.ts';
import type { Catalogue } from '../reading/catalogue-file.ts';
import type { DrawnSample } from '../fitting/draw-sample.ts';
import { encodeCatalogue } from '../encoding/encode-catalogue.ts';
import type { EncodeCataloguePorts } from '../encoding/encode-catalogue.ts';
import type { EncodedItem } from '../encoding/encode-items.ts';
import { fitCatalogue } from '../fitting/fit-catalogue.ts';
import type { FitCataloguePorts } from '../fitting/fit-catalogue.ts';
import type { Fitting } from '../fitting/fitting.ts';
import { keepTrained } from './trained-folder.ts';
import type { TrainedKind } from './trained-folder.ts';

/** A catalogue that is encoded and fitted in closed form: what a training begins with, and is compared with. */
export interface FittedCatalogue {
  readonly fitting: Fitting;
  readonly drawn: DrawnSample;
  readonly encoder: TextEncoder;
  /** What viewers chose together, from the log. */
  readonly together: () => Promise<readonly ItemPair[]>;
}

export interface TogetherPort {
  /** Pairs of items that a viewer chose within a day; nothing is known of any when absent. */
  readonly chosenTogether?: () => Promise<readonly ItemPair[]>;
}

/** Something that Python learns from a catalogue and its log, and that a build takes if it is good. */
export interface Training<Facts extends object, Trained> extends TrainedKind<Facts> {
  /** What the recipe reads, packed, and what is to be known of what it makes. @throws MedleyError INVALID_CATALOGUE where there is nothing to train */
  readonly input: (fitted: FittedCatalogue) => Promise<{ readonly bytes: Uint8Array; readonly facts: Facts }>;
  readonly open: (folder: string, facts: Facts) => Promise<Trained>;
  /** A sentence on how good it is among what it has not seen. */
  readonly judge: (fitted: FittedCatalogue, trained: Trained) => Promise<string>;
}

export interface TrainPorts extends EncodeCataloguePorts, FitCataloguePorts, TogetherPort {
  /** Where what is trained is kept. */
  readonly folder: string;
  /** Trains on the packed input, by its path, and writes files into a folder. */
  readonly train: (input: string, into: string, signal?: AbortSignal) => Promise<void>;
}

/** Beside what is made of it, and gone when that is there. */
const INPUT = 'input.bin';

/** Fits a catalogue that is encoded, in closed form. */
export async function fittedCatalogue(
  encoded: readonly EncodedItem[],
  { chosenTogether = () => Promise.resolve([]), ...ports }: FitCataloguePorts & TogetherPort,
): Promise<FittedCatalogue> {
  return { ...(await fitCatalogue(encoded, ports)), encoder: ports.encoders.text, together: chosenTogether };
}

/** Trains on a catalogue and keeps what comes of it for the next build. Answers a sentence on how good it is. */
export async function trainOn<Facts extends object, Trained>(
  catalogue: Catalogue,
  training: Training<Facts, Trained>,
  { folder, train, ...ports }: TrainPorts,
): Promise<string> {
  const encoded = await encodeCatalogue(catalogue, ports);
  const fitted = await fittedCatalogue(encoded, ports);
  const { bytes, facts } = await training.input(fitted);
  const fresh = `${folder}.new`;
  try {
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { recursive: true });
    const input = join(fresh, INPUT);
    await writeFile(input, bytes);
    await train(input, fresh, ports.signal);
    await rm(input);
    const told = await training.judge(fitted, await training.open(fresh, facts));
    await keepTrained(folder, fresh, { facts, files: training.files });
    return told;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
