import { closest, distance } from 'fastest-levenshtein';
import type { Issue } from '#kernel/issue';
import { brandMembers, type Client } from '#model/client';
import { roots } from '../liquid/missing.ts';
import { checkSyntax } from '../liquid/render.ts';
import { type TemplateVariables, variablesIn } from '../liquid/variables.ts';

/** A name that no template, or not this client, has. */
export interface UnknownName {
  variable: string;
  message: string;
  hint?: string;
}

const suggest = (word: string, known: readonly string[]): string | undefined => {
  const near = known.length > 0 ? closest(word, known as string[]) : '';
  return near && distance(word, near) <= 3 ? near : undefined;
};

const unknownRoot = (variable: string): UnknownName => {
  const root = /^[^.[]*/.exec(variable)?.[0] ?? variable;
  const near = suggest(root, [...roots]);
  return {
    variable,
    message: `"${variable}" is not known in templates; there are ${[...roots].join(', ')}`,
    hint: near
      ? `did you mean \`${near}${variable.slice(root.length)}\`?`
      : 'fields of the contact are `contact.NAME`',
  };
};

/** `links.*` and `brand.*` are the client's own words, so a slip can be seen here. */
const unknownMember = (variable: string, client: Client, required: boolean): UnknownName[] => {
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
      variable,
      message: `"${variable}" is not in client.json; there are ${names.map((n) => `${root}.${n}`).join(', ')}`,
      ...(near ? { hint: `did you mean \`${root}.${near}\`?` } : {}),
    },
  ];
};

export const unknownNames = (
  { all, required, unknown }: TemplateVariables,
  client: Client | undefined,
): UnknownName[] => [
  ...unknown.map(unknownRoot),
  ...(client ? all.flatMap((each) => unknownMember(each, client, required.includes(each))) : []),
];

/** Everything that can be known of a text in a step before it is rendered. */
export const checkLiquid = (
  path: string,
  mode: 'html' | 'text',
  source: string,
  client?: Client,
): Issue[] => {
  const issue = (code: string, message: string, hint?: string): Issue => ({
    ...{ code, severity: 'error', path, message },
    ...(hint === undefined ? {} : { hint }),
  });
  try {
    const variables = variablesIn(checkSyntax(mode, source));
    return unknownNames(variables, client).map(({ message, hint }) =>
      issue('unknown-variable', message, hint),
    );
  } catch (error) {
    return [issue('invalid-liquid', error instanceof Error ? error.message : 'not Liquid')];
  }
};
