import { parseJson } from '#kernel/json';
import type { WebAnswer } from './web.ts';

/** What an answer means for the step. `again`: the receiver could not take it now, and may later. */
export type Judged =
  | { outcome: 'done'; status: number; result?: unknown }
  | { outcome: 'failed'; reason: string; status?: number; again: boolean };

/** Of a result that is kept on the run, and read by conditions and templates. */
const maxResultBytes = 16 * 1024;

/** @param wantsResult the JSON of the answer is to be kept */
export const judgeAnswer = (answer: WebAnswer, wantsResult: boolean): Judged => {
  switch (answer.kind) {
    case 'refused':
      return { outcome: 'failed', reason: answer.reason, again: false };
    case 'failed':
      return { outcome: 'failed', reason: answer.reason, again: true };
    case 'too-large':
      return { outcome: 'failed', reason: 'answer-too-large', again: false };
    case 'answered':
      return judgeStatus(answer, wantsResult);
  }
};

const mayPass = new Set([408, 425, 429]);

const judgeStatus = (
  { status, body }: Extract<WebAnswer, { kind: 'answered' }>,
  wantsResult: boolean,
): Judged => {
  if (status < 200 || status >= 300)
    return {
      outcome: 'failed',
      reason: `answered-${status}`,
      status,
      again: status >= 500 || mayPass.has(status),
    };
  if (!wantsResult || body.length === 0) return { outcome: 'done', status };
  if (body.length > maxResultBytes)
    return { outcome: 'failed', reason: 'answer-too-large', status, again: false };
  const { value, problem } = parseJson(body, { maxBytes: maxResultBytes });
  if (problem) return { outcome: 'failed', reason: `answer-${problem.code}`, status, again: false };
  return { outcome: 'done', status, result: value };
};
