import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { email, journeyOf, pause } from '#test/builders/journeys';
import { createProgram, runProgram } from '../program.ts';

const versions: Record<string, object> = {
  '/v1/journeys/offer/versions/3': { document: journeyOf([email('offer'), pause('rest', '2 days')]) },
  '/v1/journeys/offer/versions/4': { document: journeyOf([email('offer'), pause('rest', '3 days')]) },
  '/v1/journeys/offer': { document: journeyOf([email('offer')]) },
};

let server: Server;
let url = '';
let folder = '';
let said: string[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wayleaf-diff-'));
  server = createServer((request, response) => {
    const found = versions[request.url ?? ''];
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(found ?? { code: 'unknown-version', detail: 'The journey has no such version.' }),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  said = [];
  for (const method of ['log', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((text: string) => void said.push(text));
});
afterEach(() => vi.restoreAllMocks());

const diff = (...args: string[]): Promise<number> =>
  runProgram(createProgram(), ['node', 'wayleaf', 'diff', '--url', url, '--token', 't', ...args]);
const file = (name: string, journey: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(journey));
  return path;
};

describe('wayleaf diff', () => {
  it('compares two versions of a journey', async () => {
    expect(await diff('offer', '3', '4')).toBe(0);
    expect(said).toEqual([
      'offer, version 3 → version 4: 1 change: 1 changed\n~ wait "rest" now waits 3 days instead of 2',
    ]);
  });

  it('compares a version with the draft when only one is named', async () => {
    await diff('offer', '4');
    expect(said[0]).toBe(
      'offer, version 4 → draft: 1 change: 1 removed\n- wait "rest" is gone (wait 3 days)',
    );
  });

  it('compares two files, and draws both as a picture', async () => {
    const before = file('a.json', journeyOf([email('mail')]));
    const after = file('b.json', journeyOf([email('mail'), email('more')]));
    for (const ending of ['svg', 'png']) {
      expect(await diff(before, after, '-o', join(folder, `out.${ending}`))).toBe(0);
      expect(existsSync(join(folder, `out.${ending}`))).toBe(true);
    }
    expect(said[0]).toContain('+ email "more" is new');
    expect(readFileSync(join(folder, 'out.svg'), 'utf8')).toContain('class="wl-added"');
    expect(readFileSync(join(folder, 'out.png')).subarray(1, 4).toString()).toBe('PNG');
  });

  it.each<[string, string[], number, RegExp]>([
    ['a version that is not there', ['offer', '3', '9'], 1, /no such version/],
    ['a version that is no number', ['offer', '3', 'x'], 2, /Versions are numbers/],
    ['a file that is not there', ['a.json', 'nowhere.json'], 1, /there is no such file/],
    ['another kind of picture', ['offer', '3', '4', '-o', 'x.mmd'], 2, /\.svg or \.png/],
  ])('refuses %s', async (_, args, code, words) => {
    expect(await diff(...args)).toBe(code);
    expect(said.join('\n')).toMatch(words);
  });

  it('refuses a file with errors, with all of them', async () => {
    const broken = file('broken.json', journeyOf([email('a'), email('a')]));
    expect(await diff(broken, broken)).toBe(1);
    expect(said.join('\n')).toContain('duplicate-id');
  });
});
