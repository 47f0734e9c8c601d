import { Command, CommanderError } from 'commander';
import release from '../../package.json' with { type: 'json' };
import { ApiError, tellOf } from './api.ts';
import { addAudit } from './commands/audit.ts';
import { addBackup } from './commands/backup.ts';
import { addCheck } from './commands/check.ts';
import { addClient } from './commands/client.ts';
import { addCompile } from './commands/compile.ts';
import { addContacts } from './commands/contacts.ts';
import { addContactsExport } from './commands/contacts-export.ts';
import { addContactsImport } from './commands/contacts-import.ts';
import { addCost } from './commands/cost.ts';
import { addDemo } from './commands/demo.ts';
import { addDiff } from './commands/diff.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEnroll } from './commands/enroll.ts';
import { addExplain } from './commands/explain.ts';
import { addForecast } from './commands/forecast.ts';
import { addJourneys } from './commands/journeys.ts';
import { addKeys } from './commands/keys.ts';
import { addLifecycle } from './commands/lifecycle.ts';
import { addNew } from './commands/new.ts';
import { addPicture } from './commands/picture.ts';
import { addPreview } from './commands/preview.ts';
import { addPublish } from './commands/publish.ts';
import { addQuarantine } from './commands/quarantine.ts';
import { addReport } from './commands/report.ts';
import { addSchema } from './commands/schema.ts';
import { addSegments } from './commands/segments.ts';
import { addSendTest } from './commands/send-test.ts';
import { addSending } from './commands/sending.ts';
import { addSimulate } from './commands/simulate.ts';
import { addStart } from './commands/start.ts';
import { addStatus } from './commands/status.ts';
import { addTest } from './commands/test.ts';
import { addTokens } from './commands/tokens.ts';
import { Failure } from './failure.ts';

/** Every command is one file in `commands/` and one line here. */
const commands = [
  addStart,
  addCheck,
  addExplain,
  addCompile,
  addPicture,
  addDiff,
  addNew,
  addClient,
  addSimulate,
  addTest,
  addForecast,
  addPreview,
  addSendTest,
  addPublish,
  addLifecycle,
  addJourneys,
  addContacts,
  addContactsImport,
  addContactsExport,
  addSegments,
  addEnroll,
  addReport,
  addKeys,
  addTokens,
  addAudit,
  addBackup,
  addCost,
  addStatus,
  addSending,
  addQuarantine,
  addDoctor,
  addDemo,
  addSchema,
];

export const createProgram = (): Command => {
  const program = new Command('wayleaf')
    .description('Customer journeys as JSON, run by Step Functions in your own AWS account')
    .version(release.version, '--version', 'which release this is')
    .showHelpAfterError('(wayleaf --help lists the commands, wayleaf COMMAND --help the options of one)')
    .showSuggestionAfterError()
    .exitOverride();
  for (const add of commands) add(program);
  for (const command of program.commands) settle(command);
  return program;
};

/** Subcommands inherit how a usage error leaves. `-o -` is standard output, to which they write without it. */
const settle = (command: Command): void => {
  command.exitOverride().showHelpAfterError('(--help shows the options)');
  command.hook('preAction', () => {
    if (command.getOptionValue('output') === '-') command.setOptionValue('output', undefined);
  });
  command.commands.forEach(settle);
};

/** Runs one command line. Answers the exit code: 0 it happened, 1 it did not, 2 wrong usage. */
export const runProgram = async (program: Command, argv: readonly string[]): Promise<number> => {
  try {
    await program.parseAsync([...argv]);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof Failure) {
      if (error.message) console.error(error.message);
      return error.exitCode;
    }
    if (error instanceof ApiError) {
      console.error(tellOf(error));
      return 1;
    }
    console.error(error instanceof Error ? error.message : error);
    if (process.env.WAYLEAF_DEBUG) console.error(error);
    return 1;
  }
};
