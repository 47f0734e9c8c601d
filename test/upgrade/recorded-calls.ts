import { type FunctionEntry, manifest } from '#infra/manifest';

/** What a function of the release was called with by machines, streams, topics and rules, and what came of it. */
export interface RecordedCall {
  function: string;
  event: unknown;
  answer?: unknown;
  error?: string;
}

/** What waits in queues and machines while releases are exchanged. */
const called = new Set(['run-step', 'hear-event', 'end-run', 'take-feedback']);

/** The functions of this release, which note how they are called. */
export const recordingManifest = (calls: RecordedCall[]): FunctionEntry[] =>
  manifest.map((entry) => (called.has(entry.record.name) ? noting(entry, calls) : entry));

const noting = ({ record, load }: FunctionEntry, calls: RecordedCall[]): FunctionEntry => ({
  record,
  load: async () => {
    const { createHandler } = await load();
    return {
      createHandler: (context) => {
        const handler = createHandler(context);
        return async (event, about) => {
          const call: RecordedCall = { function: record.name, event: structuredClone(event) };
          calls.push(call);
          try {
            const answer = await handler(event, about);
            if (answer !== undefined) call.answer = answer;
            return answer;
          } catch (error) {
            call.error = (error as Error).name;
            throw error;
          }
        };
      },
    };
  },
});
