import { problemOf } from '#http/problem';
import { Refusal } from '#kernel/errors';

/** A request on its way to a function, whether it came by a socket or from a test. */
export interface Request {
  method: string;
  /** With the query, as it was written. */
  url: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  sourceIp: string;
}

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string | string[]>>;
  body: string | Uint8Array;
}

export const answerJson = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(value),
});

export const answerProblem = (error: unknown, requestId = ''): Answer => {
  const { status, headers = {}, body = '' } = problemOf(error, requestId);
  return { status, headers, body };
};

export const refuse = (
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Answer => answerProblem(new Refusal(status, code, message, { headers }));
