import { hasErrors, type Issue } from '#kernel/issue';
import type { Client } from '#model/client';
import { layoutSchema, type PartSource, partialSchema } from '#model/template';
import { namesAskedBy } from './compile/parts/names.ts';
import type { BodyForm, Parts } from './compile/parts/parts.ts';
import { compileTemplate } from './compile-template.ts';

export type PartKind = 'layout' | 'partial';

const schemas = { layout: layoutSchema, partial: partialSchema };

const pointer = (path: readonly PropertyKey[]): string => path.map((part) => `/${String(part)}`).join('');

const shapeIssues = (kind: PartKind, source: unknown): Issue[] =>
  (schemas[kind].safeParse(source).error?.issues ?? []).map((issue) => ({
    code: issue.code.replaceAll('_', '-'),
    severity: 'error',
    path: pointer(issue.path),
    message: issue.message,
  }));

const forms = ['mjml', 'html', 'text'] as const;

const languagesOf = ({ languages = {} }: PartSource): string[] => Object.keys(languages);
const bodiesOf = (part: PartSource, form: BodyForm): string[] =>
  [part, ...Object.values(part.languages ?? {})].flatMap((each) =>
    typeof each[form] === 'string' ? [each[form]] : [],
  );

/** A mail with nothing in it but the layout. */
const mailIn = (id: string, form: BodyForm, part: PartSource): object => ({
  channel: 'email',
  subject: 'Example',
  layout: id,
  [form]: ' ',
  languages: Object.fromEntries(languagesOf(part).map((tag) => [tag, { subject: 'Example', [form]: ' ' }])),
});

/** A text with nothing in it but the partial, given an example of each value. */
const textWith = (id: string, form: BodyForm, part: PartSource): object => {
  const names = [...new Set(bodiesOf(part, form).flatMap(namesAskedBy))];
  const values = names.map((name) => `, ${name}: 'example'`).join('');
  const text = { text: `{% render '${id}'${values} %}` };
  return {
    channel: 'sms',
    ...text,
    languages: Object.fromEntries(languagesOf(part).map((tag) => [tag, text])),
  };
};

/** Where a partial stands decides what its MJML must be: by itself only its Liquid can be judged. */
const asText = (part: PartSource, form: BodyForm): PartSource => {
  const only = (bodies: Partial<Record<BodyForm, unknown>>) =>
    bodies[form] === undefined ? {} : { text: bodies[form] };
  const languages = Object.entries(part.languages ?? {}).map(([tag, bodies]) => [tag, only(bodies)]);
  return { ...only(part), languages: Object.fromEntries(languages) } as PartSource;
};

const judged = new Set([
  ...['invalid-liquid', 'unknown-variable', 'invalid-mjml', 'mjml-include', 'liquid-between-elements'],
  ...[
    'unknown-layout',
    'unknown-partial',
    'invalid-render',
    'invalid-block',
    'broken-link',
    'dynamic-link',
    'unsafe-link',
  ],
  ...['image-without-alt', 'file-not-here'],
]);

/**
 * What can be said of a layout or a partial by itself; the templates in which it stands say the rest.
 * @param parts with it among them
 */
export const checkPart = async (
  kind: PartKind,
  id: string,
  source: unknown,
  { client, parts }: { client?: Client | undefined; parts: Parts },
): Promise<Issue[]> => {
  const shape = shapeIssues(kind, source);
  if (hasErrors(shape)) return shape;
  const part = source as PartSource;
  const found: Issue[] = [];
  for (const form of forms.filter((each) => bodiesOf(part, each).length > 0)) {
    const example = kind === 'layout' ? mailIn(id, form, part) : textWith(id, form, part);
    const around =
      kind === 'layout'
        ? parts
        : { ...parts, partials: new Map([...parts.partials, [id, asText(part, form)]]) };
    const { issues } = await compileTemplate('example', example, client, { parts: around });
    const own = issues.filter(({ file, code }) => file === `${kind}s/${id}.json` && judged.has(code));
    found.push(...own.map((issue) => inPart(issue, kind, form)));
  }
  return [...new Map(found.map((issue) => [JSON.stringify(issue), issue])).values()];
};

const inPart = ({ file: _, ...issue }: Issue, kind: PartKind, form: BodyForm): Issue =>
  kind === 'layout' ? issue : { ...issue, path: issue.path.replace(/text$/, form) };
