import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { manifest } from '#infra/manifest';

const root = join(import.meta.dirname, '../..');
const rooms = ['functions', 'infra', 'shared', 'statemachines', 'test'];

const entries = rooms.flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map((path) => `/${room}/${path}`),
);
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...entries.filter((path) => path.endsWith('.md')).map((path) => path.slice(1)),
];

const textOf = (page: string): string =>
  readFileSync(join(root, page), 'utf8').replace(/```[\s\S]*?```/g, '');

/** `ID.json`, `<name>.ts`, `{a,b}/`: a pattern, and no one file. */
const isPattern = (name: string): boolean => /[<>{}*…]|\bID\b/.test(name);

const linksIn = (page: string): string[] =>
  [...textOf(page).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].flatMap(([, to = '']) =>
    /^\w+:/.test(to) ? [] : [to],
  );

/** What stands in code marks and is a file or folder of ours: by its ending, or by the room it begins with. */
const filesNamedIn = (page: string): string[] =>
  [...textOf(page).matchAll(/`([\w./-]+)`/g)]
    .flatMap(([, name = '']) => name)
    .filter((name) =>
      /^[\w.-].*\.(?:ts|mjs|md|mjml)$|^(?:functions|infra|shared|statemachines|test)\//.test(name),
    )
    .filter((name) => !isPattern(name));

/** Named from the page, from the root, or by the end of its path as people say it. */
const isThere = (page: string, name: string): boolean => {
  const path = name.replace(/\/$/, '');
  return (
    existsSync(join(root, dirname(page), path)) ||
    existsSync(join(root, path)) ||
    entries.some((entry) => entry.endsWith(`/${path}`))
  );
};

test('every link between our pages leads somewhere', () => {
  const broken = pages.flatMap((page) =>
    linksIn(page)
      .filter((to) => !existsSync(join(root, dirname(page), to)))
      .map((to) => `${page}: ${to}`),
  );
  expect(broken).toEqual([]);
});

test('every file and folder that our pages name exists', () => {
  const named = pages.flatMap((page) => filesNamedIn(page).map((name) => ({ page, name })));
  expect(named.length).toBeGreaterThan(200);
  const gone = named.filter(({ page, name }) => !isThere(page, name));
  expect(gone.map(({ page, name }) => `${page}: ${name}`)).toEqual([]);
});

test('every function is told of in the README of its room', () => {
  const untold = manifest
    .map(({ record }) => record)
    .filter(({ room, name }) => !textOf(`functions/${room}/README.md`).includes(name));
  expect(untold.map(({ room, name }) => `${room}: ${name}`)).toEqual([]);
});
