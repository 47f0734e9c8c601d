import { expect, test, vi } from 'vitest';
import { createApi, mayPass } from './api.ts';
import { Problem } from './problem.ts';

const answering = (status: number, body: string, headers: Record<string, string> = {}) =>
  vi.fn<typeof fetch>(async () => new Response(body || null, { status, headers }));

const failure = async (work: Promise<unknown>): Promise<Problem> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('it was answered');
};

test('the token goes in a header, never in the address, and no cookie goes along', async () => {
  const fetch = answering(200, '{"journeys":[]}', { etag: '"7"' });
  const { data, etag } = await createApi({ token: 'secret', fetch }).ask('PUT', '/v1/journeys/a', {
    body: { wayleaf: 1 },
    ifMatch: '"6"',
  });
  const [path, request] = fetch.mock.calls[0]!;
  expect([data, etag, path]).toEqual([{ journeys: [] }, '"7"', '/v1/journeys/a']);
  expect(request).toMatchObject({
    method: 'PUT',
    credentials: 'omit',
    headers: { authorization: 'Bearer secret', 'if-match': '"6"', 'content-type': 'application/json' },
    body: '{"wayleaf":1}',
  });
});

test('a text goes as it stands, so that a broken document comes to the checks as its author wrote it', async () => {
  const fetch = answering(200, '{}');
  await createApi({ token: 't', fetch }).ask('POST', '/v1/journeys/check', { body: '{"a":' });
  expect(fetch.mock.calls[0]![1]?.body).toBe('{"a":');
});

test('a refusal is told with its code, its words and its issues', async () => {
  const issue = { code: 'unknown-step', severity: 'error', path: '/steps/0', message: 'm' };
  const body = JSON.stringify({ status: 422, code: 'invalid-journey', detail: 'Mend it.', issues: [issue] });
  const problem = await failure(createApi({ token: 't', fetch: answering(422, body) }).get('/v1/x'));
  expect(problem).toMatchObject({
    status: 422,
    code: 'invalid-journey',
    message: 'Mend it.',
    issues: [issue],
  });
});

test('a page of something in between is a problem without words', async () => {
  const problem = await failure(createApi({ token: 't', fetch: answering(502, '<html>') }).get('/v1/x'));
  expect([problem.status, problem.code, mayPass(problem)]).toEqual([502, 'unknown', true]);
});

test('a token that is refused ends the session', async () => {
  const onRefused = vi.fn();
  await failure(createApi({ token: 't', fetch: answering(401, '{}'), onRefused }).get('/v1/x'));
  expect(onRefused).toHaveBeenCalledOnce();
});

test('a line that is down says so, what was broken off by the page does not', async () => {
  const down: typeof fetch = async () => {
    throw new TypeError('Failed to fetch');
  };
  const api = createApi({ token: 't', fetch: down });
  expect((await failure(api.get('/v1/x'))).code).toBe('unreachable');
  await expect(api.get('/v1/x', AbortSignal.abort())).rejects.toThrow(TypeError);
});

test('each request tells whether anybody answered, also with a refusal; what was broken off tells nothing', async () => {
  const onTried = vi.fn();
  const down = vi.fn<typeof fetch>().mockRejectedValue(new TypeError('Failed to fetch'));
  await failure(createApi({ token: 't', fetch: answering(404, '{}'), onTried }).get('/v1/x'));
  await failure(createApi({ token: 't', fetch: down, onTried }).get('/v1/x'));
  const brokenOff = createApi({ token: 't', fetch: down, onTried }).get('/v1/x', AbortSignal.abort());
  await expect(brokenOff).rejects.toThrow(TypeError);
  expect(onTried.mock.calls).toEqual([[true], [false]]);
});

test('an answer without a body, and the link to the next page', async () => {
  const gone = await createApi({ token: 't', fetch: answering(204, '') }).ask('DELETE', '/v1/x');
  expect(gone.data).toBeUndefined();
  const link = { link: '</v1/imports/i/result?from=500>; rel="next"' };
  const { data, next } = await createApi({ token: 't', fetch: answering(200, 'a,b', link) }).text('/v1/y');
  expect([data, next]).toEqual(['a,b', '/v1/imports/i/result?from=500']);
});
