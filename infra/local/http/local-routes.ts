import * as z from 'zod';
import { issuesOf } from '#http/zod-issues';
import { iso } from '#kernel/clock';
import { durationPattern, parseDuration } from '#kernel/durations';
import { Refusal } from '#kernel/errors';
import type { Feedback } from '../mail/feedback.ts';
import { feedbackTypes } from '../mail/feedback.ts';
import { type Answer, answerJson, answerProblem, type Request } from './exchange.ts';
import type { Dispatch } from './routes.ts';

/** What `/local/…` shows and moves. */
export interface LocalWorld {
  now(): number;
  clockMode: 'real' | 'virtual';
  advanceTo(ms: number): Promise<void>;
  outbox(): Promise<unknown>;
  feedback(feedback: Feedback): Promise<void>;
  executions(): unknown;
  quarantine(): unknown;
}

const clockSchema = z.union([
  z.strictObject({
    advance: z.string().regex(durationPattern, 'a duration such as "3 days" or "90 minutes"'),
  }),
  z.strictObject({ to: z.iso.datetime({ offset: true }) }),
]);

const feedbackSchema = z.strictObject({
  sendId: z.string().min(1).max(200),
  type: z.enum(feedbackTypes),
  link: z.url().optional(),
  soft: z.boolean().optional(),
  text: z.string().min(1).max(1600).optional(),
});

/** Only in the embedded world, and only for this machine. */
export const createLocalRoutes = (world: LocalWorld): Dispatch => {
  const tell = () => answerJson(200, { now: iso(world.now()), mode: world.clockMode });
  const routes: Record<string, (request: Request) => Promise<Answer> | Answer> = {
    'GET /local/outbox': async () => answerJson(200, await world.outbox()),
    'GET /local/executions': () => answerJson(200, world.executions()),
    'GET /local/quarantine': () => answerJson(200, world.quarantine()),
    'GET /local/clock': tell,
    'POST /local/clock': async (request) => {
      await world.advanceTo(targetOf(read(request, clockSchema), world));
      return tell();
    },
    'POST /local/feedback': async (request) => {
      await world.feedback(read(request, feedbackSchema));
      return answerJson(202, { status: 'played' });
    },
  };
  return async (request) => {
    const path = request.url.split('?', 1)[0];
    try {
      const route = routes[`${request.method} ${path}`];
      if (!route) throw new Refusal(404, 'not-found', `There is ${Object.keys(routes).join(', ')}.`);
      return await route(request);
    } catch (error) {
      return answerProblem(error);
    }
  };
};

const read = <Schema extends z.ZodType>({ body }: Request, schema: Schema): z.output<Schema> => {
  const parsed = schema.safeParse(parseJson(body));
  if (parsed.success) return parsed.data;
  throw new Refusal(422, 'invalid-body', 'The body has the wrong shape; see issues.', {
    issues: issuesOf(parsed.error),
  });
};

const parseJson = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch (cause) {
    throw new Refusal(400, 'malformed-json', 'Send a JSON body.', { cause });
  }
};

const dayMs = 86_400_000;
/** Every timer on the way runs, so a jump takes time: about a second a year in an empty world. */
const farthestMs = 3660 * dayMs;

const targetOf = (to: z.output<typeof clockSchema>, world: LocalWorld): number => {
  if (world.clockMode === 'real')
    throw new Refusal(409, 'real-clock', 'This world runs on the real clock. Start it with --clock virtual.');
  const now = world.now();
  const target = 'to' in to ? Date.parse(to.to) : now + lengthOf(to.advance);
  if (target < now)
    throw new Refusal(422, 'clock-runs-forward', `It is ${iso(now)} already; time only moves forward.`);
  if (target - now > farthestMs)
    throw new Refusal(422, 'clock-too-far', 'The clock moves by at most 3660 days at once.');
  return target;
};

/** A day is 24 hours here: a world has no zone. */
export const lengthOf = (text: string): number => {
  const { days, milliseconds } = parseDuration(text) ?? { days: 0, milliseconds: Number.NaN };
  return days * dayMs + milliseconds;
};
