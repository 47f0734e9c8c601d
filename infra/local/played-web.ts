import type { Web, WebAnswer, WebRequest } from '#web/web';

export interface PlayedWeb extends Web {
  /** What would have been called, newest last. */
  calls: readonly WebRequest[];
  /** What is answered from now on; `{}` with status 200 when nobody said so. */
  answer(by: (request: WebRequest) => WebAnswer | Promise<WebAnswer>): void;
}

const remembered = 1_000;

/** Other people's servers, played: nothing leaves this machine, and every call succeeds. */
export const createPlayedWeb = (): PlayedWeb => {
  const calls: WebRequest[] = [];
  let by = (_: WebRequest): WebAnswer | Promise<WebAnswer> => answered(200, {});
  return {
    calls,
    answer(other) {
      by = other;
    },
    async call(request) {
      calls.push(request);
      if (calls.length > remembered) calls.shift();
      return by(request);
    },
  };
};

export const answered = (status: number, body: unknown): WebAnswer => ({
  kind: 'answered',
  status,
  body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
});
