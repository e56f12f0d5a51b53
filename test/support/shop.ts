import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashingPictureEncoder, hashingTextEncoder } from '../../src/inference/hashing-encoder.ts';
import { together } from '../../src/inference/open-encoders.ts';
import type { Encoders } from '../../src/inference/open-encoders.ts';
import { openMedley } from '../../src/main.ts';
import type { Medley, MedleySettings } from '../../src/main.ts';
import { readSettings } from '../../src/runtime/environment.ts';
import { createLogger } from '../../src/runtime/logger.ts';
import { readCatalogue } from '../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { layEmptyDatabases } from './empty-databases.ts';
import { frontDoor } from './front-door.ts';
import type { FrontDoor } from './front-door.ts';
import { writeCornerShop } from './corner-shop.ts';

export interface ShopSettings extends Pick<MedleySettings, 'between'> {
  /** Items of the corner shop; 0 leaves it empty. */
  readonly items?: number;
  /** Whether items of a kind are variants of one thing, in several colours. */
  readonly variants?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** The twins without a model by default. */
  readonly encoders?: Encoders;
  /** Writes another catalogue than the corner shop into a folder; resolves to the path of its file. */
  readonly catalogue?: (folder: string) => Promise<string>;
}

/** A whole Medley over the corner shop, listening on a port of its own. */
export interface Shop extends FrontDoor {
  readonly folder: string;
  readonly dataFolder: string;
  readonly medley: Medley;
  /** Stops it and starts it again over the same data folder. */
  reopen(): Promise<Shop>;
  /** Stops it and removes everything. */
  close(): Promise<void>;
}

export async function openShop({ items = 60, variants, catalogue, ...settings }: ShopSettings = {}): Promise<Shop> {
  const folder = await mkdtemp(join(tmpdir(), 'medley-shop-'));
  await layEmptyDatabases(join(folder, 'data'));
  const shop = await openIn(folder, settings);
  const write = catalogue ?? ((into: string) => writeCornerShop(into, items, { variants }));
  try {
    if (catalogue || items > 0) await shop.medley.retrieval.indexing.run(await readCatalogue(await write(folder)));
  } catch (error) {
    await shop.close();
    throw error;
  }
  return shop;
}

/** The twins of the encoders, which need no model. */
export function hashingEncoders(): Encoders {
  return together(hashingTextEncoder(), hashingPictureEncoder());
}

/** A busy machine is no failure: only what is about deadlines sets them to what it wants to see kept. */
const PATIENT = {
  MEDLEY_DEADLINE: '60000',
  MEDLEY_ENCODING_DEADLINE: '30000',
  MEDLEY_VIEWER_DEADLINE: '30000',
} as const;

async function openIn(folder: string, settings: Omit<ShopSettings, 'items' | 'variants' | 'catalogue'>): Promise<Shop> {
  const dataFolder = join(folder, 'data');
  const env = { ...PATIENT, MEDLEY_DATA_DIR: dataFolder, MEDLEY_DEMO: 'off', PORT: '0', ...settings.env };
  const { encoders = hashingEncoders(), between } = settings;
  const log = createLogger('silent');
  const medley = await openMedley({ env, settings: readSettings(env), log, encoders, between });
  await medley.app.listen({ host: '127.0.0.1', port: 0 });
  return {
    ...frontDoor(medley.app.listeningOrigin),
    folder,
    dataFolder,
    medley,
    reopen: async () => {
      await medley.close();
      return openIn(folder, settings);
    },
    close: async () => {
      await medley.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
