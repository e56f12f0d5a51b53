import { Command } from 'commander';
import { complain } from '../runtime/stop.ts';
import { addIndexCommand } from './index-catalogue.ts';
import { addInspectCommand } from './inspect.ts';
import { addJudgmentsCommand } from './judgments.ts';
import { addKeysCommand } from './keys.ts';
import { addModelsCommand } from './models.ts';
import { addPopularSearchesCommand } from './popular-searches.ts';
import { addRollbackCommand } from './rollback.ts';
import { addServeCommand } from './serve.ts';
import { addTrainCommands } from './train.ts';
import { addTuneCommand } from './tune.ts';

const program = new Command('medley')
  .description("Answers a shop's searches and recommendations by words, meaning and looks.")
  .showHelpAfterError();
addServeCommand(program);
addIndexCommand(program);
addRollbackCommand(program);
addModelsCommand(program);
addKeysCommand(program);
addInspectCommand(program);
addTrainCommands(program);
addJudgmentsCommand(program);
addTuneCommand(program);
addPopularSearchesCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  complain(error);
  process.exit();
}
