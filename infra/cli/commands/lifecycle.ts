import type { Command } from 'commander';
import { type ApiOptions, call, withApi } from '../api.ts';

const words = {
  pause: {
    does: 'hold every run of a journey; nothing of it is sent until resume',
    done: 'is paused: runs hold, nothing is sent.',
  },
  resume: {
    does: 'let the held runs of a journey go on; what became stale is skipped',
    done: 'goes on; what became stale meanwhile is skipped.',
  },
  archive: {
    does: 'let nobody enter a journey any more; runs under way finish',
    done: 'is archived: nobody enters, runs under way finish.',
  },
} as const;

/** pause, resume, archive. */
export const addLifecycle = (program: Command): void => {
  for (const [verb, { does, done }] of Object.entries(words)) {
    withApi(program.command(verb).description(does).argument('<journey>', 'journey id'))
      .option('--json', 'the answer as JSON')
      .action(async (journey: string, options: ApiOptions & { json?: boolean }) => {
        const answer = await call(options, 'POST', `/v1/journeys/${encodeURIComponent(journey)}/${verb}`);
        console.log(options.json ? JSON.stringify(answer) : `${journey} ${done}`);
      });
  }
};
