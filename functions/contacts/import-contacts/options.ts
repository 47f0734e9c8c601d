import { encodingNamed, encodings } from '#csv/decode';
import { separatorNamed } from '#csv/separators';
import { Refusal } from '#kernel/errors';
import type { Issue } from '#kernel/issue';
import { isTag } from '#policy/contacts/contact-fields';
import type { ImportOptions } from '#store/catalogue/imports';

type Reader<T> = (text: string) => T | undefined;

/** What may stand in the query of an import. */
export const readOptions = (query: URLSearchParams): ImportOptions & { parts: number | undefined } => {
  const issues: Issue[] = [];
  const refuse = (name: string, found: string, allowed: string): undefined => {
    issues.push({
      ...{ code: 'invalid-option', severity: 'error', path: `/${name}` },
      message: `"${name}" is ${JSON.stringify(found.slice(0, 60))}; use ${allowed}`,
    });
  };
  const one = <T>(name: string, read: Reader<T>, allowed: string): T | undefined => {
    const text = query.get(name);
    return text === null ? undefined : (read(text) ?? refuse(name, text, allowed));
  };
  const among =
    <T extends string>(...words: T[]): Reader<T> =>
    (text) =>
      words.find((word) => word === text);
  const options = {
    separator: one('separator', separatorNamed, 'comma, semicolon, tab or pipe'),
    encoding: one('encoding', encodingNamed, encodings.join(', ')),
    decimal: one('decimal', among('.', ',', 'ask'), '., a comma or ask'),
    dates: one('dates', among('DMY', 'MDY'), 'DMY or MDY'),
    consentText: one(
      'consentText',
      (text) => (text !== '' && text.length <= 2000 ? text : undefined),
      '1 to 2000 characters',
    ),
    parts: one('parts', partCount, 'a number from 1 to 1000'),
    tags: query
      .getAll('tag')
      .filter((tag) => isTag(tag) || refuse('tag', tag, 'a tag of 1 to 100 characters')),
    mapping: mappingIn(query.getAll('map'), (found) => refuse('map', found, 'HEADING=field')),
  } as const;
  if (issues.length > 0)
    throw new Refusal(400, 'invalid-query', 'An option of the import is wrong; see issues.', { issues });
  return options;
};

const partCount = (text: string): number | undefined => {
  const count = Number(text);
  return Number.isInteger(count) && count >= 1 && count <= 1000 ? count : undefined;
};

const mappingIn = (pairs: readonly string[], refuse: (found: string) => void): Record<string, string> => {
  const mapping: [string, string][] = [];
  for (const pair of pairs) {
    const mark = pair.lastIndexOf('=');
    if (mark < 1 || pair.length > 400) refuse(pair);
    else mapping.push([pair.slice(0, mark).trim(), pair.slice(mark + 1).trim()]);
  }
  return Object.fromEntries(mapping);
};
