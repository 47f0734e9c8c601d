import { closest, distance } from 'fastest-levenshtein';
import type { Issue } from '#kernel/issue';
import { brandMembers, type Client } from '#model/client';
import { roots } from '../liquid/missing.ts';
import { checkSyntax } from '../liquid/render.ts';
import { variablesIn } from '../liquid/variables.ts';

const suggest = (word: string, known: readonly string[]): string | undefined => {
  const near = known.length > 0 ? closest(word, known as string[]) : '';
  return near && distance(word, near) <= 3 ? near : undefined;
};

const unknownRoot = (path: string, variable: string): Issue => {
  const root = /^[^.[]*/.exec(variable)?.[0] ?? variable;
  const near = suggest(root, [...roots]);
  return {
    code: 'unknown-variable',
    severity: 'error',
    path,
    message: `"${variable}" is not known in templates; there are ${[...roots].join(', ')}`,
    hint: near
      ? `did you mean \`${near}${variable.slice(root.length)}\`?`
      : 'fields of the contact are `contact.NAME`',
  };
};

/** `links.*` and `brand.*` are the client's own words, so a slip can be seen here. */
const unknownMember = (path: string, variable: string, client: Client, required: boolean): Issue[] => {
  const [root, name] = variable.split('.');
  const known: Record<string, readonly string[]> = {
    links: [...Object.keys(client.links), 'unsubscribe', 'preferences', 'confirm'],
    // What every brand may leave out is no slip where the template can do without it.
    brand: [...(required ? Object.keys(client.brand) : brandMembers), 'postalAddress'],
  };
  const names = known[root ?? ''];
  if (!names || name === undefined || names.includes(name)) return [];
  const near = suggest(name, names);
  return [
    {
      code: 'unknown-variable',
      severity: 'error',
      path,
      message: `"${variable}" is not in client.json; there are ${names.map((n) => `${root}.${n}`).join(', ')}`,
      ...(near ? { hint: `did you mean \`${root}.${near}\`?` } : {}),
    },
  ];
};

/** Everything that can be known of one body before it is rendered. */
export const checkLiquid = (
  path: string,
  mode: 'html' | 'text',
  source: string,
  client?: Client,
): Issue[] => {
  try {
    const { all, required, unknown } = variablesIn(checkSyntax(mode, source));
    return [
      ...unknown.map((variable) => unknownRoot(path, variable)),
      ...(client
        ? all.flatMap((variable) => unknownMember(path, variable, client, required.includes(variable)))
        : []),
    ];
  } catch (error) {
    const message = error instanceof Error ? error.message : 'not Liquid';
    return [{ code: 'invalid-liquid', severity: 'error', path, message }];
  }
};
