import type { World } from '#infra/local/world';
import type { Run, StepRecord } from '#model/run';
import type { Send } from '#model/send';
import { history } from '#store/contacts/events';
import type { RunStory, Story, Visit } from '../interpreter/story.ts';
import type { Player } from './play.ts';

/** What the tables say of the contact's runs, in the words of a story. */
export const readStory = async ({ store }: World, { id }: Player): Promise<Story> => {
  const items = await history(store, id);
  const runs = items.filter((item) => item.kind === 'run') as Run[];
  const records = items.filter((item) => item.kind === 'step') as StepRecord[];
  const sends = items.filter((item) => item.kind === 'send') as Send[];
  return {
    runs: runs.map((run) =>
      tellRun(
        run,
        records.filter((record) => record.run === run.id),
        sends.filter((send) => send.run === run.id),
      ),
    ),
  };
};

const tellRun = (run: Run, records: readonly StepRecord[], sends: readonly Send[]): RunStory => {
  const tasks = new Set(records.filter(({ type }) => type === 'task').map(({ step }) => step));
  return {
    id: run.id,
    journey: run.journey,
    startedAt: run.startedAt,
    path: [
      ...records.filter(({ type, outcome }) => type !== 'exit' || outcome === 'skipped').map(visitOf),
      ...sends.filter(({ step }) => !tasks.has(step)).map(messageOf),
    ],
    ended: run.status === 'ended' ? endOf(run) : 'running',
    ...(run.converted ? { converted: run.converted.at } : {}),
  };
};

const visitOf = ({ at, step, visit, outcome, branch, reason }: StepRecord): Visit => ({
  ...{ at, step, visit },
  ...(outcome === 'answered' ? { answer: branch ?? -1 } : {}),
  ...(outcome === 'skipped' ? { skipped: reason ?? '' } : {}),
});

const messageOf = ({ at, step, visit, status, reason, channel }: Send): Visit => ({
  ...{ at, step, visit },
  ...(status === 'sent' ? { sent: channel } : { skipped: reason ?? status }),
});

/** Where a rule found the run is of no interest; an exit step is. */
const endOf = ({ ended, endedAt = '' }: Run): RunStory['ended'] => {
  const { how = '', as, step, by } = ended ?? {};
  return {
    ...{ at: endedAt, how },
    ...(as === undefined ? {} : { as }),
    ...(step === undefined || by !== undefined || how !== 'exited' ? {} : { step }),
  };
};
