import type { DynamoDBRecord } from 'aws-lambda';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import type { StreamRange } from '#aws/stream-range';
import { createHandler as takeFeedback } from '#functions/feedback/take-feedback/handler';
import { createHandler as endRun } from '#functions/journeys/end-run/handler';
import type { Services } from '#functions/journeys/services';
import { createHandler as foldCounts } from '#functions/reports/fold-counts/handler';
import { record as foldCountsRecord } from '#functions/reports/fold-counts/record';
import { beginRebuild } from '#functions/reports/rebuilding/begin';
import { Refusal } from '#kernel/errors';
import { definitionsOf } from '#model/report-settings';
import type { LostPart } from '../park-failure/failure.ts';

export type Replayed = 'processed' | 'counting-anew';
type CallAgain = (services: Services, payload: unknown) => Promise<Replayed>;

const withPayload =
  (create: (context: FunctionContext) => LambdaHandler): CallAgain =>
  async (services, payload) => {
    if (payload === undefined) throw notKept();
    await create(services.context)(payload);
    return 'processed';
  };

const notKept = (): Refusal =>
  new Refusal(
    409,
    'cannot-be-replayed',
    'What the function was called with is not kept: it was too large. The runbook "call-quarantined" says what it means; drop the entry when that is done.',
  );

/**
 * What the stream still has is counted now, each record once. What it has no more is lost to the counters only:
 * the items are there, so all is counted anew from them.
 */
const countAgain: CallAgain = async (services, payload) => {
  const { stream } = (payload ?? {}) as Partial<LostPart>;
  try {
    if (stream) {
      await handOver(services, stream);
      return 'processed';
    }
  } catch (error) {
    if ((error as Error).name !== 'StreamGone') throw error;
  }
  await beginRebuild(services.store, definitionsOf(await services.catalogue.client()), 'asked');
  return 'counting-anew';
};

const handOver = async ({ context }: Services, stream: StreamRange): Promise<void> => {
  if (!context.readStream) throw new Error('manage-quarantine cannot read the stream');
  const fold = foldCounts(context);
  for await (const page of context.readStream(stream)) {
    const Records = page.filter(isWanted);
    if (Records.length > 0) await fold({ Records });
  }
};

const trigger = foldCountsRecord.triggers.find((each) => each.kind === 'stream');
/** As the stream's filter has it. */
const isWanted = ({ eventName, dynamodb }: DynamoDBRecord): boolean =>
  trigger?.events.some((name) => name === eventName) === true &&
  trigger.sortKeys.some((prefix) => dynamodb?.Keys?.sk?.S?.startsWith(prefix));

/** Every function that leaves a call behind when it fails for good. A second time is harmless for each. */
export const again: Readonly<Record<string, CallAgain>> = {
  'take-feedback': withPayload(takeFeedback),
  'end-run': withPayload(endRun),
  'fold-counts': countAgain,
};

export const callAgain: (services: Services, name: string, payload: unknown) => Promise<Replayed> = (
  services,
  name,
  payload,
) => {
  const replay = again[name];
  if (!replay)
    throw new Refusal(
      409,
      'cannot-be-replayed',
      `No function "${name}" is replayed; there are ${Object.keys(again).join(', ')}. Drop the entry.`,
    );
  return replay(services, payload);
};
