import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { builtConsole, type Current, currentFile } from './built.ts';
import { policyOf } from './headers.ts';

let folder: string;
let inputs: string[];
beforeAll(() => {
  folder = builtConsole();
  inputs = Object.keys((JSON.parse(readFileSync(currentFile, 'utf8')) as Current).inputs);
}, 120_000);

const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

/** What the first page loads: the scripts that its document names. */
const firstScripts = (): string[] =>
  [...read('index.html').matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path!);

test('the first page loads less than 250 KB of script, gzipped', () => {
  const bytes = firstScripts().map((path) => gzipSync(read(path)).length);
  expect(bytes.length).toBeGreaterThan(0);
  expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(250 * 1024);
});

test('it is made for production, also when a test is the first to ask for it', () => {
  const scripts = readdirSync(join(folder, 'assets')).filter((file) => file.endsWith('.js'));
  expect(scripts.filter((file) => /\bjsxDEV\b/.test(read(`assets/${file}`)))).toEqual([]);
});

test('what a step does when it runs, stores and secrets stay on the server', () => {
  const ours = inputs.filter((path) => /^(functions|shared|statemachines|infra)\//.test(path));
  expect(ours).toContain('statemachines/compile/plan.ts');
  const strange = ours.filter(
    (path) =>
      /\/run(-registry)?\.ts$/.test(path) ||
      !/^(functions\/(console\/app|reports\/tables)|statemachines|shared\/(kernel|model|conditions))\/|^infra\/console\/(build|bundle)\.ts$/.test(
        path,
      ),
  );
  expect(strange).toEqual([]);
});

test('nothing in it stands inline, is loaded from elsewhere, or asks for what the policy forbids', () => {
  expect(read('index.html')).not.toMatch(/<style|<script(?![^>]* src=)| on\w+=|https?:\/\//);
  for (const name of readdirSync(join(folder, 'assets')).filter((file) => file.endsWith('.css')))
    expect(read(`assets/${name}`)).not.toMatch(/@import|url\((?!["']?(?:\/assets\/|data:image\/svg))/);
  expect(policyOf('/index.html')).not.toContain('unsafe');
});

test('no source of ours writes HTML that others wrote into the page', () => {
  const sources = inputs.filter((path) => path.startsWith('functions/console/app/') && /\.tsx?$/.test(path));
  const writing = sources.filter((path) =>
    /dangerouslySetInnerHTML|insertAdjacentHTML|\.innerHTML\b|document\.write/.test(
      readFileSync(path, 'utf8'),
    ),
  );
  expect(writing).toEqual(['functions/console/app/parts/safe-frame.tsx']);
});

test('a frame for the HTML of others has another policy, and runs no script either', () => {
  const policy = policyOf('/frame.html');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain('sandbox allow-same-origin');
  expect(policy).not.toMatch(/script-src|allow-scripts/);
});
