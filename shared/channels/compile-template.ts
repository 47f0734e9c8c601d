import { hasErrors, type Issue } from '#kernel/issue';
import type { Client } from '#model/client';
import type { CompiledTemplate, TemplateContent } from '#model/journey';
import { type TemplateSource, templateSchema } from '#model/template';
import { type Made, makeContent, wordsOf } from './compile/content.ts';
import { type Finding, issuesOf } from './compile/finding.ts';
import { noParts, type Parts } from './compile/parts/parts.ts';
import { ruleFindings } from './compile/registry.ts';
import type { ContentView } from './compile/view.ts';
import { measureMail } from './measure-mail.ts';
import { countSegments } from './sms/segments.ts';

export interface Compiled {
  /** Absent when there are errors. */
  template?: CompiledTemplate;
  issues: Issue[];
  /** The layouts and partials that it took in: `layouts/ID`, `partials/ID`. */
  uses: string[];
}

/** What of the client's else a template may name. */
export interface TemplateSurroundings {
  parts?: Parts;
  /** Fields that contacts of this client can have; not judged where nobody knows. */
  contactFields?: ReadonlySet<string> | undefined;
  /** Events and imports bring others, which nobody named: only slips are told. */
  mayHaveOthers?: boolean;
}

const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const shapeIssues = (source: unknown): Issue[] =>
  (templateSchema.safeParse(source).error?.issues ?? []).map((issue) => ({
    code: issue.code.replaceAll('_', '-'),
    severity: 'error',
    path: pointer(issue.path),
    message: issue.message,
  }));

/** One letter outside GSM-7 more than doubles what a text costs, and nobody sees it. */
const costly = ({ content: { text = '' }, path }: ContentView): Finding[] => {
  if (countSegments(text).encoding === 'GSM-7') return [];
  const letters = [...new Set(text)].filter((letter) => countSegments(letter).encoding === 'UCS-2');
  const message = `${letters.map((l) => `"${l}"`).join(', ')} cut each paid part from 160 to 70 characters`;
  return [{ code: 'sms-costly-letters', severity: 'warning', path: `${path}/text`, message }];
};

const contentsIn = (made: readonly Made[]): CompiledTemplate['languages'] =>
  Object.fromEntries(
    made.flatMap(({ view: { language, content } }): [string, TemplateContent][] =>
      language === undefined ? [] : [[language, content]],
    ),
  );

const templateOf = (id: string, source: TemplateSource, [first, ...others]: Made[]): CompiledTemplate => ({
  id,
  channel: source.channel,
  ...first?.view.content,
  ...(source.topic === undefined ? {} : { topic: source.topic }),
  ...(source.language === undefined ? {} : { language: source.language }),
  ...(others.length === 0 ? {} : { languages: contentsIn(others) }),
});

const withSize = (made: Made, template: CompiledTemplate, client: Client | undefined): ContentView => {
  const { view } = made;
  return client && view.content.html !== undefined
    ? { ...view, bytes: measureMail({ ...template, ...view.content }, client) }
    : { ...view, bytes: Buffer.byteLength(view.content.html ?? '') };
};

/** Those who read markup call themselves for each element within another, until the stack is full. */
const unlessTooDeep = async (work: () => Promise<Compiled>): Promise<Compiled> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = 'hundreds of elements stand within each other';
    const hint = 'put them beside each other';
    return { issues: [{ code: 'too-deep', severity: 'error', path: '', message, hint }], uses: [] };
  }
};

/**
 * From a template as a marketer writes it to one that only needs Liquid. Loads MJML: for uploads and
 * publishing, never for the function that sends.
 * @param source the document, `{ "file": … }` bodies already replaced by their text
 * @param client lets slips in `links.*` and `brand.*` be found
 */
export const compileTemplate = async (
  id: string,
  source: unknown,
  client?: Client,
  surroundings: TemplateSurroundings = {},
): Promise<Compiled> => {
  const parsed = templateSchema.safeParse(source);
  if (!parsed.success) return { issues: shapeIssues(source), uses: [] };
  return unlessTooDeep(() => compileParsed(id, parsed.data, client, surroundings));
};

const compileParsed = async (
  id: string,
  data: TemplateSource,
  client: Client | undefined,
  { parts = noParts, contactFields, mayHaveOthers }: TemplateSurroundings,
): Promise<Compiled> => {
  const layout = data.channel === 'email' ? data.layout : undefined;
  const made = await Promise.all(
    wordsOf(data, client?.language).map((words) => makeContent(words, { parts, layout })),
  );
  const uses = [...new Set(made.flatMap(({ used }) => used))].sort();
  const found = made.flatMap(({ findings }) => findings);
  const template = templateOf(id, data, made);
  const isBroken = hasErrors(issuesOf(found));
  const contents = isBroken
    ? made.map(({ view }) => view)
    : made.map((each) => withSize(each, template, client));
  const { channel, requires } = data;
  const known = { client, contactFields, mayHaveOthers, requires };
  found.push(...ruleFindings({ channel, ...known, contents, isBroken }));
  if (channel === 'sms') found.push(...contents.flatMap(costly));
  const issues = issuesOf(found);
  return { ...(hasErrors(issues) ? {} : { template }), issues, uses };
};
