import { createServer, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createWeb, type WebOptions } from './create-web.ts';
import { isPublicAddress } from './public-address.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** A server that is called as if by https; the name `public.example` leads to it, others where the test says. */
const serve = async (
  listener: RequestListener,
  names: Record<string, string[]> = {},
  options: WebOptions = {},
) => {
  server = createServer(listener);
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const known: Record<string, string[]> = {
    'public.example': ['127.0.0.1'],
    'other.example': ['127.0.0.1'],
    ...names,
  };
  const asked: string[] = [];
  const web = createWeb({
    // This machine stands for the public internet; everything else is judged as always.
    mayReach: (address) => address === '127.0.0.1' || isPublicAddress(address),
    lookup: ((name: string, _options: unknown, done: (error: Error | null, found?: unknown) => void) => {
      asked.push(name);
      const found = known[name];
      if (!found) return done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
      done(
        null,
        found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    }) as never,
    transport: (url, given) =>
      request({ ...given, host: url.hostname, port: url.port || port, path: url.pathname + url.search }),
    ...options,
  });
  return { web, asked, port };
};

const get = (url: string, headers: Record<string, string> = {}) => ({ url, method: 'GET' as const, headers });
const text = (answer: unknown) => Buffer.from((answer as { body: Uint8Array }).body).toString();

describe('a call', () => {
  it('sends method, headers and body, and brings the answer', async () => {
    const { web } = await serve(async (asked, answer) => {
      const body: Buffer[] = [];
      for await (const part of asked) body.push(part);
      answer.writeHead(201).end(`${asked.method} ${asked.headers['x-key']} ${Buffer.concat(body)}`);
    });
    const answer = await web.call({
      url: 'https://public.example/x',
      method: 'PUT',
      headers: { 'x-key': 'k' },
      body: '{"a":1}',
    });
    expect(answer).toMatchObject({ kind: 'answered', status: 201 });
    expect(text(answer)).toBe('PUT k {"a":1}');
  });

  it.each(['http://public.example/', 'ftp://public.example/'])('refuses %s', async (url) => {
    const { web, asked } = await serve((_, answer) => answer.end());
    expect(await web.call(get(url))).toEqual({ kind: 'refused', reason: 'not-https' });
    expect(asked).toEqual([]);
  });

  it.each([
    'https://10.0.0.1/',
    'https://[::1]/',
    'https://0x7f000001.example.0x7f.1',
    'https://2852039166/',
    'https://[::ffff:169.254.169.254]/',
  ])('refuses the address %s', async (url) => {
    const { web } = await serve((_, answer) => answer.end(), {}, { mayReach: isPublicAddress });
    if (!URL.canParse(url)) return;
    expect(await web.call(get(url))).toEqual({ kind: 'refused', reason: 'private-address' });
  });

  it.each([
    [['10.0.0.1']],
    [['169.254.169.254']],
    [['93.184.216.34', '192.168.0.1']],
    [['::1']],
    [['::ffff:10.0.0.1']],
  ])('refuses a name that leads to %s', async (addresses) => {
    const { web } = await serve((_, answer) => answer.end(), { 'inner.example': addresses });
    expect(await web.call(get('https://inner.example/'))).toEqual({
      kind: 'refused',
      reason: 'private-address',
    });
  });

  it('connects to the very address that was looked at: the name is asked for once', async () => {
    const { web, asked } = await serve((_, answer) => answer.end('here'));
    await web.call(get('https://public.example/'));
    expect(asked).toEqual(['public.example']);
  });

  it('gives up after a while, also when the answer drips', async () => {
    const { web } = await serve(
      (_, answer) => void setInterval(() => answer.write('.'), 10).unref(),
      {},
      { timeoutMs: 150 },
    );
    expect(await web.call(get('https://public.example/'))).toEqual({ kind: 'failed', reason: 'timeout' });
  });

  it('reads no more than it may', async () => {
    const { web } = await serve((_, answer) => answer.end('x'.repeat(2_000)), {}, { maxBytes: 1_000 });
    expect(await web.call(get('https://public.example/'))).toEqual({ kind: 'too-large' });
  });

  it('tells that nobody was there', async () => {
    const { web } = await serve((_, answer) => answer.end());
    expect(await web.call(get('https://nobody.example/'))).toEqual({ kind: 'failed', reason: 'not-reached' });
  });

  it('tells that the connection broke', async () => {
    const { web } = await serve((asked) => asked.socket.destroy());
    expect(await web.call(get('https://public.example/'))).toEqual({ kind: 'failed', reason: 'broken-off' });
  });
});

describe('a redirect', () => {
  const leading = (status: number, location: string, end = vi.fn()) =>
    serve(
      (asked, answer) => {
        end(asked.method, asked.headers);
        if (asked.url === '/end') answer.end('end');
        else answer.writeHead(status, { location }).end();
      },
      { 'inner.example': ['10.0.0.1'] },
    );

  it('is followed', async () => {
    const { web } = await leading(302, '/end');
    expect(text(await web.call(get('https://public.example/start')))).toBe('end');
  });

  it.each(['https://10.0.0.1/', 'https://inner.example/', 'https://[fd00:ec2::254]/latest'])(
    'is refused when it leads to %s',
    async (to) => {
      const { web } = await leading(307, to);
      expect(await web.call(get('https://public.example/'))).toEqual({
        kind: 'refused',
        reason: 'private-address',
      });
    },
  );

  it('is refused when it leaves https', async () => {
    const { web } = await leading(301, 'http://public.example/end');
    expect(await web.call(get('https://public.example/'))).toEqual({ kind: 'refused', reason: 'not-https' });
  });

  it('is followed three times at most', async () => {
    const { web } = await leading(302, '/again');
    expect(await web.call(get('https://public.example/'))).toEqual({
      kind: 'refused',
      reason: 'too-many-redirects',
    });
  });

  it('shows another server none of the headers that were for the first', async () => {
    const seen = vi.fn();
    const { web } = await leading(307, 'https://other.example/end', seen);
    await web.call(
      get('https://public.example/', { authorization: 'Bearer secret', 'idempotency-key': 'k' }),
    );
    expect(seen.mock.calls[0]![1]).toMatchObject({ authorization: 'Bearer secret' });
    expect(seen.mock.calls[1]![1]).not.toHaveProperty('authorization');
    expect(seen.mock.calls[1]![1]).toMatchObject({ 'idempotency-key': 'k' });
  });

  it('asks for the page after a 303, and repeats the request after a 308', async () => {
    for (const [status, method] of [
      [303, 'GET'],
      [308, 'POST'],
    ] as const) {
      const seen = vi.fn();
      const { web } = await leading(status, '/end', seen);
      await web.call({
        url: 'https://public.example/',
        method: 'POST',
        headers: { 'content-length': '2' },
        body: '{}',
      });
      expect(seen.mock.calls[1]![0]).toBe(method);
      server?.close();
    }
  });
});
