import { createWriteStream } from 'node:fs';
import type { Command } from 'commander';
import { openEncoders } from '../inference/open-encoders.ts';
import { PICTURE_LIMITS } from '../inference/picture-tensor.ts';
import { rememberPictures } from '../runtime/catalogue-pictures.ts';
import { environment, readSettings } from '../runtime/environment.ts';
import { createLogger } from '../runtime/logger.ts';
import { pictureFetcher } from '../runtime/picture-fetch.ts';
import { installationSecret } from '../runtime/secret.ts';
import { buildGeneration } from '../../subgraphs/retrieval/catalogue/build-generation.ts';
import type { BuildPorts } from '../../subgraphs/retrieval/catalogue/build-generation.ts';
import { describeReport } from '../../subgraphs/retrieval/catalogue/build-report.ts';
import type { BuildReport } from '../../subgraphs/retrieval/catalogue/build-report.ts';
import { readCatalogue } from '../../subgraphs/retrieval/catalogue/catalogue-file.ts';
import { refitLiveRows } from '../../subgraphs/retrieval/catalogue/refit.ts';
import { retrievalConfig } from '../../subgraphs/retrieval/config.ts';
import { openRetrieval } from '../../subgraphs/retrieval/main.ts';
import { openUserProfileProgram } from '../../subgraphs/user-profile/main.ts';
import { NO_EVIDENCE_SOURCE } from '../../subgraphs/user-profile/evidence-source.ts';
import { queriesThatLed } from '../../subgraphs/retrieval/logged-queries.ts';
import { showProgress } from './progress.ts';

export interface IndexPorts extends Pick<BuildPorts, 'writer' | 'encoders' | 'encodings' | 'loggedQueries'> {
  readonly dataFolder: string;
  /** Where the problems are written, a line of JSON each. */
  readonly report?: string;
}

/** Indexes a catalogue file with a progress bar and publishes it. */
export async function indexCatalogue(file: string, { dataFolder, report, ...ports }: IndexPorts): Promise<BuildReport> {
  const catalogue = await readCatalogue(file);
  const problems = report === undefined ? undefined : createWriteStream(report);
  const fetcher = pictureFetcher({ maxBytes: PICTURE_LIMITS.bytes, timeout: 10_000, reach: 'any' });
  const bar = showProgress();
  try {
    return await buildGeneration(catalogue, {
      ...ports,
      fetchPicture: fetcher.fetch,
      refit: refitLiveRows(ports),
      onProgress: (progress) => {
        bar.report(progress);
      },
      onProblem: (problem) => problems?.write(`${JSON.stringify(problem)}\n`),
      beforePublish: async () => {
        if (catalogue.images?.folder) await rememberPictures(dataFolder, catalogue.name, catalogue.images.folder);
      },
    });
  } finally {
    bar.stop();
    problems?.end();
    await fetcher.close();
  }
}

/** `medley index catalogue.json`: reads, encodes, fits and publishes a catalogue; resumes where it was interrupted. */
export function addIndexCommand(program: Command): void {
  program
    .command('index')
    .description('read, encode and publish a catalogue')
    .argument('<catalogue>', 'the catalogue file')
    .option(
      '--report <file>',
      'where rejected items and pictures are listed, a line of JSON each',
      'index-report.jsonl',
    )
    .action(async (file: string, { report }: { report: string }) => {
      const env = environment();
      const settings = readSettings(env);
      const log = createLogger(settings.MEDLEY_LOG_LEVEL);
      const dataFolder = settings.MEDLEY_DATA_DIR;
      const secret = installationSecret(settings.MEDLEY_SECRET, dataFolder);
      const encoders = await openEncoders(retrievalConfig(env).models);
      const shared = { env, dataFolder, log, secret, encoders, anyEncoders: true };
      const userProfile = await openUserProfileProgram({ ...shared, evidence: NO_EVIDENCE_SOURCE });
      const retrieval = await openRetrieval({ ...shared, behaviour: userProfile.behaviour });
      try {
        const loggedQueries = await queriesThatLed(userProfile.behaviour, retrieval.windows);
        console.log(
          describeReport(await indexCatalogue(file, { ...retrieval, encoders, dataFolder, report, loggedQueries })),
        );
      } finally {
        await Promise.all([retrieval.close(), userProfile.close()]);
        await encoders.close();
      }
    });
}
